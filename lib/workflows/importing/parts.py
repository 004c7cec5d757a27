"""What a bank has to name of imported outputs: attributes with groups and terms, contexts, templates."""

from dataclasses import dataclass, field

from lib.errors import InterchangeError

MOST_GROUPS = 200
LISTED = 200
"""How many terms, values or templates a bank lists: more would make it large, and what it leaves out is still told."""


@dataclass(slots=True)
class GroupPart:
    """A group with its terms, in order; `of` says what it means on other attributes."""

    title: str
    terms: dict[str, None] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class AttributePart:
    """An attribute with its groups by id; `varied` inside matched sets, else held fixed."""

    title: str
    varied: bool
    groups: dict[str, GroupPart] = field(default_factory=dict)


@dataclass(slots=True)
class ContextPart:
    """A context slot with its values, as text by id."""

    title: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class TemplatePart:
    """A template with the slots it mentions; `pair` names an attribute that is compared inside its prompts."""

    title: str
    pair: str = ""
    slots: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Parts:
    """Everything a bank names, collected output by output."""

    attributes: dict[str, AttributePart] = field(default_factory=dict)
    contexts: dict[str, ContextPart] = field(default_factory=dict)
    templates: dict[str, TemplatePart] = field(default_factory=dict)

    def attribute(self, id: str, title: str, *, varied: bool) -> None:
        """Note an attribute; `varied`: inside matched sets."""
        self.attributes.setdefault(id, AttributePart(title, varied))

    def group(self, attribute: str, group: str, title: str) -> GroupPart:
        """The part of a group, added where it is new; raises InterchangeError when there are too many."""
        part = self.attributes[attribute]
        if group not in part.groups and len(part.groups) == MOST_GROUPS:
            raise InterchangeError(
                f"group column {part.title}",
                f"it has more than {MOST_GROUPS} different values, so they are no groups of people",
                "Map the column that says whom a prompt is about, or none.",
            )
        return part.groups.setdefault(group, GroupPart(title))

    def term(self, part: GroupPart, term: str) -> None:
        """Note a term of a group."""
        if term and len(part.terms) < LISTED:
            part.terms.setdefault(term)

    def value(self, context: str, title: str, value: str, text: str) -> None:
        """Note a value of a context."""
        values = self.contexts.setdefault(context, ContextPart(title)).values
        if len(values) < LISTED:
            values.setdefault(value, text)

    def template(self, id: str, title: str) -> TemplatePart:
        """The part of a template, added where it is new."""
        return self.templates.setdefault(id, TemplatePart(title))

"""Do a bank's templates, attributes and contexts fit together? Asked of banks that are well formed."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.types import Bank, Slot, Template
from lib.yaml_files.fields import suggest_from


@dataclass(frozen=True, slots=True)
class Incoherence:
    """A problem between parts of a bank; `path` leads through keys and list indices to its place."""

    path: tuple[str | int, ...]
    cause: str
    remedy: str


def incoherences(bank: Bank) -> Iterator[Incoherence]:
    """Slots without words, pairs without both sides, memberships without groups, words without a slot."""
    words = _Words(bank)
    for number, template in enumerate(bank.templates):
        path = ("templates", number)
        if template.pair and template.pair not in words.attributes:
            cause = f"no attribute is called {template.pair[:40]!r}"
            yield Incoherence((*path, "pair"), cause, suggest_from(template.pair, words.attributes))
        for cause, remedy in _wrong_in(template, words):
            yield Incoherence((*path, "text"), cause, remedy)
    yield from _memberships(bank)
    yield from _names(bank)


class _Words:
    """What the templates of a bank may mention, looked up once however many templates there are."""

    def __init__(self, bank: Bank) -> None:
        self.attributes = {attribute.id: attribute for attribute in bank.attributes}
        self.contexts = {context.id for context in bank.contexts}
        self.implied = {
            attribute.id: {name for group in attribute.groups for name in group.of} for attribute in bank.attributes
        }
        self._lacking: dict[tuple[str, str], str] = {}

    def lacking(self, attribute: str, role: str) -> str:
        """The first term of an attribute that lacks the form `role`, in words; empty when none does."""
        if (attribute, role) not in self._lacking:
            self._lacking[attribute, role] = next(
                (
                    f"the term {term.text[:40]!r} of the group {group.id}"
                    for group in self.attributes[attribute].groups
                    for term in group.terms
                    if role not in term.forms
                ),
                "",
            )
        return self._lacking[attribute, role]


def _wrong_in(template: Template, words: _Words) -> Iterator[tuple[str, str]]:
    """Causes and remedies for what is wrong with the slots of one template."""
    slots = _slots(template)
    for slot in slots:
        yield from _wrong_with(slot, template.pair, words)
    names = {slot.name for slot in slots}
    mentioned = sorted(names & words.attributes.keys())
    if not mentioned and names <= words.contexts:  # an unknown slot may have been meant as the attribute
        yield "no attribute is mentioned, so nothing would vary", f"Use {{{next(iter(words.attributes))}}} in the text."
    for name in mentioned:
        for other in sorted(words.implied[name].intersection(mentioned)):
            yield (
                f"the groups of {name} already say which {other} is meant",
                f"Use {{{name}}} or {{{other}}}, not both.",
            )
    numbers = {slot.number for slot in slots if slot.name == template.pair}
    if template.pair in words.attributes and numbers != {1, 2}:
        yield (
            f"a template with pair: {template.pair} names its two sides by number, and only so",
            f"Use both {{{template.pair}#1}} and {{{template.pair}#2}}, and no {{{template.pair}}} without a number.",
        )


def _wrong_with(slot: Slot, pair: str, words: _Words) -> Iterator[tuple[str, str]]:
    if slot.name in words.attributes:
        if slot.role and (lacking := words.lacking(slot.name, slot.role)):
            cause = f"{{{slot.name}.{slot.role}}} needs the form {slot.role[:40]!r}, which {lacking} lacks"
            yield cause, f"Add {slot.role[:40]}: … to the term, or to the group's forms."
    elif slot.name not in words.contexts:
        known = [*words.attributes, *words.contexts]
        yield f"no attribute or context is called {slot.name[:40]!r}", suggest_from(slot.name, known)
    elif slot.role:
        cause = f"{{{slot.name}.{slot.role}}} asks a context for a form"
        yield cause, f"Write {{{slot.name}}}: only the terms of attributes have forms."
    if slot.number and slot.name != pair:
        yield (
            f"{{{slot.name}#{slot.number}}} is numbered, but the template does not compare two of {slot.name}",
            f"Add pair: {slot.name} to the template, or leave #{slot.number} out.",
        )


def _memberships(bank: Bank) -> Iterator[Incoherence]:
    """`of` must name groups that exist, as far as the bank itself declares the attribute."""
    declared = {attribute.id: {group.id for group in attribute.groups} for attribute in bank.attributes}
    for attribute in bank.attributes:
        for group in attribute.groups:
            for name, value in group.of.items():
                path = ("attributes", attribute.id, "groups", group.id, "of", name)
                if name == attribute.id:
                    yield Incoherence(path, "a group cannot be a member of its own attribute", "Name another one.")
                elif name in declared and value not in declared[name]:
                    cause = f"{name} has no group {value[:40]!r}"
                    yield Incoherence(path, cause, suggest_from(value, declared[name]))


def _names(bank: Bank) -> Iterator[Incoherence]:
    """A name nothing mentions would be a choice without effect; a name for two things, a slot without one meaning.

    As long as a slot is unknown, it may be a slip for a name that only seems to be unused.
    """
    mentioned = {slot.name for template in bank.templates for slot in _slots(template)}
    attributes = {attribute.id for attribute in bank.attributes}
    contexts = {context.id for context in bank.contexts}
    for section, names in (("attributes", attributes), ("contexts", contexts)):
        for name in sorted(names - mentioned) if mentioned <= attributes | contexts else ():
            yield Incoherence(
                (section, name), "no template mentions it", f"Use {{{name}}} in a template, or delete it."
            )
    for name in sorted(attributes & contexts):
        yield Incoherence(("contexts", name), "an attribute has the same id", "Rename one of them.")


def _slots(template: Template) -> list[Slot]:
    return [part for part in dict.fromkeys(template.parts) if isinstance(part, Slot)]

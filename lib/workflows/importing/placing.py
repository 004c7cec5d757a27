"""Where one recorded output stands in an audit: its template, what is held fixed, and whom it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lib.interchange.recorded import Mapping as Columns
from lib.interchange.recorded import RecordedOutput
from lib.store.outcomes import storable
from lib.workflows.importing.extras import extras
from lib.workflows.importing.labels import Ids, tidy
from lib.workflows.importing.parts import Parts

NO_NAME = "No group named"
"""The title of the group of outputs whose group is empty, where somebody says that this is neutral wording."""

UNGROUPED = "ungrouped"
MOST_TEMPLATES = 200
FURTHER = "further_templates"


@dataclass(frozen=True, slots=True)
class Placed:
    """An output's place. `held` maps each context slot to its value's id; `label` is the group of its cell.

    `apart` tells it from outputs whose templates a bank no longer lists one by one. `extra` is what else the file says.
    """

    template: str
    held: Mapping[str, str]
    groups: Mapping[str, str]
    terms: Mapping[str, str]
    label: str
    apart: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Placer(Protocol):
    """Places outputs, and collects in `parts` what a bank has to name of them."""

    parts: Parts

    @property
    def varied(self) -> tuple[str, ...]:
        """The attributes that vary inside matched sets."""

    def place(self, output: RecordedOutput) -> Placed:
        """The place of one output; the same one whenever it is asked for."""


class ColumnPlacer:
    """Places outputs by the columns that somebody mapped."""

    def __init__(self, columns: Columns, neutral: tuple[str, ...], categories: tuple[str, ...]) -> None:
        """`categories` are further columns that are held fixed."""
        self.parts = Parts()
        self._neutral_without = "" in neutral
        names = Ids("column")
        names.reserve("case")
        self._attribute = (names.of(columns.group or "group"), titled(columns.group or "group"))
        held = [name for name in (columns.category, *categories) if name]
        self._contexts = {name: (names.of(name), titled(name)) for name in dict.fromkeys(held)}
        self._category = columns.category
        self._template = columns.template
        self._values = {name: Ids("without") for name in self._contexts}
        self._groups, self._templates = Ids("group"), Ids("template")
        self._templates.reserve("recorded")
        self.varied = (self._attribute[0],)
        self.parts.attribute(*self._attribute, varied=True)

    def place(self, output: RecordedOutput) -> Placed:
        """See `Placer`."""
        groups, terms = self._group(output)
        held = {}
        for name, (id, title) in self._contexts.items():
            text = tidy(output.category if name == self._category else output.extra.get(name, ""))
            if text:
                held[id] = self._values[name].of(text)
                terms[id] = text
                self.parts.value(id, title, held[id], text)
        template, title = "recorded", "As recorded"
        if output.template.strip():
            template, title = self._templates.of(storable(output.template)), tidy(output.template)
        if template not in self.parts.templates and len(self.parts.templates) >= MOST_TEMPLATES:
            template, title = FURTHER, "Further templates"
        part = self.parts.template(template, title)
        part.slots |= dict.fromkeys([self._attribute[0], *held])
        label = groups.get(self._attribute[0], UNGROUPED)
        return Placed(template, held, groups, terms, label, output.template, extras(output.extra, self._contexts))

    def _group(self, output: RecordedOutput) -> tuple[dict[str, str], dict[str, str]]:
        title = tidy(output.group) or (NO_NAME if self._neutral_without else "")
        if not title:
            return {}, {}
        attribute, group = self._attribute[0], self._groups.of(title)
        part = self.parts.group(attribute, group, title)
        term = tidy(output.term) or title
        self.parts.term(part, term)
        return {attribute: group}, {attribute: term}


def titled(name: str) -> str:
    """A column or an id as a title: "job_title" → "Job title"."""
    words = tidy(name.replace("_", " "))
    return words[:1].upper() + words[1:]

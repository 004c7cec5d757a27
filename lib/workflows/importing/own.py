"""Outputs that Evenhand itself exported: their columns say everything there is to know of their place."""

import json
from typing import Any

from lib.errors import InterchangeError
from lib.interchange.recorded import RecordedOutput
from lib.store.export import SCHEMA
from lib.types import EXTRA
from lib.workflows.importing.extras import extras
from lib.workflows.importing.parts import GroupPart, Parts
from lib.workflows.importing.placing import UNGROUPED, Placed, titled
from lib.yaml_files.fields import ID

COLUMNS = ("context", "groups", "terms")
"""They hold a value a slot: as objects, or as the text of objects."""

OURS = frozenset(SCHEMA.names)


class OwnPlacer:
    """Places the rows of an export of ours; a `Placer`."""

    def __init__(self) -> None:
        self.parts = Parts()
        self._unlike: set[tuple[str, str, str]] = set()  # (attribute, group, other): no membership after all

    @property
    def varied(self) -> tuple[str, ...]:
        """The attributes that vary inside matched sets, as far as outputs were placed."""
        return tuple(id for id, part in self.parts.attributes.items() if part.varied) or ("group",)

    def place(self, output: RecordedOutput) -> Placed:
        """The place of one output; raises InterchangeError where the columns do not say it."""
        mappings = [mapping_in(output.extra.get(name)) for name in COLUMNS]
        if None in mappings or not sound(output.template, *mappings):
            cause = "a row's context, groups or terms are not as Evenhand writes them"
            raise InterchangeError("export of Evenhand", cause, f"Export it again, or leave out {', '.join(COLUMNS)}.")
        context, groups, terms = mappings
        held = {slot: value for slot, value in context.items() if not slot.startswith(EXTRA)}
        part = self.parts.template(output.template, titled(output.template))
        for slot, term in terms.items():
            attribute, _, number = slot.partition("#")
            part.slots.setdefault(attribute)
            part.pair = attribute if number else part.pair
            if slot in groups:
                self.parts.attribute(attribute, titled(attribute), varied=slot not in held)
                group = self.parts.group(attribute, groups[slot], titled(groups[slot]))
                self.parts.term(group, term)
                self._memberships(group, (attribute, groups[slot]), number, groups, terms)
            else:
                self.parts.value(slot, titled(slot), held.get(slot, term), term)
        kept = {slot.removeprefix(EXTRA): value for slot, value in context.items() if slot not in held}
        extra = extras(kept, ()) | extras(output.extra, OURS)
        return Placed(output.template, held, groups, terms, output.group or UNGROUPED, extra=extra)

    def _memberships(
        self, part: GroupPart, group: tuple[str, str], number: str, groups: dict[str, str], terms: dict[str, str]
    ) -> None:
        """What a group means on other attributes: those without words of their own that are always the same with it."""
        for slot, value in groups.items():
            other, _, side = slot.partition("#")
            if slot in terms or side != number or (*group, other) in self._unlike:
                continue
            if part.of.setdefault(other, value) != value:
                self._unlike.add((*group, other))
                del part.of[other]


def is_own(output: RecordedOutput) -> bool:
    """Whether an output is a row of an export of ours."""
    mappings = [mapping_in(output.extra.get(name)) for name in COLUMNS]
    return None not in mappings and sound(output.template, *mappings)


def mapping_in(value: Any) -> Any:
    """The mapping of texts in a cell; None where there is none."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    if not isinstance(value, dict):
        return None
    # A table keeps a column for every slot: one that a row does not have is empty there.
    known = {name: each for name, each in value.items() if each is not None}
    return known if all(isinstance(each, str) for each in known.values()) else None


def sound(template: str, held: dict[str, str], groups: dict[str, str], terms: dict[str, str]) -> bool:
    """Whether ids are ids, and every slot that varies has its words."""
    held = {slot: value for slot, value in held.items() if not slot.startswith(EXTRA)}
    names = {slot.partition("#")[0] for slot in (*held, *groups, *terms)}
    values = {*groups.values(), *(value for slot, value in held.items() if slot in terms)}
    return all(ID.fullmatch(each) for each in (template, *names, *values))

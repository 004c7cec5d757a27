"""Whether people judge the same words alike when they are about another group: answers to swapped duplicates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lib.types import AnnotationEvent, AnnotationItem, CodebookField, FieldKind, ItemKind
from lib.workflows import readings
from lib.workflows.consistency import Consistency, Couple, couples, of
from lib.workflows.votes import EVERYBODY, Votes, chosen
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    from lib.stats.shares import Share

HIGHER = "a higher step"
"""What stands for the label of a scale, whose answers are compared as a whole."""


@dataclass(frozen=True, slots=True)
class OwnChange:
    """How often one person's answer changed when the identity in a response was exchanged.

    Attributes:
        repeated: how often it changed when the same response came again, which is chance; None where it never came.
    """

    annotator: str
    field: str
    changed: "Share"
    repeated: "Share | None"


@dataclass(frozen=True, slots=True)
class OwnDirection:
    """Which way answers changed, for one label and two groups.

    Attributes:
        label: its title; HIGHER for a scale.
        group, other: titles of the two groups that the versions of a response are about.
        couples: answers to both versions. more: those with the label of the version about `group` alone; less: of
            the version about `other` alone.
        p: exact McNemar test for one person; for EVERYBODY signs are flipped item by item, as an item's answers depend
            on each other. p_adjusted: corrected (Holm) over the rows of all annotators, or over those of EVERYBODY.
        clear: whether it is below 0.05.
    """

    annotator: str
    field: str
    label: str
    group: str
    other: str
    couples: int
    more: int
    less: int
    p: float
    p_adjusted: float
    clear: bool


@dataclass(frozen=True, slots=True)
class OwnDifferences:
    """Own differences of all annotators, and what they say; empty without answers to swapped duplicates."""

    changes: list[OwnChange]
    directions: list[OwnDirection]
    reading: str


def read(workbench: Workbench, said: Votes, repeats: Sequence[Consistency]) -> OwnDifferences:
    """Own differences by field, annotator and, for the direction, label.

    Args:
        repeats: self-consistency, which says how much changes without any reason.
    """
    pairs = couples(said, ItemKind.SWAPPED)
    if not pairs:
        return OwnDifferences([], [], "")
    about = {two.item: groups_of(workbench, said, said.items[two.item]) for _, two in pairs}
    changes: list[OwnChange] = []
    directions: list[OwnDirection] = []
    for field in said.choices:
        both = [couple for couple in pairs if None not in (chosen(each.answer, field) for each in couple)]
        for known, name in [*said.names.items(), (EVERYBODY, EVERYBODY)]:
            if mine := [couple for couple in both if known in (EVERYBODY, couple[0].annotator)]:
                changes.append(changed(mine, field, name, repeats))
                directions += directed(mine, field, name, about)
    directions = adjusted(directions)
    return OwnDifferences(changes, directions, reading(changes, directions))


def changed(pairs: Sequence[Couple], field: CodebookField, name: str, repeats: Sequence[Consistency]) -> OwnChange:
    """How often answers changed, beside how often they do anyway."""
    again = next((each for each in repeats if (each.annotator, each.field) == (name, field.title)), None)
    return OwnChange(name, field.title, turned(of(pairs, field, name).same), turned(again.same) if again else None)


def turned(share: "Share") -> "Share":
    """The share of the other cases."""
    return replace(share, value=1 - share.value, low=1 - share.high, high=1 - share.low)


def groups_of(workbench: Workbench, said: Votes, item: AnnotationItem) -> tuple[str, str]:
    """Titles of the groups that a response and its swapped version are about; "" for one that is not known."""
    set_id = item.set_id.removeprefix(f"{item.run}/")
    members = {each.no: each.cell for each in workbench.store.responses.matched_set(item.run, set_id)}
    own = members[item.cell].group
    shown = [cell.group for cell in members.values() if cell.prompt == item.prompt and cell.group != own]
    bank = workbench.desks.open(said.assignment.id).bank(item.run)
    titles = {group.id: group.title for attribute in bank.attributes for group in attribute.groups}

    def named(group: str) -> str:
        return " + ".join(titles.get(part, part) for part in group.split("+"))

    return named(own), named(shown[0]) if shown else ""


def directed(
    pairs: Sequence[Couple], field: CodebookField, name: str, about: dict[int, tuple[str, str]]
) -> Iterator[OwnDirection]:
    """The direction of what changed, for each two groups and label that somebody chose."""
    for group, other in sorted({(min(two), max(two)) for two in about.values() if all(two)}):
        mine = [couple for couple in pairs if set(about[couple[1].item]) == {group, other}]
        for label, title in (
            [("", HIGHER)] if field.kind is FieldKind.SCALE else [(e.id, e.title) for e in field.labels]
        ):
            values = [[value(each, field, label) for each in couple] for couple in mine]
            if not any(number for couple in values for number in couple):
                continue
            # The original is about `group` or about `other`; the difference is the same way round for both.
            signs = [1 if about[couple[1].item][0] == group else -1 for couple in mine]
            gaps = [sign * ((one > two) - (one < two)) for (one, two), sign in zip(values, signs, strict=True)]
            more, less = gaps.count(1), gaps.count(-1)
            p = tested(gaps, [one.item for one, _ in mine], more, less, alone=name != EVERYBODY)
            yield OwnDirection(name, field.title, title, group, other, len(mine), more, less, p, p, clear=False)


def value(event: AnnotationEvent, field: CodebookField, label: str) -> int:
    """Whether a label was chosen, 1 or 0; the number of the step on a scale."""
    labels = chosen(event.answer, field) or ()
    if label:
        return int(label in labels)
    return next((place for place, each in enumerate(field.labels, 1) if each.id in labels), 0)


def tested(gaps: Sequence[int], items: Sequence[int], more: int, less: int, *, alone: bool) -> float:
    """The p-value of a direction."""
    import numpy as np

    from lib.stats.paired_tests import mcnemar_exact, sign_flip

    if alone:
        return mcnemar_exact(more, less)
    place = np.unique(items, return_inverse=True)[1]
    return sign_flip(np.bincount(place, gaps) / np.bincount(place))


def adjusted(found: Sequence[OwnDirection]) -> list[OwnDirection]:
    """The directions, corrected for how many there are."""
    import numpy as np

    from lib.stats.correction import adjust

    rows = list(found)
    for whole in (False, True):
        places = [place for place, row in enumerate(rows) if (row.annotator == EVERYBODY) is whole]
        p_values = adjust(np.array([rows[place].p for place in places]))
        for place, p in zip(places, p_values, strict=True):
            rows[place] = replace(rows[place], p_adjusted=float(p), clear=bool(p < 0.05))
    return rows


def reading(changes: Sequence[OwnChange], directions: Sequence[OwnDirection]) -> str:
    """How much answers change with the identity, and which way where that is clear."""
    told = "; ".join(beside_repeats(each) for each in changes if each.annotator == EVERYBODY)
    said = f"When the identity in a response was exchanged, answers changed in {told}."
    clear = sorted((each for each in directions if each.clear), key=lambda each: (each.annotator == EVERYBODY, each.p))
    said += "".join(f" {directed_sentence(each)}" for each in clear)
    if not clear:
        said += " In no label is a direction clear, which does not show that there is none."
    return said


def directed_sentence(found: OwnDirection) -> str:
    """A direction in words, the group of which the label was said more often first."""
    who = "People" if found.annotator == EVERYBODY else found.annotator
    group, other = (found.group, found.other) if found.more > found.less else (found.other, found.group)
    often, seldom = max(found.more, found.less), min(found.more, found.less)
    return (
        f"{who} said “{found.label}” ({found.field}) of the version about {group} alone {often:,} times, of that about "
        f"{other} alone {seldom:,} times, in {found.couples:,} couples "
        f"({readings.p_value(found.p_adjusted)}, corrected)."
    )


def beside_repeats(change: OwnChange) -> str:
    """A share of changed answers, with that of mere repeats."""
    share = change.changed
    told = f"{change.field} {readings.share(share.value)} ({readings.share(share.low)} to {readings.share(share.high)}"
    again = f"; of mere repeats {readings.share(change.repeated.value)}" if change.repeated else ""
    return f"{told}; n = {share.n:,}{again})"

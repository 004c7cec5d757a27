"""Whether people agree with themselves: responses that they were given a second time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.types import AnnotationEvent, CodebookField, ItemKind
from lib.workflows import readings
from lib.workflows.votes import EVERYBODY, Votes, chosen

if TYPE_CHECKING:
    from lib.stats.shares import Share

Couple = tuple[AnnotationEvent, AnnotationEvent]
"""One person's answers on an item and on its double."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """How often one person's two answers to the same response are the same.

    Attributes:
        annotator: as shown; EVERYBODY for all together, where an item counts once, however many people had it.
        field: title. same: with its 95 % interval. kappa: Cohen's, of first against second; NaN where not defined.
    """

    annotator: str
    field: str
    same: "Share"
    kappa: float


def couples(said: Votes, kind: ItemKind) -> list[Couple]:
    """What each person said of an item and of its double of one kind."""
    plain = {(event.item, event.annotator): event for event in said.of_kind(ItemKind.PLAIN)}
    doubles = [(said.items[event.item].of, event) for event in said.of_kind(kind)]
    return [
        (plain[of, event.annotator], event)
        for of, event in doubles
        if of is not None and (of, event.annotator) in plain
    ]


def read(said: Votes) -> list[Consistency]:
    """Self-consistency by field and annotator, and of all together; only what has any repeat."""
    repeated = couples(said, ItemKind.REPEAT)
    found = []
    for field in said.choices:
        both = [couple for couple in repeated if None not in (chosen(each.answer, field) for each in couple)]
        for known, name in said.names.items():
            if mine := [couple for couple in both if couple[0].annotator == known]:
                found.append(of(mine, field, name))
        if both:
            found.append(of(both, field, EVERYBODY))
    return found


def of(pairs: Sequence[Couple], field: CodebookField, name: str) -> Consistency:
    """The self-consistency in some couples."""
    import numpy as np

    from lib.stats.cohen import kappa
    from lib.stats.share_difference import share_of_units, sums

    answers = [(chosen(one.answer, field), chosen(two.answer, field)) for one, two in pairs]
    items = np.unique([one.item for one, _ in pairs], return_inverse=True)[1]
    same = np.array([float(one == two) for one, two in answers])
    used = list(dict.fromkeys(answer for couple in answers for answer in couple))
    codes = np.array([[used.index(answer) for answer in couple] for couple in answers], np.float64)
    alike = share_of_units(sums(items, same), sums(items, np.ones(len(items))))
    return Consistency(name, field.title, alike, kappa(codes, len(used)))


def reading(found: Sequence[Consistency]) -> str:
    """Self-consistency of all together in a sentence."""
    whole = [each for each in found if each.annotator == EVERYBODY]
    if not whole:
        return ""
    told = "; ".join(
        f"{each.field} {readings.share(each.same.value)} "
        f"({readings.share(each.same.low)} to {readings.share(each.same.high)}; n = {each.same.n:,})"
        for each in whole
    )
    return (
        f"Given the same response a second time, people answered the same in {told}. Agreement between people can "
        "hardly be higher than that."
    )

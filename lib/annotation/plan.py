"""The items of an assignment: its responses, which of them everybody gets, and which are doubled."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lib.annotation.lots import lot
from lib.errors import AnnotationError
from lib.types import AnnotationItem, AssignmentSpec, ItemKind

Member = tuple[str, int, str, float | None]
"""Run, cell, matched set and its probability."""

Swap = Callable[[str, int], tuple[str, str] | None]

TRIES = 20
"""Responses that are tried for each swapped duplicate wanted; each try reads its matched set from the store."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The items of an assignment in the order in which they are stored.

    Attributes:
        everybody_sets: matched sets that every annotator gets whole.
        repeats: items that repeat another one.
        swapped, swapped_wanted: swapped duplicates that could be made, and that were asked for.
        tried: responses looked at for them.
    """

    items: list[AnnotationItem]
    everybody_sets: int
    repeats: int
    swapped: int
    swapped_wanted: int
    tried: int


def items(spec: AssignmentSpec, members: Sequence[Member], swapped: Swap) -> Plan:
    """What annotators get: every member once, and doubles of some.

    Everybody gets a share `overlap` of the matched sets, whole, drawn at random. Doubles are drawn among those first,
    and whatever is doubled goes to everybody too, since a double means something only to who saw the first. Shares
    are rounded up. The order is random, so that an item's number tells nothing of the response.

    Args:
        members: the responses.
        swapped: prompt and text of a response with its identity exchanged, None where that cannot be done.

    Raises:
        AnnotationError: a share or a number of the spec makes no sense.
    """
    refuse_senseless(spec)
    ordered = sorted(members, key=lambda member: member[:2])
    overlapping = everybody(spec, {set_id for _, _, set_id, _ in ordered})
    repeats, exchanged, tried = doubled(spec, ordered, overlapping, swapped)
    made = [
        AnnotationItem(
            no=0,
            run=run,
            cell=cell,
            set_id=set_id,
            wanted=0 if set_id in overlapping or at in repeats or at in exchanged else spec.annotators_each,
            probability=probability,
        )
        for at, (run, cell, set_id, probability) in enumerate(ordered)
    ]
    made += [replace(made[at], kind=ItemKind.REPEAT, of=at) for at in sorted(repeats)]
    made += [
        replace(made[at], kind=ItemKind.SWAPPED, of=at, prompt=prompt, text=text)
        for at, (prompt, text) in exchanged.items()
    ]
    wanted = part(spec.swapped, len(ordered))
    return Plan(numbered(spec, made), len(overlapping), len(repeats), len(exchanged), wanted, tried)


def refuse_senseless(spec: AssignmentSpec) -> None:
    """Raise AnnotationError for shares outside 0 to 1, nobody to annotate, and swaps that a mask would hide."""
    shares = {
        "share for everybody": spec.overlap,
        "share of repeats": spec.repeats,
        "share of swapped duplicates": spec.swapped,
        "share without suggestion": spec.withhold,
    }
    for title, value in shares.items():
        if not 0 <= value <= 1:  # NaN, too
            raise AnnotationError(title, f"{value:g} is no share", "Choose a share from 0 to 1 (0 to 100 %).")
    if spec.annotators_each < 1:
        raise AnnotationError("annotators for each item", f"{spec.annotators_each} is too few", "Choose at least 1.")
    if spec.target < 0:
        raise AnnotationError("target", f"{spec.target} items cannot be done", "Write 0 for all items, or a number.")
    if spec.mask and spec.swapped:
        raise AnnotationError(
            "swapped duplicates",
            "identity terms are masked, so nobody would see the exchange",
            "Show identity terms, or ask for repeats instead.",
        )


def part(share: float, count: int) -> int:
    """A share of `count`, rounded up; 0.1 of 30 is 3 although 0.1 * 30 is a little more in floating point."""
    return math.ceil(round(share * count, 6))


def everybody(spec: AssignmentSpec, sets: set[str]) -> set[str]:
    """The matched sets that every annotator gets."""
    order = sorted(sets, key=lambda set_id: (lot(spec.seed, "everybody", set_id), set_id))
    return set(order[: part(spec.overlap, len(sets))])


def doubled(
    spec: AssignmentSpec, members: Sequence[Member], overlapping: set[str], swapped: Swap
) -> tuple[set[int], dict[int, tuple[str, str]], int]:
    """Which members are repeated, prompt and text of those that are exchanged, by place; and how many were tried."""
    if not spec.repeats and not spec.swapped:
        return set(), {}, 0
    order = sorted(
        range(len(members)),
        key=lambda at: (members[at][2] not in overlapping, lot(spec.seed, "double", *members[at][:2])),
    )
    repeats = order[: part(spec.repeats, len(members))]
    wanted = part(spec.swapped, len(members))
    # Rather another response than one that is repeated already: annotators should not see one three times.
    to_swap = order[len(repeats) :] + repeats
    found: dict[int, tuple[str, str]] = {}
    tried = 0
    for at in to_swap[: TRIES * wanted]:
        if len(found) == wanted:
            break
        tried += 1
        exchanged = swapped(*members[at][:2])
        if exchanged is not None:
            found[at] = exchanged
    return set(repeats), found, tried


def numbered(spec: AssignmentSpec, made: Sequence[AnnotationItem]) -> list[AnnotationItem]:
    """Items in a random order and numbered from 0; `of` is a place in `made` before and a number after."""
    order = sorted(
        range(len(made)), key=lambda at: lot(spec.seed, "order", made[at].run, made[at].cell, made[at].kind.value)
    )
    number = {at: no for no, at in enumerate(order)}
    return [
        replace(made[at], no=no, of=None if (of := made[at].of) is None else number[of]) for no, at in enumerate(order)
    ]

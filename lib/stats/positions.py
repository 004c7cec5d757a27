"""Forced choices shown in both orders: what the group decided, and what merely being named first did."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import StatsError
from lib.stats.observations import Codes
from lib.stats.shares import Share, share, share_over_sets

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PositionEffects:
    """Where choices came from.

    Attributes:
        first: share of answers that picked the candidate named first; a half where position does nothing.
        selected: for each group the share of answers that picked its candidate, both orders weighing the same,
            so that position cancels out; `n` counts couples answered in both orders. Their mean is a half.
        by_group: couples in which the same candidate was picked in both orders.
        by_order: couples in which the same position was picked in both orders.
        undecided: couples with neither picked, a refusal or an unreadable answer in at least one order.
        couples: how many couples were shown in both orders: what the three shares are of.
        answers: how many answers picked somebody, of `shown`.
    """

    first: Share
    selected: dict[str, Share]
    by_group: Share
    by_order: Share
    undecided: Share
    couples: int
    answers: int
    shown: int


def position_effects(
    sets: Codes, order: Codes, first_group: Codes, second_group: Codes, picked: Codes, names: tuple[str, ...]
) -> PositionEffects:
    """Take choices between two candidates apart; all arrays have shape (answers,).

    Args:
        sets: the couple, as any integer code.
        order: 0 or 1, which of the couple's two orders.
        first_group, second_group: index into `names` of the candidate named first and second.
        picked: 0 the first named, 1 the second, -1 neither, refused or unreadable.

    Raises:
        StatsError: nothing was answered, no couple came in both orders, or a set holds more than one couple.
    """
    answered = picked >= 0
    if not answered.any():
        raise StatsError(
            "order effects",
            "no answer picked one of the two candidates" if len(picked) else "there is no forced choice here",
            "Use a pair template, and read its answers with the choice scorer.",
        )
    rows = both_orders(sets, order)
    if not len(rows):
        raise StatsError(
            "order effects", "no couple was shown in both orders", "Run the set of each couple in its two orders."
        )
    choice, groups = picked[rows], np.stack([first_group[rows[:, 0]], second_group[rows[:, 0]]], axis=1)
    if not np.array_equal(groups, np.stack([second_group[rows[:, 1]], first_group[rows[:, 1]]], axis=1)):
        raise StatsError(
            "order effects", "the two orders of a couple name different groups", "Give each couple a set of its own."
        )
    decided = (choice >= 0).all(axis=1)
    same_position = decided & (choice[:, 0] == choice[:, 1])
    couples = len(rows)
    return PositionEffects(
        first=first_share(sets[answered], picked[answered]),
        selected={name: selected(groups[decided], choice[decided], group) for group, name in enumerate(names)},
        by_group=share(int(np.sum(decided & ~same_position)), couples),
        by_order=share(int(np.sum(same_position)), couples),
        undecided=share(int(np.sum(~decided)), couples),
        couples=couples,
        answers=int(answered.sum()),
        shown=len(picked),
    )


def both_orders(sets: Codes, order: Codes) -> Codes:
    """The rows of each couple's first and second order, shape (couples, 2)."""
    codes, places = np.unique(sets, return_inverse=True)
    rows = np.full((len(codes), 2), -1, np.int64)
    known = np.isin(order, (0, 1))
    rows[places[known], order[known]] = np.flatnonzero(known)
    if np.count_nonzero(rows >= 0) < len(sets):
        raise StatsError(
            "order effects",
            "a couple has more than one answer to the same order",
            "Give each couple and repeat a set of its own.",
        )
    return rows[(rows >= 0).all(axis=1)]


def first_share(sets: Codes, picked: Codes) -> Share:
    """How often the first named was picked; a couple's two answers are one observation."""
    codes, places = np.unique(sets, return_inverse=True)
    of_set = np.bincount(places, picked == 0, len(codes)) / np.bincount(places, minlength=len(codes))
    return share_over_sets(of_set, len(picked))


def selected(groups: Codes, choice: Codes, group: int) -> Share:
    """How often a group's candidate was picked in the couples it was part of.

    Args:
        groups: of the candidates named first and second in the first order, shape (couples, 2).
        choice: the position picked in each order, shape (couples, 2).
    """
    # In the second order the candidates have changed places.
    chosen = np.stack([choice[:, 0], 1 - choice[:, 1]], axis=1)
    of_group = np.take_along_axis(groups, chosen, axis=1) == group
    inside = (groups == group).any(axis=1)
    return share_over_sets(of_group[inside].mean(axis=1), 2 * int(inside.sum()))

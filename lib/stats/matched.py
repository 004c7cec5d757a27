"""Scored responses lined up by matched set: what every gap and level is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import StatsError
from lib.stats.observations import Codes, Floats, Observations


@dataclass(frozen=True, slots=True)
class Member:
    """One group's responses in the sets that are compared, row by row.

    Attributes:
        sets, terms: which set, and which of the group's `count` terms, counted from 0; shape (rows,).
        columns: the places in `Matched.columns` that this group's parts add up to.
        parts: what each row adds there, shape (rows, len(columns)).
    """

    group: int
    sets: Codes
    terms: Codes
    count: int
    columns: tuple[int, ...]
    parts: Floats


@dataclass(frozen=True, slots=True)
class Matched:
    """The matched sets that have every side of a comparison.

    Attributes:
        columns: shape (sets, columns). For proportions and means one column a side, the mean over its groups of the
            mean over a group's responses. For rates a column of counts and one of exposures for each group.
        responses: how many scored responses are behind them.
    """

    columns: Floats
    members: tuple[Member, ...]
    responses: int

    def __len__(self) -> int:
        return len(self.columns)


def scored(observations: Observations) -> npt.NDArray[np.bool_]:
    """Which rows have a number, shape (n,)."""
    known = np.isfinite(observations.values)
    return known if observations.exposures is None else known & np.isfinite(observations.exposures)


def match(observations: Observations, sides: Sequence[Sequence[int]], *, rate: bool) -> Matched:
    """Line up the sets in which each side has a scored response of at least one of its groups.

    Args:
        sides: the groups of each side: [[woman], [man]], or one group alone, or one against several others.
        rate: keep counts and exposures apart, so that sums can be divided.

    Raises:
        StatsError: a rate without exposures.
    """
    exposures = observations.exposures
    if rate and exposures is None:
        raise StatsError("rate", "there is nothing to divide the counts by", "Score again, or choose another measure.")
    groups = [group for side in sides for group in side]
    rows = np.flatnonzero(scored(observations) & np.isin(observations.groups, groups))
    # In an order of their own, so that sums do not depend on how the rows came.
    rows = rows[np.lexsort((observations.values[rows], observations.groups[rows], observations.sets[rows]))]
    places, sets = np.unique(observations.sets[rows], return_inverse=True)
    present = {g: np.bincount(sets[observations.groups[rows] == g], minlength=len(places)) for g in groups}
    usable = np.ones(len(places), dtype=bool)
    for side in sides:
        usable &= np.any([present[group] > 0 for group in side], axis=0)
    rows, sets = rows[usable[sets]], (np.cumsum(usable) - 1)[sets[usable[sets]]]
    members: list[Member] = []
    for number, side in enumerate(sides):
        sharing = np.sum([present[group] > 0 for group in side], axis=0)[usable]
        for group in side:
            inside = observations.groups[rows] == group
            mine, where = rows[inside], sets[inside]
            values = observations.values[mine][:, None]
            if rate and exposures is not None:
                columns: tuple[int, ...] = (2 * len(members), 2 * len(members) + 1)
                parts = np.hstack([values, exposures[mine][:, None]])
            else:
                columns = (number,)
                parts = values / (present[group][usable] * sharing)[where][:, None]
            names, terms = np.unique(observations.terms[mine], return_inverse=True)
            members.append(Member(group, where, terms, len(names), columns, parts))
    return Matched(summed(members, int(usable.sum())), tuple(members), len(rows))


def summed(members: Sequence[Member], sets: int) -> Floats:
    """The parts of all rows added up by set, shape (sets, columns)."""
    width = 1 + max(column for member in members for column in member.columns)
    columns = np.zeros((sets, width))
    for member in members:
        for column, part in zip(member.columns, member.parts.T, strict=True):
            columns[:, column] += np.bincount(member.sets, part, minlength=sets)
    return columns

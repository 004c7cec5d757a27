"""One test over all groups at once: does any of them differ?"""

from dataclasses import dataclass

import numpy as np

from lib.errors import StatsError
from lib.stats.matched import match
from lib.stats.observations import Observations
from lib.stats.paired_tests import cochran_q, friedman
from lib.stats.statistics import rates
from lib.types import MeasureKind


@dataclass(frozen=True, slots=True)
class Omnibus:
    """`test` over the `sets` matched sets that have all `groups`; terms are held fixed."""

    test: str
    statistic: float
    p: float
    sets: int
    groups: int


def omnibus(observations: Observations, kind: MeasureKind) -> Omnibus:
    """Cochran's Q where each group has one 0 or 1 in a set, else Friedman's test on the groups' means.

    Raises:
        StatsError: fewer than three groups, fewer than two complete sets, or no set in which groups differ.
    """
    thing, groups = "test of all groups at once", len(observations.names)
    if groups < 3:
        raise StatsError(thing, f"it needs three groups, and there are {groups}", "Read the gap between the two.")
    is_rate = kind is MeasureKind.RATE
    columns = match(observations, [[group] for group in range(groups)], rate=is_rate).columns
    table = rates(columns) if is_rate else columns
    table = table[~np.isnan(table).any(axis=1)]
    if len(table) < 2:
        cause = f"{len(table)} matched set{'' if len(table) == 1 else 's'} had a scored response of every group"
        raise StatsError(thing, cause, "Leave a group out, or run more repeats.")
    binary = kind is MeasureKind.PROPORTION and bool(np.isin(table, (0, 1)).all())
    found = cochran_q(table) if binary else friedman(np.round(table, 12))
    if np.isnan(found.p):
        raise StatsError(thing, "in no matched set do the groups differ", "Choose another measure or more prompts.")
    name = "Cochran's Q" if binary else "Friedman's test"
    return Omnibus(name, found.statistic, found.p, len(table), groups)

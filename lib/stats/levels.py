"""A group's own number, with its interval."""

import math

import numpy as np

from lib.errors import StatsError
from lib.stats.draws import draw
from lib.stats.few import departing, is_few, pseudo_sets
from lib.stats.matched import match, scored
from lib.stats.observations import Observations
from lib.stats.results import Level
from lib.stats.statistics import first, rate


def level(
    observations: Observations, group: int, *, resamples: int = 10_000, seed: int = 0, sample_terms: bool
) -> Level:
    """The mean over matched sets of a group's mean in each set, or its counts over its exposures.

    Values of 0 and 1 alone are taken for a proportion, whose interval is widened where nearly all sets
    agree. Too little to say leaves NaN: the value without a score or exposure, the interval with
    one matched set alone or when all sets have the same number.

    Raises:
        StatsError: there is no such group.
    """
    if not 0 <= group < len(observations.names):
        raise StatsError(f"group {group}", f"there are {len(observations.names)} groups", "Choose one of them.")
    is_rate = observations.exposures is not None
    matched = match(observations, [[group]], rate=is_rate)
    there = int(np.count_nonzero(observations.groups == group))
    statistic = rate(observations.per) if is_rate else first
    value = float(statistic(matched.columns.mean(axis=0))) if len(matched) else math.nan
    low = high = math.nan
    if len(matched) > 1 and math.isfinite(value):
        rows = scored(observations) & (observations.groups == group)
        binary = not is_rate and bool(np.isin(observations.values[rows], (0, 1)).all())
        widened = (is_rate or binary) and is_few(departing(matched, rate=is_rate), len(matched))
        low, high = draw(
            matched,
            statistic,
            resamples=resamples,
            seed=seed,
            terms=tuple(each for each in matched.members if each.count > 1) if sample_terms else (),
            extra=pseudo_sets(matched, rate=is_rate) if widened else None,
        ).interval()
        floor, ceiling = (0.0, 1.0) if binary else (0.0, math.inf) if is_rate else observations.bounds
        low, high = min(max(low, floor), value), max(min(high, ceiling), value)
    return Level(
        group=observations.names[group],
        value=value,
        low=low,
        high=high,
        responses=matched.responses,
        sets=len(matched),
        coverage=matched.responses / there if there else 0.0,
    )

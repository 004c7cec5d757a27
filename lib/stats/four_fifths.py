"""The four-fifths rule for outcomes that select somebody (Uniform Guidelines, 29 CFR 1607.4 D; EEOC 1978)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lib.errors import StatsError
from lib.stats.draws import Draws, draw
from lib.stats.few import departing, is_few, pseudo_sets
from lib.stats.matched import Matched, match
from lib.stats.observations import Observations
from lib.stats.statistics import log_ratio

FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class FourFifths:
    """Selection rates as ratios to that of the group selected most often, over the sets that have both.

    `ratios` and `intervals` (95 %) go by group name; the best group's own ratio is 1. A group without a set
    beside the best one has NaN. `below` lists groups whose ratio is under 0.8, `clearly_below` those whose
    whole interval is. The intervals take it as given which group is best.
    """

    best_group: str
    ratios: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    below: tuple[str, ...]
    clearly_below: tuple[str, ...]


def four_fifths(
    observations: Observations, *, resamples: int = 10_000, seed: int = 0, sample_terms: bool = False
) -> FourFifths:
    """How each group's selection rate compares with the highest.

    Raises:
        StatsError: fewer than two groups have scores, or nobody was selected.
    """
    each = [match(observations, [[group]], rate=False) for group in range(len(observations.names))]
    levels = [float(one.columns.mean()) if len(one) else math.nan for one in each]
    if np.count_nonzero(~np.isnan(levels)) < 2:
        raise StatsError("four-fifths rule", "fewer than two groups have scores", "Choose groups that have some.")
    best = int(np.nanargmax(levels))
    if levels[best] <= 0:
        raise StatsError("four-fifths rule", "nobody was selected", "Choose an outcome that occurs.")
    ratios, intervals = {}, {}
    for group, name in enumerate(observations.names):
        if group == best:
            ratios[name], intervals[name] = 1.0, (1.0, 1.0)
            continue
        matched = match(observations, [[group], [best]], rate=False)
        ratios[name] = ratio(matched)
        intervals[name] = interval(matched, ratios[name], resamples, seed, sample_terms)
    return FourFifths(
        best_group=observations.names[best],
        ratios=ratios,
        intervals=intervals,
        below=tuple(name for name, value in ratios.items() if value < FOUR_FIFTHS),
        clearly_below=tuple(name for name, (_, high) in intervals.items() if high < FOUR_FIFTHS),
    )


def ratio(matched: Matched) -> float:
    """First side's rate over the second's; NaN without sets or where the second is zero."""
    if not len(matched):
        return math.nan
    mine, reference = matched.columns.mean(axis=0)
    return float(mine / reference) if reference > 0 else math.nan


def interval(matched: Matched, value: float, resamples: int, seed: int, sample_terms: bool) -> tuple[float, float]:
    """The ratio's interval, from the distribution of its logarithm."""
    if len(matched) < 2 or math.isnan(value):
        return math.nan, math.nan
    # A side that is hardly ever selected has no logarithm to resample.
    few = is_few(departing(matched, rate=False), len(matched)) or value == 0
    draws = draw(
        matched,
        log_ratio,
        resamples=resamples,
        seed=seed,
        terms=tuple(each for each in matched.members if each.count > 1) if sample_terms else (),
        extra=pseudo_sets(matched, rate=False) if few else None,
    )
    with np.errstate(over="ignore"):  # of two or three sets a ratio may be anything
        low, high = Draws(np.exp(draws.values)).interval()
    return min(low, value), max(high, value)

"""Whether a group differs from others, by exchanging labels within sets: exact where an outcome is rare.

One group against the mean of several, or of few answers against the mean of many, has differences that are not
symmetric even where nothing differs; flipping their signs then finds too much in what is rare.
"""

from collections import Counter
from itertools import combinations
from math import comb

import numpy as np

from lib.stats.matched import scored
from lib.stats.observations import Floats, Observations

PERMUTATIONS = 10_000
ENUMERATED = 5_000
"""Up to so many ways to hand out the labels of a set are all gone through; of more as many are drawn."""

ROUNDING = 1e-9


def relabelled(observations: Observations, group: int, reference: int | None, *, seed: int = 0) -> float:
    """P-value, two-sided, of a group's gap against another or the mean of all others, terms held fixed.

    Within a set every term of every group has one value, the mean over its repeats. If groups do not differ, any
    term's value could be any other's (Fisher 1935). 1 where nothing varies within a set.
    """
    others = [place for place in range(len(observations.names)) if place != group] if reference is None else [reference]
    rng, gap, draws = np.random.default_rng(seed), 0.0, np.zeros(PERMUTATIONS)
    for (weights, values), count in patterns(observations, group, others).items():
        row, weight = np.array(values), np.array(weights)
        gap += count * float(row @ weight)
        sums, chances = handed_out(row, weight, rng)
        draws += rng.multinomial(count, chances, size=PERMUTATIONS) @ sums
    reached = abs(gap) - ROUNDING * max(1.0, abs(gap))
    return float(1 + np.count_nonzero(np.abs(draws) >= reached)) / (1 + PERMUTATIONS)


Pattern = tuple[tuple[float, ...], tuple[float, ...]]
"""The weights and the values of the terms of a set."""


def patterns(observations: Observations, group: int, others: list[int]) -> dict[Pattern, int]:
    """How many sets look alike, by the terms' weights in the gap of the set and their values.

    Sets that lack a side are left out, and those in which nothing varies: their gap is 0 whoever has which label.
    """
    rows = np.flatnonzero(scored(observations) & np.isin(observations.groups, [group, *others]))
    cells, places = np.unique(
        np.stack([observations.sets[rows], observations.groups[rows], observations.terms[rows]], axis=1),
        axis=0,
        return_inverse=True,
    )
    places = places.ravel()
    values = np.round(np.bincount(places, observations.values[rows]) / np.bincount(places), 9)
    found: dict[Pattern, int] = {}
    weighed: dict[tuple[int, ...], tuple[float, ...]] = {}
    if not len(cells):
        return found
    starts = np.flatnonzero(np.r_[True, np.diff(cells[:, 0]) != 0])
    ends = np.r_[starts[1:], len(cells)]
    varies = np.maximum.reduceat(values, starts) > np.minimum.reduceat(values, starts)
    for start, end in zip(starts[varies], ends[varies], strict=True):
        there = tuple(cells[start:end, 1].tolist())
        if there not in weighed:
            weighed[there] = weights_of(there, group)
        if weights := weighed[there]:
            key = (weights, tuple(values[start:end].tolist()))
            found[key] = found.get(key, 0) + 1
    return found


def weights_of(groups: tuple[int, ...], group: int) -> tuple[float, ...]:
    """What each term of a set counts for in the set's gap, its groups given; () where a side is missing."""
    terms = Counter(groups)
    if group not in terms or len(terms) < 2:
        return ()
    return tuple((1.0 if each == group else -1.0 / (len(terms) - 1)) / terms[each] for each in groups)


def handed_out(values: Floats, weights: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The gaps that a set may have when its labels are handed out anew, and how likely each is."""
    ones = int(np.count_nonzero(values == values.max()))
    low, high = float(values.min()), float(values.max())
    two_valued = bool(np.isin(values, (low, high)).all())
    if two_valued and comb(len(values), ones) <= ENUMERATED:
        # All terms at the lower value is no gap: only how much higher the others are counts.
        gaps = np.array([(high - low) * sum(chosen) for chosen in combinations(weights.tolist(), ones)])
    else:
        gaps = np.array([rng.permutation(weights) @ values for _ in range(ENUMERATED)])
        gaps -= gaps.mean()
    sums, counts = np.unique(np.round(gaps, 12), return_counts=True)
    return sums, counts / counts.sum()

"""Shares with their intervals, honest where every case is alike."""

import math
from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1 with its 95 % interval, of `n` cases; all three are NaN where there is no case."""

    value: float
    low: float
    high: float
    n: int


def share(count: int, n: int) -> Share:
    """`count` of `n` independent cases, with Wilson's (1927) score interval."""
    return Share(count / n, *wilson(count / n, n), n) if n else Share(math.nan, math.nan, math.nan, 0)


def share_over_sets(values: Floats, answers: int) -> Share:
    """Mean of each set's own share, with an interval that knows the answers of a set as dependent.

    Wilson's interval with the effective number of answers, p(1 - p) / variance of the mean, never more than there
    are (Korn and Graubard 1998). It keeps its width where all sets are alike, where a bootstrap has none.

    Args:
        values: each set's share, shape (sets,).
        answers: how many answers the shares were computed from.
    """
    sets = len(values)
    if not sets:
        return Share(math.nan, math.nan, math.nan, 0)
    mean = float(np.mean(values))
    variance = float(np.var(values, ddof=1)) / sets if sets > 1 else math.inf
    if mean * (1 - mean) < 1e-12:
        effective = float(sets)  # nothing varies; dependent answers count as one
    else:
        effective = min(float(answers), mean * (1 - mean) / variance) if variance > 0 else float(answers)
    return Share(mean, *wilson(mean, max(1.0, effective)), sets)


def wilson(value: float, n: float) -> tuple[float, float]:
    """The 95 % score interval of a share of `n` cases (Wilson 1927); `n` need not be whole."""
    from scipy.special import ndtri

    z = float(ndtri(0.975))
    centre = (value + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(value * (1 - value) / n + z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)

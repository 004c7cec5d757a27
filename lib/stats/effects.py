"""Standardised sizes of a gap. Each is NaN where it is not defined."""

import math
from typing import NamedTuple

import numpy as np

from lib.stats.observations import Floats


class Ratio(NamedTuple):
    """A ratio with its 95 % interval."""

    value: float
    low: float
    high: float


def cohens_h(share: float, reference: float) -> float:
    """Difference of two proportions on the arcsine scale (Cohen 1988, ch. 6): 0.2 small, 0.5 medium, 0.8 large."""
    return 2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(reference))


def paired_d(differences: Floats) -> float:
    """Mean difference in standard deviations of the differences: Cohen's d_z (Cohen 1988, 2.3.5).

    Args:
        differences: one for each matched set, shape (sets,).
    """
    if len(differences) < 2:
        return math.nan
    spread = float(np.std(differences, ddof=1))
    # Equal differences leave a spread of rounding errors alone, and a d of millions.
    return float(np.mean(differences)) / spread if spread > 1e-12 * float(np.max(np.abs(differences))) else math.nan


def odds_ratio(b: int, c: int) -> Ratio:
    """Odds ratio of matched pairs, b / c, conditional on being discordant (Breslow and Day 1980, 5.2).

    Its interval turns the exact one of the share b / (b + c) (Clopper and Pearson 1934) into odds.

    Args:
        b: pairs in which the group alone has the outcome.
        c: pairs in which the reference alone has it.
    """
    from scipy.stats import binomtest

    if b + c == 0:
        return Ratio(math.nan, math.nan, math.nan)
    bounds = binomtest(b, b + c).proportion_ci(0.95)
    return Ratio(_odds(b / (b + c)), _odds(bounds.low), _odds(bounds.high))


def rate_ratio(rate: float, reference: float) -> float:
    """How many times the reference's rate; NaN against a rate of zero."""
    return rate / reference if reference > 0 else math.nan


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf

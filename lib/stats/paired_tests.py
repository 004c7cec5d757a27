"""Tests within matched sets; each gives a two-sided p-value."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lib.stats.observations import Floats

ENUMERATED = 12
"""Up to so many differences all 2^n assignments of signs are tried."""

ROUNDING = 1e-9
"""Sums this close, relative to the sum of all sizes, are equal but for rounding."""

SIGNS = np.where(np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1), 1.0, -1.0)


class Tested(NamedTuple):
    """A test's statistic and p-value; both NaN where nothing varies."""

    statistic: float
    p: float


def mcnemar_exact(b: int, c: int) -> float:
    """Whether b discordant pairs against c is more than chance (McNemar 1947, with the exact binomial).

    Concordant pairs carry no information; without discordant ones p is 1.
    """
    from scipy.stats import binomtest

    return float(binomtest(b, b + c, 0.5).pvalue) if b + c else 1.0


def sign_flip(differences: npt.ArrayLike, *, seed: int = 0, permutations: int = 10_000) -> float:
    """Whether the mean of paired differences is zero, by swapping the sides within sets (Fisher 1935).

    Up to 12 differences other than zero are enumerated; more are flipped at random and
    p = (1 + as extreme) / (1 + permutations), which is never zero (Phipson and Smyth 2010).

    Args:
        differences: one for each matched set, shape (sets,).
    """
    given = np.asarray(differences, dtype=np.float64)
    sizes = np.sort(np.abs(given[given != 0]))
    if not len(sizes):
        return 1.0
    reached = abs(given.sum()) - ROUNDING * sizes.sum()
    if len(sizes) <= ENUMERATED:
        return float(np.mean(np.abs(all_sums(sizes)) >= reached))
    sums = random_sums(sizes, permutations, np.random.default_rng(seed))
    return float(1 + np.count_nonzero(np.abs(sums) >= reached)) / (1 + permutations)


def all_sums(sizes: Floats) -> Floats:
    """The sums under every assignment of signs, shape (2^n,)."""
    sums = np.zeros(1)
    for size in sizes:
        sums = np.concatenate([sums + size, sums - size])
    return sums


def random_sums(sizes: Floats, count: int, rng: np.random.Generator) -> Floats:
    """The sums under random signs, shape (count,): a random byte signs eight sizes, whose 256 sums are looked up."""
    padded = np.pad(sizes, (0, -len(sizes) % 8)).reshape(-1, 8)
    sums = np.zeros(count)
    for eight in padded @ SIGNS.T:
        sums += eight[rng.integers(256, size=count, dtype=np.uint8)]
    return sums


def cochran_q(matrix: npt.ArrayLike) -> Tested:
    """Whether any of several proportions differs (Cochran 1950).

    Args:
        matrix: 0 or 1, shape (sets, groups).
    """
    from statsmodels.stats.contingency_tables import cochrans_q

    table = np.asarray(matrix, dtype=np.float64)
    if not np.ptp(table, axis=1).any():
        return Tested(np.nan, np.nan)
    found = cochrans_q(table)
    return Tested(float(found.statistic), float(found.pvalue))


def friedman(matrix: npt.ArrayLike) -> Tested:
    """Whether any of at least three groups tends to lie higher within sets (Friedman 1937, corrected for ties).

    Args:
        matrix: shape (sets, groups).
    """
    from scipy.stats import friedmanchisquare

    table = np.asarray(matrix, dtype=np.float64)
    if not np.ptp(table, axis=1).any():
        return Tested(np.nan, np.nan)
    found = friedmanchisquare(*table.T)
    return Tested(float(found.statistic), float(found.pvalue))

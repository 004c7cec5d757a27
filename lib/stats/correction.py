"""Corrections for looking at many comparisons at once.

Not by statsmodels, which collects all garbage at every call: two tenths of a second beside a loaded model.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from lib.errors import StatsError
from lib.stats.observations import Floats


def adjust(p_values: npt.ArrayLike, method: Literal["holm", "bh"] | str = "holm") -> Floats:
    """P-values corrected over everything shown together; shape as given.

    "holm" bounds the chance of any false alarm (Holm 1979), "bh" the expected share of false alarms
    among the gaps called clear (Benjamini and Hochberg 1995). NaN, a comparison that could not be
    made, stays NaN and does not count.

    Raises:
        StatsError: there is no such method.
    """
    if method not in METHODS:
        raise StatsError(f"correction {method}", "there is none of that name", f"Choose {' or '.join(METHODS)}.")
    p = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        adjusted[known] = METHODS[method](p[known])
    return adjusted


def holm(p: Floats) -> Floats:
    """The k-th smallest of n p-values times n - k + 1, none below the one before it, at most 1."""
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def benjamini_hochberg(p: Floats) -> Floats:
    """The k-th smallest of n p-values times n / k, none above the one behind it."""
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p, method="bh"), dtype=np.float64)


METHODS = {"holm": holm, "bh": benjamini_hochberg}

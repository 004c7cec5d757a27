"""Corrections for looking at many comparisons at once."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from lib.errors import StatsError
from lib.stats.observations import Floats

METHODS = {"holm": "holm", "bh": "fdr_bh"}


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
    from statsmodels.stats.multitest import multipletests

    p = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        adjusted[known] = multipletests(p[known], method=METHODS[method])[1]
    return adjusted

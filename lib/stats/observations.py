"""What the statistics read: scored responses as arrays, one row a response."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Observations:
    """Scored responses, row by row; all arrays have shape (n,).

    Attributes:
        sets: the matched set of each row, as any integer code.
        groups: index into `names`.
        terms: the words that stood for the group, as an integer code that no two groups share.
        values: the measure, or the count of a rate; NaN where a response has no score.
        exposures: what a rate is divided by (words); None for proportions and means.
        names: the groups, in the order in which they are shown.
        per: a rate is given per this much exposure.
        bounds: between which every value of a mean lies; no interval says more than they allow.
    """

    sets: Codes
    groups: Codes
    terms: Codes
    values: Floats
    names: tuple[str, ...]
    exposures: Floats | None = None
    per: float = 1.0
    bounds: tuple[float, float] = (-math.inf, math.inf)

    def __len__(self) -> int:
        return len(self.values)

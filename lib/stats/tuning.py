"""How far a scorer is trusted where people's labels correct it: as far as makes the variance smallest."""

import math
from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats


@dataclass(frozen=True, slots=True)
class Powered:
    """A prediction-powered estimate, the standard error of large samples, and lambda."""

    estimate: float
    error: float
    lambda_: float


def tuned(labels: float, shift: float, own: Floats, scorer: Floats, lambda_: float | None) -> Powered:
    """The estimate `labels` + lambda `shift`, with lambda between 0 and 1.

    Every set adds its part to the deviation of the whole, linear in lambda, so that the variance is the sum of squared
    parts and its smallest point is a regression (PPI++, Angelopoulos, Duchi and Zrnic 2023, arXiv:2311.01453).

    Args:
        labels, shift: the estimate by the labels alone, and what full trust in the scorer adds to it.
        own, scorer: each set's part in how far these two are off, shape (sets,).
        lambda_: None to tune it.
    """
    if lambda_ is None:
        spread = float(scorer @ scorer)
        lambda_ = float(np.clip(-(own @ scorer) / spread, 0, 1)) if spread > 0 else 0.0
    parts = own + lambda_ * scorer
    return Powered(labels + lambda_ * shift, math.sqrt(float(parts @ parts)), lambda_)

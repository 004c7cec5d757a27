"""Exact probabilities as text: small ones keep their first digits."""

import math
from collections.abc import Iterable

import numpy as np

from lib.charts.numbers import UNKNOWN

TINY = 1e-7
"""Below this the zeros behind the point are too many to count."""


def probability(value: float) -> str:
    """A probability in per cent with two digits that count: "23 %", "0.0012 %"."""
    if math.isnan(value):
        return UNKNOWN
    if value >= 0.995:
        return f"{100 * value:.1f} %"
    if 0 < value < TINY:
        return f"{100 * value:.1e} %"
    return f"{np.format_float_positional(100 * value, precision=2, fractional=False, trim='-')} %"


def probability_ranges(lows: Iterable[float], highs: Iterable[float]) -> list[str]:
    """The lowest and highest of several prompts."""
    return [
        "one prompt" if math.isnan(low) or math.isnan(high) else f"{probability(low)} to {probability(high)}"
        for low, high in zip(lows, highs, strict=True)
    ]

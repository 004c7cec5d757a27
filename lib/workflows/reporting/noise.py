"""Rounding of sums: a gap that is only that has no sign."""

from dataclasses import replace

from lib.stats.results import Gap

NOISE = 1e-9
"""Of the values compared: what is smaller than that is no difference."""


def without_noise(gap: Gap) -> Gap:
    """The gap with 0 for an estimate, or an end of its interval, that is rounding; NaN stays NaN."""
    largest = max(abs(gap.value), abs(gap.reference_value))

    def settled(number: float) -> float:
        return 0.0 if abs(number) <= NOISE * largest else number

    return replace(gap, estimate=settled(gap.estimate), low=settled(gap.low), high=settled(gap.high))

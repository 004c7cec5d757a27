"""Shares of dependent cases, and how far two shares lie apart."""

import math
from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Codes, Floats
from lib.stats.shares import Share, wilson


@dataclass(frozen=True, slots=True)
class Difference:
    """One share minus another, with its 95 % interval; NaN where either is unknown."""

    value: float
    low: float
    high: float


def apart(one: Share, other: Share, correlation: float = 0.0) -> Difference:
    """The difference of two shares, from the intervals of both (Newcombe 1998; for any shares Zou and Donner 2008).

    Args:
        correlation: of the two estimates; 0 where the cases are others. Where the same items carry both, it is
            mostly positive, and 0 makes the interval too wide rather than too narrow.
    """
    low = math.hypot(one.value - one.low, other.high - other.value)
    high = math.hypot(one.high - one.value, other.value - other.low)
    if correlation:
        low = math.sqrt(max(0.0, low**2 - 2 * correlation * (one.value - one.low) * (other.high - other.value)))
        high = math.sqrt(max(0.0, high**2 - 2 * correlation * (one.high - one.value) * (other.value - other.low)))
    value = one.value - other.value
    return Difference(value, max(-1.0, value - low), min(1.0, value + high))


def share_of_units(counts: Floats, totals: Floats, n: int | None = None) -> Share:
    """A share of cases that come in units (matched sets, items), whose cases are dependent.

    The sum of the counts over the sum of the totals, with Wilson's interval for the effective number of cases: what
    simple sampling would need for the variance between units (Korn and Graubard 1998), at most as many as there are.
    Where all cases are alike every unit counts as one case.

    Args:
        counts, totals: for each unit, weighted where units were not drawn evenly; shape (units,).
        n: how many cases there are; the sum of the totals where it is not given.
    """
    there = totals > 0
    counts, totals = counts[there], totals[there]
    units, total = len(totals), float(totals.sum())
    if not units:
        return Share(math.nan, math.nan, math.nan, 0)
    cases = round(total) if n is None else n
    value = min(1.0, max(0.0, float(counts.sum()) / total))
    if value * (1 - value) < 1e-12 or units == 1:
        effective = float(total**2 / np.sum(totals**2))  # the number of units, fewer where they weigh unevenly
    else:
        variance = units / (units - 1) * float(np.sum((counts - value * totals) ** 2)) / total**2
        effective = min(float(cases), value * (1 - value) / variance) if variance > 0 else float(cases)
    return Share(value, *wilson(value, max(1.0, effective)), cases)


def sums(units: Codes, values: Floats) -> Floats:
    """Sum of `values`, one a case, for each unit; shape (units,).

    Args:
        units: the unit of each case, a code from 0.
    """
    return np.bincount(units, values).astype(np.float64)


def pulls(counts: Floats, totals: Floats) -> Floats:
    """How much each unit moves the share of all of them, shape (units,): for the correlation of two shares."""
    total = float(totals.sum())
    return (counts - counts.sum() / total * totals) / total if total else np.zeros(len(totals))


def correlation(one: Floats, other: Floats) -> float:
    """Of two shares, from the pulls of the units that carry both; 0 where either does not vary."""
    size = math.sqrt(float(np.sum(one**2)) * float(np.sum(other**2)))
    return float(np.sum(one * other)) / size if size > 0 else 0.0

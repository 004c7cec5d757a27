"""Proof by simulation: intervals cover and p-values keep their promise."""

import numpy as np
import pytest

from lib.stats.gaps import gap
from lib.stats.levels import level
from lib.types import MeasureKind
from tests.stats.audits import simulated

DESIGNS = [(kind, *design) for kind in MeasureKind for design in ((60, 1, False), (60, 4, True), (100, 8, True))]


def covered(kind: MeasureKind, sets: int, terms: int, sampled: bool, audits: int) -> tuple[float, float]:
    """Share of intervals with the true gap of zero inside, and share of p-values under 0.05."""
    rng = np.random.default_rng(20260717)
    inside = alarms = 0
    for number in range(audits):
        audit = simulated(rng, kind, sets, terms, sampled=sampled)
        found = gap(audit, 0, 1, kind, resamples=1_000, seed=number, sample_terms=sampled)
        inside += found.low <= 0 <= found.high
        alarms += found.p < 0.05
    return inside / audits, alarms / audits


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "sets", "terms", "sampled"), DESIGNS)
def test_intervals_cover_and_false_alarms_stay_rare(kind: MeasureKind, sets: int, terms: int, sampled: bool) -> None:
    """Over 1,000 audits without a gap, 93–97 % of intervals hold zero and at most 6 % of p-values cry wolf."""
    inside, alarms = covered(kind, sets, terms, sampled, 1_000)
    assert 0.93 <= inside <= 0.97
    assert alarms <= 0.06


def test_intervals_cover_in_a_short_run() -> None:
    """100 audits with sampled terms are enough to see a grossly wrong interval."""
    inside, alarms = covered(MeasureKind.MEAN, 40, 4, True, 100)
    assert inside >= 0.88
    assert alarms <= 0.12


def test_holding_sampled_terms_fixed_is_too_sure() -> None:
    """Where names differ by themselves, an interval that ignores it misses the true gap far too often."""
    rng = np.random.default_rng(3)
    missed = 0
    for number in range(100):
        audit = simulated(rng, MeasureKind.MEAN, 60, 4, sampled=True)
        fixed = gap(audit, 0, 1, MeasureKind.MEAN, resamples=500, seed=number, sample_terms=False)
        missed += not fixed.low <= 0 <= fixed.high
    assert missed > 20


def test_levels_cover_too() -> None:
    """A group's own share lies in its interval about as often as promised."""
    rng = np.random.default_rng(4)
    inside = 0
    for number in range(100):
        audit = simulated(rng, MeasureKind.PROPORTION, 60, 4, sampled=True)
        found = level(audit, 0, resamples=500, seed=number, sample_terms=True)
        inside += found.low <= 0.45 <= found.high
    assert inside >= 88

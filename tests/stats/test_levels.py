"""A group's own number."""

import math

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.levels import level
from tests.stats.audits import by_hand


def test_a_share_with_its_interval() -> None:
    """30 of 100 sets: the interval is close to 0.3 ± 1.96 × √(0.3 × 0.7 / 100) = 0.21 to 0.39."""
    found = level(by_hand([1] * 30 + [0] * 70, [0] * 100), 0, sample_terms=False)
    assert (found.value, found.responses, found.sets, found.coverage) == (0.3, 100, 100, 1.0)
    assert (found.low, found.high) == pytest.approx((0.21, 0.39), abs=0.015)


def test_never_seen_is_not_impossible() -> None:
    """0 of 100 still allows some per cent, and never less than none."""
    found = level(by_hand([0] * 100, [1] * 100), 0, sample_terms=False)
    assert (found.value, found.low) == (0.0, 0.0)
    assert 0.03 < found.high < 0.06


def test_a_rate_is_per_exposure() -> None:
    """(1 + 3) counts on 2 × 50 words are 4 per hundred."""
    assert level(by_hand([1, 3], exposures=50, per=100), 0, sample_terms=False).value == pytest.approx(4.0)


def test_coverage_counts_what_has_no_score() -> None:
    """One of four responses without a score leaves a coverage of three quarters."""
    found = level(by_hand([1, 2, 3, math.nan]), 0, sample_terms=False)
    assert (found.value, found.responses, found.coverage) == (2.0, 3, 0.75)


@pytest.mark.parametrize("values", [[7.0], [7.0, 7.0, 7.0]])
def test_no_spread_no_interval(values: list[float]) -> None:
    """One set, or sets that all have one number, give a value without an interval."""
    found = level(by_hand(values), 0, sample_terms=False)
    assert found.value == 7.0
    assert np.isnan([found.low, found.high]).all()


@pytest.mark.parametrize("values", [[], [math.nan, math.nan]])
def test_nothing_scored(values: list[float]) -> None:
    """Without a score there is no value."""
    found = level(by_hand(values), 0, sample_terms=True)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert (found.responses, found.coverage) == (0, 0.0)


def test_no_such_group() -> None:
    """A group that is not there is refused in words."""
    with pytest.raises(StatsError, match="there are 1 groups"):
        level(by_hand([1, 2]), 1, sample_terms=False)

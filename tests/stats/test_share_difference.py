"""Shares of dependent cases and their differences."""

import math

import numpy as np
import pytest

from lib.stats.share_difference import apart, correlation, pulls, share_of_units, sums
from lib.stats.shares import share


def test_newcombes_example() -> None:
    """Newcombe (1998), method 10: 56 of 70 against 48 of 80 is .2000 (.0524 to .3339)."""
    found = apart(share(56, 70), share(48, 80))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_no_case_no_difference() -> None:
    """Against a share of nothing there is no difference."""
    assert math.isnan(apart(share(1, 2), share(0, 0)).value)


def test_units_of_one_case_are_wilsons() -> None:
    """30 of 100 independent cases: as `share`, but for n − 1 in the variance."""
    found = share_of_units(np.repeat([1.0, 0.0], [30, 70]), np.ones(100))
    plain = share(30, 100)
    assert (found.value, found.low, found.high) == pytest.approx((0.3, plain.low, plain.high), abs=1e-3)


def test_cases_of_a_unit_that_are_all_alike_count_once() -> None:
    """Ten units of ten equal cases tell as much as ten cases."""
    found = share_of_units(np.repeat([10.0, 0.0], 5), np.full(10, 10.0))
    assert found.n == 100
    assert found.low == pytest.approx(share(5, 10).low, abs=0.02)


def test_nothing_seen_keeps_a_width() -> None:
    """None of five units of four: no more certain than none of five."""
    found = share_of_units(np.zeros(5), np.full(5, 4.0))
    assert (found.value, found.high) == (0, pytest.approx(share(0, 5).high))


def test_weights_move_the_share() -> None:
    """Cases drawn with probability .1 weigh ten times those drawn with 1: (10 × 1 + 0) / 11."""
    assert share_of_units(np.array([10.0, 0.0]), np.array([10.0, 1.0]), n=2).value == pytest.approx(10 / 11)


def test_units_without_cases_do_not_count() -> None:
    """No case at all gives NaN, and n 0."""
    assert share_of_units(np.zeros(3), np.zeros(3)).n == 0


def test_shared_units_narrow_the_difference() -> None:
    """Two shares that rise and fall with the same units are correlated by 1, and their difference is nearly known."""
    ones, totals = np.repeat([1.0, 0.0], 20), np.ones(40)
    mine = pulls(ones, totals)
    assert correlation(mine, mine) == pytest.approx(1)
    assert correlation(mine, np.zeros(40)) == 0
    both = share_of_units(ones, totals)
    wide, narrow = apart(both, both), apart(both, both, 1.0)
    assert narrow.high - narrow.low < 0.01 < wide.high - wide.low


def test_intervals_of_dependent_cases_cover() -> None:
    """Sixty sets of one to four responses that share their luck: intervals hold the truth 92 times in 100 or more."""
    inside = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        sizes = rng.integers(1, 5, 60)
        units = np.repeat(np.arange(60), sizes)
        right = (rng.random(len(units)) < np.repeat(rng.beta(6, 1.5, 60), sizes)).astype(float)
        found = share_of_units(sums(units, right), sizes.astype(float))
        inside += found.low <= 0.8 <= found.high
    assert inside >= 276

"""A scorer against gold, its calibration, and drift over time."""

import math

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

from lib.stats.calibration import calibration
from lib.stats.drift import blocks, halves
from lib.stats.instrument import Readings, accuracy, confusion, error_gap, error_gaps_by_set, quality


def readings(truth: str, said: str, *, units: list[int] | None = None, weights: list[float] | None = None) -> Readings:
    """One digit a response; each its own matched set unless told otherwise."""
    true, called = (np.array([int(each) for each in text], np.int64) for text in (truth, said))
    places = np.arange(len(true)) if units is None else np.array(units)
    return Readings(places, true, called, np.ones(len(true)) if weights is None else np.array(weights))


def test_a_small_matrix_by_hand() -> None:
    """3 found, 1 missed, 2 falsely called, 4 rightly not: precision 3/5, recall 3/4, specificity 4/6, F1 6/9."""
    seen = readings("1111000000", "1110110000")
    found = quality(seen, 1)
    assert (found.precision.value, found.recall.value, found.specificity.value) == pytest.approx((3 / 5, 3 / 4, 4 / 6))
    assert found.f1.value == pytest.approx(6 / 9)
    assert (found.precision.n, found.recall.n, found.specificity.n, found.f1.n) == (5, 4, 6, 6)
    assert accuracy(seen).value == pytest.approx(0.7)
    assert confusion(seen, 2).tolist() == [[4, 2], [1, 3]]


def test_equals_scikit_learn() -> None:
    """Three labels on random responses."""
    rng = np.random.default_rng(1)
    truth, said = rng.integers(3, size=(2, 200))
    seen = Readings(np.arange(200), truth, said, np.ones(200))
    for label in range(3):
        found, only = quality(seen, label), {"labels": [label], "average": "macro"}
        for mine, theirs in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
            assert getattr(found, mine).value == pytest.approx(theirs(truth, said, **only))


def test_a_label_that_never_occurs() -> None:
    """Nothing called so leaves precision undefined, nothing so leaves recall undefined."""
    found = quality(readings("00", "00"), 1)
    assert math.isnan(found.precision.value)
    assert math.isnan(found.recall.value)
    assert math.isnan(found.f1.value)
    assert found.specificity.value == 1


def test_weights_stand_for_what_was_not_drawn() -> None:
    """An error drawn with probability 1, a hit with .25: the hit stands for four, so 4 of 5 are right."""
    assert accuracy(readings("10", "11", weights=[4.0, 1.0])).value == pytest.approx(0.8)


def test_error_rates_apart() -> None:
    """Wrong about 6 of 20 here and 2 of 20 there, in the same twenty sets: 20 points."""
    units = [*range(20), *range(20)]
    seen = readings("0" * 40, "1" * 6 + "0" * 14 + "1" * 2 + "0" * 18, units=units)
    one, other = np.repeat([1.0, 0.0], 20), np.repeat([0.0, 1.0], 20)
    found = error_gap(seen, one, other)
    assert found.value == pytest.approx(0.2)
    assert found.low < 0.2 < found.high
    assert sorted(error_gaps_by_set(seen, one, other)) == [0] * 16 + [1] * 4


def test_error_rates_of_sets_with_one_side() -> None:
    """A set that has only one of the groups says nothing within sets, and counts in the rates."""
    seen = readings("000", "100", units=[0, 0, 1])
    assert error_gaps_by_set(seen, np.array([1.0, 0, 1]), np.array([0, 1.0, 0])).tolist() == [1]
    assert error_gap(seen, np.array([1.0, 0, 1]), np.array([0, 1.0, 0])).value == 0.5


def test_calibration_by_hand() -> None:
    """Ten said .2 of which 3 are so, ten said .9 of which 6 are: (10 × .1 + 10 × .3) / 20 = .2 (Guo et al. 2017)."""
    said = np.repeat([0.2, 0.9], 10)
    so = np.array([1] * 3 + [0] * 7 + [1] * 6 + [0] * 4, float)
    found = calibration(said, so)
    assert found.error == pytest.approx(0.2)
    assert [(each.said, each.came_true.value, each.came_true.n) for each in found.bins] == [
        (pytest.approx(0.2), 0.3, 10),
        (pytest.approx(0.9), 0.6, 10),
    ]
    assert not found.hard


def test_bins_hold_equal_numbers() -> None:
    """A hundred different probabilities make ten bins of ten; equal ones are never parted."""
    said = np.linspace(0, 1, 100)
    assert [each.came_true.n for each in calibration(said, (said > 0.5).astype(float)).bins] == [10] * 10
    assert len(calibration(np.full(50, 0.7), np.ones(50)).bins) == 1


def test_hard_answers_make_the_calibration_error_the_error_rate() -> None:
    """Four answers of 0 and 1, one of each wrong: half are wrong, and so is the calibration by a half."""
    found = calibration(np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 1, 0]))
    assert (found.error, found.hard) == (0.5, True)


def test_no_probability_no_error() -> None:
    """Nothing to calibrate gives NaN."""
    assert math.isnan(calibration(np.empty(0), np.empty(0)).error)


def test_blocks_of_work() -> None:
    """45 items in blocks of 20 are 20 and 25, as 5 are too few; 50 are 20, 20 and 10."""
    assert [(each.first, each.last) for each in blocks(np.ones(45))] == [(1, 20), (21, 45)]
    assert [each.agrees.n for each in blocks(np.ones(50))] == [20, 20, 10]
    assert blocks(np.empty(0)) == []


def test_halves_of_work() -> None:
    """All right in the first ten and half of the second: 50 points down, clearly."""
    found = halves(np.array([1.0] * 10 + [1, 0] * 5))
    assert (found.first.value, found.second.value, found.change.value) == (1, 0.5, -0.5)
    assert found.change.high < 0
    assert math.isnan(halves(np.ones(1)).change.value)

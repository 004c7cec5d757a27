import math

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.more_repeats import Expected, expected_interval
from lib.stats.observations import Observations
from lib.types import MeasureKind

MEAN, RATE = MeasureKind.MEAN, MeasureKind.RATE


def audit(differences: np.ndarray) -> tuple[Observations, np.ndarray]:
    """Two groups whose sets differ by `differences`, shape (prompts, repeats); and the family of each response."""
    sets = np.arange(differences.size)
    seen = Observations(
        sets=np.repeat(sets, 2),
        groups=np.tile([0, 1], len(sets)),
        terms=np.tile([0, 1], len(sets)),
        values=np.stack([differences.ravel(), np.zeros(len(sets))], axis=1).ravel(),
        names=("one", "other"),
    )
    return seen, np.repeat(np.arange(len(differences)), 2 * differences.shape[1])


def expected(differences: np.ndarray, more: int) -> Expected:
    seen, families = audit(differences)
    return expected_interval(seen, families, 0, 1, MEAN, more)


def test_components_by_hand():
    """Prompts at 1, 3 and 8 with repeats one up and one down: within 2, between (26 - 2) / 2 = 12."""
    found = expected(np.array([[0.0, 2.0], [2.0, 4.0], [7.0, 9.0]]), 2)
    # Mean square between: 2 * (9 + 1 + 16) / 2 = 26; within: 6 * 1 / 3 = 2. Student's t with 2 degrees: 4.3027.
    assert found.prompt_share == pytest.approx(12 / 14)
    assert found.half_width_now == pytest.approx(4.30265 * math.sqrt(12 / 3 + 2 / 6), rel=1e-5)
    assert found.half_width_then == pytest.approx(4.30265 * math.sqrt(12 / 3 + 2 / 12), rel=1e-5)
    assert found.half_width_floor == pytest.approx(4.30265 * math.sqrt(12 / 3), rel=1e-5)
    assert (found.repeats_now, found.repeats_then, found.prompts) == (2, 4, 3)


def test_chance_alone_halves_with_four_times_the_repeats():
    """Where prompts do not differ, repeats are as good as prompts."""
    found = expected(np.array([[-1.0, 1.0]] * 20), 6)
    assert found.prompt_share == 0
    assert found.half_width_then == pytest.approx(found.half_width_now / 2)


def test_prompts_that_repeat_themselves_gain_nothing():
    """Under greedy decoding every repeat is the same, and the width stays."""
    found = expected(np.repeat(np.arange(10.0)[:, None], 3, axis=1), 5)
    assert found.half_width_then == found.half_width_now == found.half_width_floor


def test_the_forecast_comes_true():
    """Widths forecast from 3 repeats agree on average with those found with 12."""
    rng = np.random.default_rng(5)
    forecast, found = [], []
    for _ in range(200):
        whole = rng.normal(0, 0.5, (30, 1)) + rng.normal(0, 1, (30, 12))
        forecast.append(expected(whole[:, :3], 9).half_width_then)
        found.append(expected(whole, 0).half_width_now)
    assert np.mean(forecast) == pytest.approx(np.mean(found), rel=0.03)


def test_a_rate_is_forecast_from_sums():
    """With equal exposures a rate's width is that of the mean of counts over exposure, times its `per`."""
    rng = np.random.default_rng(6)
    seen, families = audit(rng.poisson(3, (12, 3)).astype(float))
    words = np.full(len(seen), 50.0)
    rate = Observations(seen.sets, seen.groups, seen.terms, seen.values, seen.names, exposures=words, per=100)
    as_mean = expected_interval(seen, families, 0, 1, MEAN, 2)
    as_rate = expected_interval(rate, families, 0, 1, RATE, 2)
    assert as_rate.half_width_then == pytest.approx(2 * as_mean.half_width_then)


def test_missing_scores_and_other_groups_are_handled():
    """A set without a side drops out; against the others, those that are there stand for them."""
    seen, families = audit(np.array([[0.0, 2.0], [2.0, 4.0], [7.0, 9.0]]))
    values = np.append(seen.values, [np.nan, 5.0])
    more = Observations(
        sets=np.append(seen.sets, [6, 6]),
        groups=np.append(seen.groups, [0, 1]),
        terms=np.append(seen.terms, [0, 1]),
        values=values,
        names=("one", "other", "third"),
    )
    found = expected_interval(more, np.append(families, [3, 3]), 0, None, MEAN, 2)
    assert found == expected(np.array([[0.0, 2.0], [2.0, 4.0], [7.0, 9.0]]), 2)


def test_one_repeat_gives_bounds_and_no_forecast():
    """What would narrow cannot be known from one repeat; the sentence gives what is certain."""
    # Seven prompts with a variance of 43.43 / 6 = 7.238: 2.447 * sqrt(7.238 / 7) = 2.49; half of it at four repeats.
    with pytest.raises(StatsError, match=r"between 1\.24 and the 2\.49 of now"):
        expected(np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0], [8.0]]), 3)


def test_what_has_no_width_is_said():
    """No prompt, one prompt and equal differences are sentences."""
    with pytest.raises(StatsError, match="no prompt has scores of both sides"):
        expected(np.full((2, 2), np.nan), 1)
    with pytest.raises(StatsError, match="one prompt has scores"):
        expected(np.array([[1.0, 2.0]]), 1)
    with pytest.raises(StatsError, match="the same difference"):
        expected(np.ones((3, 2)), 1)
    seen, families = audit(np.array([[1.0, 2.0]]))
    with pytest.raises(StatsError, match="nothing to divide"):
        expected_interval(seen, families, 0, 1, RATE, 1)

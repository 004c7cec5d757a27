"""The bootstrap over matched sets."""

import numpy as np
import pytest

from lib.stats.bootstrap import resampled_means
from lib.stats.statistics import gradient, rate_difference


@pytest.mark.parametrize("distinct", [2, 500])
def test_spread_is_that_of_the_mean(distinct: int) -> None:
    """Means scatter around the mean with variance σ²/n, whether equal rows are counted first or not."""
    rows = (np.arange(500) % distinct).astype(float)[:, None]
    drawn = resampled_means(rows, 20_000, 1)
    assert drawn.shape == (20_000, 1)
    assert drawn.mean() == pytest.approx(rows.mean(), abs=4 * drawn.std() / np.sqrt(20_000))
    assert drawn.var() == pytest.approx(rows.var() / 500, rel=0.05)


def test_columns_are_drawn_together() -> None:
    """Columns of one set stay together: a column and its double stay double in every resample."""
    first = np.random.default_rng(0).normal(size=(50, 1))
    drawn = resampled_means(np.hstack([first, 2 * first]), 100, 1)
    assert drawn[:, 1] == pytest.approx(2 * drawn[:, 0])


def test_the_seed_decides() -> None:
    """The same seed gives the same means, in any order of the rows; another seed others."""
    rows = np.random.default_rng(0).normal(size=(3_000, 2))
    one = resampled_means(rows, 200, 7)
    assert np.array_equal(one, resampled_means(rows[::-1], 200, 7))
    assert not np.array_equal(one, resampled_means(rows, 200, 8))


def test_slopes_of_a_rate() -> None:
    """d(c/e) is 1/e along the count and −c/e² along the exposure, and the reverse for the reference."""
    slopes = gradient(rate_difference(1.0), np.array([1.0, 2.0, 3.0, 4.0]))
    assert slopes == pytest.approx([1 / 2, -1 / 4, -1 / 4, 3 / 16])

"""Paired tests against numbers by hand."""

import numpy as np
import pytest

from lib.stats.paired_tests import cochran_q, friedman, mcnemar_exact, random_sums, sign_flip


def test_mcnemar() -> None:
    """5 against 0: both tails of a fair coin, 2 / 2^5; nothing discordant is no evidence."""
    assert mcnemar_exact(5, 0) == pytest.approx(2 / 32)
    assert mcnemar_exact(3, 3) == 1.0
    assert mcnemar_exact(0, 0) == 1.0


def test_sign_flips_are_enumerated_when_few() -> None:
    """Of the 8 sums of ±1 ±2 ±3 only ±6 are as extreme as 6: p = 2/8. Zeros change nothing."""
    assert sign_flip([1, 2, 3]) == pytest.approx(2 / 8)
    assert sign_flip([1, 0, 2, 0, 3]) == pytest.approx(2 / 8)
    assert sign_flip([0.1, 0.2, -0.3]) == 1.0
    assert sign_flip([]) == 1.0


def test_random_flips_agree_with_the_exact_coin() -> None:
    """15 of 20 equal differences point up: the sign test's 2 × 21700 / 2^20 = 0.0414; the seed decides the digits."""
    differences = [1] * 15 + [-1] * 5
    assert sign_flip(differences, seed=1) == pytest.approx(0.0414, abs=0.006)
    assert sign_flip(differences, seed=1) == sign_flip(differences[::-1], seed=1)
    assert sign_flip([1.0] * 100) == pytest.approx(1 / 10_001)


def test_random_sums_have_the_right_spread() -> None:
    """Sums of ±1 … ±11 have mean 0 and variance 1² + … + 11² = 506."""
    sums = random_sums(np.arange(1.0, 12.0), 20_000, np.random.default_rng(0))
    assert sums.mean() == pytest.approx(0, abs=0.6)
    assert sums.var() == pytest.approx(506, rel=0.04)


def test_cochran_q() -> None:
    """Columns 3, 1, 0 of rows 1, 2, 1: Q = 2 (3 × 10 − 16) / (3 × 4 − 6) = 14/3."""
    found = cochran_q([[1, 0, 0], [1, 1, 0], [1, 0, 0]])
    assert found.statistic == pytest.approx(14 / 3)
    assert found.p == pytest.approx(np.exp(-14 / 6))


def test_friedman() -> None:
    """Three sets with one order of three groups: rank sums 3, 6, 9, so 12/(3·3·4) × 126 − 36 = 6, p = e^-3."""
    found = friedman([[1, 2, 3], [10, 20, 30], [0, 5, 6]])
    assert found == pytest.approx((6.0, np.exp(-3)))


@pytest.mark.parametrize("test", [cochran_q, friedman])
def test_nothing_varies(test) -> None:
    """Groups that are equal in every set leave a test undefined, not significant."""
    assert np.isnan(test([[1, 1, 1], [0, 0, 0]])).all()

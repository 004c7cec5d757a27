"""Exchanging labels within sets: exact in small cases, honest where an outcome is rare."""

import numpy as np
import pytest

from lib.stats.observations import Observations
from lib.stats.paired_tests import sign_flip
from lib.stats.relabelled import relabelled


def observed(values: np.ndarray) -> Observations:
    """One answer a set and group; shape (sets, groups)."""
    sets, groups = values.shape
    codes = np.tile(np.arange(groups), sets)
    names = tuple(f"g{place}" for place in range(groups))
    return Observations(np.repeat(np.arange(sets), groups), codes, codes, values.ravel().astype(float), names)


def test_one_of_four_in_every_set() -> None:
    """In 3 sets of 4 groups the first alone has the outcome: a gap as large has one way of 4^3, p = 1/64."""
    values = np.zeros((3, 4))
    values[:, 0] = 1
    assert relabelled(observed(values), 0, None) == pytest.approx(1 / 64, abs=0.004)


def test_two_groups_are_a_sign_flip() -> None:
    """Against one other, exchanging labels is flipping signs: 6 sets one way, p = 2 × 2^-6."""
    values = np.zeros((10, 2))
    values[:6, 0] = 1
    assert sign_flip(values[:, 0] - values[:, 1]) == 2 * 2**-6
    assert relabelled(observed(values), 0, 1) == pytest.approx(2 * 2**-6, abs=0.005)


def test_what_never_varies_is_no_evidence() -> None:
    """All alike, or a side missing everywhere: p is 1."""
    assert relabelled(observed(np.ones((5, 3))), 0, None) == 1
    alone = np.full((5, 3), np.nan)
    alone[:, 0] = [0, 1, 0, 1, 1]
    assert relabelled(observed(alone), 0, None) == 1


def test_repeats_of_a_term_count_once() -> None:
    """Ten copies of every answer change nothing."""
    values = np.zeros((6, 4))
    values[:4, 1] = 1
    once = observed(values)
    sets, groups, terms = (np.tile(each, 10) for each in (once.sets, once.groups, once.terms))
    many = Observations(sets, groups, terms, np.tile(once.values, 10), once.names)
    assert relabelled(many, 1, None) == relabelled(once, 1, None)


def test_values_between_are_drawn() -> None:
    """Six terms of different values in each of eight sets, the first group's always the largest: hardly by chance."""
    values = np.tile([0.9, 0.5, 0.4, 0.3, 0.2, 0.1], (8, 1))
    assert relabelled(observed(values), 0, None) < 0.001
    assert relabelled(observed(values), 1, None) > 0.05


@pytest.mark.slow
def test_what_is_rare_is_not_found_too_often() -> None:
    """Of 1,000 nulls with 3 % in 150 sets of 4 groups at most 1 % and twice its noise have p below 1 %."""
    rng = np.random.default_rng(1)
    found = [relabelled(observed(rng.random((150, 4)) < 0.03), 0, None) for _ in range(1_000)]
    assert np.mean(np.array(found) <= 0.01) <= 0.01 + 2 * np.sqrt(0.01 * 0.99 / 1_000)

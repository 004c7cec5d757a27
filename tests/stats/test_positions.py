import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.positions import PositionEffects, position_effects
from lib.stats.shares import share, share_over_sets

NAMES = ("woman", "man")


def effects(first_order: list[int], second_order: list[int]) -> PositionEffects:
    """Couples of a woman and a man; the woman is named first in the first order."""
    count = len(first_order)
    sets = np.tile(np.arange(count), 2)
    order = np.repeat([0, 1], count)
    return position_effects(sets, order, order, 1 - order, np.array(first_order + second_order), NAMES)


def test_always_the_first_named_is_order_alone():
    """A model that always picks the first named has an order share of 1 and no group effect."""
    found = effects([0] * 20, [0] * 20)
    assert (found.first.value, found.by_order.value, found.by_group.value) == (1, 1, 0)
    assert found.selected["woman"].value == found.selected["man"].value == 0.5
    assert found.selected["woman"].low < 0.5 < found.selected["woman"].high
    assert found.first.low == pytest.approx(20 / (20 + 1.959964**2))  # Wilson's lower bound of 20 in 20


def test_always_the_woman_is_group_alone():
    """A model that always picks the woman has a group share of 1, and picks the first named half the time."""
    found = effects([0] * 20, [1] * 20)
    assert (found.by_group.value, found.by_order.value) == (1, 0)
    assert (found.selected["woman"].value, found.selected["man"].value) == (1, 0)
    assert found.first.value == 0.5
    assert found.first.low < 0.5 < found.first.high


def test_mixed_choices_by_hand():
    """Couples: woman twice, first twice, second twice, man twice, one refused in one order."""
    found = effects([0, 0, 1, 1, 0], [1, 0, 1, 0, -1])
    assert (found.couples, found.answers, found.shown) == (5, 9, 10)
    assert (found.by_group.value, found.by_order.value, found.undecided.value) == (0.4, 0.4, 0.2)
    # Picked first: couples 1/2, 2/2, 0/2, 1/2, 1/1.
    assert found.first.value == pytest.approx((0.5 + 1 + 0 + 0.5 + 1) / 5)
    # The woman: 2/2, 1/2, 1/2, 0/2; the refused couple is left out.
    assert found.selected["woman"].value == pytest.approx(0.5)
    assert found.selected["woman"].n == 4


def test_more_than_two_groups_are_counted_in_their_own_couples():
    """A group's selection rate is over the couples it was part of."""
    sets, order = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    found = position_effects(
        sets, order, np.array([0, 1, 0, 2]), np.array([1, 0, 2, 0]), np.array([0, 1, 1, 0]), ("a", "b", "c", "d")
    )
    assert [found.selected[name].value for name in "abc"] == [0.5, 0, 1]
    assert [found.selected[name].n for name in "abcd"] == [2, 1, 1, 0]
    assert np.isnan(found.selected["d"].value)


def test_a_couple_in_one_order_only_is_not_a_couple():
    """An answer without its counterpart counts for the first-named share and for nothing else."""
    sets, order = np.array([0, 0, 1]), np.array([0, 1, 0])
    found = position_effects(sets, order, order, 1 - order, np.array([0, 0, 0]), NAMES)
    assert (found.couples, found.answers) == (1, 3)
    with pytest.raises(StatsError, match="no couple was shown in both orders"):
        position_effects(sets[2:], order[2:], order[2:], order[2:], np.array([0]), NAMES)


def test_what_cannot_be_taken_apart_is_said():
    """No choices, no answers and two answers to one order are sentences."""
    none = np.empty(0, np.int64)
    with pytest.raises(StatsError, match="no forced choice"):
        position_effects(none, none, none, none, none, NAMES)
    with pytest.raises(StatsError, match="no answer picked"):
        effects([-1, -1], [-1, -1])
    twice = np.zeros(3, np.int64)
    with pytest.raises(StatsError, match="more than one answer to the same order"):
        position_effects(twice, twice, twice, twice + 1, twice, NAMES)
    with pytest.raises(StatsError, match="more than one answer to the same order"):
        position_effects(twice, np.arange(3), np.array([0, 1, 0]), np.array([1, 0, 1]), twice, NAMES)
    with pytest.raises(StatsError, match="name different groups"):
        position_effects(twice[:2], np.arange(2), twice[:2], twice[:2] + 1, twice[:2], NAMES)


def test_wilson_as_published():
    """81 in 263 gives .2553 to .3662 (Newcombe 1998, table I); no case gives no number."""
    found = share(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert np.isnan(share(0, 0).low)


def test_dependent_answers_widen_the_interval():
    """Two answers that always agree are worth one; that are independent, two."""
    rng = np.random.default_rng(1)
    alike = share_over_sets(rng.integers(0, 2, 400).astype(float), 800)
    apart = share_over_sets(rng.integers(0, 2, (400, 2)).mean(axis=1), 800)
    width = 2 * 1.96 * 0.5
    assert alike.high - alike.low == pytest.approx(width / np.sqrt(400), rel=0.03)
    assert apart.high - apart.low == pytest.approx(width / np.sqrt(800), rel=0.08)

"""Gaps between groups, against numbers worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.gaps import gap
from lib.stats.levels import level
from lib.stats.observations import Observations
from lib.stats.omnibus import omnibus
from lib.types import MeasureKind
from tests.stats.audits import by_hand, simulated

PROPORTION, MEAN, RATE = MeasureKind.PROPORTION, MeasureKind.MEAN, MeasureKind.RATE


def test_a_proportion() -> None:
    """6 sets against 1 of 20 discordant: gap 5/20, exact McNemar p = 2 (1 + 7) / 2^7."""
    women = [1] * 6 + [0] + [1] * 5 + [0] * 8
    men = [0] * 6 + [1] + [1] * 5 + [0] * 8
    found = gap(by_hand(women, men), 0, 1, PROPORTION, sample_terms=False)
    assert found.estimate == pytest.approx(0.25)
    assert (found.value, found.reference_value) == pytest.approx((11 / 20, 6 / 20))
    assert found.p == pytest.approx(16 / 128)
    assert found.low < 0 < 0.25 < found.high
    assert found.test == "exact McNemar test (6 sets against 1)"
    assert found.effect == pytest.approx(2 * math.asin(math.sqrt(0.55)) - 2 * math.asin(math.sqrt(0.3)))
    assert (found.sets, found.all_sets, found.responses, found.coverage) == (20, 20, 40, 1.0)
    # Clopper and Pearson's interval of 6 in 7 is .4213 to .9964, which are odds of .728 and 276.
    assert (found.odds_ratio, found.odds_low, found.odds_high) == pytest.approx((6.0, 0.728, 276.0), rel=0.01)


def test_odds_are_for_single_answers_that_differ() -> None:
    """Without a discordant set, or with several answers a side, there is no odds ratio; all one way it is infinite."""
    assert math.isnan(gap(by_hand([1, 0, 1], [1, 0, 1]), 0, 1, PROPORTION, sample_terms=False).odds_ratio)
    assert math.isnan(gap(by_hand([1, 2, 3], [1, 0, 1]), 0, 1, MEAN, sample_terms=False).odds_ratio)
    assert gap(by_hand([1, 1, 1], [0, 0, 1]), 0, 1, PROPORTION, sample_terms=False).odds_ratio == math.inf


def test_a_mean_counts_terms_within_sets_first() -> None:
    """Set 1: (1+3)/2 − 1 = 1; set 2: 4 − 1 = 3; their mean is 2, though the pooled means differ by 5/3."""
    audit = Observations(
        sets=np.array([1, 1, 1, 2, 2]),
        groups=np.array([0, 0, 1, 0, 1]),
        terms=np.array([0, 1, 2, 0, 2]),
        values=np.array([1.0, 3.0, 1.0, 4.0, 1.0]),
        names=("women", "men"),
    )
    found = gap(audit, 0, 1, MEAN, sample_terms=False)
    assert found.estimate == pytest.approx(2.0)
    assert found.effect == pytest.approx(2 / math.sqrt(2))


def test_a_rate_divides_sums() -> None:
    """(1 + 5) per (10 + 90) words against (2 + 2) per (50 + 50): 6 − 4 = 2 per hundred; ratio 1.5."""
    audit = replace(by_hand([1, 5], [2, 2], exposures=1, per=100), exposures=np.array([10.0, 90.0, 50.0, 50.0]))
    found = gap(audit, 0, 1, RATE, sample_terms=False)
    assert found.estimate == pytest.approx(2.0)
    assert found.effect == pytest.approx(1.5)


def test_against_the_others() -> None:
    """4 against the mean of 1 and 3, and in the second set 4 against the only other, 0: (2 + 4) / 2."""
    found = gap(by_hand([4, 4], [1, math.nan], [3, 0]), 0, None, MEAN, sample_terms=False)
    assert found.estimate == pytest.approx(3.0)
    assert found.reference == "the others"
    assert found.coverage == pytest.approx(5 / 6)


def test_rates_against_the_others_weigh_groups_equally() -> None:
    """Rates 4, 1 and 3 per word: 4 − 2, however many words the others have."""
    audit = replace(
        by_hand([4, 4], [1, 1], [30, 30], exposures=1), exposures=np.array([1.0, 1.0, 1.0, 1.0, 10.0, 10.0])
    )
    assert gap(audit, 0, None, RATE, sample_terms=False).estimate == pytest.approx(2.0)


@pytest.mark.parametrize("kind", [MEAN, RATE])
def test_a_silent_group_does_not_spoil_the_others(kind: MeasureKind) -> None:
    """A group without any score is no part of the others' mean, and only lowers the coverage."""
    audit = by_hand([4, 5, 4], [1, 1, 2], [math.nan] * 3, exposures=1 if kind is RATE else None)
    found = gap(audit, 0, None, kind, sample_terms=True)
    assert found.estimate == pytest.approx(3.0)
    assert found.coverage == pytest.approx(6 / 9)


def test_sets_with_one_side_do_not_count() -> None:
    """A set whose other side has no score is left out of the gap and shows in sets and coverage."""
    found = gap(by_hand([1, 2, 100], [0, 0, math.nan]), 0, 1, MEAN, sample_terms=False)
    assert found.estimate == pytest.approx(1.5)
    assert (found.sets, found.all_sets, found.responses) == (2, 3, 4)
    assert found.coverage == pytest.approx(4 / 6)


def test_no_difference_seen_is_not_certainty() -> None:
    """With no differing set of 100 the interval stays near the rule of three (3 / 100), and the note says why."""
    found = gap(by_hand([0] * 100, [0] * 100), 0, 1, PROPORTION, sample_terms=False, margin=0.1)
    assert (found.estimate, found.p) == (0.0, 1.0)
    assert 0.02 < found.high < 0.04
    assert found.low == pytest.approx(-found.high, abs=0.01)
    assert found.equivalence_p < 0.05
    assert found.note == (
        "Matched sets that depart from the commonest difference: 0 of 100; "
        "the interval is widened for what was not seen."
    )


def test_total_difference_is_not_certainty() -> None:
    """When all 50 sets differ the same way the interval still has a width, and stays within ±1."""
    found = gap(by_hand([1] * 50, [0] * 50), 0, 1, PROPORTION, sample_terms=False)
    assert found.estimate == found.high == 1.0
    assert 0.8 < found.low < 0.95


def test_a_rate_of_nothing_has_a_bound() -> None:
    """No event on 5,000 words a side: bounded, and a ratio is not defined."""
    found = gap(by_hand([0] * 100, [0] * 100, exposures=50, per=100), 0, 1, RATE, sample_terms=False)
    assert 0.03 < found.high < 0.08
    assert math.isnan(found.effect)


def test_equal_differences_of_a_mean_have_no_interval() -> None:
    """A mean that differs by 5 in every set gives no spread to learn from: no interval, and a sentence."""
    found = gap(by_hand([5.0] * 9, [0.0] * 9), 0, 1, MEAN, sample_terms=False, margin=9)
    assert found.estimate == 5.0
    assert np.isnan([found.low, found.high, found.effect, found.equivalence_p]).all()
    assert found.note.startswith("All matched sets show the same difference")


@pytest.mark.parametrize(
    ("women", "men", "note"),
    [
        ([1.0], [0.0], "Only one matched set has scores of both sides"),
        ([1.0, math.nan], [math.nan, 0.0], "No matched set has scores of both sides"),
        ([math.nan] * 3, [0.0] * 3, "No response about women has a score here."),
        ([math.inf] * 3, [0.0] * 3, "No response about women has a score here."),
        ([], [], "No response about women has a score here."),
    ],
)
def test_too_little_to_compare(women: list[float], men: list[float], note: str) -> None:
    """What cannot be compared gives no number at all, and says what is missing."""
    found = gap(by_hand(women, men), 0, 1, MEAN, sample_terms=True)
    assert found.note.startswith(note)
    assert np.isnan([found.estimate, found.low, found.high, found.value, found.p, found.effect]).all()


def test_no_exposure() -> None:
    """A rate over no words is not defined."""
    found = gap(by_hand([0, 0], [1, 1], exposures=0), 0, 1, RATE, sample_terms=False)
    assert math.isnan(found.estimate)
    assert found.note == "The rate of women is not defined: there is nothing to divide by."


@pytest.mark.parametrize(
    ("audit", "group", "reference", "kind", "cause"),
    [
        (by_hand([1, 2]), 0, None, MEAN, "women is the only group"),
        (by_hand([1, 2], [1, 2]), 0, 0, MEAN, "women is held against itself"),
        (by_hand([1, 2], [1, 2]), 0, 2, MEAN, "there are 2 groups"),
        (by_hand([1, 2], [1, 2]), 0, 1, PROPORTION, "some values lie outside 0 and 1"),
        (by_hand([1, 2], [1, 2]), 0, 1, RATE, "there is nothing to divide the counts by"),
    ],
)
def test_questions_without_sense(
    audit: Observations, group: int, reference: int | None, kind: MeasureKind, cause: str
) -> None:
    """A question that cannot have an answer is refused in words."""
    with pytest.raises(StatsError) as raised:
        gap(audit, group, reference, kind, sample_terms=False)
    assert raised.value.cause == cause


@pytest.mark.parametrize("kind", list(MeasureKind))
@pytest.mark.parametrize("terms", [1, 4])
def test_the_order_of_rows_does_not_matter(kind: MeasureKind, terms: int) -> None:
    """Shuffled rows and renumbered sets give the same numbers under the same seed."""
    audit = simulated(np.random.default_rng(1), kind, 40, terms, sampled=True)
    order = np.random.default_rng(2).permutation(len(audit))
    moved = Observations(
        sets=99 - audit.sets[order],
        groups=audit.groups[order],
        terms=audit.terms[order],
        values=audit.values[order],
        names=audit.names,
        exposures=None if audit.exposures is None else audit.exposures[order],
        per=audit.per,
    )
    one, other = (gap(each, 0, 1, kind, sample_terms=terms > 1) for each in (audit, moved))
    numbers = [(found.estimate, found.low, found.high, found.p) for found in (one, other)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-6)
    assert one.terms == (4 if terms > 1 else 0)


def test_p_agrees_with_the_interval_for_sampled_terms() -> None:
    """With sampled terms p is read from the interval's own distribution: under 0.05 exactly when zero is outside."""
    rng = np.random.default_rng(5)
    for number in range(30):
        audit = simulated(rng, MEAN, 30, 4, sampled=True)
        found = gap(audit, 0, 1, MEAN, seed=number, resamples=999, sample_terms=True)
        assert (found.p < 0.05) == (found.low > 0 or found.high < 0) or abs(found.p - 0.05) < 0.005


def test_a_single_term_is_held_fixed() -> None:
    """One term a group cannot stand for others: terms are 0 and the note says so."""
    found = gap(by_hand([1, 2, 4, 5], [0, 1, 1, 3]), 0, 1, MEAN, sample_terms=True)
    assert found.terms == 0
    assert "A single term stands for women, men" in found.note


def test_equivalence_is_the_ninety_percent_interval_within_the_margin() -> None:
    """Two samples of one distribution are alike within a wide margin, and not shown to be within a narrow one."""
    audit = simulated(np.random.default_rng(6), MEAN, 200, 1, sampled=False)
    wide, narrow = (gap(audit, 0, 1, MEAN, sample_terms=False, margin=margin) for margin in (1.0, 0.01))
    assert wide.equivalence_p < 0.05 < narrow.equivalence_p


def test_omnibus_chooses_its_test() -> None:
    """0/1 values take Cochran's Q, others Friedman's test, over complete sets only."""
    shares = omnibus(by_hand([1, 1, 1, 0], [0, 1, 0, 0], [0, 0, 1, math.nan]), PROPORTION)
    assert (shares.test, shares.sets, shares.groups) == ("Cochran's Q", 3, 3)
    assert omnibus(by_hand([1, 2, 3], [2, 3, 4], [0, 1, 1]), MEAN).test == "Friedman's test"


@pytest.mark.parametrize(
    ("audit", "cause"),
    [
        (by_hand([1, 2], [1, 2]), "it needs three groups, and there are 2"),
        (by_hand([1, math.nan], [1, 2], [1, 3]), "1 matched set had a scored response of every group"),
        (by_hand([1, 1], [1, 1], [1, 1]), "in no matched set do the groups differ"),
    ],
)
def test_omnibus_refuses_in_words(audit: Observations, cause: str) -> None:
    """Without three groups, two complete sets and a difference there is no overall test."""
    with pytest.raises(StatsError) as raised:
        omnibus(audit, MEAN)
    assert raised.value.cause == cause


@pytest.mark.parametrize("seed", [0, 6, 11])
def test_terms_that_are_noise_alone_do_not_blow_an_interval_up(seed: int) -> None:
    """Four terms whose noise cancels in every set: the sets hardly differ, and terms by 0.05 at most.

    Satterthwaite's degrees of freedom go to none here, and the interval to 1e13 and beyond; those of four terms are
    three, whose t is 3.2.
    """
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 0.2, (17, 4))
    mine = 0.3 + noise - noise.mean(axis=1, keepdims=True) + rng.normal(0, 0.001, (17, 1))
    audit = Observations(
        sets=np.repeat(np.arange(17), 5),
        groups=np.tile([0, 0, 0, 0, 1], 17),
        terms=np.tile([0, 1, 2, 3, 4], 17),
        values=np.hstack([mine, np.full((17, 1), 0.3)]).ravel(),
        names=("women", "men"),
    )
    found = gap(audit, 0, 1, MEAN, sample_terms=True)
    assert 0 < found.high - found.low < 2 * 3.2 * 0.05


def test_no_interval_is_wider_than_the_measure_allows() -> None:
    """Two sets say next to nothing: of a number from −1 to 1 the gap lies within ±2, and a level within ±1."""
    audit = by_hand([0.9, -0.4], [-0.2, 0.1])
    free = gap(audit, 0, 1, MEAN, sample_terms=False)
    assert (free.low < -2, free.high > 2) == (True, True)
    held = replace(audit, bounds=(-1.0, 1.0))
    found = gap(held, 0, 1, MEAN, sample_terms=False)
    assert (found.low, found.high, found.estimate) == (-2.0, 2.0, free.estimate)
    own = level(held, 0, sample_terms=False)
    assert (own.low, own.high) == (-1.0, 1.0)


def test_a_share_against_several_others_is_tested_by_exchanging_groups() -> None:
    """One yes among four groups lands on any of them: twice on the first has p = 1/4 × 1/4, and not less.

    Flipping signs would take +1 and −1 for equally likely, though the others together show +1/3 at most.
    """
    audit = Observations(
        sets=np.repeat(np.arange(2), 4),
        groups=np.tile(np.arange(4), 2),
        terms=np.tile(np.arange(4), 2),
        values=np.array([1.0, 0, 0, 0, 1.0, 0, 0, 0]),
        names=("a", "b", "c", "d"),
    )
    found = gap(audit, 0, None, PROPORTION, sample_terms=False)
    assert found.test == "exchange of groups within matched sets"
    assert found.p == pytest.approx(1 / 16, abs=0.01)

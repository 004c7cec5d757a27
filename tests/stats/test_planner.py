import math

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.gaps import gap
from lib.stats.observations import Observations
from lib.stats.paired_tests import mcnemar_exact, sign_flip
from lib.stats.planner import Assumed, Design, Plan, detectable_gap, power_of, sets_needed
from lib.stats.power import mcnemar_power, t_power
from lib.types import MeasureKind

PROPORTION, MEAN, RATE = MeasureKind.PROPORTION, MeasureKind.MEAN, MeasureKind.RATE


def test_exact_mcnemar_power_by_hand():
    """With six sets only six discordant ones that agree are enough at 5 %: 2 / 2^6 = 0.031, and 2 / 2^5 is not."""
    assert mcnemar_power(6, 0.9, 0.05, 0.05) == pytest.approx(0.9**6 + 0.05**6)
    # Seven sets: seven that agree (p = .016), or six that agree and one that does not differ (p = .031).
    expected = 0.9**7 + 0.05**7 + 7 * 0.05 * (0.9**6 + 0.05**6)
    assert mcnemar_power(7, 0.9, 0.05, 0.05) == pytest.approx(expected)
    assert mcnemar_power(5, 1.0, 0.0, 0.05) == 0


def test_t_power_as_published():
    """A paired t test of 34 pairs finds half a standard deviation with a power of .81 (Cohen 1988 asks for 34)."""
    assert t_power(0.5 * math.sqrt(34), 33, 0.05) == pytest.approx(0.808, abs=0.002)
    assert t_power(0.0, 9, 0.05) == pytest.approx(0.05, abs=0.001)


def test_the_smallest_gap_has_the_power_asked_for():
    """The planned gap reaches the power, a slightly smaller one does not."""
    for design in (Design(PROPORTION, 60), Design(MEAN, 40), Design(PROPORTION, 80, terms=4), Design(RATE, 40)):
        plan = detectable_gap(design.kind, design.sets, terms=design.terms)
        assert 0.8 <= power_of(plan.gap, design) < 0.802
        assert power_of(0.99 * plan.gap, design) < 0.8


def test_a_hundred_sets_find_about_twenty_points():
    """Around a half z of .975 and .8 times sqrt(.5 / 100) is 19.8 points; the exact test takes a little more."""
    normal = (1.95996 + 0.84162) * math.sqrt(0.5 / 100)
    assert normal < detectable_gap(PROPORTION, 100).gap < 1.08 * normal


def test_more_comparisons_and_less_noise_move_the_gap():
    """Correction widens it; likeness within sets, a known rare outcome and more sets narrow it."""
    usual = detectable_gap(PROPORTION, 60).gap
    assert detectable_gap(PROPORTION, 60, comparisons=10).gap > usual
    assert detectable_gap(PROPORTION, 60, assumed=Assumed(correlation=0.5)).gap < usual
    assert detectable_gap(PROPORTION, 60, assumed=Assumed(level=0.15)).gap < usual
    assert detectable_gap(PROPORTION, 240).gap < 0.55 * usual


def test_repeats_count_as_far_as_prompts_differ():
    """Repeats of prompts that each have their own gap for good are worth nothing: 60 sets of 20 prompts are 20."""
    same = Assumed(prompt_share=1)
    assert detectable_gap(PROPORTION, 60, repeats=3, assumed=same).gap == detectable_gap(PROPORTION, 20).gap
    assert detectable_gap(PROPORTION, 60, repeats=3).gap == detectable_gap(PROPORTION, 60).gap


def test_few_names_bound_what_any_number_of_sets_finds():
    """Names that differ among themselves leave a gap that more prompts do not narrow, only more names."""
    many = detectable_gap(MEAN, 1_000_000, terms=4).gap
    # Two groups of four names, each with a variance of .01: a standard error of sqrt(2 * .01 / 4) = .0707.
    # With 6 degrees of freedom power takes 3.37 of them, with the 3 of one group alone 4.26; the truth lies between.
    assert 0.0707 * 3.37 < many < 0.0707 * 4.26
    assert detectable_gap(MEAN, 1_000_000, terms=8).gap < 0.7 * many
    assert detectable_gap(MEAN, 1_000_000, terms=4, sample_terms=False).gap < 0.01
    with pytest.raises(StatsError, match="no number of matched sets finds it with 4 terms a group"):
        sets_needed(0.1, Design(MEAN, 0, terms=4))


def test_sets_needed_turns_the_question_round():
    """The number of sets found for a gap is the smallest that reaches the power."""
    needed = sets_needed(0.2, Design(PROPORTION, 0))
    assert power_of(0.2, Design(PROPORTION, needed)) >= 0.8 > power_of(0.2, Design(PROPORTION, needed - 1))
    with pytest.raises(StatsError, match="no number of matched sets finds it"):
        sets_needed(0.0, Design(MEAN, 0))


@pytest.mark.parametrize("kind", [PROPORTION, MEAN, RATE])
def test_a_grid_too_small_for_any_gap_says_so(kind: MeasureKind):
    """No p-value of five sets is below 5 %, so there is no gap to name; nor of ten below 5 % in 100 comparisons."""
    for sets in (0, 1, 5):
        with pytest.raises(StatsError, match=f"{sets} matched sets? cannot show any gap"):
            detectable_gap(kind, sets)
    with pytest.raises(StatsError, match="100 comparisons"):
        detectable_gap(kind, 10, comparisons=100)


def test_an_impossible_gap_is_refused():
    """Around 10 %, shares can be 20 points apart at most."""
    with pytest.raises(StatsError, match=r"at most 0\.2 apart"):
        power_of(0.3, Design(PROPORTION, 60, assumed=Assumed(level=0.1)))


def test_assumptions_are_said():
    """The plan names its test and what it takes for granted."""
    plan = detectable_gap(PROPORTION, 60, terms=4, repeats=2)
    assert plan.test == "bootstrap over matched sets and terms"
    assert "shares around 50%" in plan.assumption
    assert "which term stands for the group" in plan.assumption
    assert "repeats worth as much as new prompts" in plan.assumption


def coin_pairs(rng: np.random.Generator, audits: int, plan: Plan) -> np.ndarray:
    """Set differences of two independent outcomes around the assumed level, shape (audits, sets)."""
    level, size = plan.design.assumed.level, (audits, plan.design.sets)
    return 1 * (rng.random(size) < level + plan.gap / 2) - (rng.random(size) < level - plan.gap / 2)


@pytest.mark.parametrize(("sets", "level"), [(40, 0.5), (60, 0.15), (200, 0.3)])
def test_simulated_power_of_mcnemar(sets: int, level: float):
    """Over 2,000 simulated audits McNemar's test finds the planned gap within 5 points of 80 %."""
    plan = detectable_gap(PROPORTION, sets, assumed=Assumed(level=level))
    differences = coin_pairs(np.random.default_rng(1), 2_000, plan)
    pairs, repeated = np.unique(
        np.stack([(differences > 0).sum(axis=1), (differences < 0).sum(axis=1)], axis=1), axis=0, return_counts=True
    )
    found = sum(count for (b, c), count in zip(pairs.tolist(), repeated, strict=True) if mcnemar_exact(b, c) <= 0.05)
    assert found / 2_000 == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize(("sets", "correlation"), [(8, 0.0), (30, 0.0), (50, 0.6)])
def test_simulated_power_of_sign_flips(sets: int, correlation: float):
    """Over 1,000 simulated audits the sign-flip test finds the planned mean within 5 points of 80 %."""
    plan = detectable_gap(MEAN, sets, assumed=Assumed(correlation=correlation))
    rng = np.random.default_rng(2)
    differences = plan.gap + math.sqrt(2 * (1 - correlation)) * rng.standard_normal((1_000, sets))
    found = np.mean([sign_flip(row, permutations=999) <= 0.05 for row in differences])
    assert found == pytest.approx(0.8, abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(("sets", "terms", "share"), [(60, 4, 0.01), (60, 8, 0.03), (200, 4, 0.05)])
def test_simulated_power_with_sampled_names(sets: int, terms: int, share: float):
    """Over 1,000 simulated audits the planned gap of sampled names is found within 5 points of 80 %."""
    plan = detectable_gap(MEAN, sets, terms=terms, assumed=Assumed(term_share=share))
    rng = np.random.default_rng(3)
    # A seed for each: the draws' own noise would otherwise push all audits the same way.
    found = [
        gap(names(rng, plan, share), 0, 1, MEAN, resamples=1_000, seed=audit, sample_terms=True).p <= 0.05
        for audit in range(1_000)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.05)


def names(rng: np.random.Generator, plan: Plan, share: float) -> Observations:
    """One audit: every name of both groups in every set, each name with a leaning of its own."""
    sets, terms = plan.design.sets, plan.design.terms
    leaning = math.sqrt(share) * rng.standard_normal(2 * terms)
    values = leaning + math.sqrt(1 - share) * rng.standard_normal((sets, 2 * terms))
    values[:, :terms] += plan.gap
    return Observations(
        sets=np.repeat(np.arange(sets), 2 * terms),
        groups=np.tile(np.repeat([0, 1], terms), sets),
        terms=np.tile(np.arange(2 * terms), sets),
        values=values.ravel(),
        names=("one", "other"),
    )

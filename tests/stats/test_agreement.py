"""Coefficients of agreement: published values, libraries on random tables, undefined cases, and coverage."""

import math
import time

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from lib.stats.agreement import agreement

NAN = math.nan

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example C: four observers, twelve units.
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)

# Fleiss (1971), table 1: thirty patients, six psychiatrists, five diagnoses.
DIAGNOSES = """
444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""


def votes(*items: str) -> np.ndarray:
    """One string an item, one digit a person; "." is no answer."""
    return np.array([[NAN if each == "." else float(each) for each in item] for item in items])


def pairs(both: int, first: int, second: int, neither: int) -> np.ndarray:
    """Two people and one label: chosen by both, by the first alone, by the second alone, by neither."""
    return votes(*["11"] * both, *["10"] * first, *["01"] * second, *["00"] * neither)


def test_krippendorffs_example_with_missing_answers() -> None:
    """Krippendorff (2011) gives .743 nominal and .815 ordinal; the unit that one observer saw counts for nothing."""
    found = agreement(FOUR_OBSERVERS.T - 1, 5)
    assert found.alpha.value == pytest.approx(0.743, abs=5e-4)
    assert agreement(FOUR_OBSERVERS.T - 1, 5, ordinal=True).alpha.value == pytest.approx(0.815, abs=5e-4)
    assert (found.items, found.rated, found.annotators, found.votes) == (11, 12, 4, 40)


def test_gwets_values_for_the_same_answers() -> None:
    """Gwet (2014): percent .81818, AC1 .77544 and Fleiss' kappa .76117, where numbers of answers are unequal."""
    found = agreement(FOUR_OBSERVERS.T - 1, 5)
    assert found.percent.value == pytest.approx(0.81818, abs=5e-6)
    assert found.ac1.value == pytest.approx(0.77544, abs=5e-6)
    assert found.fleiss.value == pytest.approx(0.76117, abs=5e-6)


def test_fleiss_example() -> None:
    """Fleiss (1971): observed agreement .5556, by chance .2201, kappa .430."""
    found = agreement(votes(*DIAGNOSES.split()) - 1, 5)
    assert found.percent.value == pytest.approx(0.5556, abs=5e-5)
    assert found.fleiss.value == pytest.approx(0.430, abs=5e-4)


def test_cohens_kappa_by_hand() -> None:
    """20 yes-yes, 5 and 10 apart, 15 no-no: .70 observed, .5 × .6 + .5 × .4 = .50 by chance, kappa .40 (Cohen 1960)."""
    assert agreement(pairs(20, 5, 10, 15), 2).cohen.value == pytest.approx(0.4)


def test_kappa_collapses_on_a_rare_label_and_ac1_does_not() -> None:
    """The paradox (Gwet 2008): 118 of 125 items alike, 243 of 250 answers yes.

    Observed .944. AC1's chance is 2 × .972 × .028 = .0544, so AC1 = .8896 / .9456 = .941. Cohen's chance is
    (123 × 120 + 2 × 5) / 125² = .9453, so kappa = −.0013 / .0547 = −.023.
    """
    found = agreement(pairs(118, 5, 2, 0), 2)
    assert found.ac1.value == pytest.approx(0.941, abs=5e-4)
    assert found.cohen.value == pytest.approx(-0.0234, abs=5e-5)
    assert found.alpha.value < 0.01


def test_light_averages_the_pairs() -> None:
    """Three people: one pair always agrees (kappa 1), two pairs agree half the time (kappa 0): the mean is 1/3."""
    found = agreement(votes("000", "001", "110", "111"), 2)
    assert found.cohen.value == pytest.approx(1 / 3)


def test_equals_the_libraries_on_random_answers() -> None:
    """What is bootstrapped equals scikit-learn, statsmodels and, with missing answers, krippendorff."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        labels, people = int(rng.integers(2, 6)), int(rng.integers(2, 6))
        full = np.minimum(labels - 1, rng.integers(labels, size=(30, 1)) + rng.integers(2, size=(30, people))).astype(
            float
        )
        found = agreement(full, labels, resamples=10)
        assert found.fleiss.value == pytest.approx(fleiss_kappa(aggregate_raters(full.astype(int))[0]))
        assert agreement(full[:, :2], labels, resamples=10).cohen.value == pytest.approx(
            cohen_kappa_score(full[:, 0], full[:, 1])
        )
        holes = np.where(rng.random(full.shape) < 0.3, NAN, full)
        for ordinal, level in ((False, "nominal"), (True, "ordinal")):
            expected = krippendorff.alpha(holes.T, level_of_measurement=level, value_domain=list(range(labels)))
            assert agreement(holes, labels, ordinal=ordinal, resamples=10).alpha.value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("answers", "note"),
    [
        (np.empty((0, 0)), "Nobody has answered it yet."),
        (votes("0.", "1."), "Only one person has answered it: agreement needs two."),
        (votes("0.", ".1"), "No item has answers of two people yet."),
        (np.full((3, 2), NAN), "Nobody has answered it yet."),
    ],
)
def test_too_little_is_said_in_words(answers: np.ndarray, note: str) -> None:
    """Without two answers to one item there is no number, and the reason is given."""
    found = agreement(answers, 2)
    assert (found.items, found.note) == (0, note)
    assert math.isnan(found.percent.value)
    assert math.isnan(found.alpha.value)


def test_all_alike() -> None:
    """When everybody always says the same, kappa and alpha have no meaning; AC1 and percent are 1, not certainly so."""
    found = agreement(votes(*["00"] * 20), 3)
    assert "Everybody chose the same on every item" in found.note
    assert all(math.isnan(each.value) for each in (found.cohen, found.fleiss, found.alpha))
    assert found.ac1.value == found.percent.value == 1
    assert found.ac1.low < 0.85
    assert found.ac1.high == 1


def test_perfect_agreement_is_not_certain() -> None:
    """Twenty items that all agree, half of them yes: alpha is 1, and may well be below .7."""
    found = agreement(pairs(10, 0, 0, 10), 2).alpha
    assert (found.value, found.high) == (1, 1)
    assert 0.4 < found.low < 0.7


def test_one_item_has_no_interval() -> None:
    """One item gives numbers without an interval."""
    found = agreement(votes("01"), 2)
    assert found.percent.value == 0
    assert math.isnan(found.percent.low)
    assert "Only one item" in found.note


def test_many_people_have_no_kappa_of_pairs() -> None:
    """Eleven people make 55 pairs: Cohen's kappa is left out, and Fleiss' speaks for all."""
    found = agreement(np.random.default_rng(0).integers(2, size=(40, 11)).astype(float), 2)
    assert math.isnan(found.cohen.value)
    assert not math.isnan(found.fleiss.low)
    assert "Fleiss" in found.note


def test_the_seed_decides() -> None:
    """The same answers have the same interval in any order of the items."""
    answers = pairs(20, 5, 10, 15)
    assert agreement(answers, 2) == agreement(answers[::-1], 2)


@pytest.mark.parametrize(
    ("items", "common", "error"), [(20, 0.5, 0.1), (50, 0.5, 0.02), (50, 0.1, 0.05), (200, 0.3, 0.1)]
)
def test_intervals_cover(items: int, common: float, error: float) -> None:
    """95 % intervals hold the true value about that often, and are hardly ever too high, which is what claims rest on.

    Two people see a label of that prevalence and each err at that rate. What they agree on in the long run follows:
    observed (1 − e)² + e², answers p(1 − e) + (1 − p)e. Where five of fifty items have the label, alpha's interval
    holds its value 9 times in 10, and misses on the modest side.
    """
    observed, answered = (1 - error) ** 2 + error**2, common * (1 - error) + (1 - common) * error
    chance = answered**2 + (1 - answered) ** 2
    true = {"percent": observed, "alpha": (observed - chance) / (1 - chance)}
    true["ac1"] = (observed - 2 * answered * (1 - answered)) / (1 - 2 * answered * (1 - answered))
    inside, too_high, rounds = dict.fromkeys(true, 0), dict.fromkeys(true, 0), 200
    for seed in range(rounds):
        rng = np.random.default_rng(seed)
        is_so = rng.random((items, 1)) < common
        found = agreement((is_so ^ (rng.random((items, 2)) < error)).astype(float), 2, resamples=500, seed=seed)
        for name, value in true.items():
            each = getattr(found, name)
            inside[name] += not (each.low > value or each.high < value)
            too_high[name] += each.low > value
    assert min(inside.values()) >= 0.88 * rounds
    assert max(too_high.values()) <= 0.055 * rounds


def test_fast_with_many_items() -> None:
    """Twenty thousand items of three people are done in well under a second."""
    rng = np.random.default_rng(0)
    answers = np.where(rng.random((20_000, 3)) < 0.2, NAN, rng.integers(4, size=(20_000, 3)))
    start = time.perf_counter()
    agreement(answers, 4)
    assert time.perf_counter() - start < 2

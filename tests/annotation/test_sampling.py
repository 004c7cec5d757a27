import math
import random
from collections import Counter
from itertools import combinations

import pytest

from lib.annotation.sampling import CandidateSet, active, draw, uncertainty_of
from lib.errors import AnnotationError
from lib.types import Sampling


def candidates(*strata: int) -> list[CandidateSet]:
    """So many matched sets of each of some models."""
    return [
        CandidateSet("r", f"{model}-{no}", "t", f"m{model}", "greedy")
        for model, number in enumerate(strata)
        for no in range(number)
    ]


def how_often(sets: list[CandidateSet], how: Sampling, count: int, uncertainty=None, times: int = 2_000):
    """The share of `times` draws in which each set comes up, and the probability stored with it."""
    seen, stored = Counter(), {}
    for seed in range(times):
        found = draw(sets, how, count, seed, uncertainty)
        assert len(found) == len({each.set_id for each in found}) == count
        for each in found:
            seen[each.set_id] += 1
            assert stored.setdefault(each.set_id, each.probability) == each.probability
    return {set_id: (seen[set_id] / times, stored[set_id]) for set_id in seen}


def assert_as_stored(found: dict[str, tuple[float, float]]) -> None:
    for share, probability in found.values():
        assert share == pytest.approx(probability, abs=4 * math.sqrt(probability * (1 - probability) / 2_000) + 1e-12)


def test_all_is_all():
    """ALL, a count of 0 and a count beyond what there is take everything, for certain."""
    sets = candidates(3, 2)
    for how, count in [(Sampling.ALL, 2), (Sampling.RANDOM, 0), (Sampling.STRATIFIED, 9), (Sampling.ACTIVE, 0)]:
        found = draw(sets, how, count, 1)
        assert {each.set_id for each in found} == {each.set_id for each in sets}
        assert {each.probability for each in found} == {1.0}
    assert draw([], Sampling.RANDOM, 5, 1) == []
    assert [each.probability for each in draw(candidates(1), Sampling.STRATIFIED, 1, 1)] == [1.0]


@pytest.mark.parametrize("how", list(Sampling))
def test_the_order_of_the_input_does_not_matter(how: Sampling):
    """A seed draws the same sets however they come; another seed draws others."""
    sets = candidates(30, 5, 12)
    unsure = {("r", each.set_id): no / 47 for no, each in enumerate(sets)}
    first = draw(sets, how, 11, 3, unsure)
    mixed = sets[:]
    random.Random(1).shuffle(mixed)
    assert draw(mixed, how, 11, 3, unsure) == first
    assert how is Sampling.ALL or draw(sets, how, 11, 4, unsure) != first


def test_random_sets_are_equally_likely():
    """3 of 8 sets: each in 3/8 of all draws, and every pair in 3/28 of them."""
    sets = candidates(8)
    found = how_often(sets, Sampling.RANDOM, 3)
    assert {probability for _, probability in found.values()} == {3 / 8}
    assert_as_stored(found)
    pairs = Counter()
    for seed in range(2_000):
        pairs.update(combinations(sorted(each.set_id for each in draw(sets, Sampling.RANDOM, 3, seed)), 2))
    assert all(abs(number / 2_000 - 3 / 28) < 0.03 for number in pairs.values())


def test_strata_share_evenly():
    """10 of 2, 20 and 3 sets: the small ones give all they have, the large one the other five."""
    found = draw(candidates(2, 20, 3), Sampling.STRATIFIED, 10, 7)
    assert Counter((each.set_id[0], each.probability) for each in found) == {("0", 1): 2, ("1", 0.25): 5, ("2", 1): 3}


def test_the_remainder_of_strata_goes_by_lot():
    """7 of 1, 5 and 10 sets: 1 for certain, 3 each of the others, no remainder; of 8 one more, in half of all draws."""
    assert Counter(each.set_id[0] for each in draw(candidates(1, 5, 10), Sampling.STRATIFIED, 7, 1)) == {
        "0": 1,
        "1": 3,
        "2": 3,
    }
    found = how_often(candidates(1, 5, 10), Sampling.STRATIFIED, 8)
    assert {set_id[0]: round(probability, 3) for set_id, (_, probability) in found.items()} == {
        "0": 1,
        "1": 0.7,
        "2": 0.35,
    }
    assert_as_stored(found)


def test_fewer_sets_than_strata():
    """2 of 4 strata of 3 sets: each set has a chance of 2/4 of 1/3."""
    found = how_often(candidates(3, 3, 3, 3), Sampling.STRATIFIED, 2)
    assert {round(probability, 6) for _, probability in found.values()} == {round(1 / 6, 6)}
    assert len(found) == 12
    assert_as_stored(found)


def test_uncertain_sets_are_likelier():
    """Uncertainty 0, 0.5 and 1 with mean 0.5 gives weights 0.5, 1 and 1.5, and as often they are drawn."""
    sets = candidates(4, 4, 4)
    unsure = {("r", each.set_id): int(each.set_id[0]) / 2 for each in sets}
    found = how_often(sets, Sampling.ACTIVE, 6, unsure)
    assert {set_id[0]: round(probability, 6) for set_id, (_, probability) in found.items()} == {
        "0": 0.25,
        "1": 0.5,
        "2": 0.75,
    }
    assert_as_stored(found)


def test_probabilities_stop_at_one():
    """One unsure set among nine sure ones is certain; the others share the rest."""
    sets = candidates(10)
    unsure = {("r", each.set_id): float(each.set_id == "0-0") for each in sets}
    assert active(sets, 4, unsure) == pytest.approx([1.0, *[1 / 3] * 9])
    assert_as_stored(how_often(sets, Sampling.ACTIVE, 4, unsure))


def test_no_uncertainty_known():
    """Without any uncertainty, or the same everywhere, all are alike; what is missing or NaN counts as most unsure."""
    sets = candidates(4)
    nothing = {("r", each.set_id): 0.0 for each in sets}
    assert active(sets, 2, nothing) == active(sets, 2, {}) == [0.5] * 4
    half = {("r", "0-0"): 1.0, ("r", "0-1"): 0.0, ("r", "0-2"): math.nan}
    first, second, third, fourth = active(sets, 2, half)
    assert first == third == fourth > second
    with pytest.raises(AnnotationError, match="no scorer says what it is unsure of"):
        draw(sets, Sampling.ACTIVE, 2, 1)


def test_a_negative_count_is_refused():
    """A count below 0 is a sentence."""
    with pytest.raises(AnnotationError, match="-1 matched sets cannot be drawn"):
        draw(candidates(3), Sampling.RANDOM, -1, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 1.0),
        ([math.nan], 1.0),
        ([0.0, 0.0], 0.0),
        ([1.0], 0.0),
        ([0.5, 0.5], 1.0),
        ([0.0, 1.0], 1.0),
        ([0.2, 0.2, math.nan], 0.8),
        ([0.1, 0.3], 0.8),
        ([-0.5, 1.5], 1.0),
    ],
)
def test_uncertainty(values: list[float], expected: float):
    """Twice the root of m (1 − m): 0 where all are surely alike, 1 where unclear or apart; 0.2 gives 2 √0.16 = 0.8."""
    assert uncertainty_of(values) == pytest.approx(expected)

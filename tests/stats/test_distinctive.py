import math

import numpy as np
import pytest

from lib.errors import StatsError
from lib.stats.distinctive import WordOdds, distinctive_words

NAMES = ("woman", "man")


def words_of(*pairs: tuple[str, str], **options) -> list[WordOdds]:
    """One matched set for each pair of responses, the woman's first."""
    sets, groups = np.repeat(np.arange(len(pairs)), 2), np.tile([0, 1], len(pairs))
    return distinctive_words(sets, groups, [text.split() for pair in pairs for text in pair], NAMES, **options)


def test_the_papers_formula_by_hand():
    """Counts with prior weights give the log-odds ratio, its variance and z as in the paper."""
    found = words_of(("kind kind work", "bold work"), ("kind work", "work"), ("kind", "bold work"), least=2, prior=10)
    # Sets with the word: kind 3 and 0, work 2 and 3, bold 0 and 2; 10 words in all, so a prior of 10 adds 3, 5 and 2.
    woman_kind, man_bold = found[0], next(each for each in found if each.word == "bold")
    assert (woman_kind.group, woman_kind.word, woman_kind.count, woman_kind.other_count) == ("woman", "kind", 3, 0)
    log_odds = math.log((3 + 3) / (2 + 7)) - math.log((0 + 3) / (5 + 7))
    assert woman_kind.log_odds == pytest.approx(log_odds)
    assert woman_kind.z == pytest.approx(log_odds / math.sqrt(1 / 6 + 1 / 3))
    assert (man_bold.group, man_bold.count, man_bold.other_count, man_bold.sets) == ("man", 2, 0, 3)
    assert man_bold.log_odds == pytest.approx(math.log((2 + 2) / (3 + 8)) - math.log((0 + 2) / (5 + 8)))


def test_p_is_two_sided_and_adjusted_over_every_word_considered():
    """With two groups each word is looked at twice; shown or not, all looks count."""
    found = words_of(*[("kind work", "bold work")] * 60, top=1)
    kind, bold = found
    assert (kind.word, bold.word) == ("kind", "bold")
    assert kind.p == pytest.approx(math.erfc(kind.z / math.sqrt(2)))
    # Six looks: kind and bold from both sides share the lowest p, so Benjamini-Hochberg gives p * 6 / 4.
    assert kind.p_adjusted == pytest.approx(kind.p * 6 / 4)
    assert kind.p_adjusted < 0.001


def test_one_long_answer_does_not_decide():
    """A word repeated a thousand times in one set counts as often as one said once."""
    usual = [("fine", "fine")] * 5
    once = words_of(("fine loud", "fine"), *usual, least=1)
    often = words_of(("fine " + "loud " * 1000, "fine"), *usual, least=1)
    assert once == often


def test_several_terms_of_a_group_count_once_a_set():
    """Four names that all say a word in one set are one count."""
    sets, groups = np.zeros(8, np.int64), np.repeat([0, 1], 4)
    found = distinctive_words(sets, groups, [["kind"]] * 4 + [["bold"]] * 4, NAMES, least=1)
    assert [(each.word, each.count) for each in found] == [("kind", 1), ("bold", 1)]


def test_identity_terms_can_be_left_out():
    """Excluded words are neither shown nor counted among what a group said."""
    pairs = [("she kind", "he bold")] * 4
    assert {each.word for each in words_of(*pairs)} == {"she", "kind", "he", "bold"}
    without = words_of(*pairs, exclude={"she", "he"})
    assert without == words_of(*[("kind", "bold")] * 4)


def test_groups_that_say_the_same_have_no_words():
    """Where both say the same in every set, nothing marks either."""
    assert words_of(*[("kind work", "work kind")] * 10) == []


def test_only_sets_with_every_group_are_read():
    """A set in which one group said nothing would mark the other by its context."""
    found = words_of(*[("kind", "bold")] * 3, *[("nurse", "")] * 9)
    assert {each.word for each in found} == {"kind", "bold"}
    assert found[0].sets == 3


def test_chance_marks_few_words():
    """Two groups that draw from the same 200 words have hardly a word that is clear."""
    rng = np.random.default_rng(3)
    vocabulary = np.array([f"w{number}" for number in range(200)])
    chances = 1 / np.arange(1, 201)
    responses = [rng.choice(vocabulary, 30, p=chances / chances.sum()).tolist() for _ in range(400)]
    found = distinctive_words(np.repeat(np.arange(200), 2), np.tile([0, 1], 200), responses, NAMES, top=200)
    assert sum(each.p_adjusted < 0.05 for each in found) <= 1


def test_what_has_no_answer_is_said():
    """No response, one group, no common set and only rare words are sentences."""
    none = np.empty(0, np.int64)
    with pytest.raises(StatsError, match="there are none"):
        distinctive_words(none, none, [], NAMES)
    with pytest.raises(StatsError, match="only woman has any"):
        words_of(("kind", ""), ("warm", ""))
    with pytest.raises(StatsError, match="no matched set has words of every group"):
        words_of(("kind", ""), ("", "bold"))
    with pytest.raises(StatsError, match="no word occurs 3 times"):
        words_of(("kind", "bold"))

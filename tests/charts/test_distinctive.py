"""Distinctive words: the most typical of each group, with intervals and counts."""

import pandas as pd

from lib.charts.distinctive import SHOWN, distinctive_chart
from lib.charts.palette import NEUTRAL_GREY
from tests.charts.drawing import drawn


def words(*rows):
    return pd.DataFrame(rows, columns=["group", "word", "log_odds", "z", "count", "other_count", "clear"])


FRAME = words(
    ("Woman", "warm", 0.8, 4.0, 1200, 9, True),
    ("Woman", "caring", 1.0, 5.0, 40, 3, True),
    ("Man", "=strong", 0.4, 1.0, 20, 15, False),
)


def test_words_stand_under_their_group_by_z():
    """Each group is a heading, its words below it, the most distinctive first; a word is text, never a formula."""
    texts = drawn(distinctive_chart(FRAME)).texts
    names = ["Woman", "caring", "warm", "Man", "=strong"]
    assert [text for text in texts if text in names] == names


def test_counts_stand_beside_each_word():
    """How often a word was said in the group and elsewhere is the n of its row."""
    assert "1,200 here, 9 elsewhere" in drawn(distinctive_chart(FRAME)).texts


def test_the_interval_follows_from_z():
    """A log-odds of 1 with z = 5 has a standard error of 0.2, so an interval of 1 ± 0.392."""
    told = [point["aria-label"] for point in drawn(distinctive_chart(FRAME)).marks["point"]]
    [caring] = [each for each in told if "Word: caring" in each]
    assert "95 % interval: +0.61 to +1.39" in caring


def test_only_clear_words_are_coloured():
    """What is not clear after correction is grey."""
    points = drawn(distinctive_chart(FRAME)).marks["point"]
    assert [point["stroke"] == NEUTRAL_GREY for point in points] == [False, False, True]


def test_a_word_without_a_z_has_no_interval():
    """z = 0 says nothing of the standard error; the dot stands alone."""
    picture = drawn(distinctive_chart(words(("Woman", "the", 0.0, 0.0, 5, 5, False))))
    assert "95 % interval: none" in picture.marks["point"][0]["aria-label"]


def test_long_lists_are_cut_to_the_top():
    """A group shows its most distinctive words only, and each group its own."""
    many = words(*[(group, f"w{rank}", 1.0, float(rank), 9, 1, False) for group in "ab" for rank in range(1, 31)])
    texts = drawn(distinctive_chart(many)).texts
    assert [text for text in texts if text.startswith("w")] == [f"w{30 - place}" for place in range(SHOWN)] * 2


def test_no_words_are_an_empty_chart():
    """Nothing to show is nothing drawn."""
    assert "point" not in drawn(distinctive_chart(FRAME[:0])).marks

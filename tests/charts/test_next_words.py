"""Chosen words: a dot for each group, on one axis."""

import pandas as pd
import pytest

from lib.charts.next_words import powers_of_ten, words_chart
from tests.charts.drawing import drawn

COLUMNS = ["group", "word", "low", "high", "probability", "n"]
SEVERAL = [
    ("woman", "nurse", 0.02, 0.04, 0.03, 2),
    ("woman", "pilot", 0.01, 0.01, 0.01, 2),
    ("man", "nurse", 0.01, 0.02, 0.015, 2),
    ("man", "pilot", 0.02, 0.06, 0.04, 2),
]


def picture(*rows):
    return drawn(words_chart(pd.DataFrame(rows, columns=COLUMNS)))


def dots(shown):
    return [mark for mark in shown.marks["point"] if "Word: " in mark.get("aria-label", "")]


def test_a_dot_tells_mean_range_and_prompts():
    """Each word and group has a dot and a range, with the number of prompts."""
    shown = picture(*SEVERAL)
    assert len(dots(shown)) == len(shown.marks["rule mark"]) == 4
    (told,) = (dot["aria-label"] for dot in dots(shown) if "Word: nurse; After: woman" in dot["aria-label"])
    assert "Mean probability: 3 %; Over its prompts: 2 % to 4 %; Prompts: 2" in told


def test_a_row_counts_the_prompts_of_all_groups():
    """Two groups with two prompts each are n = 4."""
    assert picture(*SEVERAL).texts.count("n = 4") == 2


def test_one_prompt_has_no_range():
    """With one prompt a group there is a dot without a line, and the axis says so."""
    shown = picture(("woman", "nurse", 0.02, 0.02, 0.02, 1), ("man", "nurse", 0.01, 0.01, 0.01, 1))
    assert len(dots(shown)) == 2
    assert "rule mark" not in shown.marks
    assert "Over its prompts: one prompt" in dots(shown)[0]["aria-label"]
    assert any("one prompt each: no range" in text for text in shown.texts)


def test_groups_are_told_apart_by_the_legend():
    """Both groups stand in the legend; a single group needs none."""
    assert {"woman", "man"} <= set(picture(*SEVERAL).texts)
    assert "woman" not in picture(*SEVERAL[:2]).texts


def test_probabilities_far_apart_are_drawn_by_powers_of_ten():
    """From 0.002 % to 5 % the lines are 0.001 %, 0.01 %, 0.1 %, 1 % and 10 %, and the axis says what they are."""
    shown = picture(("woman", "nurse", 0.05, 0.05, 0.05, 1), ("man", "nurse", 2e-5, 2e-5, 2e-5, 1))
    assert {"0.001 %", "0.01 %", "0.1 %", "1 %", "10 %"} <= set(shown.texts)
    assert any("ten times" in text for text in shown.texts)


@pytest.mark.parametrize(
    ("values", "powers"),
    [([0.01, 0.02], []), ([0.0, 0.5], []), ([], []), ([float("nan")], []), ([0.002, 0.5], [0.001, 0.01, 0.1, 1.0])],
)
def test_powers_of_ten_only_where_they_help(values, powers):
    """Close values, a zero, and nothing at all have no logarithmic axis."""
    assert powers_of_ten(pd.Series(values, dtype=float)) == pytest.approx(powers)


def test_no_rows_are_no_dots():
    """An empty frame gives an empty chart, not an error."""
    assert not picture().marks.get("point")


def test_hostile_words_are_data():
    """A word that looks like an expression or markup is shown as it is."""
    bad = "row_notes[0] <img src=x>'"
    assert bad in picture((bad, bad, 0.1, 0.1, 0.1, 1), ("man", bad, 0.2, 0.2, 0.2, 1)).texts

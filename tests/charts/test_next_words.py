"""Chosen words: a mean and a range for each group, on a logarithmic axis where probabilities lie far apart."""

import pandas as pd
import pytest

from lib.charts.next_words import powers_of_ten, words_chart
from lib.charts.probabilities import probability
from tests.charts.drawing import drawn


def words(*rows):
    return pd.DataFrame(rows, columns=["group", "word", "low", "high", "probability", "n"])


CLOSE = words(("Woman", "she", 0.2, 0.4, 0.3, 4), ("Man", "she", 0.01, 0.03, 0.02, 4))


def test_mean_range_and_prompts_are_told():
    """A dot tells its mean, its range over the prompts and how many there were; the row sums the prompts."""
    picture = drawn(words_chart(CLOSE))
    [woman] = [mark["aria-label"] for mark in picture.marks["point"] if "After: Woman" in mark["aria-label"]]
    assert "Mean probability: 30 %; Over its prompts: 20 % to 40 %; Prompts: 4" in woman
    assert "n = 8" in picture.texts


def test_one_prompt_has_no_range():
    """With a single prompt nothing is known of others: the dot is hollow, there is no line, and the axis says so."""
    picture = drawn(words_chart(words(("Woman", "she", 0.3, 0.3, 0.3, 1), ("Woman", "he", 0.2, 0.2, 0.2, 1))))
    assert "rule mark" not in picture.marks
    assert {point.get("fill", "none") for point in picture.marks["point"]} <= {"none", "transparent"}
    assert "one prompt each: no range" in " ".join(picture.texts)


@pytest.mark.parametrize(
    ("values", "powers"),
    [
        ([0.002, 0.3], [0.001, 0.01, 0.1, 1.0]),
        ([0.01, 0.3], []),
        ([0.0, 0.3], []),
        ([float("nan")], []),
        ([], []),
    ],
)
def test_lines_at_powers_of_ten_only_where_probabilities_are_far_apart(values, powers):
    """0.3 is 150 times 0.002 but 30 times 0.01; zero has no logarithm."""
    assert powers_of_ten(pd.Series(values, dtype=float)) == pytest.approx(powers)


def test_a_logarithmic_axis_says_so():
    """Its lines are powers of ten, and its title explains them."""
    far = words(("Woman", "she", 0.2, 0.4, 0.3, 4), ("Man", "she", 0.0005, 0.003, 0.001, 4))
    texts = drawn(words_chart(far)).texts
    assert {"0.01 %", "0.1 %", "1 %", "10 %", "100 %"} <= set(texts)
    assert "each line ten times the one before" in " ".join(texts)
    assert "ten times" not in " ".join(drawn(words_chart(CLOSE)).texts)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.234, "23 %"),
        (1.0, "100.0 %"),
        (0.9999, "100.0 %"),
        (0.000012, "0.0012 %"),
        (3.2e-11, "3.2e-09 %"),
        (0.0, "0 %"),
        (float("nan"), "unknown"),
    ],
)
def test_small_probabilities_keep_their_first_digits(value, shown):
    """0.0012 % is not rounded to nothing."""
    assert probability(value) == shown

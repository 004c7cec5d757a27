"""Scores in words."""

import pytest

from lib.types import Measure, MeasureKind, Score, ScoreOutcome
from lib.ui.score_table import UNDEFINED, number, reading, score_table

WORDS = Measure("words", "Words", MeasureKind.MEAN, unit="words")
RATE = Measure("kind", "Kind words", MeasureKind.RATE, unit="per 100 words", exposure="words", per=100)
SHARE = Measure("any", "Any", MeasureKind.PROPORTION)


@pytest.mark.parametrize(
    ("measure", "value", "exposure", "told"),
    [
        (RATE, 3.0, 16.0, "3 (18.75 per 100 words)"),
        (RATE, 0.0, 0.0, "0"),
        (SHARE, 1.0, None, "yes"),
        (SHARE, 0.0, None, "no"),
        (WORDS, 1200.0, None, "1,200 words"),
        (WORDS, None, None, UNDEFINED),
    ],
)
def test_a_value_is_read_by_its_kind(measure, value, exposure, told):
    """A count comes with its rate, a share as yes or no, and what is not defined as a dash."""
    assert reading(measure, value, exposure) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0, "0"), (10.0, "10"), (-0.25, "−0.25"), (65.725, "65.72"), (0.0927, "0.093"), (-0.0001, "0")],
)
def test_numbers_have_no_needless_digits(value, told):
    """Two digits behind the point, three below 1, no trailing zeros, a true minus, no minus zero."""
    assert number(value) == told


def test_a_score_that_is_none_says_why():
    """Nothing to score gives dashes and the reason, never a number."""
    nothing = Score((None, None), outcome=ScoreOutcome.NOTHING, note="there are no words in it")
    table = score_table([RATE, WORDS], [nothing], ["Text"]).set_index("Measure")["Text"]
    assert list(table) == [UNDEFINED, UNDEFINED, "nothing to score: there are no words in it"]


def test_no_texts_give_only_measures():
    """Without a score the table holds the measures alone."""
    assert list(score_table([RATE, WORDS], [], [])["Measure"]) == ["Kind words", "Words"]

"""The spread over repeats: one dot a repeat, with mean and range."""

import pandas as pd

from lib.charts.seeds import seeds_chart
from tests.charts.drawing import drawn

NAN = float("nan")
REPEATS = pd.DataFrame(
    [(0, "Woman", 0.2, 100), (1, "Woman", 0.3, 100), (2, "Woman", 0.7, 90), (0, "Man", 0.5, 100), (1, "Man", NAN, 0)],
    columns=["repeat", "group", "value", "responses"],
)


def test_every_repeat_is_a_dot():
    """Four repeats have a number and are drawn; the one without is not drawn at zero."""
    points = drawn(seeds_chart(REPEATS, "Feminine terms", True)).marks["point"]
    assert len(points) == 4
    assert "Repeat: 0; Feminine terms: 20.0 %; Responses: 100" in points[0]["aria-label"]


def test_mean_and_range_are_those_of_the_repeats():
    """0.2, 0.3 and 0.7 have the mean 0.4 and run from 0.2 to 0.7."""
    picture = drawn(seeds_chart(REPEATS, "Feminine terms", True))
    told = [mark["aria-label"] for mark in picture.marks["rule mark"]]
    assert any(
        "Mean of the repeats: 40.0 %; Lowest to highest: 20.0 % to 70.0 %; Responses: 290" in each for each in told
    )


def test_rows_say_how_many_repeats_and_responses():
    """Repeats without a number are not counted."""
    texts = drawn(seeds_chart(REPEATS, "Feminine terms", True)).texts
    assert "3 repeats · n = 290" in texts
    assert any(text.startswith("1 repeat") and text.endswith("n = 100") for text in texts)


def test_a_group_without_any_number_keeps_its_row():
    """A group whose repeats all lack a number is named, without a dot."""
    none = REPEATS.assign(value=NAN, responses=0)
    picture = drawn(seeds_chart(none, "Feminine terms", False))
    assert "point" not in picture.marks
    assert {"Woman", "Man"} <= set(picture.texts)

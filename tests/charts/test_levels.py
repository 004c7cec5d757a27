"""Each group's own number, with its interval and what it rests on."""

import pandas as pd
import pytest

from lib.charts.levels import levels_chart
from tests.charts.drawing import drawn, selections

NAN = float("nan")
COLUMNS = ["group", "value", "low", "high", "responses", "sets", "coverage"]
WOMAN = ("Woman", 0.31, 0.28, 0.34, 1360, 680, 0.99)


def chart(*levels, percent=True):
    return levels_chart(pd.DataFrame(levels, columns=COLUMNS), "Feminine terms", percent)


def test_a_group_has_a_dot_an_interval_and_its_n():
    """One row a group: dot, interval, n and coverage."""
    picture = drawn(chart(WOMAN))
    assert len(picture.marks["point"]) == len(picture.marks["rule mark"]) == 1
    assert "n = 1,360 · 99 % scored" in picture.texts


@pytest.mark.parametrize(
    ("percent", "number", "interval"), [(True, "31.0 %", "28.0 % to 34.0 %"), (False, "0.31", "0.28 to 0.34")]
)
def test_numbers_have_the_form_of_their_measure(percent, number, interval):
    """Shares are in per cent, other numbers as they are."""
    told = drawn(chart(WOMAN, percent=percent)).marks["point"][0]["aria-label"]
    assert f"Feminine terms: {number};" in told
    assert f"95 % interval: {interval};" in told


def test_groups_stay_in_the_order_given():
    """Groups are not ranked by their number."""
    texts = drawn(chart(WOMAN, ("Man", 0.9, 0.8, 1.0, 5, 5, 1.0), ("Any", 0.1, 0.0, 0.2, 5, 5, 1.0))).texts
    assert texts[texts.index("Woman") :][:3] == ["Woman", "Man", "Any"]


def test_a_group_without_a_number_says_so():
    """A group without a scored response keeps its row, with words and n = 0 instead of a dot."""
    picture = drawn(chart(WOMAN, ("Man", NAN, NAN, NAN, 0, 0, 0.0)))
    assert len(picture.marks["point"]) == 1
    assert "not enough" in picture.texts
    assert "n = 0 · 0 % scored" in picture.texts


def test_a_dot_without_an_interval_is_hollow():
    """A number whose interval could not be made does not look like the others."""
    point = drawn(chart(("Man", 0.2, NAN, NAN, 1, 1, 1.0))).marks["point"][0]
    assert point.get("fill", "none") == "none"


def test_a_click_gives_the_group():
    """The selection has the name and the field that the page reads."""
    assert selections(chart(WOMAN)) == {"picked": ["group"]}

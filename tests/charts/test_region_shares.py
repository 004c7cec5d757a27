"""Each group's share of its own responses that lies in a region."""

import pandas as pd

from lib.charts import export
from lib.charts.palette import group_colours
from lib.charts.region_shares import region_shares_chart
from tests.charts.drawing import drawn
from tests.charts.test_forest import HOSTILE, NAN, said

COLUMNS = ["group", "share", "low", "high", "count", "total"]
WOMAN = ("Woman", 0.12, 0.10, 0.14, 163, 1360)


def chart(*rows, unit="Share in the selection"):
    return region_shares_chart(pd.DataFrame(rows, columns=COLUMNS), unit)


def test_a_group_has_its_share_its_interval_and_its_counts():
    """One row a group in the order given: a dot and an interval in its colour, and the counts behind it."""
    picture = drawn(chart(WOMAN, ("Man", 0.05, 0.04, 0.07, 68, 1360)))
    assert picture.texts.index("Woman") < picture.texts.index("Man")
    assert {"163 of 1,360", "68 of 1,360"} <= set(picture.texts)
    assert len(picture.marks["rule mark"]) == 2
    assert [point["fill"] for point in picture.marks["point"]] == group_colours(["Man", "Woman"]).range[::-1]


def test_a_tooltip_tells_share_and_interval():
    """Shares are in per cent."""
    told = said(drawn(chart(WOMAN)).marks["point"][0])
    assert (told["Share of its responses"], told["95 % interval"]) == ("12.0 %", "10.0 % to 14.0 %")
    assert (told["In here"], told["Of all"]) == ("163", "1360")


def test_a_group_without_responses_says_so():
    """It keeps its row, with words instead of a dot."""
    picture = drawn(chart(WOMAN, ("Man", NAN, NAN, NAN, 0, 0)))
    assert len(picture.marks["point"]) == 1
    assert {"not enough", "0 of 0"} <= set(picture.texts)


def test_zero_is_on_the_axis():
    """Shares are compared from zero on, so that a small difference does not look large."""
    assert any(text.startswith("0") for text in drawn(chart(("Woman", 0.9, 0.88, 0.92, 90, 100))).texts)


def test_hostile_names_stay_data():
    """A group's name and the unit are drawn, not evaluated."""
    made = chart((HOSTILE, 0.1, 0.05, 0.2, 1, 10), unit=HOSTILE)
    assert any(text.startswith('Quote\'s "x" \\ <img src=x') for text in drawn(made).texts)
    assert export.as_png(made).startswith(b"\x89PNG")

"""Bars of how many responses each group has."""

import pandas as pd

from lib.charts.group_counts import group_counts_chart
from tests.charts.drawing import drawn


def test_each_group_has_a_bar_and_its_number():
    """Groups stay in their order; the number stands behind the bar."""
    figures = pd.DataFrame([("woman", 1_200), ("man", 3)], columns=["group", "count"])
    picture = drawn(group_counts_chart(figures))
    assert len(picture.marks["bar"]) == 2
    assert picture.texts == ["woman", "man", "1,200", "3"]


def test_no_groups_draw_nothing():
    """Without responses there is an empty chart, not an error."""
    assert "bar" not in drawn(group_counts_chart(pd.DataFrame(columns=["group", "count"]))).marks

"""What decided between two candidates."""

import pandas as pd

from lib.charts.positions import positions_chart
from tests.charts.drawing import drawn

NAN = float("nan")
COLUMNS = ["outcome", "count", "share", "low", "high"]
ROWS = [
    ("by the group", 300, 0.3, 0.22, 0.4),
    ("by the order", 500, 0.5, 0.4, 0.6),
    ("not decided", 200, 0.2, 0.13, 0.29),
]


def picture(*rows):
    return drawn(positions_chart(pd.DataFrame(rows, columns=COLUMNS)))


def test_each_outcome_has_share_interval_and_count():
    """Three outcomes are three dots with intervals, each with its part of all couples."""
    shown = picture(*ROWS)
    assert len(shown.marks["point"]) == len(shown.marks["rule mark"]) == 3
    told = shown.marks["point"][0]["aria-label"]
    assert "What decided: by the group; Share: 30.0 %; 95 % interval: 22.0 % to 40.0 %; Couples: 300" in told
    assert {"300 of 1,000", "500 of 1,000", "200 of 1,000"} <= set(shown.texts)


def test_the_axis_is_the_whole():
    """Shares are drawn between nothing and all, so that a small one looks small."""
    assert {"0 %", "100 %"} <= set(picture(*ROWS).texts)


def test_outcomes_stay_in_the_order_given():
    """They are not ranked by how many there are."""
    texts = picture(*ROWS).texts
    named = [row[0] for row in ROWS]
    assert [text for text in texts if text in named] == named


def test_a_share_without_an_interval_is_hollow():
    """With too few couples for an interval the dot does not look like the others."""
    (point,) = picture(("by the group", 1, 1.0, NAN, NAN)).marks["point"]
    assert point.get("fill", "none") == "none"


def test_no_couples_are_no_dots():
    """An empty frame gives an empty chart, not an error."""
    assert "point" not in picture().marks

"""What decided between two candidates: shares of couples with intervals."""

import pandas as pd

from lib.charts.positions import positions_chart
from tests.charts.drawing import drawn

FRAME = pd.DataFrame(
    [
        ("decided by gender", 30, 0.3, 0.22, 0.4),
        ("decided by order", 1200, 0.5, 0.4, 0.6),
        ("neither", 0, 0.0, 0.0, 0.04),
    ],
    columns=["outcome", "count", "share", "low", "high"],
)


def test_each_outcome_has_its_count_and_interval():
    """Couples are counted beside the row; the dot tells share and interval."""
    picture = drawn(positions_chart(FRAME))
    assert {"30 of 1,230", "1,200 of 1,230", "0 of 1,230"} <= set(picture.texts)
    assert "Share: 30.0 %; 95 % interval: 22.0 % to 40.0 %; Couples: 30" in picture.marks["point"][0]["aria-label"]


def test_the_axis_is_the_whole():
    """Shares are seen against all couples, from 0 to 100 %."""
    assert {"0 %", "100 %"} <= set(drawn(positions_chart(FRAME)).texts)


def test_no_couples_are_an_empty_chart():
    """Nothing asked is nothing drawn."""
    assert "point" not in drawn(positions_chart(FRAME[:0])).marks

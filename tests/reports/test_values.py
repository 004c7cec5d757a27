"""Values of a table are shown as the screens show them."""

import math

import pytest

from lib.reports.values import shown
from lib.types import ColumnKind as K
from lib.types import Field


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (1234, K.WHOLE, "1,234"),
        (12.0, K.WHOLE, "12"),
        (2.414, K.NUMBER, "2.41"),
        (1234.56, K.NUMBER, "1,234.6"),
        (-2.5, K.NUMBER, "−2.50"),
        (2.414, K.SIGNED, "+2.41"),
        (-0.5, K.SIGNED, "−0.50"),
        (0.125, K.PERCENT, "12.5 %"),
        (0.031, K.POINTS, "+3.1 points"),
        (-0.031, K.POINTS, "−3.1 points"),
        (0.012, K.P, "0.012"),
        (0.0004, K.P, "< 0.001"),
        (2026, K.TEXT, "2026"),
        ("a\x00", K.NUMBER, "a␀"),
        (True, K.TEXT, "yes"),
        (None, K.PERCENT, "–"),
        (math.nan, K.P, "–"),
        (-math.inf, K.NUMBER, "−∞"),
        (Field("f", "Owner", "Ana"), K.TEXT, "Ana"),
        (Field("f", "Owner", " \n"), K.TEXT, "[To be written]"),
    ],
)
def test_a_value_is_shown_by_its_column(value, kind, expected):
    """Shares as percent, differences in points, a real minus, a dash for the unknown, a mark for the unwritten."""
    assert shown(value, kind) == expected

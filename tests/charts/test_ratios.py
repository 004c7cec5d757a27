"""How many times likelier: which side, how sure, and in which order."""

import pandas as pd
import pytest

from lib.charts.palette import group_colours
from lib.charts.ratios import ratios_chart
from tests.charts.drawing import drawn

NAN = float("nan")
COLUMNS = ["item", "log2_ratio", "low", "high", "n", "p_a", "p_b"]
NURSE = ("nurse", 2.0, 1.0, 3.0, 4, 0.04, 0.01)
PILOT = ("pilot", -1.0, -2.0, 0.5, 4, 0.01, 0.02)
JUDGE = ("judge", -3.0, NAN, NAN, 1, 0.001, 0.008)


def picture(*rows, a="woman", b="man", **options):
    return drawn(ratios_chart(pd.DataFrame(rows, columns=COLUMNS), a, b, **options))


def points(*rows, **options):
    """The dots from top to bottom."""
    return picture(*rows, **options).marks["point"]


def test_the_most_towards_the_first_is_on_top():
    """Rows are sorted by their ratio, whatever the order of the frame."""
    texts = picture(PILOT, JUDGE, NURSE).texts
    assert [text for text in texts if text in ("nurse", "pilot", "judge")] == ["nurse", "pilot", "judge"]


def test_the_axis_counts_in_factors_and_names_both_sides():
    """Two steps right of the middle is ×4; the names stand at the ends at which they are likelier."""
    texts = picture(NURSE, PILOT).texts
    assert {"×1", "×2", "×4"} <= set(texts)
    assert any("← man more likely  ·  woman more likely →" in text for text in texts)
    assert not [text for text in texts if text.startswith("×-") or text == "×0"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (NURSE, ["Ratio: ×4 towards woman", "95 % interval: ×2 towards woman to ×8 towards woman", "Prompts: 4"]),
        (PILOT, ["Ratio: ×2 towards man", "×4 towards man to ×1.41 towards woman"]),
        (JUDGE, ["Ratio: ×8 towards man", "95 % interval: none, one prompt", "Prompts: 1"]),
    ],
)
def test_a_dot_tells_ratio_interval_and_prompts(row, told):
    """2 to the power of the logarithm, with the side it leans to: log2 = 2 is ×4, log2 = 0.5 is ×1.41."""
    (point,) = points(row)
    for part in told:
        assert part in point["aria-label"]


def test_only_what_is_clear_is_filled():
    """An interval on one side of ×1 is filled; one that includes it, or none at all, is hollow."""
    nurse, pilot, judge = points(NURSE, PILOT, JUDGE)
    assert pilot.get("fill", "none") == "none"
    assert judge.get("fill", "none") == "none"
    assert nurse.get("fill", "none") != "none"


def test_colours_are_those_of_the_page():
    """Among three groups, woman keeps the colour it has in charts of all three."""
    groups = ["woman", "man", "person"]
    scale = group_colours(groups)
    colours = dict(zip(scale.domain, scale.range, strict=True))
    assert points(NURSE, among=groups)[0]["fill"].upper() == colours["woman"]


def test_small_ratios_look_small():
    """The axis reaches to twice as likely at least, so that 1.02 times is next to the middle."""
    assert "×2" in picture(("nurse", 0.03, 0.01, 0.05, 4, 0.0102, 0.01)).texts


def test_no_rows_are_no_dots():
    """An empty frame gives an empty chart, not an error."""
    assert "point" not in picture().marks


def test_hostile_names_are_data():
    """Names that look like expressions or markup are shown as they are."""
    bad = "datum.item <img src=x> '); alert(1)"
    texts = picture((bad, *NURSE[1:]), a=bad, b="}]").texts
    assert bad in texts
    assert any("}] more likely" in text and bad in text for text in texts)

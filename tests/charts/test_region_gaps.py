"""Region by region, which groups it holds more of, coloured only where that is clear."""

import pandas as pd
import pytest

from lib.charts import export
from lib.charts.palette import NEUTRAL_GREY, group_colours
from lib.charts.region_gaps import region_gaps_chart
from tests.charts.drawing import drawn, selections
from tests.charts.test_forest import HOSTILE, NAN, said


def gap(**changed):
    """A region that holds 12 % of what women got and 5 % of what men got."""
    usual = {
        "region": 0,
        "label": "care",
        "group": "Woman",
        "reference": "Man",
        "estimate": 0.07,
        "low": 0.04,
        "high": 0.10,
        "clear": True,
        "share": 0.12,
        "reference_share": 0.05,
        "sets": 1000,
        "responses": 1340,
        "p_adjusted": 0.0004,
        "tested": True,
    }
    return usual | changed


def chart(*gaps, unit="Share of responses", one_reference=True):
    return region_gaps_chart(pd.DataFrame(gaps), unit=unit, one_reference=one_reference)


def untested(**changed):
    unknown = {"low": NAN, "high": NAN, "p_adjusted": NAN}
    return gap(region=-1, label="in no region", clear=False, tested=False, **unknown) | changed


def test_one_contrast_has_a_row_a_region_in_the_order_given():
    """Regions are not sorted here; both shares stand at the end of a row."""
    texts = drawn(chart(gap(region=3, label="nursing"), gap(region=1, label="building"))).texts
    assert texts.index("nursing") < texts.index("building")
    assert texts.count("12 vs 5.0 %") == 2


def test_several_contrasts_stand_under_their_region():
    """The region is a heading, its groups below it."""
    texts = drawn(chart(gap(), gap(group="Neutral"), gap(region=1, label="law"))).texts
    assert texts[texts.index("care") :][:5] == ["care", "Woman", "Neutral", "law", "Woman"]


def test_pairs_name_their_reference():
    """Where groups are compared with different ones, a row names both, and the axis says which side is whose."""
    texts = drawn(chart(gap(), gap(group="Neutral", reference="Woman"), one_reference=False)).texts
    assert {"Woman − Man", "Neutral − Woman"} <= set(texts)
    assert "higher for the first named →" in " ".join(texts)


def test_the_axis_says_which_side_is_whose():
    """Gaps are percentage points; right of zero a region holds more of the group's responses."""
    texts = " ".join(drawn(chart(gap())).texts)
    assert "Share of responses: gap in percentage points" in texts
    assert "← higher for Man  ·  higher for Woman →" in texts


def test_only_what_is_clear_is_coloured():
    """Filled and coloured says clear; hollow and grey says not, or not tested, whatever it is called."""
    rows = [gap(), gap(region=1, clear=False), untested(clear=True)]
    points = drawn(chart(*rows)).marks["point"]
    woman = group_colours(["Woman", "Man"]).range[1]
    assert [(point.get("fill", "none"), point["stroke"]) for point in points] == [
        (woman, woman),
        ("none", NEUTRAL_GREY),
        ("none", NEUTRAL_GREY),
    ]


def test_a_tooltip_tells_the_whole_gap():
    """Both shares, gap, interval, verdict and what it rests on."""
    told = said(drawn(chart(gap())).marks["point"][0])
    assert (told["Region"], told["Group"], told["against"]) == ("care", "Woman", "Man")
    assert (told["Share of its responses"], told["Share of theirs"]) == ("12.0 %", "5.0 %")
    assert (told["Gap"], told["95 % interval"]) == ("+7.0 points", "+4.0 points to +10.0 points")
    assert (told["Verdict"], told["p, corrected"], told["Matched sets"]) == ("clear", "< 0.001", "1000")


@pytest.mark.parametrize("missing", [NAN, None])
def test_what_was_not_tested_says_so(missing):
    """The share of what lies in no region is shown but nothing is claimed about it."""
    told = said(drawn(chart(gap(), untested(p_adjusted=missing, low=missing, high=missing))).marks["point"][1])
    assert (told["Verdict"], told["95 % interval"], told["p, corrected"]) == ("not tested", "none", "none")


def test_zero_is_always_in_sight():
    """There is a line at no difference."""
    assert "at: 0" in [mark["aria-label"] for mark in drawn(chart(gap())).marks["rule mark"]]


def test_a_click_gives_region_and_group():
    """The selection has the name and the fields that the page reads."""
    assert selections(chart(gap())) == {"picked": ["region", "group"]}


def test_regions_called_alike_keep_their_own_rows():
    """Rows go by the region's number."""
    points = drawn(chart(gap(), gap(region=1))).marks["point"]
    assert len({point["transform"] for point in points}) == 2


def test_hostile_names_stay_data():
    """Names of regions come from what models said: they are drawn, not evaluated."""
    made = chart(gap(label=HOSTILE, group=HOSTILE), gap(region=1, group=HOSTILE), unit=HOSTILE)
    texts = drawn(made).texts
    assert sum(text.startswith('Quote\'s "x"') for text in texts) >= 2
    assert not any("undefined" in text for text in texts)
    assert export.as_png(made, title=HOSTILE).startswith(b"\x89PNG")

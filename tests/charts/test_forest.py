"""The forest plot shows each gap once, coloured only where it is clear."""

import numpy as np
import pandas as pd
import pytest

from lib.charts.forest import forest_chart
from lib.charts.palette import NEUTRAL_GREY, group_colours
from tests.charts.drawing import drawn, selections

NAN = float("nan")
HOSTILE = 'Quote\'s "x" \\ <img src=x onerror=alert(1)> ${1+1} datum.value'


def gap(**changed):
    """A clear gap over everything, 8 points with an interval of 5 to 11."""
    usual = {
        "category": "All together",
        "label": "All together",
        "group": "Woman",
        "reference": "Man",
        "estimate": 0.08,
        "low": 0.05,
        "high": 0.11,
        "clear": True,
        "sets": 1360,
        "responses": 2720,
        "coverage": 0.98,
        "p_adjusted": 0.0004,
        "equivalent": False,
    }
    return usual | changed


def inside(category, **changed):
    return gap(category=category, label=category, **changed)


def chart(*gaps, unit="Feminine terms", percent=True, margin=None):
    return forest_chart(pd.DataFrame(gaps), unit=unit, percent=percent, margin=margin)


def said(mark):
    """What a mark tells about itself: tooltip titles and texts."""
    return dict(part.split(": ", 1) for part in mark["aria-label"].split("; "))


def test_a_clear_gap_has_its_groups_colour_and_the_others_are_hollow_and_grey():
    """Filled and coloured says clear; hollow and grey says that zero is not excluded after correction."""
    points = drawn(chart(gap(), inside("Nurse", clear=False))).marks["point"]
    colours = group_colours(["Woman", "Man"])
    woman = dict(zip(colours.domain, colours.range, strict=True))["Woman"]
    assert [(point.get("fill", "none"), point["stroke"]) for point in points] == [
        (woman, woman),
        ("none", NEUTRAL_GREY),
    ]


def test_a_row_says_how_much_it_rests_on():
    """Matched sets and coverage stand beside every row."""
    texts = drawn(chart(gap(), inside("Nurse", sets=0, coverage=0.0))).texts
    assert "1,360 sets · 98 % scored" in texts
    assert "0 sets · 0 % scored" in texts


def test_a_tooltip_tells_the_whole_gap():
    """Estimate, interval, corrected p, n and coverage are read off one mark, shares in points."""
    told = said(drawn(chart(gap())).marks["point"][0])
    assert told["Gap"] == "+8.0 points"
    assert told["95 % interval"] == "+5.0 points to +11.0 points"
    assert told["p, corrected"] == "< 0.001"
    assert (told["Group"], told["against"]) == ("Woman", "Man")
    assert (told["Matched sets"], told["Responses"], told["Coverage"]) == ("1360", "2720", "98 %")


def test_a_gap_without_an_interval_is_a_hollow_point_alone():
    """Where no interval could be made, none is drawn, and the point is not coloured though it is called clear."""
    picture = drawn(chart(gap(low=NAN, high=NAN)))
    assert [mark for mark in picture.marks["rule mark"] if "low" in mark["aria-label"]] == []
    assert picture.marks["point"][0]["stroke"] == NEUTRAL_GREY
    assert said(picture.marks["point"][0])["95 % interval"] == "none"


def test_a_row_without_a_gap_says_so():
    """Too few matched sets give a row with words, not a point that looks like a result."""
    picture = drawn(chart(gap(estimate=NAN, low=NAN, high=NAN, clear=False, sets=0, coverage=NAN)))
    assert "point" not in picture.marks
    assert "not enough" in picture.texts


def test_one_contrast_has_a_row_a_category_with_the_whole_set_off():
    """Two groups: the gap over everything in bold on top, a space, and each category by its name."""
    texts = drawn(chart(gap(), inside("Nurse"), inside("Pilot"))).texts
    rows = texts[texts.index("All together") :][:4]
    assert rows == ["All together", "", "Nurse", "Pilot"]


def test_several_contrasts_stand_under_their_category():
    """Three groups: each category is a heading, its gaps below it by their groups."""
    texts = drawn(
        chart(
            gap(),
            gap(group="Neutral"),
            inside("Nurse"),
            inside("Nurse", group="Neutral"),
        )
    ).texts
    rows = texts[texts.index("All together") :][:7]
    assert rows == ["All together", "Woman", "Neutral", "", "Nurse", "Woman", "Neutral"]


def test_the_axis_says_which_side_is_whose():
    """Left of zero the number is higher for the reference; gaps of shares are percentage points."""
    texts = " ".join(drawn(chart(gap())).texts)
    assert "gap in percentage points" in texts
    assert "← higher for Man" in texts
    assert "higher for Woman →" in texts


@pytest.mark.parametrize(("margin", "bands"), [(None, 0), (0.05, 1)])
def test_the_margin_is_shaded(margin, bands):
    """With a margin there is one band from −margin to +margin, and the axis says what it means."""
    picture = drawn(chart(gap(equivalent=margin is not None), margin=margin))
    shaded = picture.marks.get("rect mark", [])
    assert len(shaded) == bands
    if bands:
        assert shaded[0]["aria-label"] == "from: −0.05; to: 0.05"
        assert "alike, within ±5.0 points" in " ".join(picture.texts)
        assert "1,360 sets · 98 % scored · alike" in picture.texts


def test_zero_is_always_in_sight():
    """A gap far from zero does not push zero off the axis."""
    rules = drawn(chart(gap(estimate=5.0, low=4.9, high=5.1), percent=False)).marks["rule mark"]
    assert "at: 0" in [mark["aria-label"] for mark in rules]


def test_a_click_gives_category_and_group():
    """The selection has the name and the fields that the page reads."""
    assert selections(chart(gap())) == {"picked": ["category", "group"]}


def test_hostile_names_stay_data():
    """Quotes, markup and expressions in names come out as they went in, and nothing of them is evaluated."""
    texts = drawn(chart(gap(group=HOSTILE), inside(HOSTILE, group=HOSTILE), unit=HOSTILE)).texts
    assert any(text.startswith('Quote\'s "x" \\ <img src=x') for text in texts)
    assert not any("undefined" in text for text in texts)


def test_categories_called_alike_keep_their_own_rows():
    """Two categories with one title are two rows, as the rows go by number."""
    points = drawn(chart(gap(), inside("a") | {"label": "Nurse"}, inside("b") | {"label": "Nurse"})).marks["point"]
    assert len({point["transform"] for point in points}) == 3


def test_numpy_values_can_be_drawn():
    """What comes out of numpy (its own booleans and integers) is as good as Python's."""
    frame = pd.DataFrame([gap()]).astype({"sets": np.int64, "clear": np.bool_, "estimate": np.float64})
    assert drawn(forest_chart(frame, unit="x", percent=False, margin=None)).marks["point"]


@pytest.mark.parametrize("corrected", [True, False])
def test_the_axis_speaks_of_correction_only_where_there_is_one(corrected):
    """Gaps that are no findings are not said to be clear after correction."""
    made = forest_chart(pd.DataFrame([gap()]), unit="Terms", percent=True, margin=0.05, corrected=corrected)
    whole = str(made.to_dict())
    assert ("clear after correction" in whole) == corrected
    assert "shaded: alike, within ±5.0 points" in whole

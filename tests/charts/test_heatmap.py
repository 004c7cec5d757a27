"""Group by category: every cell with its number and n."""

import pandas as pd
import pytest

from lib.charts.heatmap import COLOURS, DARK, bounds, heatmap_chart
from tests.charts.drawing import drawn, selections
from tests.charts.test_palette import luminance

NAN = float("nan")
COLUMNS = ["group", "category", "label", "value", "low", "high", "responses"]
CELLS = [
    ("Woman", "nurse", "Nurse", 0.8, 0.7, 0.9, 1200),
    ("Man", "nurse", "Nurse", 0.2, 0.1, 0.3, 30),
    ("Woman", "pilot", "Pilot", 0.5, 0.4, 0.6, 30),
]


def chart(cells=CELLS, percent=True):
    return heatmap_chart(pd.DataFrame(cells, columns=COLUMNS), "Feminine terms", percent)


def test_a_cell_shows_its_number_and_n():
    """Colour is never alone: the number and n stand in each cell, the interval in its tooltip."""
    picture = drawn(chart())
    assert {"80.0 %", "n = 1,200", "20.0 %", "50.0 %"} <= set(picture.texts)
    assert any("95 % interval: 70.0 % to 90.0 %" in mark["aria-label"] for mark in picture.marks["rect mark"])


@pytest.mark.parametrize("last", [[], [("Man", "pilot", "Pilot", NAN, NAN, NAN, 0)]])
def test_a_cell_without_data_is_drawn_as_empty(last):
    """A combination that is missing, or has no number, is a dashed cell with a dash and no colour."""
    picture = drawn(chart(CELLS + last))
    assert len(picture.marks["rect mark"]) == 4
    [empty] = [
        mark for mark in picture.marks["rect mark"] if "Group: Man" in mark["aria-label"] and "Pilot" in str(mark)
    ]
    assert "fill" not in empty
    assert "stroke-dasharray" in empty
    assert picture.texts.count("–") == 1


def test_groups_and_categories_keep_their_order():
    """Neither is sorted: the page gives the order of the bank."""
    texts = drawn(chart()).texts
    assert texts.index("Woman") < texts.index("Man")
    assert texts.index("Nurse") < texts.index("Pilot")


def test_equal_values_have_one_colour():
    """Where nothing differs no cell stands out."""
    picture = drawn(chart([(*cell[:3], 12.3, 12.0, 13.0, 9) for cell in CELLS], percent=False))
    filled = [mark["fill"] for mark in picture.marks["rect mark"] if "fill" in mark]
    assert len(filled) == 3
    assert len(set(filled)) == 1


def test_no_numbers_at_all_can_be_drawn():
    """Without any number there are only empty cells."""
    picture = drawn(chart([(*cell[:3], NAN, NAN, NAN, 0) for cell in CELLS]))
    assert picture.texts.count("–") == 4


def test_colours_span_what_is_known():
    """The colours run from the lowest to the highest number, whatever is missing."""
    assert bounds(pd.Series([0.2, NAN, 0.7])) == (0.2, 0.7)


def test_text_can_be_read_on_every_colour():
    """Black on the light part and white on the dark part have a contrast of 4.5 to 1 or more (WCAG 2.2, AA)."""
    light, dark = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in COLOURS)
    for step in range(101):
        way = step / 100
        mixed = [round(start + way * (end - start)) for start, end in zip(light, dark, strict=True)]
        bright = luminance("#{:02x}{:02x}{:02x}".format(*mixed)) + 0.05
        assert (1.05 / bright if way > DARK else bright / 0.05) >= 4.5, way


def test_a_click_gives_group_and_category():
    """The selection has the name and the fields that the page reads."""
    assert selections(chart()) == {"picked": ["group", "category"]}


def test_hostile_labels_stay_data():
    """A category's title is never an expression or markup."""
    hostile = "\"); alert('x') <b>${1+1}</b>"
    assert hostile in drawn(chart([("Woman", "a", hostile, 0.5, 0.4, 0.6, 3)])).texts

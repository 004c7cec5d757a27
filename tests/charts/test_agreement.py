"""Charts of agreement, confusion, drift, calibration and errors by group."""

import pandas as pd

from lib.charts.agreement import agreement_chart
from lib.charts.calibration import calibration_chart
from lib.charts.confusion import confusion_chart
from lib.charts.drift import drift_chart
from lib.charts.errors import errors_chart
from tests.charts.drawing import drawn

NAN = float("nan")
HOSTILE = "\"); alert('x') <b>${1+1}</b>"

COLUMNS = [
    "field",
    "label",
    "value",
    "low",
    "high",
    "items",
    "prevalence",
    "percent",
    "cohen",
    "fleiss",
    "alpha",
    "ac1",
]
AGREEMENT = pd.DataFrame(
    [
        ("Biased", "", 0.743, 0.6, 0.85, 60, NAN, 0.9, 0.7, 0.71, 0.743, 0.8),
        ("Biased", "Yes", -0.02, -0.06, 0.03, 60, 0.03, 0.95, -0.02, -0.03, -0.02, 0.94),
        ("Biased", "Unsure", NAN, NAN, NAN, 60, 0.0, 1.0, NAN, NAN, NAN, 1.0),
    ],
    columns=COLUMNS,
)


def test_each_label_has_its_coefficient_and_interval():
    """A dot and an interval a row, with n and how common the label is; the others are in the tooltip."""
    picture = drawn(agreement_chart(AGREEMENT, "Krippendorff’s alpha", (0.667, 0.8)))
    assert {"Biased", "Yes", "n = 60", "n = 60 · 3 % of answers"} <= set(picture.texts)
    told = [mark["aria-label"] for mark in picture.marks["point"]]
    assert len(told) == 2
    assert "Krippendorff’s alpha: 0.743; 95 % interval: 0.60 to 0.85; Percent agreement: 90 %" in told[0]
    assert "Gwet’s AC1: 0.940" in told[1]
    assert "not enough" in picture.texts


def test_marks_stand_on_the_scale():
    """Lines at zero and at both marks, named below the axis."""
    plain, marked = (drawn(agreement_chart(AGREEMENT, "Alpha", marks)) for marks in ((), (0.667, 0.8)))
    assert len(marked.marks["rule mark"]) == len(plain.marks["rule mark"]) + 2
    assert any("lines at 0.667 and 0.8" in text for text in marked.texts)


def test_confusion_shows_counts():
    """Every combination has its count; where both say the same the cell is outlined."""
    cells = [("Yes", "Yes", 8), ("Yes", "No", 2), ("No", "Yes", 0), ("No", "No", 1200)]
    picture = drawn(
        confusion_chart(pd.DataFrame(cells, columns=["row_label", "column_label", "count"]), "People", "Scorer")
    )
    assert {"8", "2", "0", "1,200", "n = 10", "n = 1,200", "People", "Scorer"} <= set(picture.texts)
    cell = next(mark for mark in picture.marks["rect mark"] if "Count: 2" in mark["aria-label"])
    assert "People: Yes; Scorer: No; Count: 2; Share of the row: 20.0 %" in cell["aria-label"]
    assert len({mark["stroke"] for mark in picture.marks["rect mark"]}) == 2


def test_a_row_without_any_answer_can_be_drawn():
    """A label that nobody chose has a row of zeros."""
    cells = [("Yes", "Yes", 0), ("Yes", "No", 0), ("No", "Yes", 0), ("No", "No", 3)]
    frame = pd.DataFrame(cells, columns=["row_label", "column_label", "count"])
    assert drawn(confusion_chart(frame, "Ann", "Bo")).texts.count("0") == 3


def test_drift_has_a_line_a_person():
    """Two people, three blocks: points with their items, agreement and n."""
    rows = [("Ann", 1, 20, 0.9, 0.7, 0.97, 20), ("Ann", 21, 40, 0.8, 0.6, 0.9, 20), ("Bo", 1, 20, 0.5, 0.3, 0.7, 20)]
    columns = ["annotator", "first", "last", "share", "low", "high", "n"]
    picture = drawn(drift_chart(pd.DataFrame(rows, columns=columns)))
    assert len(picture.marks["point"]) == 3
    assert len(picture.marks["line mark"]) == 2
    assert any(
        "Annotator: Ann; Items: 21 to 40; Agreement: 80.0 %; 95 % interval: 60.0 % to 90.0 %; n: 20"
        in mark["aria-label"]
        for mark in picture.marks["point"]
    )


def test_calibration_has_a_point_a_bin():
    """Said against so, with the bin's count beside its point."""
    rows = [("All together", 0.1, 0.3, 0.1, 0.5, 20), ("All together", 0.9, 0.7, 0.5, 0.9, 25)]
    picture = drawn(calibration_chart(pd.DataFrame(rows, columns=["group", "said", "share", "low", "high", "n"])))
    assert {"n = 20", "n = 25"} <= set(picture.texts)
    assert "Said: 10.0 %; Was so: 30.0 %" in picture.marks["point"][0]["aria-label"]


def test_errors_by_group():
    """A dot a group; one without any response has no dot."""
    rows = [("Woman", 0.2, 0.1, 0.3, 50), ("Man", NAN, NAN, NAN, 0)]
    frame = pd.DataFrame(rows, columns=["group", "value", "low", "high", "responses"])
    picture = drawn(errors_chart(frame, "Error rate"))
    assert len(picture.marks["point"]) == 1
    assert {"n = 50", "n = 0", "not enough"} <= set(picture.texts)


def test_hostile_names_stay_data():
    """Titles and names are never expressions or markup."""
    agreement = AGREEMENT.assign(field=HOSTILE, label=["", HOSTILE, "x"])
    assert HOSTILE in drawn(agreement_chart(agreement, "Alpha")).texts
    confusion = pd.DataFrame([(HOSTILE, HOSTILE, 1)], columns=["row_label", "column_label", "count"])
    assert HOSTILE in drawn(confusion_chart(confusion, HOSTILE, HOSTILE)).texts
    frame = pd.DataFrame(
        [(HOSTILE, 1, 20, 0.5, 0.4, 0.6, 20), ("Bo", 1, 20, 0.5, 0.4, 0.6, 20)],
        columns=["annotator", "first", "last", "share", "low", "high", "n"],
    )
    assert HOSTILE in drawn(drift_chart(frame)).texts

"""Where answers lie under one model and under another: the chart of confusions, with other labels each way."""

import pandas as pd

from lib.charts.confusion import confusion_chart
from tests.charts.drawing import drawn


def test_rows_and_columns_may_differ_and_keep_their_order():
    """A region that only one model reaches is a row or a column of its own; staying is outlined, moving is not."""
    cells = [("law", "law", 7), ("law", "care", 3), ("law", "none", 0), ("care", "law", 1), ("care", "care", 5)]
    frame = pd.DataFrame([*cells, ("care", "none", 2)], columns=["row_label", "column_label", "count"])
    picture = drawn(confusion_chart(frame, "smol", "qwen"))
    assert [text for text in picture.texts if text in {"law", "care", "none"}] == ["law", "care", "none", "law", "care"]
    moved = next(mark for mark in picture.marks["rect mark"] if "Count: 3" in mark["aria-label"])
    assert "smol: law; qwen: care; Count: 3; Share of the row: 30.0 %" in moved["aria-label"]
    assert len({mark["stroke"] for mark in picture.marks["rect mark"]}) == 2


def test_long_names_do_not_lie_on_each_other():
    """Headings that would not fit side by side are turned; short ones are not."""

    def turned(*regions):
        cells = [(row, column, 1) for row in regions for column in regions]
        frame = pd.DataFrame(cells, columns=["row_label", "column_label", "count"])
        chart = confusion_chart(frame, "smol", "qwen").to_dict()
        return any(layer["encoding"]["x"]["axis"]["labelAngle"] for layer in chart["layer"])

    assert not turned("law", "care", "in no region")
    assert turned("caring, nurse, kindness", "leading, strong people", "in no region")

"""Rows of a chart by number, so that two may be called alike, with a note at the end of each."""

from dataclasses import dataclass, field
from typing import Any

import altair as alt

STEP = 24
"""Pixels of a row."""

LABEL_LIMIT = 260
MANY = 16
"""With more rows than this the axis of numbers stands on top."""


@dataclass(slots=True)
class Rows:
    """What stands left and right of each row; texts are values that the chart looks up, never part of an expression."""

    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bold: list[int] = field(default_factory=list)

    def add(self, label: str = "", note: str = "", *, bold: bool = False) -> int:
        """A further row below the others; gives its number. Without a label it is a space."""
        number = len(self.labels)
        self.labels.append(label)
        self.notes.append(note)
        if bold:
            self.bold.append(number)
        return number

    @property
    def many(self) -> bool:
        """Whether the foot of the chart will be out of sight."""
        return len(self.labels) > MANY

    def y(self, axis: alt.Axis | None = None, padding: float = 0.0) -> alt.Y:
        """The encoding of the frame's column `row`; `padding` is the part of a row that stays empty."""
        places = list(range(len(self.labels)))
        scale = alt.Scale(type="band", domain=places, paddingInner=padding, paddingOuter=padding)
        return alt.Y("row:O", scale=scale, title=None, axis=axis)

    def left(self) -> alt.Axis:
        """The axis of labels."""
        weight = (
            alt.when(f"indexof({self.bold}, datum.value) >= 0").then(alt.value("bold")).otherwise(alt.value("normal"))
        )
        return alt.Axis(
            labelExpr="row_labels[datum.value]",
            labelFontWeight=weight,
            labelLimit=LABEL_LIMIT,
            **QUIET,
        )

    def right(self) -> alt.Axis:
        """The axis of notes."""
        return alt.Axis(orient="right", labelExpr="row_notes[datum.value]", labelLimit=LABEL_LIMIT, **QUIET)

    def layered(self, *layers: alt.Chart, **properties: Any) -> alt.LayerChart:
        """Layers over these rows, of which one has the left axis and one the right."""
        texts = [alt.param(name="row_labels", value=self.labels), alt.param(name="row_notes", value=self.notes)]
        chart = alt.LayerChart(layer=list(layers), **properties)
        return chart.resolve_axis(y="independent").add_params(*texts)


QUIET: dict[str, Any] = {
    "ticks": False,
    "domain": False,
    "grid": False,
    "labelOverlap": False,
    "labelFlush": False,
    "labelPadding": 8,
}

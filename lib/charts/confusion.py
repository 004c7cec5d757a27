"""Which labels are taken for which: counts of couples of answers."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.heatmap import COLOURS, DARK, PICKED_COLOUR, STEP
from lib.charts.numbers import amounts
from lib.charts.palette import NEUTRAL_GREY
from lib.charts.rows import QUIET, Rows

MANY_COLUMNS = 6
MANY_LETTERS = 40
"""In all headings together: more of them would lie on top of each other."""


def confusion_chart(frame: pd.DataFrame, row_title: str, column_title: str) -> alt.LayerChart:
    """Cells with their counts, coloured by their share of the row; where both say the same a cell is outlined.

    Args:
        frame: columns row_label, column_label and count, a row for every combination, in the order to be shown.
        row_title, column_title: whose answers they are, in words.
    """
    rows = Rows()
    labels = list(dict.fromkeys(frame["row_label"]))
    whole = frame.groupby("row_label", sort=False)["count"].sum()
    number = {label: rows.add(str(label), f"n = {whole[label]:,}") for label in labels}
    totals = frame["row_label"].map(whole)
    part = (frame["count"] / totals).where(totals > 0, 0.0)
    cells = frame.assign(
        row=frame["row_label"].map(number),
        part=part,
        shown=[f"{count:,}" for count in frame["count"]],
        told=amounts(part, percent=True),
        dark=part > DARK,
        same=frame["row_label"] == frame["column_label"],
    )
    tooltip = texts(row_label=row_title, column_label=column_title, shown="Count", told="Share of the row")
    columns = list(dict.fromkeys(frame["column_label"]))
    crowded = len(columns) > MANY_COLUMNS or sum(len(str(column)) for column in columns) > MANY_LETTERS
    angle = -30 if crowded else 0
    x = alt.X(
        "column_label:N",
        scale=alt.Scale(domain=columns),
        title=None,
        axis=alt.Axis(
            title=column_title,
            orient="top",
            labelLimit=140,
            labelAngle=angle,
            **QUIET,
        ),
    )
    base = alt.Chart().encode(x=x, y=rows.y(), tooltip=tooltip)
    colour = alt.Color("part:Q", scale=alt.Scale(domain=[0, 1], range=list(COLOURS)), legend=None)
    outline = alt.when("datum.same").then(alt.value(PICKED_COLOUR)).otherwise(alt.value(NEUTRAL_GREY))
    width = alt.when("datum.same").then(alt.value(3)).otherwise(alt.value(0.5))
    ink = alt.when("datum.dark").then(alt.value("white")).otherwise(alt.value("black"))
    left = rows.left()
    left["title"] = row_title  # of the axis alone: a cell is described by its label, not by the row’s number
    layers = [
        base.mark_rect(cornerRadius=2).encode(color=colour, stroke=outline, strokeWidth=width, y=rows.y(left)),
        base.mark_text(fontSize=14).encode(text="shown:N", color=ink, y=rows.y(rows.right())),
    ]
    return rows.layered(*layers, data=cells, height=alt.Step(STEP))

"""Groups beside one another within each row: one dot a group, told apart by colour, shape and place."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from lib.charts.dots import FADED, PICKED
from lib.charts.numbers import number_axis
from lib.charts.palette import group_colours, group_shapes
from lib.charts.rows import LABEL_LIMIT, MANY, Rows

DOT = 80  # square pixels
STEP = 15  # pixels of a dot
LEAST_STEP = 24  # pixels of a row with a single dot
PADDING = 0.15
"""The part of a row that keeps it apart from the next."""


def grouped_dots(
    frame: pd.DataFrame,
    title: str | list[str],
    percent: bool,
    scale: alt.Scale,
    tooltip: Sequence[alt.Tooltip],
    fields: Sequence[str] = (),
    ticks: Sequence[float] | None = None,
) -> alt.LayerChart:
    """A row for each `label` with a dot and an interval for each `group`, and n at its end.

    Args:
        frame: columns label, group, middle, low, high, n, and whatever tooltips and fields name; a dot without a low
            and a high has no interval and is hollow.
        title, percent: what the numbers are, and whether they are shares.
        ticks: where the axis has its lines, where that cannot be left to the scale.
        fields: columns whose values a click gives; none when the chart is not to be clicked.
    """
    rows, groups = Rows(), list(frame["group"].unique())
    counts = frame.groupby("label", sort=False)["n"].sum()
    number = {label: rows.add(str(label), f"n = {n:,}") for label, n in counts.items()}
    frame = frame.assign(row=frame["label"].map(number), ranged=frame["low"].notna() & frame["high"].notna())
    axis = number_axis(title, percent, top=len(number) * (len(groups) + 1) > 2 * MANY)
    if ticks is not None:
        axis.values = list(ticks)
    legend = alt.Legend(orient="top", columns=4, labelLimit=LABEL_LIMIT) if len(groups) > 1 else None
    looks: dict[str, Any] = {"scale": group_colours(groups), "title": None, "legend": legend}
    base = alt.Chart().encode(yOffset=alt.YOffset("group:N", scale=alt.Scale(domain=groups)), tooltip=list(tooltip))
    intervals = (
        base.transform_filter("datum.ranged")
        .mark_rule(strokeWidth=2)
        .encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q", y=rows.y(rows.left(), PADDING))
        .encode(color=alt.Color("group:N", **looks))
    )
    filled = alt.when("datum.ranged").then(alt.Fill("group:N", **looks)).otherwise(alt.value("transparent"))
    shape = alt.Shape("group:N", scale=group_shapes(groups), title=None, legend=legend)
    dots = (
        base.transform_filter("isValid(datum.middle)")
        .mark_point(size=DOT, strokeWidth=2, opacity=1)
        .encode(x=alt.X("middle:Q", axis=axis, scale=scale), y=rows.y(rows.right(), PADDING))
        .encode(color=alt.Color("group:N", **looks), shape=shape, fill=filled)
    )
    if fields:
        picked = alt.selection_point(name=PICKED, fields=list(fields))
        dots = dots.encode(opacity=alt.when(picked).then(alt.value(1)).otherwise(alt.value(FADED))).add_params(picked)
    step = alt.Step(STEP, **{"for": "offset"}) if len(groups) > 1 else alt.Step(LEAST_STEP)
    return rows.layered(intervals, dots, data=frame, height=step)

"""Dots with intervals, a row each: the shape that most comparisons take."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lib.charts.palette import MUTED, NEUTRAL_GREY
from lib.charts.rows import STEP, Rows

PICKED = "picked"
"""The selection of every chart that can be clicked."""

DOT = 90  # square pixels
FADED = 0.35
NOT_ENOUGH = "not enough"


def dot_rows(
    frame: pd.DataFrame,
    rows: Rows,
    axis: alt.Axis,
    colours: alt.Scale,
    tooltip: Sequence[alt.Tooltip],
    *,
    fields: Sequence[str] = (),
    scale: alt.Scale | None = None,
    beneath: Sequence[alt.Chart] = (),
) -> alt.LayerChart:
    """Dots with intervals.

    Args:
        frame: columns row (of `rows`), middle, low, high, colour (a name in `colours`), filled, and whatever tooltips
            and fields name. A dot that is not filled is hollow and grey. Without a low and high there is no interval;
            without a middle the row says that there is not enough.
        fields: columns whose values a click gives; none when the chart is not to be clicked.
        beneath: layers that lie under the dots.
    """
    frame = frame[["row", "middle", "low", "high", "colour", "filled", *names(tooltip, fields)]]
    x = alt.X("middle:Q", axis=axis, scale=scale or alt.Undefined)
    coloured = alt.Color("colour:N", scale=colours, legend=None)
    line = alt.when("datum.filled").then(coloured).otherwise(alt.value(NEUTRAL_GREY))
    picked = alt.selection_point(name=PICKED, fields=list(fields)) if fields else None
    base = alt.Chart()
    intervals = (
        base.transform_filter("isValid(datum.low) && isValid(datum.high)")
        .mark_rule(strokeWidth=2)
        .encode(x=alt.X("low:Q", axis=axis, scale=scale or alt.Undefined), x2="high:Q", y=rows.y(rows.left()))
        .encode(color=line, tooltip=list(tooltip))
    )
    dots = (
        base.transform_filter("isValid(datum.middle)")
        .mark_point(size=DOT, strokeWidth=2, opacity=1)
        .encode(x=x, y=rows.y(), stroke=line.copy(), tooltip=list(tooltip))
        .encode(fill=alt.when("datum.filled").then(alt.Fill("colour:N", scale=colours, legend=None)).otherwise(NOTHING))
    )
    if picked is not None:
        opacity = alt.when(picked).then(alt.value(1)).otherwise(alt.value(FADED))
        dots = dots.encode(opacity=opacity).add_params(picked)
    missing = (
        base.transform_filter("!isValid(datum.middle)")
        .mark_text(text=NOT_ENOUGH, align="left", fontStyle="italic", color=MUTED)
        .encode(x=alt.value(8), y=rows.y(rows.right()))
    )
    return rows.layered(*beneath, intervals, dots, missing, data=frame, height=alt.Step(STEP))


NOTHING = alt.value("transparent")


def names(tooltip: Sequence[alt.Tooltip], fields: Sequence[str]) -> list[str]:
    """The columns that tooltips and a selection need, each once, beside those of the dots."""
    own = {"row", "middle", "low", "high", "colour", "filled"}
    wanted = [*(str(each.shorthand).rpartition(":")[0] for each in tooltip), *fields]
    return [name for name in dict.fromkeys(wanted) if name not in own]


def line_at(value: float) -> alt.Chart:
    """A vertical line that guides the eye."""
    return alt.Chart(alt.Data(values=[{"at": value}])).mark_rule(color=NEUTRAL_GREY).encode(x="at:Q")


def texts(**titles: str) -> list[alt.Tooltip]:
    """Tooltips of columns that are shown as they are, by what people call them."""
    return [alt.Tooltip(f"{column}:N", title=speakable(title)) for column, title in titles.items()]


def speakable(title: str) -> str:
    """A title that can head a tooltip.

    Vega-Lite writes these titles into an expression and lets a backslash through; vega-tooltip shows what is called
    "title" as a heading, and loads what is called "image" as a picture.
    """
    title = " ".join(title.replace("\\", "∖").split())
    return title.capitalize() if title in {"title", "image"} else title

"""How far the numbers move when nothing but the seed changes."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import STEP, Rows

DOT = 60  # square pixels
MEAN = 18  # pixels


def seeds_chart(frame: pd.DataFrame, unit: str, percent: bool) -> alt.LayerChart:
    """Each group's number in every repeat, with their mean and range. With one repeat there is nothing to see.

    Args:
        frame: columns repeat, group, value and responses.
        unit: what the numbers are, in words.
        percent: whether they are shares.
    """
    rows = Rows()
    summary = frame.groupby("group", sort=False).agg(
        mean=("value", "mean"),
        low=("value", "min"),
        high=("value", "max"),
        repeats=("value", "count"),
        responses=("responses", "sum"),
    )
    summary = summary.reset_index()
    noted = zip(summary["group"], summary["repeats"], summary["responses"], strict=True)
    summary = summary.assign(
        row=[rows.add(group, f"{repeats} repeats · n = {n:,}") for group, repeats, n in noted],
        middle=amounts(summary["mean"], percent),
        range=intervals(summary["low"], summary["high"], percent),
    )
    number = dict(zip(summary["group"], summary["row"], strict=True))
    shown = frame.assign(row=frame["group"].map(number), number=amounts(frame["value"], percent))
    axis = number_axis(f"{unit}; one dot a repeat, with their range and mean", percent, top=rows.many)
    scale = alt.Scale(zero=False, nice=True)
    colour = alt.Color("group:N", scale=group_colours(frame["group"]), legend=None)
    overall = texts(group="Group", middle="Mean of the repeats", range="Lowest to highest", responses="Responses")
    spread = alt.Chart(summary).encode(color=colour, tooltip=overall)
    ranges = spread.mark_rule(strokeWidth=2, opacity=0.5).encode(
        x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q", y=rows.y(rows.left())
    )
    means = spread.mark_tick(thickness=3, height=MEAN).encode(
        x=alt.X("mean:Q", axis=axis, scale=scale), y=rows.y(rows.right())
    )
    dots = (
        alt.Chart(shown)
        .mark_point(size=DOT, opacity=0.8)
        .encode(
            x=alt.X("value:Q", axis=axis, scale=scale),
            y=rows.y(),
            color=colour,
            tooltip=texts(group="Group", repeat="Repeat", number=unit, responses="Responses"),
        )
    )
    return rows.layered(ranges, means, dots, height=alt.Step(STEP + 8))

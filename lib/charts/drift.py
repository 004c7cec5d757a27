"""How annotators' agreement with the others moves while they work."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours, group_shapes
from lib.charts.rows import LABEL_LIMIT

HEIGHT = 340


def drift_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """A line an annotator over the order of their work, one point a block, with intervals.

    Args:
        frame: columns annotator, first and last (of a block, counted from 1), share, low, high and n.
    """
    people = list(dict.fromkeys(frame["annotator"]))
    shown = frame.assign(
        middle=(frame["first"] + frame["last"]) / 2,
        block=[f"{first:,} to {last:,}" for first, last in zip(frame["first"], frame["last"], strict=True)],
        agreed=amounts(frame["share"], percent=True),
        interval=intervals(frame["low"], frame["high"], percent=True),
    )
    tooltip = texts(annotator="Annotator", block="Items", agreed="Agreement", interval="95 % interval", n="n")
    legend = alt.Legend(orient="top", columns=4, labelLimit=LABEL_LIMIT, symbolOpacity=1) if len(people) > 1 else None
    colour = alt.Color("annotator:N", scale=group_colours(people), title=None, legend=legend)
    axis = number_axis("agrees with the others’ majority", percent=True)
    # The number axis stands below by default; here numbers run upwards.
    axis.orient = "left"
    y_scale = alt.Scale(domain=[0, 1])
    x = alt.X("middle:Q", title="items in the order in which each annotator answered them", scale=alt.Scale(zero=True))
    base = alt.Chart().encode(x=x, color=colour, tooltip=tooltip)
    ranges = base.mark_rule(opacity=0.35, strokeWidth=2).encode(y=alt.Y("low:Q", axis=axis, scale=y_scale), y2="high:Q")
    lines = base.mark_line(strokeWidth=2).encode(y=alt.Y("share:Q", axis=axis, scale=y_scale))
    points = base.mark_point(size=70, filled=True, opacity=1).encode(
        y=alt.Y("share:Q", axis=axis, scale=y_scale),
        shape=alt.Shape("annotator:N", scale=group_shapes(people), title=None, legend=legend),
    )
    return alt.LayerChart(layer=[ranges, lines, points], data=shown, height=HEIGHT)

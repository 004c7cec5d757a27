"""Whether probabilities come true."""

import altair as alt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import MUTED, NEUTRAL_GREY, group_colours, group_shapes
from lib.charts.rows import LABEL_LIMIT

HEIGHT = 320


def calibration_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """One point a bin: how often it was so, by what was said. On the dashed line both are equal.

    Args:
        frame: columns group (one name where groups are not told apart), said (mean probability of the bin), share (how
            often it was so), low, high, and n.
    """
    groups = list(dict.fromkeys(frame["group"]))
    shown = frame.assign(
        counted=[f"n = {n:,}" for n in frame["n"]],
        predicted=amounts(frame["said"], percent=True),
        true=amounts(frame["share"], percent=True),
        interval=intervals(frame["low"], frame["high"], percent=True),
    )
    tooltip = texts(group="Group", predicted="Said", true="Was so", interval="95 % interval", counted="Responses")
    legend = alt.Legend(orient="top", columns=4, labelLimit=LABEL_LIMIT, symbolOpacity=1) if len(groups) > 1 else None
    colour = alt.Color("group:N", scale=group_colours(groups), title=None, legend=legend)
    across, up = (
        number_axis("probability that the scorer gives", percent=True),
        number_axis("how often it was so", True),
    )
    up.orient = "left"
    whole = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", axis=across, scale=whole)
    line = alt.Chart(alt.Data(values=[{"said": 0, "share": 0}, {"said": 1, "share": 1}]))
    equal = line.mark_line(color=NEUTRAL_GREY, strokeDash=[4, 4]).encode(x=x, y=alt.Y("share:Q", axis=up, scale=whole))
    base = alt.Chart().encode(x=x, color=colour, tooltip=tooltip)
    y = alt.Y("share:Q", axis=up, scale=whole)
    layers = [
        equal,
        base.mark_rule(strokeWidth=2, opacity=0.6).encode(y=alt.Y("low:Q", axis=up, scale=whole), y2="high:Q"),
        base.mark_line(strokeWidth=1.5).encode(y=y),
        base.mark_point(size=80, filled=True, opacity=1).encode(
            y=y, shape=alt.Shape("group:N", scale=group_shapes(groups), title=None, legend=legend)
        ),
        alt.Chart().mark_text(dx=8, dy=12, align="left", fontSize=10, color=MUTED).encode(x=x, y=y, text="counted:N"),
    ]
    return alt.LayerChart(layer=layers, data=shown, height=HEIGHT)

"""What decided between two candidates: who they were, or in which order they were named."""

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import Rows


def positions_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """The share of couples by what decided, with intervals.

    Args:
        frame: columns outcome (what decided), count, share, low and high (0 to 1).
    """
    rows = Rows()
    couples = int(frame["count"].sum())
    counted = zip(frame["outcome"], frame["count"], strict=True)
    shown = frame.assign(
        row=[rows.add(str(outcome), f"{count:,} of {couples:,}") for outcome, count in counted],
        middle=frame["share"],
        colour=frame["outcome"],
        filled=frame["low"].notna(),
        part=amounts(frame["share"], percent=True),
        interval=intervals(frame["low"], frame["high"], percent=True),
    )
    tooltip = texts(outcome="What decided", part="Share", interval="95 % interval", count="Couples")
    axis = number_axis("share of couples, each asked in both orders", percent=True)
    colours = group_colours(frame["outcome"])
    return dot_rows(shown, rows, axis, colours, tooltip, scale=alt.Scale(domain=[0, 1]))

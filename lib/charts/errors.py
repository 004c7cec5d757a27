"""A share for each group, such as how often a scorer errs."""

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import Rows


def errors_chart(frame: pd.DataFrame, unit: str) -> alt.LayerChart:
    """A dot a group with its interval.

    Args:
        frame: columns group, value, low, high (0 to 1) and responses, those the share is of. Rows that belong together
            say so in a column colour; without it every group has its own.
        unit: what the share is, in words.
    """
    rows = Rows()
    colours = frame["colour"] if "colour" in frame else frame["group"]
    counted = zip(frame["group"], frame["responses"], strict=True)
    shown = frame.assign(
        row=[rows.add(str(group), f"n = {n:,}") for group, n in counted],
        middle=frame["value"],
        colour=colours,
        filled=frame["low"].notna(),
        number=amounts(frame["value"], percent=True),
        interval=intervals(frame["low"], frame["high"], percent=True),
    )
    tooltip = texts(group="Group", number=unit, interval="95 % interval", responses="Responses")
    axis = number_axis(f"{unit}, with 95 % intervals", percent=True, top=rows.many)
    return dot_rows(shown, rows, axis, group_colours(colours), tooltip, scale=alt.Scale(domain=[0, 1]))

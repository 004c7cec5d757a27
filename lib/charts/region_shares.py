"""How much of each group's responses lies in a region or a selection."""

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import Rows


def region_shares_chart(frame: pd.DataFrame, unit: str) -> alt.LayerChart:
    """Each group's share of its own responses, with its interval and the counts behind it.

    Args:
        frame: columns group, share (0 to 1; NaN where the group has no responses), low, high, count and total.
        unit: what the shares are, in words.
    """
    rows = Rows()
    notes = [f"{count:,} of {total:,}" for count, total in zip(frame["count"], frame["total"], strict=True)]
    shown = frame.assign(
        row=[rows.add(group, note) for group, note in zip(frame["group"], notes, strict=True)],
        middle=frame["share"],
        colour=frame["group"],
        filled=frame["low"].notna(),
        number=amounts(frame["share"], percent=True),
        interval=intervals(frame["low"], frame["high"], percent=True),
    )
    tooltip = texts(
        group="Group",
        number="Share of its responses",
        interval="95 % interval",
        count="In here",
        total="Of all",
    )
    axis = number_axis(f"{unit}, with 95 % intervals", percent=True, top=rows.many)
    return dot_rows(shown, rows, axis, group_colours(frame["group"]), tooltip)

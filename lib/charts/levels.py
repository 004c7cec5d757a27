"""The groups' own numbers."""

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, texts
from lib.charts.numbers import amounts, intervals, number_axis, share
from lib.charts.palette import group_colours
from lib.charts.rows import Rows


def levels_chart(frame: pd.DataFrame, unit: str, percent: bool) -> alt.LayerChart:
    """Each group's number with its interval.

    Args:
        frame: columns group, value, low, high, responses, sets and coverage (0 to 1).
        unit: what the numbers are, in words.
        percent: whether they are shares.
    """
    rows = Rows()
    notes = [f"n = {n:,} · {share(part)} scored" for n, part in zip(frame["responses"], frame["coverage"], strict=True)]
    shown = frame.assign(
        row=[rows.add(group, note) for group, note in zip(frame["group"], notes, strict=True)],
        middle=frame["value"],
        colour=frame["group"],
        filled=frame["low"].notna(),
        number=amounts(frame["value"], percent),
        interval=intervals(frame["low"], frame["high"], percent),
        covered=frame["coverage"].map(share),
    )
    tooltip = texts(
        group="Group",
        number=unit,
        interval="95 % interval",
        responses="Responses",
        sets="Matched sets",
        covered="Coverage",
    )
    axis = number_axis(f"{unit}, with 95 % intervals", percent, top=rows.many)
    return dot_rows(shown, rows, axis, group_colours(frame["group"]), tooltip, fields=["group"])

"""The words that set each group apart."""

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, line_at, texts
from lib.charts.numbers import amounts, intervals, number_axis
from lib.charts.palette import group_colours
from lib.charts.rows import Rows

SHOWN = 12
Z_95 = 1.959964


def distinctive_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Log-odds of the most distinctive words of each group (Monroe, Colaresi and Quinn 2008), with their intervals.

    The interval is the log-odds ± 1.96 standard errors, the log-odds divided by its z.

    Args:
        frame: columns group, word, log_odds (positive: more in this group), z, count, other_count and clear.
    """
    top = frame.sort_values("z", ascending=False, kind="stable").groupby("group", sort=False).head(SHOWN)
    order = {group: place for place, group in enumerate(frame["group"].unique())}
    top = top.sort_values("group", key=lambda groups: groups.map(order), kind="stable", ignore_index=True)
    rows = Rows()
    places = []
    for group, part in top.groupby("group", sort=False):
        rows.add(str(group), bold=True)
        noted = zip(part["word"], part["count"], part["other_count"], strict=True)
        places += [rows.add(word, f"{here:,} here, {there:,} elsewhere") for word, here, there in noted]
    error = (top["log_odds"] / top["z"].where(top["z"] != 0)).abs()
    top = top.assign(
        row=places,
        middle=top["log_odds"],
        low=top["log_odds"] - Z_95 * error,
        high=top["log_odds"] + Z_95 * error,
        colour=top["group"],
        filled=top["clear"],
        odds=amounts(top["log_odds"], percent=False, signed=True),
        score=amounts(top["z"], percent=False, signed=True),
    )
    top = top.assign(interval=intervals(top["low"], top["high"], percent=False, signed=True))
    tooltip = texts(
        group="Group",
        word="Word",
        odds="Log-odds",
        interval="95 % interval",
        score="z",
        count="Times here",
        other_count="Times elsewhere",
    )
    title = ["log-odds: further right, more typical of the group", "coloured: clear after correction"]
    axis = number_axis(title, percent=False, signed=True, top=rows.many)
    return dot_rows(top, rows, axis, group_colours(frame["group"]), tooltip, beneath=[line_at(0.0)])

"""How many times likelier one thing is than another, item by item."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, line_at, texts
from lib.charts.palette import group_colours
from lib.charts.probabilities import probability
from lib.charts.rows import Rows

TICKS = "'×' + format(pow(2, abs(datum.value)), ',.0f')"
LEAST = 1.0
"""The axis reaches at least to twice as likely on both sides, so that small ratios look small."""


def ratios_chart(frame: pd.DataFrame, a: str, b: str, *, among: Sequence[str] = ()) -> alt.LayerChart:
    """Ratios on a logarithmic axis, the most towards `a` on top.

    Args:
        frame: columns item, log2_ratio (positive where `a` is likelier), low, high, n (prompts), p_a and p_b.
        a, b: what is compared: two words, or two groups.
        among: all the words or groups of the page, whose colours these two keep.
    """
    frame = frame.sort_values("log2_ratio", ascending=False, kind="stable", ignore_index=True)
    rows = Rows()
    shown = frame.assign(
        row=[rows.add(str(item), f"n = {n:,}") for item, n in zip(frame["item"], frame["n"], strict=True)],
        middle=frame["log2_ratio"],
        colour=[a if ratio > 0 else b for ratio in frame["log2_ratio"]],
        filled=(frame["low"] > 0) | (frame["high"] < 0),
        ratio=[times(value, a, b) for value in frame["log2_ratio"]],
        interval=[
            "none, one prompt" if low != low or high != high else f"{times(low, a, b)} to {times(high, a, b)}"
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ],
        said_a=frame["p_a"].map(probability),
        said_b=frame["p_b"].map(probability),
    )
    tooltip = [
        *texts(item="Item", ratio="Ratio", interval="95 % interval"),
        *texts(said_a="Probability of the first", said_b="Probability of the second", n="Prompts"),
    ]
    axis = alt.Axis(
        title=[
            f"← {b} more likely  ·  {a} more likely →",
            "hollow: the interval over prompts includes ×1, or there is none",
        ],
        labelExpr=TICKS,
        orient="top" if rows.many else "bottom",
        tickMinStep=1,
        grid=True,
    )
    reach = max(LEAST, frame[["log2_ratio", "low", "high"]].abs().max().max()) if len(frame) else LEAST
    scale = alt.Scale(domain=[-reach, reach], nice=False, padding=8)
    return dot_rows(shown, rows, axis, group_colours([*among, a, b]), tooltip, scale=scale, beneath=[line_at(0.0)])


def times(log2_ratio: float, a: str, b: str) -> str:
    """A ratio in words: "×2.4 towards she"."""
    return (
        "unknown" if log2_ratio != log2_ratio else f"×{2 ** abs(log2_ratio):.3g} towards {a if log2_ratio > 0 else b}"
    )

"""Histograms of groups one above the other, on one axis of numbers."""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from lib.charts.dots import texts
from lib.charts.numbers import amounts, number_axis, share
from lib.charts.palette import MUTED, NEUTRAL_GREY, group_colours
from lib.charts.rows import LABEL_LIMIT

BINS = 40
"""At most so many bars a group."""

RIDGE = 64  # pixels of a group
TALLEST = 0.72
"""The part of a group's room that its tallest bar takes."""

FOOT = 0.2
"""The part below its bars, where median and quartiles stand."""

BARS = ["group", "base", "from", "to", "count", "share"]


def histograms(known: pd.DataFrame, title: str, percent: bool) -> alt.LayerChart:
    """A histogram a group in shares of its responses, each on a base of its own, with median and quartiles below.

    Args:
        known: columns group and value, one row a response, all finite.
        title: what the numbers are, in words.
        percent: whether they are shares.
    """
    groups = list(known["group"].unique())[::-1]
    edges = bin_edges(known["value"].to_numpy(dtype=float))
    bars = pd.concat(
        [counted(known, group, base, edges) for base, group in enumerate(groups)] or [pd.DataFrame(columns=BARS)]
    )
    most = float(bars["share"].max()) if len(bars) else 1.0
    spans = zip(amounts(bars["from"], percent), amounts(bars["to"], percent), strict=True)
    bars = bars.assign(
        top=bars["base"] + TALLEST * bars["share"] / most,
        bin=[f"{low} to {high}" for low, high in spans],
        part=amounts(bars["share"], percent=True),
    )
    marks = quartiles(known, groups, percent)
    axis = number_axis(
        [title, f"tallest bar: {share(most)} of a group; diamond and line: median and middle half"], percent
    )
    wide = alt.Scale(domain=edges[[0, -1]].tolist(), nice=True)
    ridges = alt.Chart(bars).mark_rect(opacity=0.85)
    summary = alt.Chart(marks).encode(
        y=alt.Y("foot:Q", title=None),
        tooltip=texts(group="Group", middle="Median", half="Middle half", responses="Responses"),
    )
    layers = [
        ridges.encode(
            x=alt.X("from:Q", axis=axis, scale=wide),
            x2="to:Q",
            y=alt.Y("base:Q", title=None, axis=names_axis(len(groups)), scale=room(len(groups))),
            y2="top:Q",
            color=alt.Color("group:N", scale=group_colours(groups), legend=None),
            tooltip=texts(group="Group", bin=title, part="Share of the group", count="Responses"),
        ),
        summary.mark_rule(color=NEUTRAL_GREY, strokeWidth=3).encode(x=alt.X("low:Q", axis=axis), x2="high:Q"),
        summary.mark_point(filled=True, shape="diamond", size=70, color=MUTED, opacity=1).encode(
            x=alt.X("median:Q", axis=axis)
        ),
    ]
    names = [f"{group} (n = {n:,})" for group, n in zip(marks["group"], marks["responses"], strict=True)]
    # "fit", which Streamlit would ask for, takes the axis from this height; rows with a step are safe from it.
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    layered = alt.LayerChart(layer=layers, height=RIDGE * max(1, len(groups)), autosize=fit)
    return layered.add_params(alt.param(name="group_names", value=names))


def room(groups: int) -> alt.Scale:
    """The vertical scale: one unit a group, its bars from the whole number up, its median below."""
    return alt.Scale(domain=[-FOOT * 1.2, max(1, groups) - FOOT], nice=False, zero=False)


def names_axis(groups: int) -> alt.Axis:
    """The groups' names at the height of their bars, looked up so that they stay data."""
    return alt.Axis(
        values=[base + TALLEST / 3 for base in range(groups)],
        labelExpr="group_names[floor(datum.value)]",
        labelLimit=LABEL_LIMIT,
        labelOverlap=False,
        labelFlush=False,
        ticks=False,
        domain=False,
        grid=False,
    )


def bin_edges(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Edges that all groups share: bars of equal width, which hold equally many whole numbers where all are whole."""
    if not len(values):
        return np.array([0.0, 1.0])
    low, high = values.min(), values.max()
    if low == high:
        return np.linspace(low - 1, low + 1, BINS)  # an odd number of bars, all values in the middle one
    if (values == np.round(values)).all():
        width = np.ceil((high - low + 1) / BINS)
        return np.arange(low - 0.5, high + width, width)
    return np.linspace(low, high, BINS + 1)


def counted(known: pd.DataFrame, group: str, base: int, edges: npt.NDArray[np.float64]) -> pd.DataFrame:
    """One group's bars that are not empty."""
    counts, _ = np.histogram(known.loc[known["group"] == group, "value"], edges)
    bars = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "count": counts, "share": counts / counts.sum()})
    return bars.assign(group=group, base=float(base))[counts > 0]


def quartiles(known: pd.DataFrame, groups: list[str], percent: bool) -> pd.DataFrame:
    """group, low, median and high (the quartiles), responses, and the foot at which they stand."""
    values = known.groupby("group", sort=False)["value"]
    low, median, high = (values.quantile(part).reindex(groups) for part in (0.25, 0.5, 0.75))
    halves = zip(amounts(low, percent), amounts(high, percent), strict=True)
    return pd.DataFrame(
        {
            "group": groups,
            "low": low.to_numpy(),
            "median": median.to_numpy(),
            "high": high.to_numpy(),
            "responses": values.count().reindex(groups).to_numpy(),
            "foot": [base - FOOT / 2 for base in range(len(groups))],
            "middle": amounts(median, percent),
            "half": [f"{start} to {end}" for start, end in halves],
        }
    )

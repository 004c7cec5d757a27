"""The numbers of single responses, by group."""

import numpy as np
import pandas as pd
import streamlit as st

from lib.charts.distribution import distribution_chart
from lib.types import MeasureKind
from lib.ui.charts_answer import caption, title
from lib.ui.figure import show_figure
from lib.workflows import readings
from lib.workflows.comparison import Comparison
from lib.workflows.gap_frames import percent, unit
from lib.workflows.workbench import Workbench

FEW_GROUPS = 4


def show_distribution(workbench: Workbench, comparison: Comparison) -> None:  # noqa: ARG001 - all views are called alike
    """The numbers of single responses, by group."""
    measure = comparison.choice.measure
    values = per_response(comparison)
    if values.empty:
        st.info(f"No response has a number for “{title(comparison)}”. See the outcomes under Groups.")
        return
    summary = values.groupby("group", sort=False)["value"].describe().drop(columns="std").reset_index()
    names = {"group": "Group", "count": "Responses", "mean": "Mean", "min": "Lowest", "max": "Highest", "50%": "Median"}
    show_figure(
        distribution_chart(values, unit(comparison), percent(comparison)),
        summary.rename(columns=names),
        reading=distribution_reading(summary.set_index("group"), comparison),
        alt=f"Distribution of {measure.title} over single responses, by group",
        name=f"{comparison.question.run}-distribution",
        key="charts-distribution",
        title=f"{title(comparison)}: single responses",
        caption=caption(comparison),
    )


def distribution_reading(summary: pd.DataFrame, comparison: Comparison) -> str:
    """Where the middle of each group lies; of many groups the highest and the lowest."""
    measure = comparison.choice.measure
    middle = summary["mean" if percent(comparison) else "50%"]
    shown = middle if len(middle) <= FEW_GROUPS else middle.sort_values(ascending=False).iloc[[0, -1]]
    counts = summary["count"].loc[shown.index]
    told = "; ".join(
        f"{group} {readings.number(value, measure)} (n = {count:,.0f})"
        for group, value, count in zip(shown.index, shown, counts, strict=True)
    )
    if percent(comparison):
        return f"{measure.title}, share of responses: {told}."
    return f"{measure.title}, median of single responses: {told}. Look at how far single responses spread beside it."


def per_response(comparison: Comparison) -> pd.DataFrame:
    """Group (title) and value of each response that has a number; a rate is that of the single response."""
    frame, measure = comparison.frame, comparison.choice.measure
    value = frame["value"]
    if measure.kind is MeasureKind.RATE:
        value = measure.per * value / frame["exposure"].where(frame["exposure"] > 0)
    known = pd.DataFrame({"group": frame["group"].map(comparison.attribute.titles), "value": value})
    order = [title for title in comparison.attribute.titles.values() if title in set(known["group"])]
    known["group"] = pd.Categorical(known["group"], order)
    return known[np.isfinite(known["value"])].sort_values("group", kind="stable").astype({"group": str})

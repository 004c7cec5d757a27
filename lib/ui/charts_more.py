"""One comparison split further: by category, by model and decoding setting, by seed."""

import numpy as np
import pandas as pd
import streamlit as st

from lib.charts.heatmap import heatmap_chart
from lib.charts.seeds import seeds_chart
from lib.charts.settings import settings_chart
from lib.ui.charts_answer import caption, levels, title
from lib.ui.charts_behind import show_behind
from lib.ui.figure import COLUMNS, SCROLLED, show_figure
from lib.ui.words import visible
from lib.workflows import models, readings
from lib.workflows.comparison import Comparison
from lib.workflows.gap_frames import percent, unit
from lib.workflows.workbench import Workbench

MANY_CATEGORIES = 18


def show_heatmap(workbench: Workbench, comparison: Comparison) -> None:
    """Each group's number within each category."""
    figures = levels(workbench, comparison, ("category",))
    figures = figures.assign(label=figures["category"].map(comparison.categories).fillna(figures["category"]))
    picked = show_figure(
        heatmap_chart(figures, unit(comparison), percent(comparison)),
        figures.drop(columns="category").rename(columns=COLUMNS),
        reading=extremes(figures, comparison, "label"),
        alt=f"Heat map of {comparison.choice.measure.title} by group and category",
        name=f"{comparison.question.run}-heat-map",
        key="charts-heat-map",
        title=f"{title(comparison)}, within categories",
        caption=caption(comparison),
        on_select=True,
        scrolled=SCROLLED if figures["category"].nunique() > MANY_CATEGORIES else None,
    )
    if picked:
        where = {"category": picked[0].get("category")}
        show_behind(workbench, comparison, picked[0], [picked[0].get("group", "")], where, key="heat-map")


def show_settings(workbench: Workbench, comparison: Comparison) -> None:
    """Models and decoding settings against each other."""
    frame = comparison.frame
    if frame["model"].nunique() * frame["decoding"].nunique() < 2:
        st.info("This audit has one model with one decoding setting. Run the grid with another one to compare them.")
        return
    figures = levels(workbench, comparison, ("model", "decoding"))
    titles = {id: visible(title) for id, title in models.titles(workbench).items()}
    shown = figures.assign(model=figures["model"].map(lambda model: titles.get(model, model)))
    picked = show_figure(
        settings_chart(shown, unit(comparison), percent(comparison)),
        shown.rename(columns=COLUMNS),
        reading=extremes(shown, comparison, "model", "decoding"),
        alt=f"{comparison.choice.measure.title} by model, decoding setting and group, with 95 % intervals",
        name=f"{comparison.question.run}-settings",
        key="charts-settings",
        title=f"{title(comparison)}, model and decoding settings",
        caption=caption(comparison),
        on_select=True,
    )
    if picked:
        ids = {titles.get(model, model): model for model in figures["model"]}
        where = {"model": ids.get(picked[0].get("model", ""), ""), "decoding": picked[0].get("decoding")}
        show_behind(workbench, comparison, picked[0], [picked[0].get("group", "")], where, key="settings")


def show_seeds(workbench: Workbench, comparison: Comparison) -> None:
    """How far the numbers move when only the seed changes."""
    if comparison.frame["repeat"].nunique() < 2:
        st.info("Every prompt was asked once. Run the grid with more repeats to see how much depends on the seed.")
        return
    figures = levels(workbench, comparison, ("repeat",))
    spread = figures.groupby("group", sort=False)["value"].agg(np.ptp)
    measure = comparison.choice.measure
    show_figure(
        seeds_chart(figures, unit(comparison), percent(comparison)),
        figures.rename(columns=COLUMNS),
        reading=f"From one repeat to another, {measure.title} moves most for {spread.idxmax()}: its highest and lowest "
        f"repeat are {readings.number(float(spread.max()), measure)} apart. A gap smaller than that can be chance.",
        alt=f"{measure.title} of each group in each repeat",
        name=f"{comparison.question.run}-seeds",
        key="charts-seeds",
        title=f"{title(comparison)}, repeat by repeat",
        caption=caption(comparison),
    )


def extremes(figures: pd.DataFrame, comparison: Comparison, *places: str) -> str:
    """Where the number is highest and lowest, with what stands behind it."""
    known = figures[figures["value"].notna()]
    if known.empty:
        return "No combination has a number."
    measure = comparison.choice.measure
    told = []
    varied = [name for name in places if known[name].nunique() > 1]
    for _, row in known.sort_values("value").iloc[[-1, 0]].iterrows():
        place = ", ".join(str(row[name]) for name in ("group", *varied))
        low = readings.number(row["low"], measure).partition(" ")[0]
        told.append(
            f"{readings.number(row['value'], measure)} ({place}; 95 % interval "
            f"{low} to {readings.number(row['high'], measure)}; n = {int(row['responses']):,})"
        )
    return f"Highest: {told[0]}. Lowest: {told[1]}. Extremes of many cells are partly chance: see the gaps."

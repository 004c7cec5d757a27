"""The groups' own numbers, and what became of their responses."""

import pandas as pd

from lib.charts.levels import levels_chart
from lib.charts.outcomes import outcomes_chart
from lib.ui.charts_answer import caption, title
from lib.ui.charts_behind import show_behind
from lib.ui.figure import COLUMNS, show_figure
from lib.workflows import readings
from lib.workflows.comparison import Comparison
from lib.workflows.gap_frames import percent, unit
from lib.workflows.workbench import Workbench


def show_groups(workbench: Workbench, comparison: Comparison) -> None:
    """Each group's own number, and what became of its responses."""
    levels = pd.DataFrame(
        [
            (level.group, level.value, level.low, level.high, level.responses, level.sets, level.coverage)
            for level in comparison.levels
        ],
        columns=["group", "value", "low", "high", "responses", "sets", "coverage"],
    )
    picked = show_figure(
        levels_chart(levels, unit(comparison), percent(comparison)),
        levels.rename(columns=COLUMNS),
        reading=groups_reading(comparison),
        alt=f"{comparison.choice.measure.title} of each group with 95 % intervals",
        name=f"{comparison.question.run}-groups",
        key="charts-groups",
        title=f"{title(comparison)}, with 95 % intervals",
        caption=caption(comparison),
        on_select=True,
    )
    if picked:
        show_behind(workbench, comparison, picked[0], [picked[0].get("group", "")], {}, key="group")
    outcomes = pd.DataFrame(comparison.outcomes, columns=["group", "outcome", "count"])
    show_figure(
        outcomes_chart(outcomes),
        outcomes.rename(columns=COLUMNS),
        reading=outcomes_reading(outcomes),
        alt="How the responses of each group ended, as shares of its cells",
        name=f"{comparison.question.run}-outcomes",
        key="charts-outcomes",
        title="How the responses of each group ended",
    )


def groups_reading(comparison: Comparison) -> str:
    """The highest and the lowest group, with their intervals; the gaps say whether they differ."""
    measure = comparison.choice.measure
    known = sorted((level for level in comparison.levels if level.responses), key=lambda level: -level.value)
    if len(known) < 2:
        return ""
    told = [
        f"{level.group} {readings.number(level.value, measure)} "
        f"({readings.interval(level, measure, signed=False)}, n = {level.responses:,})"
        for level in (known[0], known[-1])
    ]
    return f"{measure.title}: highest for {told[0]}, lowest for {told[1]}. The gaps say whether the groups differ."


def outcomes_reading(outcomes: pd.DataFrame) -> str:
    """What is missing from the numbers, by group."""
    totals = outcomes.groupby("group", sort=False)["count"].sum()
    lost = outcomes[outcomes["outcome"] != "stopped"].groupby("group", sort=False)["count"].sum()
    share = (lost.reindex(totals.index, fill_value=0) / totals).sort_values()
    if share.empty or share.iloc[-1] == 0:
        return "Every response ended by itself."
    return (
        "Did not end by themselves (refused, cut off, empty, failed or pending): "
        f"{100 * share.iloc[-1]:.0f} % of the cells about {share.index[-1]}, "
        f"{100 * share.iloc[0]:.0f} % of those about {share.index[0]}."
    )

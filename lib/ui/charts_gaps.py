"""The picture that answers the question: gaps between groups as a forest plot."""

import pandas as pd
import streamlit as st

from lib.charts.forest import forest_chart
from lib.ui.charts_answer import caption, title
from lib.ui.charts_behind import show_behind
from lib.ui.charts_outlook import show_outlook
from lib.ui.figure import SCROLLED, show_figure
from lib.ui.words import plain
from lib.workflows.comparison import OTHERS, OVERALL, Comparison
from lib.workflows.gap_frames import gaps_frame, percent, unit
from lib.workflows.workbench import Workbench

FEW_ROWS = 24


def show_gaps(workbench: Workbench, comparison: Comparison) -> None:
    """The forest plot, what limits it, and what is behind the mark that was clicked."""
    measure = comparison.choice.measure
    picked = show_figure(
        forest_chart(
            gaps_frame(comparison.rows),
            unit=unit(comparison),
            percent=percent(comparison),
            margin=comparison.question.margin,
        ),
        gaps_table(comparison),
        reading=comparison.reading,
        alt=f"Gaps in {measure.title} between groups, overall and by category, with 95 % intervals",
        name=f"{comparison.question.run}-gaps",
        key="charts-gaps",
        title=f"{title(comparison)}: gaps with 95 % intervals",
        caption=caption(comparison),
        on_select=True,
        scrolled=SCROLLED if len(comparison.rows) > FEW_ROWS else None,
    )
    show_limits(comparison)
    show_outlook(comparison)
    if picked:
        category, reference = picked[0].get("category"), comparison.question.reference
        where = {} if category == OVERALL else {"category": category}
        groups = [] if reference == OTHERS else [picked[0].get("group", ""), comparison.attribute.titles[reference]]
        show_behind(workbench, comparison, picked[0], groups, where, key="gap")


def gaps_table(comparison: Comparison) -> pd.DataFrame:
    """Everything that is known of each gap."""
    return pd.DataFrame(
        [
            {
                "Rows": row.label,
                "Group": row.group_title,
                "Against": row.reference_title,
                "Gap": row.gap.estimate,
                "Low": row.gap.low,
                "High": row.gap.high,
                "Group's value": row.gap.value,
                "Other value": row.gap.reference_value,
                "p": row.gap.p,
                "p, corrected": row.p_adjusted,
                "Clear": row.clear,
                "Alike within margin": row.equivalent,
                "Effect": row.gap.effect,
                "Effect is": row.gap.effect_name,
                "Odds ratio": row.gap.odds_ratio,
                "Odds, low": row.gap.odds_low,
                "Odds, high": row.gap.odds_high,
                "Test": row.gap.test,
                "Matched sets": row.gap.sets,
                "of": row.gap.all_sets,
                "Responses": row.gap.responses,
                "Coverage": row.gap.coverage,
                "Note": row.gap.note,
            }
            for row in comparison.rows
        ]
    )


def show_limits(comparison: Comparison) -> None:
    """What limits the comparison, and what it says beyond single gaps."""
    for warning in comparison.warnings:
        st.markdown(f":material/warning: {plain(warning, 500)}")
    for sentence in filter(None, (comparison.omnibus, comparison.four_fifths)):
        st.caption(plain(sentence, 1_000))

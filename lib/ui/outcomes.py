"""What became of the cells of each group, as a chart that stays small however many groups there are."""

import pandas as pd
import streamlit as st

from lib.charts.outcomes import MOST_GROUPS, outcomes_chart
from lib.ui.words import group_name

FEW_GROUPS = 8
SCROLLED = 260  # pixels


def show_outcomes(counts: list[tuple[str, str, int]]) -> None:
    """Draw (group, outcome, count); many groups can be scrolled through."""
    if not counts:
        return
    figures = pd.DataFrame(
        [(group_name(group), outcome, count) for group, outcome, count in counts],
        columns=["group", "outcome", "count"],
    )
    groups = figures["group"].nunique()
    with st.container(height=SCROLLED if groups > FEW_GROUPS else "content", border=False):
        st.altair_chart(outcomes_chart(figures), alt="How the responses of each group ended, as shares of its cells")
    if groups > MOST_GROUPS:
        st.caption(f"The {MOST_GROUPS} largest of {groups:,} groups. Filter by group to see others.")

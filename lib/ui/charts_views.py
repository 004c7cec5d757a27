"""The views of the charts page: which there are for a question, and which one is shown."""

from collections.abc import Callable

import streamlit as st

from lib.ui.charts_choices import PAGE
from lib.ui.charts_distribution import show_distribution
from lib.ui.charts_gaps import show_gaps
from lib.ui.charts_groups import show_groups
from lib.ui.charts_labels import show_labels
from lib.ui.charts_more import show_heatmap, show_seeds, show_settings
from lib.ui.charts_words import show_order, show_words
from lib.workflows.comparison import Comparison, attributes
from lib.workflows.workbench import Workbench

View = Callable[[Workbench, Comparison], None]

COURSE = "course"
TITLES = {
    "gaps": "Gaps",
    "groups": "Groups",
    "distribution": "Distribution",
    "heat-map": "Heat map",
    "settings": "Models & decoding",
    "seeds": "Seeds",
    "words": "Words",
    "labels": "Human labels",
    "order": "Order",
    COURSE: "Course tables",
}
VIEWS: dict[str, View] = {
    "gaps": show_gaps,
    "groups": show_groups,
    "distribution": show_distribution,
    "heat-map": show_heatmap,
    "settings": show_settings,
    "seeds": show_seeds,
    "words": show_words,
    "labels": show_labels,
    "order": show_order,
}


def choose_view(workbench: Workbench, run_id: str) -> str:
    """Which view is shown; the order of a pair only where pairs are compared."""
    pairs = any(attribute.pair for attribute in attributes(workbench, run_id))
    there = [view for view in TITLES if view != "order" or pairs]
    key = f"{PAGE}-view"
    if st.session_state.get(key) not in there:
        st.session_state[key] = there[0]
    chosen = st.segmented_control(
        "View",
        there,
        format_func=TITLES.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or there[0]

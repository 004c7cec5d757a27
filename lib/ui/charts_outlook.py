"""Would more repeats help? The interval that could be expected of them."""

import streamlit as st

from lib.errors import StatsError
from lib.ui.troubles import sentence
from lib.ui.words import plain
from lib.workflows.comparison import Comparison
from lib.workflows.outlook import outlook

MOST = 1_000


def show_outlook(comparison: Comparison) -> None:
    """What a number of further repeats would do to the first gap's interval."""
    with st.expander("Would more repeats help?", icon=":material/replay:"):
        more = st.number_input("More repeats of each prompt", 1, MOST, 5, key="charts-more-repeats", width=220)
        try:
            st.write(plain(outlook(comparison, int(more)), 1_000))
        except StatsError as trouble:  # that it cannot be said is an answer too, and no fault of the reader's
            st.write(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}")

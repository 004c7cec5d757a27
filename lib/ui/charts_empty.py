"""Why there is nothing to draw yet, and what to do about it."""

import streamlit as st

from lib.ui.frame import Page
from lib.workflows import scoring


def show_no_run() -> None:
    """Nothing was ever run."""
    st.info("There is nothing to draw yet: charts need a run with responses.")
    st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")


def show_no_scores(page: Page, run_id: str, *, going_on: bool) -> None:
    """A run without a single score; `going_on` tells that they are being made."""
    if not any(state.answered for state in scoring.states(page.workbench, run_id)):
        st.info("This run has no responses yet. Charts appear as they come in.")
        st.page_link("pages/2_Run.py", label="See the run", icon=":material/play_circle:", query_params={"run": run_id})
    elif going_on:
        st.info("The responses are being scored. The first picture appears when that is done.")
    elif page.locked:
        st.info("Nothing of this run is scored, and a database that is open for reading only cannot keep scores.")
    else:
        st.info("Nothing of this run is scored. Choose what to score it with.")
        st.page_link(
            "pages/12_Scorers.py", label="Score this run", icon=":material/rule:", query_params={"run": run_id}
        )

"""Why there is no report yet, or one with less in it than there could be, and what to do about it."""

import streamlit as st

from lib.ui.frame import Page
from lib.workflows import scoring


def show_no_run() -> None:
    """Nothing was ever answered."""
    st.info("There is nothing to report on yet: a report needs a run with responses.")
    with st.container(horizontal=True):
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        st.page_link("pages/17_Import.py", label="Import recorded outputs", icon=":material/upload_file:")


def wait_for_scores(page: Page, run_id: str, *, going_on: bool) -> None:
    """Stop the page while the scores are made that take no model; say so where there are none at all."""
    states = scoring.states(page.workbench, run_id)
    at_once = set(scoring.instant(page.workbench))
    if going_on and any(state.scored < state.answered for state in states if state.entry.id in at_once):
        st.info("The responses are being scored. The report appears when that is done.")
        st.stop()
    if any(state.scored for state in states):
        return
    if page.locked:
        st.warning("Nothing of this run is scored, and a database that is open for reading only cannot keep scores.")
        return
    st.warning("Nothing of this run is scored, so this report has no gaps. Choose what to score it with.")
    st.page_link("pages/12_Scorers.py", label="Score this run", icon=":material/rule:", query_params={"run": run_id})

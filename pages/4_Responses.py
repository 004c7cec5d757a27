"""Responses: everything ever stored, to filter, compare and trace back."""

import streamlit as st

from lib.ui.frame import open_page
from lib.ui.notice import require_notice
from lib.ui.outcomes import show_outcomes
from lib.ui.response_detail import show_detail
from lib.ui.response_filter import OPEN, choose_filter, publish_address
from lib.ui.response_table import show_table
from lib.workflows import banks, read, run

with open_page("Responses", ":material/forum:") as page:
    if not run.runs(page.workbench):
        st.info("Nothing is stored yet. Responses appear here as soon as a run begins.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        st.stop()
    facets = read.facets(page.workbench)
    wanted = choose_filter(page.workbench, facets)
    if not st.session_state.get(OPEN):
        show_outcomes(read.outcomes(page.workbench, wanted))
    asked = {bank for bank, _ in facets["banks"]}
    require_notice(bank for bank in banks.banks(page.workbench) if bank.id in asked)
    opened = show_table(page.workbench, wanted)
    publish_address(wanted, opened)
    if opened:
        show_detail(page.workbench, opened)

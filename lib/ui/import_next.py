"""What to do with an audit that was just taken in."""

import streamlit as st

from lib.ui.frame import Page
from lib.ui.words import count, plain
from lib.workflows import run

STEPS = {
    "pages/4_Responses.py": ("Read the responses", ":material/forum:"),
    "pages/6_Charts.py": ("Compare groups", ":material/bar_chart:"),
    "pages/9_Report.py": ("Report on it", ":material/description:"),
}


def show_next(page: Page, run_id: str, said: str) -> None:
    """The audit that is here now, and the ways on."""
    info = run.get(page.workbench, run_id)
    st.success(f"{plain(said)} {count(info.done, 'response')}.", title=plain(info.name), icon=":material/check_circle:")
    with st.container(horizontal=True):
        for file, (label, icon) in STEPS.items():
            st.page_link(file, label=label, icon=icon, query_params={"run": run_id})

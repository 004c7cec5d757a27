"""Assignments: who annotates which responses with which questions, and how far everybody is."""

import streamlit as st

from lib.ui.assignment_address import TAB, TABS, adopt_address
from lib.ui.assignment_form import make_one
from lib.ui.assignment_list import show_list
from lib.ui.frame import open_page
from lib.workflows import assignments

with open_page("Assignments", ":material/assignment:") as page:
    stored = assignments.all(page.workbench)
    asked = adopt_address(bool(stored))
    listed, making = st.tabs(TABS, key=TAB, on_change="rerun")
    if listed.open:
        with listed:
            show_list(page, stored, asked)
    if making.open:
        with making:
            make_one(page)

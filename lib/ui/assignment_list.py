"""Every assignment, the one that was asked for first."""

import streamlit as st

from lib.types import Assignment
from lib.ui.assignment_address import publish_listed
from lib.ui.assignment_card import show_assignment
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.workflows import assignments

PAGE_SIZE = 5


def show_list(page: Page, stored: list[Assignment], asked: str) -> None:
    """The assignments, newest first and closed ones last, a page at a time."""
    if not stored:
        st.info("There is no assignment yet. Make one: it says who reads which responses, and with which questions.")
    elif asked:
        with told():
            assignments.get(page.workbench, asked)  # says which ids are near, when it is none of them
    publish_listed(asked)
    stored.sort(key=lambda assignment: (assignment.id != asked, assignment.closed))
    number = st.pagination(-(-len(stored) // PAGE_SIZE), key="assignments-page") if len(stored) > PAGE_SIZE else 1
    for assignment in stored[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
        show_assignment(page, assignment)

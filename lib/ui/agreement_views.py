"""The views of the agreement page, and the assignment they are about."""

from collections.abc import Callable

import streamlit as st

from lib.types import Assignment
from lib.ui.adjudicate_desk import show_disagreements
from lib.ui.agreement_choices import ASSIGNMENT, VIEW, adopt_address, choose, choose_words, key, publish_address
from lib.ui.agreement_figures import show_agreement
from lib.ui.agreement_people import show_people
from lib.ui.agreement_scorers import show_scorers
from lib.ui.frame import Page
from lib.ui.words import distinct
from lib.workflows import assignments

View = Callable[[Page, Assignment], None]

TITLES = {
    "agreement": "Agreement",
    "disagreements": "Disagreements",
    "people": "People",
    "scorers": "Scorers against people",
}
VIEWS: dict[str, View] = {
    "agreement": show_agreement,
    "disagreements": show_disagreements,
    "people": show_people,
    "scorers": show_scorers,
}


def choose_view(page: Page) -> tuple[Assignment, str]:
    """Which assignment is looked at, and how; stops the page, saying what to do, when there is none."""
    every = assignments.all(page.workbench)
    if not every:
        st.info("There is no assignment yet. Make one and have two people annotate it; then their agreement shows.")
        st.page_link("pages/14_Assignments.py", label="Assignments", icon=":material/assignment:")
        st.stop()
    adopt_address()
    if asked := st.session_state.get(key(ASSIGNMENT)):
        assignments.get(page.workbench, asked)  # says which ids are near, when it is none of them
    where, how = st.columns([2, 3], vertical_alignment="bottom", gap="large")
    with where:
        chosen = choose(ASSIGNMENT, "Assignment", distinct({each.id: each.spec.name for each in every}))
    with how:
        view = choose_words(VIEW, "View", TITLES)
    publish_address()
    return next(each for each in every if each.id == chosen), view

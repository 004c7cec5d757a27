"""Sitting down: which assignment, and who annotates."""

from collections.abc import Sequence

import streamlit as st

from lib.errors import AuditError
from lib.types import Assignment
from lib.ui.address import choose_one, publish
from lib.ui.annotate_acts import Sitting
from lib.ui.frame import Page, who
from lib.ui.troubles import show
from lib.ui.words import count, distinct, plain
from lib.workflows import annotate, assignments

PAGE = "annotate"
ASSIGNMENT = "assignment"
SITTING = "annotate-sitting"
NAME = "annotator"
"""The session's annotator: asked once, and kept when the page is left."""


def sit_down(page: Page) -> Sitting:
    """The desk at which this window works; asks for what is not known yet, and stops the page until it is."""
    every = assignments.all(page.workbench)
    if not every:
        nothing_to_do("There is no assignment yet. An assignment says which responses are annotated, and how.")
    if page.locked:
        st.info("The database is open for reading only, so nothing can be annotated now.")
        st.stop()
    asked = st.query_params.get(ASSIGNMENT, "")
    sitting: Sitting | None = st.session_state.get(SITTING)
    if sitting and asked not in ("", sitting.desk.assignment):
        sitting = None
    if sitting and assignments.get(page.workbench, sitting.desk.assignment).closed:
        asked, sitting = sitting.desk.assignment, None
    if not sitting:
        sitting = st.session_state[SITTING] = begin(page, every, asked)
    publish(PAGE, {ASSIGNMENT: [sitting.desk.assignment]})
    return sitting


def begin(page: Page, every: Sequence[Assignment], asked: str) -> Sitting:
    """A new sitting at the assignment that was asked for, or at the one chosen here."""
    if asked:
        wanted = assignments.get(page.workbench, asked)
        if wanted.closed:
            st.info(f"“{plain(wanted.spec.name)}” is closed: it takes no more annotations.")
        elif name := signed_in() or st.session_state.get(NAME, ""):
            return Sitting(annotate.join(page.workbench, asked, name))
    return ask(page, [assignment for assignment in every if not assignment.closed])


def ask(page: Page, open_ones: Sequence[Assignment]) -> Sitting:
    """Ask for assignment and name; stops the page until both are given."""
    if not open_ones:
        nothing_to_do("No assignment is open.")
    titles = {assignment.id: assignment.spec.name for assignment in open_ones}
    with st.container(width=560):
        chosen = choose_one(PAGE, ASSIGNMENT, "Assignment", distinct(titles))
        assignment = next(each for each in open_ones if each.id == chosen)
        parts = [*({assignment.codebook_title} - {assignment.spec.name}), count(assignment.items, "response")]
        st.caption(" · ".join(plain(part) for part in parts))
        desk = ask_name(page, chosen)
    if desk is None:
        st.stop()
    st.session_state[SITTING] = Sitting(desk)
    st.rerun()


def ask_name(page: Page, assignment_id: str) -> annotate.Desk | None:
    """The desk once a name was given that can be taken; what is wrong with one is told below the field."""
    name = signed_in()
    with st.form("annotate-start", border=False):
        if name:
            st.caption(f"You annotate as {plain(name)}.")
        else:
            name = st.text_input(
                "Your name",
                st.session_state.get(NAME, ""),
                key="annotate-name",
                help="Or a pseudonym that only you use. It is kept with what you say.",
            )
        if not st.form_submit_button("Start", key="annotate-go", type="primary"):
            return None
        try:
            desk = annotate.join(page.workbench, assignment_id, name)
        except AuditError as error:
            show(error)
            return None
    st.session_state[NAME] = desk.annotator
    return desk


def signed_in() -> str:
    """The signed-in person; "" where nobody signs in."""
    return who() if st.user.get("is_logged_in") else ""


def nothing_to_do(words: str) -> None:
    """Say that there is nothing to annotate, and where that changes; stops the page."""
    st.info(words)
    st.page_link("pages/14_Assignments.py", label="Assignments", icon=":material/assignment:")
    st.stop()


def show_desk_in_sidebar(page: Page, sitting: Sitting) -> None:
    """Where and as whom this window annotates, and the way to another assignment or person."""
    with st.sidebar:
        st.caption(f":material/assignment: {plain(assignments.get(page.workbench, sitting.desk.assignment).spec.name)}")
        st.caption(f":material/edit: Annotating as {plain(sitting.desk.annotator)}")
        st.button("Another assignment or person", key="annotate-leave", on_click=stand_up, type="tertiary")


def stand_up() -> None:
    """Ask again for assignment and name."""
    st.session_state.pop(SITTING, None)
    st.session_state.pop(NAME, None)
    st.query_params.clear()

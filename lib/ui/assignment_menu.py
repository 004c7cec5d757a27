"""What can be done with an assignment: invite people, rename it, close it, delete it."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from lib.types import Assignment
from lib.ui.frame import Page
from lib.ui.words import count
from lib.workflows import assignments
from lib.workflows.assignments import AnnotatorProgress

HERE = "/Assignments"


def show_invitation(assignment: Assignment) -> None:
    """The address under which people annotate, to be copied."""
    with st.popover("Invite", icon=":material/share:", key=f"invite-{assignment.id}", disabled=assignment.closed):
        st.markdown("Annotators open this address, and give their name or a pseudonym:")
        st.code(address_of(st.context.url or "", assignment.id), language=None, wrap_lines=True)
        st.caption(
            "Evenhand answers this computer alone, unless `address` and `allowedHosts` in .streamlit/config.toml say "
            "otherwise."
        )


def address_of(start: str, assignment_id: str) -> str:
    """Where an assignment is annotated, given the address of this page or of Evenhand."""
    return f"{start.rstrip('/').removesuffix(HERE)}/Annotate?{urlencode({'assignment': assignment_id})}"


def show_menu(page: Page, assignment: Assignment, people: Sequence[AnnotatorProgress]) -> None:
    """Rename, close or open again, delete."""
    id, name = assignment.id, assignment.spec.name
    with st.popover("More", icon=":material/more_horiz:", key=f"more-{id}"):
        given = st.text_input("Name", name, key=f"name-{id}", disabled=page.locked)
        if page.button("Rename", f"rename-{id}", disabled=not given.strip() or given.strip() == name):
            assignments.rename(page.workbench, id, given)
            st.rerun()
        label, icon, help = (
            ("Open again", ":material/lock_open:", "It takes annotations again.")
            if assignment.closed
            else ("Close", ":material/lock:", "It takes no more annotations; what is there stays.")
        )
        if page.button(label, f"close-{id}", icon=icon, why=help):
            assignments.close(page.workbench, id, not assignment.closed)
            st.rerun()
        delete_button(page, assignment, people)


def delete_button(page: Page, assignment: Assignment, people: Sequence[AnnotatorProgress]) -> None:
    """Delete, once it was ticked off what goes with it: a popover cannot hold another."""
    id = assignment.id
    sure = st.checkbox(f"Delete it with {lost(people)}", key=f"sure-{id}", disabled=page.locked)
    if page.button("Delete for good", f"delete-{id}", disabled=not sure, icon=":material/delete:"):
        assignments.delete(page.workbench, id)
        st.rerun()


def lost(people: Sequence[AnnotatorProgress]) -> str:
    """What goes with an assignment, in words."""
    said = sum(person.done + person.skipped for person in people)
    if not said:
        return "its list of responses"
    whose = "one person" if len(people) == 1 else f"{len(people)} people"
    return f"{count(said, 'annotation')} by {whose}"

"""One assignment in the list: what it is, how far everybody is, and the ways on."""

import streamlit as st

from lib.types import Assignment
from lib.ui.assignment_files import show_files
from lib.ui.assignment_menu import show_invitation, show_menu
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.words import count, plain
from lib.workflows import assignment_gaps, assignments
from lib.workflows.assignments import AnnotatorProgress

MANY = 6
SCROLLED = 300  # pixels


def show_assignment(page: Page, assignment: Assignment) -> None:
    """An assignment in a box of its own."""
    id, spec = assignment.id, assignment.spec
    with st.container(border=True, key=f"assignment-{id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(spec.name)}**", width="content")
            if assignment.closed:
                st.badge("closed", icon=":material/lock:", color="gray")
        parts = [
            *({assignment.codebook_title} - {spec.name}),
            count(assignment.items, "response"),
            f"{assignment.created:%d %b %Y, %H:%M}",
        ]
        st.caption(" · ".join(plain(part) for part in parts))
        with told():
            people = assignments.progress_of(page.workbench, id)
            show_people(people)
            show_gaps(page, assignment, people)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.page_link(
                    "pages/3_Annotate.py",
                    label="Annotate",
                    icon=":material/edit_note:",
                    query_params={"assignment": id},
                    disabled=assignment.closed,
                )
                st.page_link(
                    "pages/15_Agreement.py",
                    label="Agreement",
                    icon=":material/handshake:",
                    query_params={"assignment": id},
                    disabled=not people,
                )
                show_invitation(assignment)
                show_menu(page, assignment, people)
            show_files(page, assignment, people)


def show_people(people: list[AnnotatorProgress]) -> None:
    """A bar for everybody who has begun."""
    with st.container(height=SCROLLED if len(people) > MANY else "content", border=False):
        for person in people:
            st.progress(min(1.0, person.done / person.target) if person.target else 0.0, text=figures(person))


def figures(person: AnnotatorProgress) -> str:
    """One line: the name, done of target, what is set apart, and how fast."""
    parts = [plain(person.name), f"{person.done:,} of {person.target:,}"]
    parts += [
        f"{number:,} {word}"
        for number, word in (
            (person.flagged, "unsure"),
            (person.skipped, "skipped"),
            (person.discarded, "discarded"),
        )
        if number
    ]
    if person.seconds:
        parts.append(f"{person.seconds:.0f} s each")
    if person.last:
        parts.append(f"last on {person.last:%d %b, %H:%M}")
    return " · ".join(parts)


def show_gaps(page: Page, assignment: Assignment, people: list[AnnotatorProgress]) -> None:
    """What is still missing, in a sentence."""
    lacking = assignment_gaps.lacking(page.workbench, assignment.id)
    if not people:
        st.caption("Nobody has begun yet.")
    elif lacking:
        verb = "needs" if lacking == 1 else "need"
        st.caption(f"{count(lacking, 'response')} of {assignment.items:,} still {verb} an annotator.")
    else:
        st.caption(":material/check_circle: Every response has the annotators it needs.")

"""One queue of an annotator: what they skipped, marked as unsure or answered, to be opened again."""

from functools import partial

import streamlit as st

from lib.types import ItemState, Severity
from lib.ui.annotate_acts import Sitting
from lib.ui.frame import Page
from lib.ui.words import plain
from lib.workflows import annotate, assignments
from lib.workflows.annotate import Line

PAGE_SIZE = 10
EMPTY = {
    ItemState.SKIPPED: "You have skipped nothing.",
    ItemState.FLAGGED: "You have marked nothing as unsure.",
    ItemState.DONE: "Nothing yet. What you mark as unsure is in a list of its own.",
    ItemState.DISCARDED: "You have discarded nothing.",
}


def show_queue(page: Page, sitting: Sitting) -> None:
    """The items of the queue, the last handled first; pressing one opens it on the card."""
    lines = annotate.queue(page.workbench, sitting.desk, sitting.queue)
    if not lines:
        st.info(EMPTY[sitting.queue])
        return
    pages = -(-len(lines) // PAGE_SIZE)
    number = st.pagination(pages, key=f"annotate-page-{sitting.queue}") if pages > 1 else 1
    covered = covers(page, sitting)
    first = (number - 1) * PAGE_SIZE
    for place, line in enumerate(lines[first : first + PAGE_SIZE], first):
        name = f"Response {len(lines) - place:,}" if covered else plain(line.excerpt, limit=110)
        show_line(line, sitting, name or "(empty)")


def covers(page: Page, sitting: Sitting) -> bool:
    """Whether texts stay covered until asked for, and so are not shown in a list."""
    if assignments.get(page.workbench, sitting.desk.assignment).spec.blur:
        return True
    return any(bank.severity is Severity.SEVERE for bank in annotate.banks(page.workbench, sitting.desk.assignment))


def show_line(line: Line, sitting: Sitting, name: str) -> None:
    """One item by what it begins with, or by its place here: an item's own number would tell its matched set."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            name,
            key=f"annotate-open-{line.item}",
            type="tertiary",
            icon=":material/edit:",
            on_click=partial(open_item, sitting, line.item),
        )
        if line.when:
            st.caption(f"{line.when:%d %b, %H:%M}", width="content")


def open_item(sitting: Sitting, item: int) -> None:
    """Have an item on the card."""
    sitting.item = item

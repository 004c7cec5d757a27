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
    ItemState.DONE: "You have answered nothing yet.",
    ItemState.DISCARDED: "You have set nothing aside.",
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
    for line in lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
        show_line(line, sitting, covered=covered)


def covers(page: Page, sitting: Sitting) -> bool:
    """Whether texts stay covered until asked for, and so are not shown in a list."""
    if assignments.get(page.workbench, sitting.desk.assignment).spec.blur:
        return True
    return any(bank.severity is Severity.SEVERE for bank in annotate.banks(page.workbench, sitting.desk.assignment))


def show_line(line: Line, sitting: Sitting, *, covered: bool) -> None:
    """One item: what it begins with, and when it was handled."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Response {line.item + 1:,}" if covered else plain(line.excerpt, limit=110) or "(empty)",
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

"""Disagreements as a list, to be opened by hand."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib.ui.adjudicate_acts import Hearing
from lib.ui.frame import Page
from lib.ui.words import count, plain
from lib.workflows import adjudicate
from lib.workflows.disputes import Dispute

PAGE_SIZE = 10
EXCERPT = 70


def show_list(page: Page, hearing: Hearing, disputes: Sequence[Dispute]) -> None:
    """A page of disputes; pressing one opens it."""
    if not disputes:
        st.info("Nothing is decided yet.")
        return
    pages = -(-len(disputes) // PAGE_SIZE)
    number = st.pagination(pages, key=f"adjudicate-page-{hearing.which}") if pages > 1 else 1
    shown = disputes[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    texts = adjudicate.excerpts(page.workbench, hearing.assignment, [dispute.item for dispute in shown])
    for dispute in shown:
        show_line(dispute, texts[dispute.item], hearing)


def show_line(dispute: Dispute, text: str, hearing: Hearing) -> None:
    """What a response begins with, what people differ on, and whether it is decided."""
    left, right = st.columns([3, 2], vertical_alignment="center", gap="small")
    left.button(
        plain(text, limit=EXCERPT) or f"Response {dispute.item + 1:,}",
        key=f"adjudicate-open-{dispute.item}",
        type="tertiary",
        icon=":material/gavel:",
        on_click=partial(open_item, hearing, dispute.item),
    )
    right.caption(about(dispute))


def about(dispute: Dispute) -> str:
    """What people differ on, and since when that is decided."""
    first, *others = dispute.fields or ("they agree by now",)
    parts = [count(dispute.people, "person", "people"), f"{first} and {len(others)} more" if others else first]
    if dispute.decided:
        parts.insert(0, f"decided {dispute.decided:%d %b, %H:%M}")
    return plain(" · ".join(parts))


def open_item(hearing: Hearing, item: int) -> None:
    """Have a response on the card."""
    hearing.item = item

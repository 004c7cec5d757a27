"""A field of a report, written in place: marked until something stands there, kept with each change, and restorable."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.types import Field, FieldText
from lib.ui.frame import READ_ONLY, who
from lib.ui.report_draft import Draft, field_key
from lib.ui.report_table import TO_WRITE
from lib.ui.troubles import told
from lib.ui.words import count, plain, visible
from lib.workflows.reporting import choices
from lib.workflows.workbench import Workbench

LINE = 24  # pixels
SMALLEST = 68  # pixels, Streamlit's least for a text area
EARLIER = 20
BESIDE = 3
"""Fields that stand side by side."""


def show_field(draft: Draft, field: Field, title: str = "") -> None:
    """The field with its mark and its history; `title` is what it is called here, else by its own name."""
    key = draft.key(field_key(field.id))
    with st.container(key=key, gap="xsmall"):
        enter(draft, field, key, plain(title or field.title), TO_WRITE if title else visible(field.help) or TO_WRITE)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            events = draft.history.get(field.id, [])
            if not field.text.strip():
                st.badge(TO_WRITE, icon=":material/edit:", color="orange")
            elif events:
                st.caption(f":material/check: {plain(signed(events[-1]))}", width="content")
            if events:
                show_history(draft, field, events, key)


def show_beside(draft: Draft, fields: Sequence[Field], titles: Sequence[str] = ()) -> None:
    """Fields side by side, a few in a row; `titles` are what they are called here."""
    named = list(zip(fields, titles or [""] * len(fields), strict=True))
    for begin in range(0, len(named), BESIDE):
        for place, (field, title) in zip(st.columns(BESIDE), named[begin : begin + BESIDE], strict=False):
            with place:
                show_field(draft, field, title)


def enter(draft: Draft, field: Field, key: str, label: str, asked: str) -> None:
    """The widget that takes the text, `asked` in it until then. It follows what is stored, whoever wrote it."""
    widget, known = f"{key}-text", f"{key}-known"
    if st.session_state.get(known) != field.text or widget not in st.session_state:
        st.session_state[widget] = (field.text or None) if field.options else field.text
        st.session_state[known] = field.text
    looks: dict[str, Any] = {
        "key": widget,
        "help": READ_ONLY if draft.page.locked else plain(field.help, 1_000) or None,
        "disabled": draft.page.locked,
        "on_change": keep,
        "args": (draft.page.workbench, draft.run, field.id, widget),
    }
    if field.options:
        options = [*field.options, *([field.text] if field.text and field.text not in field.options else [])]
        st.selectbox(label, options, index=None, placeholder="To be chosen", **looks)
    elif field.lines <= 1:
        st.text_input(label, placeholder=asked, max_chars=choices.LONGEST_TEXT, **looks)
    else:
        height = max(SMALLEST, field.lines * LINE + LINE)
        st.text_area(label, placeholder=asked, max_chars=choices.LONGEST_TEXT, height=height, **looks)


def keep(workbench: Workbench, run_id: str, field_id: str, widget: str) -> None:
    """Keep what was just entered."""
    with told():
        choices.write_field(workbench, run_id, field_id, st.session_state[widget] or "", who())


def show_history(draft: Draft, field: Field, events: list[FieldText], key: str) -> None:
    """What stood here before, the latest first, each to be had back."""
    earlier = [event for event in reversed(events) if event.text and event.text != field.text][:EARLIER]
    if not earlier:
        return
    popover = st.popover(
        f"{count(len(earlier), 'earlier text')}",
        icon=":material/history:",
        key=f"{key}-history",
        on_change="rerun",
        type="tertiary",
    )
    if not popover.open:
        return
    with popover:
        for event in earlier:
            st.caption(plain(signed(event)))
            st.text(event.text)
            st.button(
                "Restore",
                key=f"{key}-restore-{event.event}",
                icon=":material/undo:",
                disabled=draft.page.locked,
                help=READ_ONLY if draft.page.locked else None,
                on_click=restore,
                args=(draft.page.workbench, draft.run, event),
            )


def restore(workbench: Workbench, run_id: str, event: FieldText) -> None:
    """Have an earlier text stand again; what stood there now joins the history."""
    with told():
        choices.write_field(workbench, run_id, event.field, event.text, who())


def signed(event: FieldText) -> str:
    """Who wrote it, and when."""
    return f"{event.author} · {event.created:%d %b %Y, %H:%M}" if event.created else event.author

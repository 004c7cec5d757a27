"""The choices of the agreement page; assignment and view are in its address."""

from collections.abc import Mapping

import streamlit as st

from lib.ui.address import newly_asked, publish
from lib.ui.charts_choices import said
from lib.ui.words import plain

PAGE = "agreement"
ASSIGNMENT, VIEW = "assignment", "view"


def adopt_address() -> None:
    """Take assignment and view from a newly opened address."""
    for name, values in (newly_asked(PAGE, [ASSIGNMENT, VIEW]) or {}).items():
        st.session_state[key(name)] = values[0]


def publish_address() -> None:
    """Put assignment and view in the address."""
    publish(PAGE, {name: [st.session_state[key(name)]] for name in (ASSIGNMENT, VIEW)})


def choose(name: str, label: str, options: Mapping[str, str], usual: str | None = None) -> str:
    """A select box over titles by id; what is not there any more gives way to the usual one, else the first."""
    if st.session_state.get(key(name)) not in options:
        st.session_state[key(name)] = next(iter(options)) if usual is None else usual
    chosen: str = st.selectbox(
        plain(label), list(options), format_func=said(options), key=key(name), persist_state="session"
    )
    return chosen


def choose_words(name: str, label: str, options: Mapping[str, str]) -> str:
    """One of a few choices of our own, all in sight."""
    if st.session_state.get(key(name)) not in options:
        st.session_state[key(name)] = next(iter(options))
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        required=True,
        key=key(name),
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen or next(iter(options))


def show_names() -> bool:
    """Whether annotators are called by their names: pseudonyms unless somebody asks."""
    return st.toggle(
        "Names",
        key=key("names"),
        help="Show annotators by name. Without, they are numbered in the order in which they began.",
        persist_state="session",
    )


def key(name: str) -> str:
    """The session key of one of the page's widgets."""
    return f"{PAGE}-{name}"

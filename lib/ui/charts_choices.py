"""The choices of the charts page, each a widget whose value is in the address."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lib.ui.address import newly_asked, publish
from lib.ui.words import visible

PAGE = "charts"
SINGLE = ("run", "attribute", "measure", "reference", "by", "view", "correction", "terms", "margin")
SEVERAL = ("group", "model", "decoding")


def choose(name: str, label: str, options: Mapping[str, str], first: str, **looks: Any) -> str:
    """A select box over titles by id; what an address asks for and there is not, gives way to `first`."""
    key = f"{PAGE}-{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = first
    return st.selectbox(label, list(options), format_func=said(options), key=key, persist_state="session", **looks)


def choose_words(name: str, label: str, options: Mapping[str, str]) -> str:
    """One of a few choices of our own, all in sight."""
    key = f"{PAGE}-{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    chosen: str = st.radio(label, list(options), format_func=options.__getitem__, key=key, persist_state="session")
    return chosen


def choose_several(name: str, label: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Some of the options, in their order; none means all."""
    key = f"{PAGE}-{name}"
    st.session_state[key] = [id for id in st.session_state.get(key, []) if id in options]
    chosen = st.multiselect(
        label,
        list(options),
        format_func=said(options),
        placeholder="All",
        key=key,
        persist_state="session",
    )
    return tuple(id for id in options if id in chosen)


def said(options: Mapping[str, str]) -> Callable[[str], str]:
    """What an option is called, with nothing unseen in it."""
    return {id: visible(title) for id, title in options.items()}.__getitem__


def adopt_address() -> None:
    """Set the widgets to what a newly opened address says; what it leaves out is as at first."""
    asked = newly_asked(PAGE, [*SINGLE, *SEVERAL])
    if asked is None:
        return
    for name in SINGLE:
        st.session_state[f"{PAGE}-{name}"] = asked.get(name, [None])[0]
    for name in SEVERAL:
        st.session_state[f"{PAGE}-{name}"] = asked.get(name, [])
    st.session_state[f"{PAGE}-scorer"] = None  # follows from the measure
    st.session_state[f"{PAGE}-margin"] = positive(asked.get("margin", [""])[0])


def positive(text: str) -> float | None:
    """The number a text says, when it is a positive one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


def publish_address() -> None:
    """Put every choice in the address that is not as at first."""
    usual = {f"{PAGE}-correction": "holm", f"{PAGE}-terms": "auto"}
    values: dict[str, list[str]] = {}
    for name in SINGLE:
        key = f"{PAGE}-{name}"
        value = st.session_state.get(key)
        values[name] = [str(value)] if value and value != usual.get(key) else []
    for name in SEVERAL:
        values[name] = list(st.session_state.get(f"{PAGE}-{name}") or [])
    publish(PAGE, values)

"""What a page shows is in its address, so that it can be shared and survives a page change.

Streamlit can bind a widget to the address by itself, but then writes what the reader sees (a
run's name, which may change and need not be unique) instead of its id.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn

import streamlit as st

Asked = dict[str, list[str]]


def newly_asked(page: str, names: Collection[str]) -> Asked | None:
    """The named parameters of an address that was just opened; None when it is the one we published."""
    asked = {name: st.query_params.get_all(name) for name in names if name in st.query_params}
    return None if not asked or asked == st.session_state.get(memory(page)) else asked


def publish(page: str, values: Mapping[str, Sequence[str]]) -> None:
    """Put the values that restrict something in the address, and remember that we did."""
    shown = {name: list(chosen) for name, chosen in values.items() if chosen}
    st.session_state[memory(page)] = shown
    st.query_params.from_dict(shown)


def choose_one(page: str, name: str, label: str, options: Mapping[str, str]) -> str:
    """A select box whose choice, an id, is in the address as `name`; `options` are titles by id."""
    key = f"{page}-{name}"
    asked = newly_asked(page, [name])
    if asked and asked[name][0] in options:
        st.session_state[key] = asked[name][0]
    chosen = st.selectbox(label, list(options), format_func=options.__getitem__, key=key, persist_state="session")
    publish(page, {name: [chosen] if chosen else []})
    return chosen


def go_to(name: str, value: str) -> NoReturn:
    """Draw the page again as if its address had been opened with this choice."""
    st.query_params.from_dict({name: value})
    st.rerun()


def memory(page: str) -> str:
    """The session key under which a page remembers its address."""
    return f"address-{page}"

"""What a page shows is in its address, so that it can be shared and survives a page change.

Streamlit can bind a widget to the address by itself, but then writes what the reader sees (a
run's name, which may change and need not be unique) instead of its id.
"""

from collections.abc import Mapping, Sequence

import streamlit as st


def adopt(page: str, options: Mapping[str, Sequence[str]]) -> None:
    """Before the widgets: set those named in a newly opened address, and empty the others.

    Args:
        page: whose address it is; each page remembers the last one it published.
        options: widget keys with the values each may have; others in the address are dropped.
    """
    asked = {key: st.query_params.get_all(key) for key in options if key in st.query_params}
    if not asked or asked == st.session_state.get(memory(page)):
        return
    for key, allowed in options.items():
        st.session_state[key] = [value for value in asked.get(key, []) if value in allowed]


def publish(page: str, values: Mapping[str, Sequence[str]]) -> None:
    """After the widgets: put their values in the address."""
    shown = {key: list(chosen) for key, chosen in values.items() if chosen}
    st.session_state[memory(page)] = shown
    st.query_params.from_dict(shown)


def memory(page: str) -> str:
    """The session key under which a page remembers its address."""
    return f"address-{page}"

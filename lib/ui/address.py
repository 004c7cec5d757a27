"""What a page shows is in its address, so that it can be shared and survives a page change.

Streamlit can bind a widget to the address by itself, but then writes what the reader sees (a
run's name, which may change and need not be unique) instead of its id.
"""

from collections.abc import Collection, Mapping, Sequence

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


def memory(page: str) -> str:
    """The session key under which a page remembers its address."""
    return f"address-{page}"

"""The address of the report page: whose report, and of which kind."""

import streamlit as st

from lib.ui.address import newly_asked, publish

PAGE = "report"
NAMES = ("run", "kind")


def key(name: str) -> str:
    """The session key of one of the page's choices."""
    return f"{PAGE}-{name}"


def adopt_address() -> None:
    """Take audit and kind from a newly opened address; what it leaves out is as at first."""
    asked = newly_asked(PAGE, NAMES)
    if asked is None:
        return
    for name in NAMES:
        st.session_state[key(name)] = asked.get(name, [None])[0]


def publish_address() -> None:
    """Put audit and kind in the address."""
    publish(PAGE, {name: [value] if (value := st.session_state.get(key(name))) else [] for name in NAMES})

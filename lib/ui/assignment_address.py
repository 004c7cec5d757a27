"""The addresses of the assignments page: `?assignment=…` shows one, a filter of responses begins a new one."""

import streamlit as st

from lib.types import ResponseFilter, Sampling
from lib.ui.address import Asked, newly_asked, publish
from lib.ui.response_filter import FIELDS, parameters

LISTED = "assignments"  # the page as a list; it remembers the assignment that was asked for
MAKING = "assignment"  # the page as a form; its widgets' keys begin with it
TAB = "assignments-tab"
TABS = ["Assignments", "New assignment"]
NEW = {"new": ["yes"]}  # opens the form, also where the filter restricts nothing
NAMES = [*(name for name, _, _ in FIELDS), "search", "selection", *NEW]
CODEBOOK = "codebook"


def key(name: str) -> str:
    """The session key of one of the form's widgets."""
    return f"{MAKING}-{name}"


def adopt_address(stored: bool) -> str:
    """Open the tab that the address asks for, else the list when something is `stored`; gives the asked assignment."""
    asked = newly_asked(MAKING, [*NAMES, CODEBOOK])
    if newly_asked(LISTED, ["assignment"]):
        st.session_state[TAB] = TABS[0]
    elif asked is not None:
        st.session_state[TAB] = TABS[1]
        fill(asked)
    elif TAB not in st.session_state:
        making = not stored or any(name in st.query_params for name in [*NAMES, CODEBOOK])
        st.session_state[TAB] = TABS[1] if making else TABS[0]
    return st.query_params.get("assignment", "")


def fill(asked: Asked) -> None:
    """Set the form's widgets to what was asked for; a codebook alone leaves the filter as it is."""
    if CODEBOOK in asked:
        st.session_state[key(CODEBOOK)] = asked[CODEBOOK][0]
    if asked.keys() - {CODEBOOK}:
        for name, _, _ in FIELDS:
            st.session_state[key(name)] = asked.get(name, [])
        for name in ("search", "selection"):
            st.session_state[key(name)] = asked.get(name, [""])[0]
        if "selection" in asked:  # whoever picked responses out means all of them
            st.session_state[key("sampling")] = Sampling.ALL


def publish_listed(assignment_id: str) -> None:
    """The address of the list, with the assignment that is on top because it was asked for."""
    publish(LISTED, {"assignment": [assignment_id] if assignment_id else []})


def publish_making(wanted: ResponseFilter, codebook_id: str) -> None:
    """The address of the form, with the filter and the codebook."""
    publish(LISTED, {})
    publish(MAKING, NEW | parameters(wanted) | {CODEBOOK: [codebook_id]})

"""A selection of responses as part of a filter: what it is called, and a button that takes it out."""

from functools import partial

import streamlit as st

from lib.errors import MapError
from lib.ui.troubles import show
from lib.ui.words import count, plain
from lib.workflows import selections
from lib.workflows.workbench import Workbench


def choose_selection(workbench: Workbench, key: str) -> str:
    """The selection kept under a session key, shown where there is one; "" for none, also where it is gone."""
    selection_id = st.session_state.get(key) or ""
    if not selection_id:
        return ""
    try:
        selection = selections.get(workbench, selection_id)
    except MapError as gone:
        show(gone)
        st.session_state[key] = ""
        return ""
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f"**{plain(selection.name)}**, {count(selection.size, 'response')} picked out on a map"
        st.markdown(f":material/lasso_select: Only {said}", width="content")
        st.button(
            "Take this out",
            key=f"{key}-out",
            icon=":material/close:",
            type="tertiary",
            on_click=partial(st.session_state.__setitem__, key, ""),
        )
    return str(selection_id)

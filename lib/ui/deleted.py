"""Bringing back the file that was deleted last."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st

from lib.ui.words import plain


class Written(Protocol):
    """What a deleted file held: a bank, a codebook."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def text(self) -> str:
        """The file's text."""


def remember(noun: str, written: Written) -> None:
    """Keep what was just deleted for the rest of the session; `noun` is "bank" or the like."""
    st.session_state[f"{noun}-deleted"] = written


def offer_undo(noun: str, save: Callable[[str], object]) -> None:
    """Say what of that noun was deleted last in this session, with a button that saves its text again."""
    written: Written | None = st.session_state.get(f"{noun}-deleted")
    if written is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"“{plain(written.title)}” was deleted.", width="content")
        if st.button("Undo", key=f"{noun}-undo", icon=":material/undo:"):
            save(written.text)
            del st.session_state[f"{noun}-deleted"]
            st.rerun()

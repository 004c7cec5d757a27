"""Asking before something is lost."""

import streamlit as st

from lib.ui.words import plain


def confirmed(
    label: str, question: str, answer: str, key: str, *, disabled: bool = False, why: str | None = None
) -> bool:
    """A button that opens a question; true in the run in which it was answered with `answer`.

    The question may hold names that users chose: it is shown as plain text.
    """
    with st.popover(label, disabled=disabled, help=why if disabled else None, key=f"{key}-ask"):
        st.markdown(plain(question, limit=500))
        return st.button(answer, key=key, type="primary", disabled=disabled)

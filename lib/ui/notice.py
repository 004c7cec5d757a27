"""The content notice that stands in front of the first model output of a session."""

from collections.abc import Iterable

import streamlit as st

from lib.types import Bank, Severity
from lib.ui.words import plain

ACCEPTED = "content-notice-accepted"
GENERAL = (
    "What follows was written by language models in answer to prompts about people. Some of it may be prejudiced, "
    "hateful, sexual or simply wrong. It is kept and shown as evidence, not as anyone's opinion."
)


def require_notice(banks: Iterable[Bank]) -> None:
    """Stop the page until the reader has chosen to see model output, once a session.

    The notices of those of the `banks` that are more than mild stay at hand afterwards.
    """
    if not accepted(banks):
        st.stop()


def accepted(banks: Iterable[Bank]) -> bool:
    """Whether the reader has chosen to see model output; the notice with its question is shown until then."""
    notices = dict.fromkeys(bank.notice for bank in banks if bank.notice and bank.severity is not Severity.MILD)
    if st.session_state.get(ACCEPTED):
        if notices:
            with st.expander("Content notice", icon=":material/visibility:"):
                show_notices(notices)
        return True
    with st.container(border=True):
        st.subheader("Before you read on", anchor=False)
        st.write(GENERAL)
        show_notices(notices)
        if st.button("Show the responses", key="accept-notice", type="primary"):
            st.session_state[ACCEPTED] = True
            st.rerun()
    return False


def show_notices(notices: Iterable[str]) -> None:
    """The banks' own words, which users may have written: plain text."""
    for notice in notices:
        st.markdown(f"- {plain(notice, limit=1_000)}")

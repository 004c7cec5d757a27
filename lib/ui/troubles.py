"""The one place where an error becomes words on the screen."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.errors import AuditError
from lib.ui.words import plain


def show(error: Exception) -> bool:
    """Say what happened: thing, cause and remedy, or an apology with details to copy.

    True, so that Streamlit (as `on_script_error`) adds nothing of its own.
    """
    if isinstance(error, AuditError):
        st.error(f"{sentence(error.cause)} {sentence(error.remedy)}", title=plain(error.thing), icon=":material/error:")
        return True
    logging.getLogger(__name__).error("Unexpected error on a page", exc_info=error)
    st.error(
        "This is a fault in Evenhand, not something you did. What is stored is safe: reload the page to go on. "
        "If it happens again, please report it with the details below.",
        title="Something went wrong",
        icon=":material/bug_report:",
    )
    with st.expander("Details to copy"):
        st.code("".join(traceback.format_exception(error)), language=None, wrap_lines=True)
    return True


def show_reason(trouble: AuditError) -> None:
    """Say why there is nothing to show, as what it is: no fault, but what the data allow."""
    st.info(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}")


def sentence(clause: str) -> str:
    """A clause of an AuditError as an escaped sentence."""
    text = clause[:1].upper() + clause[1:]
    return plain(text if text.endswith((".", "?", "!", "…")) else text + ".", limit=2_000)


@contextmanager
def told() -> Iterator[None]:
    """Show whatever goes wrong inside the block, and go on after it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - nothing may reach the reader as a traceback
        show(error)

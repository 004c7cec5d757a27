"""Work that takes longer than a click: done in a thread of its own, watched by whoever began it.

The thread never touches the session: it is handed plain objects. Closing the tab does not end it, and what it writes it
writes whole or not at all.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lib.ui.troubles import told
from lib.ui.words import count, duration, plain

BEFORE_SAYING = 3.0
"""Seconds before a time left is said."""


class Stopped(Exception):
    """The reader ended it; nothing is wrong."""


@dataclass(slots=True)
class Work:
    """One piece of work and how far it is. `keep` holds what must not vanish while it goes on, such as files."""

    activity: str
    noun: str = "step"
    keep: object = None
    stoppable: bool = True
    done: int = 0
    total: int = 0
    ended: bool = False
    result: Any = None
    problem: Exception | None = None
    begun: float = field(default_factory=time.monotonic)
    ending: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: int, total: int) -> None:
        """How far it is; ends the work where that was asked for."""
        if self.ending.is_set():
            raise Stopped
        self.done, self.total = done, total

    def tell(self, activity: str) -> None:
        """What goes on; ends the work where that was asked for."""
        if self.ending.is_set():
            raise Stopped
        self.activity = activity[:1].upper() + activity[1:]

    @property
    def stopped(self) -> bool:
        """Whether it ended because somebody asked for it."""
        return isinstance(self.problem, Stopped)


def begin(key: str, work: Work, do: Callable[[Work], Any]) -> None:
    """Start the work under a session key, unless some goes on there, and draw the page with its bar."""
    going: Work | None = st.session_state.get(key)
    if going is None or going.ended:
        st.session_state[key] = work
        threading.Thread(target=carry_out, args=(work, do), name=key, daemon=True).start()
    st.rerun()


def carry_out(work: Work, do: Callable[[Work], Any]) -> None:
    """Do it; whatever it raises is kept for the screen."""
    try:
        work.result = do(work)
    except Exception as problem:  # noqa: BLE001 - nobody else would hear of it
        work.problem = problem
    finally:
        work.ended = True


def outcome(key: str) -> Work | None:
    """The ended work under a key; while it goes on its bar is drawn, and None given. What went wrong is told."""
    work: Work | None = st.session_state.get(key)
    if work is None:
        return None
    if not work.ended:
        watch(key)
        return None
    if work.stopped:
        st.info("Stopped. Nothing was changed.")
    elif work.problem is not None:
        with told():
            raise work.problem
    return work


@st.fragment(run_every=0.5)
def watch(key: str) -> None:
    """The bar of what goes on, with a button that ends it; the page is drawn again at the end."""
    work: Work = st.session_state[key]
    if work.ended:
        st.rerun()
    bar, stop = st.columns([6, 1], vertical_alignment="center")
    if work.total:
        bar.progress(min(1.0, work.done / work.total), text=figures(work))
    else:
        bar.markdown(f":material/hourglass_top: {figures(work)} …")
    if work.stoppable and stop.button("Stop", key=f"{key}-stop", icon=":material/stop:", disabled=work.ending.is_set()):
        work.ending.set()
        st.rerun(scope="fragment")


def figures(work: Work) -> str:
    """One line: what goes on, done of total, time left."""
    if work.ending.is_set():
        return "Stopping …"
    parts = [plain(work.activity)]
    if work.total:
        parts.append(f"{work.done:,} of {count(work.total, work.noun)}")
    gone = time.monotonic() - work.begun
    if work.done and work.done < work.total and gone > BEFORE_SAYING:
        parts.append(f"{duration(gone / work.done * (work.total - work.done))} left")
    return " · ".join(parts)

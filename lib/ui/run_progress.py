"""How far a run is, drawn anew every second while it goes on."""

import streamlit as st

from lib.types import RunInfo, RunStatus
from lib.ui.frame import workbench
from lib.ui.troubles import told
from lib.ui.words import count, duration, plain
from lib.workflows import run
from lib.workflows.run import RunProgress

ACTIVE = {RunStatus.QUEUED, RunStatus.RUNNING}
BADGES = {
    RunStatus.QUEUED: ("waiting", ":material/schedule:", "gray"),
    RunStatus.RUNNING: ("running", ":material/play_circle:", "blue"),
    RunStatus.PAUSED: ("paused", ":material/pause_circle:", "orange"),
    RunStatus.INTERRUPTED: ("interrupted", ":material/power_off:", "orange"),
    RunStatus.STOPPED: ("stopped", ":material/stop_circle:", "orange"),
    RunStatus.DONE: ("done", ":material/check_circle:", "green"),
}


def show_progress(info: RunInfo) -> None:
    """The run's bar; a live one is drawn anew every second, and the page when its state changes."""
    if info.status in ACTIVE:
        watch(info.id, info.status)
    else:
        draw(run.progress_of(workbench(), info))


@st.fragment(run_every=1)
def watch(run_id: str, status: RunStatus) -> None:
    """One run's bar, as it is now."""
    with told():
        info = run.get(workbench(), run_id)
        if info.status is not status:
            st.rerun()
        draw(run.progress_of(workbench(), info))


def draw(progress: RunProgress) -> None:
    """Bar, figures and failures of one run."""
    info = progress.info
    st.progress(share(info), text=figures(progress))
    if info.status is RunStatus.INTERRUPTED:
        st.caption(f"Evenhand ended while it ran. Nothing stored was lost: resume finishes it. {plain(info.note, 500)}")
    elif info.note:
        st.caption(plain(info.note, 500))
    if progress.failures:
        with st.expander(f"Why {count(info.failed, 'cell')} failed", icon=":material/error:"):
            for reason, cells in progress.failures:
                st.text(f"{cells:,} × {reason}")


def share(info: RunInfo) -> float:
    """The part of the run's cells that were tried, between 0 and 1."""
    return min(1.0, (info.done + info.failed) / info.total) if info.total else 1.0


def figures(progress: RunProgress) -> str:
    """One line: done of total, failures, rate, time left, and what is going on."""
    info = progress.info
    parts = [f"{info.done:,} of {count(info.total, 'cell')}"]
    if info.failed:
        parts.append(f"{info.failed:,} failed")
    if progress.rate:
        parts.append(f"{progress.rate:.1f} a second")
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    if progress.activity:
        parts.append(plain(progress.activity))
    return " · ".join(parts)

"""How far the scoring of a run is, drawn anew every second while it goes on."""

import streamlit as st

from lib.ui.frame import READ_ONLY, Page
from lib.ui.troubles import told
from lib.ui.words import count, duration, plain
from lib.workflows import scoring
from lib.workflows.scoring import ScoringProgress


def show_scoring(page: Page, run_id: str) -> bool:
    """The bar while a run is being scored, else what went wrong the last time; whether it is being scored.

    The page is drawn again when the scoring ends.
    """
    progress = scoring.progress(page.workbench, run_id)
    if progress is None:
        return False
    if progress.running:
        watch(page, run_id)
    else:
        show_problems(progress)
    return progress.running


@st.fragment(run_every=1)
def watch(page: Page, run_id: str) -> None:
    """The scoring of one run, as it is now, with a button that ends it."""
    with told():
        progress = scoring.progress(page.workbench, run_id)
        if progress is None or not progress.running:
            st.rerun()
        bar, stop = st.columns([6, 1], vertical_alignment="center")
        bar.progress(share(progress), text=figures(progress))
        why = READ_ONLY if page.locked else "What is scored stays."
        if stop.button("Stop", key="scoring-stop", icon=":material/stop:", help=why, disabled=page.locked):
            scoring.stop(page.workbench)
        show_problems(progress)


def show_problems(progress: ScoringProgress) -> None:
    """What could not be scored, and why; the scorers that worked are not held up by it."""
    for title, problem in progress.problems:
        st.warning(plain(problem, 1_000), title=plain(title) or "Scoring", icon=":material/warning:")


def share(progress: ScoringProgress) -> float:
    """The part of the scores that are stored, between 0 and 1."""
    return min(1.0, progress.done / progress.total) if progress.total else 0.0


def figures(progress: ScoringProgress) -> str:
    """One line: done of total, rate, time left, and what is going on."""
    parts = [f"{progress.done:,} of {count(progress.total, 'score')}"] if progress.total else ["Scoring"]
    if progress.rate:
        parts.append(f"{progress.rate:,.{0 if progress.rate >= 10 else 1}f} a second")
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    if progress.activity:
        parts.append(plain(progress.activity))
    return " · ".join(parts)

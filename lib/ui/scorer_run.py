"""Score an audit: how far each scorer is with a run, and have done what is missing."""

from collections.abc import Sequence

import streamlit as st

from lib.ui.address import choose_one
from lib.ui.confirm import confirmed
from lib.ui.frame import READ_ONLY, Page
from lib.ui.scorer_catalogue import LEAVES, cost_of
from lib.ui.scoring_bar import show_scoring
from lib.ui.words import count, distinct, plain
from lib.workflows import run, scoring
from lib.workflows.scoring import Cost, ScorerView, ScoreState

SECTIONS = {
    Cost.INSTANT: ("At once", "Thousands of responses a second; the Charts page starts these by itself."),
    Cost.MODEL: (
        "With a model on this computer",
        "Every response goes through a model: count on minutes to hours, on top of loading it.",
    ),
    Cost.HOSTED: ("Through an endpoint", f"{LEAVES} It may cost money."),
}


def score_audit(page: Page, views: Sequence[ScorerView]) -> None:
    """Choose a run, see what is scored, score the rest."""
    infos = sorted(run.runs(page.workbench), key=lambda info: info.created, reverse=True)
    if not infos:
        st.info("There is nothing to score yet: scorers read the responses of a run.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        return
    run_id = choose_one("scoring", "run", "Audit", distinct({info.id: info.name for info in infos}))
    show_scoring(page, run_id)
    states = {state.entry.id: state for state in scoring.states(page.workbench, run_id)}
    if not any(state.answered for state in states.values()):
        st.info("This run has no responses yet. They can be scored as they come in.")
        st.page_link("pages/2_Run.py", label="See the run", icon=":material/play_circle:", query_params={"run": run_id})
        return
    if any(state.scored for state in states.values()):
        st.page_link(
            "pages/6_Charts.py", label="See the charts", icon=":material/bar_chart:", query_params={"run": run_id}
        )
    for cost in SECTIONS:
        rows = [(v, states[v.entry.id]) for v in views if cost_of(page, v.scorer, v.entry.options) is cost]
        if rows:
            show_section(page, run_id, cost, rows)


def show_section(page: Page, run_id: str, cost: Cost, rows: Sequence[tuple[ScorerView, ScoreState]]) -> None:
    """The scorers that cost alike, with one button for all where that is harmless."""
    title, about = SECTIONS[cost]
    heading, action = st.columns([5, 1.3], vertical_alignment="bottom")
    heading.markdown(f"**{title}**")
    heading.caption(about)
    lacking = [view.entry.id for view, state in rows if view.ready and state.scored < state.answered]
    harmless = len(lacking) > 1 and cost is Cost.INSTANT
    with action:
        if harmless and page.button(
            f"Score with all {len(lacking)}", "score-all", type="primary", icon=":material/rule:", width="stretch"
        ):
            begin(page, run_id, lacking)
    for view, state in rows:
        show_row(page, run_id, cost, view, state)


def show_row(page: Page, run_id: str, cost: Cost, view: ScorerView, state: ScoreState) -> None:
    """One scorer: how far it is, and a button for the rest."""
    name, bar, action = st.columns([2, 3, 1.3], vertical_alignment="center")
    name.markdown(plain(view.entry.title))
    bar.progress(min(1.0, state.scored / state.answered), text=standing(state))
    with action:
        if state.scored >= state.answered:
            st.badge("all scored", icon=":material/check_circle:", color="green")
        elif wanted(page, cost, view, state):
            begin(page, run_id, [view.entry.id])


def wanted(page: Page, cost: Cost, view: ScorerView, state: ScoreState) -> bool:
    """Whether the reader asks for the rest to be scored; sending responses away takes a second yes."""
    key, missing = f"score-{view.entry.id}", state.answered - state.scored
    why = None if view.ready else plain(view.detail, 500)
    if cost is not Cost.HOSTED:
        return page.button(
            "Score", key, disabled=not view.ready, why=why, icon=":material/play_arrow:", width="stretch"
        )
    question = f"Send {count(missing, 'response')} to the endpoint behind “{view.entry.title}”?"
    locked = READ_ONLY if page.locked else why
    return confirmed("Score", question, "Send and score", key, disabled=page.locked or not view.ready, why=locked)


def begin(page: Page, run_id: str, entry_ids: list[str]) -> None:
    """Start scoring, and draw the page with its bar."""
    scoring.start(page.workbench, run_id, entry_ids)
    st.rerun()


def standing(state: ScoreState) -> str:
    """One line: scored of answered, and what older versions left."""
    line = f"{state.scored:,} of {count(state.answered, 'response')}"
    if state.older_versions:
        line += f" · scores of {count(state.older_versions, 'older version')} are kept"
    return line

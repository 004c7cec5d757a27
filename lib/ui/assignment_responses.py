"""Which responses an assignment takes: the audits, how they are drawn, and what else restricts them."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lib.types import AssignmentSpec, ResponseFilter, RunInfo, Sampling
from lib.ui.assignment_address import key
from lib.ui.charts_choices import said
from lib.ui.response_filter import Facets
from lib.ui.rest_of_filter import choose_rest
from lib.ui.selection_chip import choose_selection
from lib.ui.words import distinct
from lib.workflows import assignment_scorers
from lib.workflows.workbench import Workbench

USUAL_SETS = 20
MOST_SETS = 100_000
DRAWN = {
    Sampling.RANDOM: ("A random sample", "Every matched set is as likely as any other."),
    Sampling.STRATIFIED: ("An even sample", "As many matched sets of every template, model and decoding setting."),
    Sampling.ACTIVE: (
        "Where a scorer is unsure",
        "What a scorer is unsure of is drawn more often, and counted less: people’s time goes where it tells most.",
    ),
    Sampling.ALL: ("All of them", "Every response that passes."),
}


def choose_responses(
    workbench: Workbench, facets: Facets, infos: Sequence[RunInfo], spec: AssignmentSpec
) -> AssignmentSpec:
    """The spec with its filter, sampling and number of sets as the widgets say."""
    names = distinct({info.id: info.name for info in infos})
    runs = choose_runs(names)
    how, amount = st.columns([3, 1.2], vertical_alignment="bottom")
    sampling = how.selectbox(
        "Which of their responses",
        list(DRAWN),
        format_func=lambda each: DRAWN[each][0],
        key=key("sampling"),
        persist_state="session",
    )
    sets = amount.number_input(
        "Matched sets",
        1,
        MOST_SETS,
        USUAL_SETS,
        key=key("sets"),
        disabled=sampling is Sampling.ALL,
        persist_state="session",
        help="Prompts that differ in the group alone, and their responses. A set is always taken whole.",
    )
    st.caption(DRAWN[sampling][1])
    measure = choose_measure(workbench, runs or tuple(names)) if sampling is Sampling.ACTIVE else ""
    return replace(
        spec,
        filter=choose_more(workbench, facets, runs),
        sampling=sampling,
        sets=0 if sampling is Sampling.ALL else sets,
        measure=measure,
    )


def choose_runs(names: dict[str, str]) -> tuple[str, ...]:
    """Which audits; the newest one at first, none means all."""
    asked = st.session_state.get(key("run"))
    st.session_state[key("run")] = [next(iter(names))] if asked is None else [id for id in asked if id in names]
    return tuple(
        st.multiselect(
            "Audits",
            list(names),
            format_func=said(names),
            placeholder="All audits",
            key=key("run"),
            persist_state="session",
        )
    )


def choose_measure(workbench: Workbench, runs: Sequence[str]) -> str:
    """Whose uncertainty decides."""
    known = {choice.id: choice for choice in assignment_scorers.measures(workbench, runs)}
    if not known:
        show_unscored(runs[0])
        return ""
    titles = distinct({id: f"{choice.scorer_title}: {choice.measure.title}" for id, choice in known.items()})
    if st.session_state.get(key("measure")) not in known:
        st.session_state[key("measure")] = next(iter(known))
    chosen: str = st.selectbox(
        "Unsure about",
        list(titles),
        format_func=said(titles),
        key=key("measure"),
        persist_state="session",
    )
    return chosen


def show_unscored(run_id: str) -> None:
    """Why no scorer can help yet, and where that is changed."""
    st.info("No scorer has read all of these audits.")
    st.page_link("pages/12_Scorers.py", label="Score an audit", icon=":material/rule:", query_params={"run": run_id})


def choose_more(workbench: Workbench, facets: Facets, runs: tuple[str, ...]) -> ResponseFilter:
    """The rest of the filter: a selection where one was handed over, and what is folded away."""
    selection = choose_selection(workbench, key("selection"))
    return replace(choose_rest(workbench, facets, key), runs=runs, selection=selection)

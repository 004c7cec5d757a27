"""Making an assignment: a form that reads as sentences, and beside it what they come to."""

from dataclasses import replace

import streamlit as st

from lib.types import AssignmentSpec, Codebook, RunInfo
from lib.ui.address import go_to
from lib.ui.assignment_address import key, publish_making
from lib.ui.assignment_people import choose_people
from lib.ui.assignment_preview import show_preview
from lib.ui.assignment_responses import choose_responses
from lib.ui.assignment_sight import choose_sight
from lib.ui.assignment_suggestion import choose_suggestion
from lib.ui.charts_choices import said
from lib.ui.frame import Page
from lib.ui.troubles import show, told
from lib.ui.words import distinct, plain, visible
from lib.workflows import assignments, codebooks, read, run

LARGEST_SEED = 2**31 - 1


def make_one(page: Page) -> None:
    """The form with its preview, or what has to be there first."""
    infos = sorted(
        (info for info in run.runs(page.workbench) if info.done), key=lambda info: info.created, reverse=True
    )
    known = {codebook.id: codebook for codebook in codebooks.codebooks(page.workbench)}
    if not infos:
        st.info("There is nothing to annotate yet: an assignment needs a run with responses.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        return
    if not known:
        for problem in codebooks.problems(page.workbench):
            show(problem)
        st.info("There is no codebook that loads. It holds the questions that annotators answer.")
        st.page_link("pages/16_Codebooks.py", label="Go to the codebooks", icon=":material/menu_book:")
        return
    form, outcome = st.columns([6, 5], gap="large")
    with form:
        spec, codebook = choose(page, infos, known)
    publish_making(spec.filter, codebook.id)
    with outcome:
        ready = False
        with told():
            show_preview(page.workbench, spec, codebook.id)
            ready = True
        why = None if ready else "As it stands, nothing can be made of this."
        if page.button(
            "Make the assignment",
            "assignment-make",
            type="primary",
            icon=":material/assignment_add:",
            disabled=not ready,
            why=why,
        ):
            with told():
                with st.spinner("Drawing the responses …"):
                    made = assignments.create(page.workbench, spec, codebook.id)
                go_to("assignment", made)


def choose(page: Page, infos: list[RunInfo], known: dict[str, Codebook]) -> tuple[AssignmentSpec, Codebook]:
    """All that can be chosen; what a first assignment does not need is folded away."""
    top = st.container()
    st.markdown("**Responses**")
    spec = choose_responses(page.workbench, read.facets(page.workbench), infos, AssignmentSpec(""))
    with top:
        place = st.container()
        codebook = choose_codebook(known)
        with place:
            name = choose_name(page, codebook)
    st.markdown("**Who reads what**")
    spec = choose_people(spec)
    st.markdown("**What annotators see**")
    spec = choose_sight(spec)
    runs = spec.filter.runs or tuple(info.id for info in infos)
    with st.expander("Suggestions from a scorer", icon=":material/lightbulb:"):
        spec = choose_suggestion(page.workbench, codebook, runs, spec)
    with st.expander("Seed of the draw", icon=":material/casino:"):
        seed = st.number_input(
            "Seed", 0, LARGEST_SEED, 0, key=key("seed"), persist_state="session", help="The same seed draws the same."
        )
    return replace(spec, name=name, seed=seed), codebook


def choose_name(page: Page, codebook: Codebook) -> str:
    """What the assignment is called: left empty, after its codebook, for an audit's name may tell the model."""
    taken = {assignment.spec.name for assignment in assignments.all(page.workbench)}
    names = (numbered(codebook.title, number) for number in range(1, len(taken) + 2))
    usual = next(name for name in names if name not in taken)
    given = st.text_input("Name", placeholder=visible(usual), key=key("name"), persist_state="session")
    return (given or "").strip() or usual


def numbered(name: str, number: int) -> str:
    """A name, with a number from the second on."""
    return name if number == 1 else f"{name} {number}"


def choose_codebook(known: dict[str, Codebook]) -> Codebook:
    """Which questions annotators answer."""
    titles = distinct({id: codebook.title for id, codebook in known.items()})
    if st.session_state.get(key("codebook")) not in known:
        st.session_state[key("codebook")] = next(iter(known))
    chosen = known[
        st.selectbox(
            "Codebook",
            list(titles),
            format_func=said(titles),
            key=key("codebook"),
            persist_state="session",
        )
    ]
    st.caption(plain(chosen.question, 500))
    return chosen

"""One scorer: what it measures, how far it can be trusted, and a worked example."""

import pandas as pd
import streamlit as st

from lib.types import Measure, MeasureKind, Piece, ScoreItem
from lib.ui.confirm import confirmed
from lib.ui.frame import READ_ONLY, Page
from lib.ui.inert import Card, show_cards
from lib.ui.score_table import number, score_table
from lib.ui.scorer_catalogue import COSTS, LEAVES, cost_of, readiness
from lib.ui.words import group_name, plain, visible
from lib.workflows import scoring
from lib.workflows.scoring import Cost, Scorer, ScorerView, Unit


def show_scorer(page: Page, view: ScorerView) -> None:
    """All there is to know of one scorer before its numbers are believed."""
    scorer = view.scorer
    st.subheader(plain(view.entry.title), anchor=False)
    cost = cost_of(page, scorer, view.entry.options)
    show_badges(view, cost)
    if not view.ready:
        st.warning(plain(view.detail, 1_000), icon=":material/download:")
    if cost is Cost.HOSTED:
        st.warning(LEAVES, icon=":material/cloud_upload:")
    st.markdown(plain(scorer.help, 1_000))
    if scorer.caveat:
        st.info(plain(scorer.caveat, 1_000), title="Say this with every figure", icon=":material/info:")
    show_measures(scorer)
    wrong, origin = st.columns(2, gap="medium")
    with wrong:
        st.markdown(f"**What it gets wrong**  \n{plain(scorer.weaknesses, 2_000)}")
    with origin:
        st.markdown(f"**Where it comes from**  \n{plain(scorer.citation, 1_000)}")
        st.caption(f"Licence: {plain(scorer.licence)}")
    show_options(view)
    show_example(view)
    if view.added:
        show_removal(page, view)


def show_badges(view: ScorerView, cost: Cost) -> None:
    """Readiness, cost, what is read together, and the version, at a glance."""
    takes, icon, colour = COSTS[cost]
    with st.container(horizontal=True):
        st.badge(
            readiness(view),
            icon=":material/check_circle:" if view.ready else ":material/error:",
            color="green" if view.ready else "orange",
        )
        st.badge(takes, icon=icon, color=colour)  # type: ignore[arg-type]  # badge wants literals
        if view.scorer.unit is Unit.FAMILY:
            st.badge("compares within matched sets", icon=":material/join_inner:", color="gray")
        st.badge(f"version {plain(view.scorer.version)}", color="gray")


def show_measures(scorer: Scorer) -> None:
    """Each number it gives: how it is summed up, in what unit, and which way it points."""
    shown = scorer if scorer.measures else as_in_example(scorer)
    st.markdown("**What it measures**" if shown is scorer else "**What it measures, set up as in the example**")
    rows = [(measure.title, kind(measure), measure.direction.value) for measure in shown.measures]
    st.dataframe(
        pd.DataFrame(rows, columns=["Measure", "Summed up as", "Direction"]),
        hide_index=True,
        height="content",
        alt="The measures of this scorer",
    )
    for note in dict.fromkeys(measure.help for measure in shown.measures if measure.help):
        noted = ", ".join(measure.title for measure in shown.measures if measure.help == note)
        st.caption(f"{plain(noted, 500)}: {plain(note, 500)}")
    if shown.labels:
        st.caption(f"Labels: {plain(', '.join(shown.labels), 500)}")


def show_options(view: ScorerView) -> None:
    """What it was told when it was set up: a line each, or a text to open."""
    for option in view.scorer.options:
        value = view.entry.options.get(option.name, "")
        if "\n" in value:
            with st.expander(option.label):
                st.code(visible(value), language=None)
        elif value:
            st.text(f"{option.label}: {visible(value)}")


def show_example(view: ScorerView) -> None:
    """The worked example: texts, the scores they get, and why."""
    example = view.scorer.example()
    names = [f"Text {no}" for no in range(1, len(example.items) + 1)] if len(example.items) > 1 else ["Text"]
    heading = "Worked example, of one set up differently" if view.added else "Worked example"
    st.markdown(f"**{heading}**  \n{plain(example.says, 1_000)}")
    show_cards(map(card, example.items, names), f"scorer-example-{view.scorer.id}")
    st.dataframe(
        score_table(as_in_example(view.scorer).measures, example.scores, names),
        hide_index=True,
        height="content",
        alt="The scores of the worked example",
    )


def card(item: ScoreItem, name: str) -> Card:
    """An example's text, with its prompt and group where these play a part."""
    title = f"{name} · {group_name(item.group)}" if item.group else name
    return Card(
        [Piece(item.text, differs=False)], title, prompt=[Piece(item.prompt, differs=False)] * bool(item.prompt)
    )


def as_in_example(scorer: Scorer) -> Scorer:
    """The scorer as its worked example has it set up, which need not be how it is set up here."""
    options = scorer.example_options()
    return scorer.configured(options) if options else scorer


def show_removal(page: Page, view: ScorerView) -> None:
    """Take a scorer away that was added here."""
    question = f"Remove “{view.entry.title}”? The scores it gave stay with their runs."
    if confirmed("Remove", question, "Remove it", "scorer-remove", disabled=page.locked, why=READ_ONLY):
        scoring.remove(page.workbench, view.entry.id)
        st.rerun()


def kind(measure: Measure) -> str:
    """How a measure is summed up over responses: "share of responses", "rate per 100 words", "mean, −1 to 1"."""
    if measure.kind is MeasureKind.PROPORTION:
        return "share of responses"
    if measure.kind is MeasureKind.RATE:
        return f"rate {measure.unit}"
    low, high = measure.low, measure.high
    bounds = "" if low is None or high is None else f"{number(low)} to {number(high)}"
    return ", ".join(filter(None, ["mean", bounds, measure.unit]))

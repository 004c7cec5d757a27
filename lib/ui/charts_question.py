"""What is asked on the charts page."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.types import MeasureKind
from lib.ui.charts_choices import PAGE, adopt_address, choose, choose_several, choose_words
from lib.ui.words import count, distinct, plain
from lib.workflows import behind, comparison, models, run
from lib.workflows.comparison import OTHERS, Attribute, MeasureChoice, Question
from lib.workflows.workbench import Workbench

ALL_OTHERS = "all-others"  # stands for OTHERS, which is empty and so cannot be in an address
CORRECTIONS = {"holm": "Holm: any false alarm in 5 % of audits", "bh": "Benjamini–Hochberg: 5 % of alarms false"}
TERMS = {
    "auto": "Decide by their number",
    "sample": "A sample of possible ones, as names are",
    "fixed": "The only ones meant",
}
PAIRS = "choice"  # the scorer that says nothing unless a pair is compared inside the prompt
FIRST_SCORERS = (PAIRS, "agency", "framing", "sentiment")
POINTS = 100  # a share is asked for in percentage points


def choose_run(workbench: Workbench) -> str:
    """The audit to look at; the newest one unless the address says otherwise."""
    adopt_address()
    infos = sorted(run.runs(workbench), key=lambda info: info.created, reverse=True)
    return choose("run", "Audit", distinct({info.id: info.name for info in infos}), infos[0].id)


def ask(
    workbench: Workbench,
    run_id: str,
    choices: Sequence[MeasureChoice],
    places: Sequence[DeltaGenerator],
    more: DeltaGenerator,
) -> Question:
    """The whole question: what is compared and by which measure in `places`, the rest in `more`."""
    with places[0]:
        attribute = choose_attribute(workbench, run_id)
    choice = choose_measure(choices, attribute, places[1:])
    with more:
        question = choose_question(workbench, run_id, attribute, choice)
        if about := " ".join(filter(None, [choice.measure.help, choice.caveat])):
            st.caption(plain(about, 1_000))
    return question


def choose_attribute(workbench: Workbench, run_id: str) -> Attribute:
    """Which difference between prompts is looked at."""
    known = {attribute.id: attribute for attribute in comparison.attributes(workbench, run_id)}
    titles = distinct({id: attribute.title for id, attribute in known.items()})
    return known[choose("attribute", "Compare by", titles, next(iter(known)))]


def choose_measure(
    choices: Sequence[MeasureChoice], attribute: Attribute, places: Sequence[DeltaGenerator]
) -> MeasureChoice:
    """Which number of which scorer is compared."""
    usable = [choice for choice in choices if attribute.pair or choice.entry.scorer != PAIRS] or choices
    known = {choice.id: choice for choice in usable}
    asked = known.get(st.session_state.get(f"{PAGE}-measure") or "")
    scorers = distinct({choice.entry.id: choice.scorer_title for choice in usable})
    first = asked.entry.id if asked else first_scorer(usable)
    with places[0]:
        scorer = choose("scorer", "Scorer", scorers, first, on_change=forget_margin)
    titles = distinct({id: choice.measure.title for id, choice in known.items() if choice.entry.id == scorer})
    with places[1]:
        return known[choose("measure", "Measure", titles, next(iter(titles)), on_change=forget_margin)]


def first_scorer(choices: Sequence[MeasureChoice]) -> str:
    """What to look at first: who is picked where a pair is compared, else how people are described."""
    found = (choice.entry.id for scorer in FIRST_SCORERS for choice in choices if choice.entry.scorer == scorer)
    return next(found, choices[0].entry.id)


def choose_question(workbench: Workbench, run_id: str, attribute: Attribute, choice: MeasureChoice) -> Question:
    """Groups, reference, rows, and what experts want to set."""
    groups, reference, rows, more = st.columns([4, 2, 2, 1.2], vertical_alignment="bottom")
    titles = distinct(attribute.titles)
    with groups:
        chosen = choose_several("group", "Groups", titles)
    left = {id: title for id, title in titles.items() if not chosen or id in chosen}
    with reference:
        against = choose("reference", "Against", {ALL_OTHERS: "All other groups"} | titles, first_reference(attribute))
    with rows:
        by = categories(workbench, run_id)
    with more, st.popover("Options", icon=":material/tune:", width="stretch"):
        models_chosen, decodings = choose_settings(workbench, run_id)
        margin = choose_margin(choice)
        correction = choose_words("correction", "Correction over all gaps shown", CORRECTIONS)
        sampled = choose_terms(attribute)
    return Question(
        run=run_id,
        attribute=attribute.id,
        measure=choice.id,
        groups=tuple(left) if chosen else (),
        reference=OTHERS if against == ALL_OTHERS else against,
        by=by,
        models=models_chosen,
        decodings=decodings,
        margin=margin,
        sample_terms=sampled,
        correction=correction,
    )


def first_reference(attribute: Attribute) -> str:
    """The reference unless another is chosen."""
    return comparison.default_reference(attribute) or ALL_OTHERS


def categories(workbench: Workbench, run_id: str) -> str:
    """What the rows of the forest plot are."""
    known = comparison.categories(workbench, run_id)
    return choose("by", "Rows", distinct(known), next(iter(known)), help="What the gaps are split by.")


def choose_settings(workbench: Workbench, run_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which models and decoding settings count, where there are several."""
    grid, titles = run.get(workbench, run_id).grid, models.titles(workbench)
    named = {model: titles.get(model, model) for model in grid.models}
    labels = behind.decodings(workbench, run_id)
    chosen = choose_several("model", "Models", distinct(named)) if len(named) > 1 else ()
    settings = choose_several("decoding", "Decoding", {label: label for label in labels}) if labels[1:] else ()
    return chosen, settings


def choose_margin(choice: MeasureChoice) -> float | None:
    """The largest gap that counts as none, in the measure's unit."""
    share = choice.measure.kind is MeasureKind.PROPORTION
    unit = "percentage points" if share else plain(choice.measure.unit or "the measure's unit")
    margin = st.number_input(
        f"A gap up to this counts as none ({unit})",
        min_value=0.0,
        value=None,
        placeholder="No margin",
        key=f"{PAGE}-margin",
        persist_state="session",
        help="Two one-sided tests then say which groups are alike within this margin.",
    )
    return (margin / POINTS if share else margin) if margin else None


def choose_terms(attribute: Attribute) -> bool | None:
    """What the words that stand for a group are taken for."""
    if attribute.terms < 2:
        return None
    label = f"The {count(attribute.terms, 'term')} of each group are"
    return {"auto": None, "sample": True, "fixed": False}[choose_words("terms", label, TERMS)]


def forget_margin() -> None:
    """A margin in one measure's unit means nothing in another's."""
    st.session_state[f"{PAGE}-margin"] = None

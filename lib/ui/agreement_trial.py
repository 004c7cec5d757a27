"""What is asked of a scorer that is held against people: which of its answers, which question, what counts as what."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lib.types import Assignment, CodebookField, Measure, MeasureKind
from lib.ui.agreement_choices import choose, key
from lib.ui.assignment_suggestion import alike
from lib.ui.charts_choices import said
from lib.ui.charts_question import FIRST_SCORERS, PAIRS
from lib.ui.words import distinct
from lib.workflows import annotate, instruments
from lib.workflows.instruments import Offer, Trial
from lib.workflows.votes import CHOICES
from lib.workflows.workbench import Workbench

NO_GROUPS = ""
NOTHING = ""
ABOVE = {"above": "from here up", "below": "from here down"}


def ask_trial(workbench: Workbench, assignment: Assignment) -> Trial | None:
    """The trial that the widgets describe; None, after saying why, when there is nothing to hold against people."""
    offers = {each.id: each for each in instruments.offers(workbench, assignment.id)}
    codebook = annotate.codebook(workbench, assignment.id)
    fields = {field.id: field for field in codebook.fields if field.kind in CHOICES}
    if not offers:
        st.info("No scorer has read these responses yet. Score the audit on the Charts page; a judge counts as well.")
        st.page_link(
            "pages/6_Charts.py",
            label="Charts",
            icon=":material/bar_chart:",
            query_params={"run": workbench.desks.open(assignment.id).runs[0]},
        )
        return None
    if not fields:
        st.info(
            "This codebook has no question with labels for the whole response, so no scorer can be held against it."
        )
        return None
    left, middle, right = st.columns([3, 3, 2])
    with left:
        titles = distinct({id: each.title for id, each in offers.items()})
        offer = offers[choose("scorer", "Scorer", titles, usual(offers, next(iter(fields.values())), assignment))]
    with middle:
        field = fields[choose("field", "Question", distinct({id: each.title for id, each in fields.items()}))]
    with right:
        attribute = choose_attribute(workbench, assignment)
    trial = Trial(assignment.id, field.id, offer.id, attribute=attribute)
    if offer.measure:
        return ask_number(trial, offer, offer.measure, field)
    trial = ask_meaning(trial, offer, field)
    if not trial.meaning:
        st.info("Say what at least one of the scorer’s labels means among people’s.")
        return None
    return trial


def usual(offers: Mapping[str, Offer], field: CodebookField, assignment: Assignment) -> str:
    """What is looked at first: the scorer that suggested, one with people's labels, else one that is often asked."""
    if assignment.spec.suggestion in offers:
        return assignment.spec.suggestion
    titles = {label.id: label.title for label in field.labels}
    alike_ones = (id for id, each in offers.items() if sum(bool(alike(word, titles)) for word in each.labels) > 1)
    yes_or_no = (
        id
        for scorer in FIRST_SCORERS
        for id, each in offers.items()
        if scorer != PAIRS and id.startswith(f"{scorer}.") and is_yes_or_no(each.measure)
    )
    return next(alike_ones, next(yes_or_no, next(iter(offers))))


def is_yes_or_no(measure: Measure | None) -> bool:
    """Whether a number says yes or no of each response, so that no threshold is needed."""
    return measure is not None and measure.kind is MeasureKind.PROPORTION


def choose_attribute(workbench: Workbench, assignment: Assignment) -> str:
    """By whose groups errors are told apart."""
    known = {each.id: each.title for each in instruments.attributes(workbench, assignment.id)}
    titles = distinct(known) | {NO_GROUPS: "Nothing"}
    return choose("attribute", "Tell apart by", titles)


def ask_meaning(trial: Trial, offer: Offer, field: CodebookField) -> Trial:
    """The trial with what each of the scorer's labels means among the field's."""
    titles = {NOTHING: "leave out"} | distinct({label.id: label.title for label in field.labels})
    found = {}
    columns = st.columns(4)
    for place, word in enumerate(offer.labels):
        with columns[place % 4]:
            name = f"means-{offer.id}-{field.id}-{word}"
            found[word] = choose(name, f"“{word}” means", titles, alike(word, titles))
    return replace(trial, meaning={word: label for word, label in found.items() if label != NOTHING})


def ask_number(trial: Trial, offer: Offer, measure: Measure, field: CodebookField) -> Trial:
    """The trial with what counts as yes, for people and, unless it says so itself, for the scorer."""
    titles = {label.id: label.title for label in field.labels}
    first, second, third, fourth = st.columns([3, 2, 2, 2], vertical_alignment="bottom")
    with first:
        yes = choose_several(f"yes-{field.id}", "What people say for yes", titles)
    if is_yes_or_no(measure):
        return replace(trial, yes=yes)
    with second:
        threshold = st.number_input(
            "The scorer says yes at",
            value=0.5,
            step=0.05,
            key=key(f"threshold-{offer.id}"),
            persist_state="session",
        )
    with third:
        side = choose(f"side-{offer.id}", "and", ABOVE)
    with fourth:
        probability = offer.may_be_probability and st.toggle(
            "A probability",
            key=key(f"probability-{offer.id}"),
            help="The number is meant as the probability of yes, so that it can be told whether it comes true.",
            persist_state="session",
        )
    return replace(trial, yes=yes, threshold=threshold, above=side == "above", probability=probability)


def choose_several(name: str, label: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Some labels, at first the one that is called yes, else the first."""
    known = distinct(titles)
    kept = st.session_state.get(key(name), [alike("yes", known) or next(iter(known))])
    st.session_state[key(name)] = [id for id in kept if id in known]
    chosen = st.multiselect(label, list(known), format_func=said(known), key=key(name), persist_state="session")
    return tuple(id for id in known if id in chosen)

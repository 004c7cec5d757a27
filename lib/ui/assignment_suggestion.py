"""Whether a scorer suggests labels to annotators, and what its words mean in the codebook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from lib.types import AssignmentSpec, Codebook, CodebookField, FieldKind
from lib.ui.assignment_address import key
from lib.ui.assignment_people import PER_CENT, sentence
from lib.ui.assignment_responses import show_unscored
from lib.ui.charts_choices import said
from lib.ui.words import distinct, plain
from lib.workflows import assignment_scorers
from lib.workflows.assignment_scorers import Suggester
from lib.workflows.workbench import Workbench

NOBODY = ""
NOTHING = ""
CHOICES = {FieldKind.SINGLE, FieldKind.MULTIPLE, FieldKind.SCALE}


def choose_suggestion(
    workbench: Workbench, codebook: Codebook, runs: Sequence[str], spec: AssignmentSpec
) -> AssignmentSpec:
    """The spec with a suggestion, or as it was: without one."""
    fields = {field.id: field for field in codebook.fields if field.kind in CHOICES}
    known = {each.id: each for each in assignment_scorers.suggesters(workbench, runs)}
    st.caption(
        "Saves time, and leads people: on a share of the responses it is withheld, and the difference is reported."
    )
    if not fields:
        st.info("This codebook asks for no choice, so there is nothing to suggest.")
        return spec
    if not known:
        show_unscored(runs[0])
        return spec
    titles = {NOBODY: "Nobody"} | distinct({id: each.title for id, each in known.items()})
    chosen = pick("suggestion", "Who suggests", titles)
    if chosen == NOBODY:
        return spec
    asked = pick("suggestion-field", "For the question", distinct({id: field.title for id, field in fields.items()}))
    meant = choose_labels(known[chosen], fields[asked])
    if not meant:
        st.info("Nothing is suggested yet: choose what the scorer’s words mean.")
        return spec
    return replace(
        spec,
        suggestion=chosen,
        suggestion_field=asked,
        suggestion_labels=meant,
        withhold=sentence("withhold", 0, PER_CENT, 20, "% of the responses come without the suggestion", step=5)
        / PER_CENT,
    )


def choose_labels(suggester: Suggester, field: CodebookField) -> Mapping[str, str]:
    """What each of a scorer's words means in the field; those that mean nothing are left out."""
    titles = {NOTHING: "no suggestion"} | distinct({label.id: label.title for label in field.labels})
    columns = st.columns(2)
    found = {}
    for place, word in enumerate(suggester.says):
        with columns[place % 2]:
            name = f"means-{suggester.id}-{field.id}-{word}"
            found[word] = pick(name, f"“{plain(word)}” means", titles, alike(word, titles))
    return {word: label for word, label in found.items() if label != NOTHING}


def alike(word: str, titles: Mapping[str, str]) -> str:
    """The label that is called like the scorer's word, if there is one."""
    word = word.casefold()
    return next(
        (id for id, title in titles.items() if id != NOTHING and word in {id.casefold(), title.casefold()}), NOTHING
    )


def pick(name: str, label: str, titles: Mapping[str, str], usual: str | None = None) -> str:
    """One of some titles by id; what is not there any more gives way to the usual one."""
    if st.session_state.get(key(name)) not in titles:
        st.session_state[key(name)] = next(iter(titles)) if usual is None else usual
    chosen: str = st.selectbox(
        label,
        list(titles),
        format_func=said(titles),
        key=key(name),
        persist_state="session",
    )
    return chosen

"""How the work is shared out, in sentences with a number in each."""

from dataclasses import replace

import streamlit as st

from lib.types import AssignmentSpec
from lib.ui.assignment_address import key

MOST_ANNOTATORS = 50
MOST_ITEMS = 1_000_000
PER_CENT = 100
EXCHANGED = "“She” for “he”, and so on, in prompt and response; only where nothing else has to change."


def choose_people(spec: AssignmentSpec) -> AssignmentSpec:
    """The spec with what every annotator gets, and how often, as the widgets say."""
    each = sentence("each", 1, MOST_ANNOTATORS, 1, "annotators for each response", one="annotator for each response")
    overlap = sentence("overlap", 0, PER_CENT, 20, "% go to everybody, so that agreement can be measured", step=5)
    repeats = sentence("repeats", 0, PER_CENT, 0, "% come twice: do people agree with themselves?", step=5)
    swapped = sentence(
        "swapped", 0, PER_CENT, 0, "% come again with groups exchanged: judged alike?", step=5, help=EXCHANGED
    )
    target = sentence("target", 0, MOST_ITEMS, 0, "responses at most for one person; 0 is no limit", step=10)
    return replace(
        spec,
        annotators_each=each,
        overlap=overlap / PER_CENT,
        repeats=repeats / PER_CENT,
        swapped=swapped / PER_CENT,
        target=target,
    )


def sentence(
    name: str, low: int, high: int, usual: int, words: str, step: int = 1, help: str | None = None, one: str = ""
) -> int:
    """A number with the words that follow it; `one` when they differ after 1."""
    number, rest = st.columns([1, 4], gap="small", vertical_alignment="center")
    chosen: int = number.number_input(
        words,
        low,
        high,
        usual,
        step,
        key=key(name),
        label_visibility="collapsed",
        persist_state="session",
    )
    rest.markdown(one if one and chosen == 1 else words, help=help)
    return chosen

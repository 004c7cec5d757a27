"""What annotators see, and what is done to spare them."""

from dataclasses import replace

import streamlit as st

from lib.types import AssignmentSpec
from lib.ui.assignment_address import key
from lib.ui.assignment_people import sentence

HIDDEN = (
    "The bank’s terms, pronouns and gendered words become ▒▒▒. Other words that tell a group stay: where “Jewish” is "
    "a term, “Jews” is not hidden."
)


def choose_sight(spec: AssignmentSpec) -> AssignmentSpec:
    """The spec with what is hidden, and how people are spared, as the widgets say."""
    left, right = st.columns([1.15, 1])
    with left:
        blind = tick("blind", "Hide model, audit, decoding", True, "Whoever looks them up all the same is on record.")
        mask = tick("mask", "Hide words that tell the group", False, HIDDEN)
    with right:
        prompt = tick("prompt", "Show the prompt", True, "Above the response, smaller.")
        blur = tick("blur", "Blur until asked for", False, "Where a prompt bank is severe, text is always blurred.")
    pause = sentence(
        "pause",
        0,
        1_000,
        10,
        "hard responses, then a pause is offered; 0 is never",
        one="hard response, then a pause is offered",
    )
    return replace(spec, blind=blind, mask=mask, show_prompt=prompt, blur=blur, pause_after=pause)


def tick(name: str, label: str, usual: bool, help: str) -> bool:
    """A switch that is on or off at first."""
    chosen: bool = st.toggle(label, usual, key=key(name), help=help, persist_state="session")
    return chosen

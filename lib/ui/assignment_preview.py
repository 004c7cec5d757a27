"""What an assignment would come to, while it is being made."""

import pandas as pd
import streamlit as st

from lib.charts.group_counts import group_counts_chart
from lib.types import AssignmentSpec
from lib.ui.words import count, duration, group_name, plain, visible
from lib.workflows import assignments, run
from lib.workflows.assignments import Preview
from lib.workflows.workbench import Workbench

SECONDS = 30
"""What reading a response and labelling it takes, roughly; assignments show what it took."""

DRAWN = "assignment-drawn"  # the last preview, with what it was made from
MOST_GROUPS = 12
SCROLLED = 300  # pixels


def show_preview(workbench: Workbench, spec: AssignmentSpec, codebook_id: str) -> Preview:
    """Size, time and groups of what the spec would make, and what falls short; raises AnnotationError for nothing."""
    made = remembered(workbench, spec, codebook_id)
    one = min(made.items, spec.target or made.items)
    places = st.columns([1.2, 1, 1])
    places[0].metric("Matched sets", f"{made.sets:,} of {made.all_sets:,}", help="Drawn, of those that pass.")
    places[1].metric("Responses", f"{made.responses:,}")
    places[2].metric("To read", f"{made.items:,}", help="With repeats and exchanged groups.")
    st.markdown(f"One person alone: **{count(one, 'response')}, {duration(one * SECONDS)}** ({SECONDS} s each).")
    st.caption(shared(spec, made))
    for problem in made.problems:
        st.info(plain(problem, 500))
    if made.severe:
        st.info(
            "A prompt bank here is severe: a content notice comes first, and every text stays blurred until asked for.",
            icon=":material/visibility_off:",
        )
    show_groups(made)
    return made


def remembered(workbench: Workbench, spec: AssignmentSpec, codebook_id: str) -> Preview:
    """The preview, drawn anew when something changed that the draw depends on, or a response came in."""
    drawn = AssignmentSpec(
        "",
        filter=spec.filter,
        sampling=spec.sampling,
        sets=spec.sets,
        measure=spec.measure,
        annotators_each=spec.annotators_each,
        overlap=spec.overlap,
        repeats=spec.repeats,
        swapped=spec.swapped,
        mask=spec.mask,
        seed=spec.seed,
    )
    asked = drawn, codebook_id, sum(info.done for info in run.runs(workbench))
    known, made = st.session_state.get(DRAWN, (None, None))
    if known != asked:
        made = assignments.preview(workbench, drawn, codebook_id)
        st.session_state[DRAWN] = asked, made
    return made


def shared(spec: AssignmentSpec, made: Preview) -> str:
    """How the work spreads over a few people, in a sentence."""
    people = spec.annotators_each + 2
    each = made.everybody + (made.items - made.everybody) * spec.annotators_each / people
    each = min(each, spec.target or each)
    also = [
        words
        for number, words in (
            (made.everybody, f"{made.everybody:,} go to everybody"),
            (made.repeats, f"{made.repeats:,} are repeats"),
            (made.swapped, f"{made.swapped:,} have the group exchanged"),
        )
        if number
    ]
    sentence = f"{people} people would read about {round(each):,} each ({duration(each * SECONDS)})."
    return f"{sentence} {', '.join(also)}." if also else sentence


def show_groups(made: Preview) -> None:
    """How many responses each group has."""
    figures = pd.DataFrame(
        {"group": [visible(group_name(group)) for group in made.groups], "count": list(made.groups.values())}
    )
    st.markdown("Responses of each group")
    with st.container(height=SCROLLED if len(figures) > MOST_GROUPS else "content", border=False):
        st.altair_chart(group_counts_chart(figures), alt="How many responses of each group would be annotated")

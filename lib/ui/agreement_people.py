"""How each annotator works: against themselves, on exchanged identities, over time, with suggestions, how fast."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.charts.drift import drift_chart
from lib.charts.errors import errors_chart
from lib.types import Assignment
from lib.ui.agreement_choices import choose, show_names
from lib.ui.figure import inert, show_figure
from lib.ui.frame import Page
from lib.workflows import agreement_frames, people
from lib.workflows.consistency import Consistency
from lib.workflows.drifting import Drift
from lib.workflows.own_differences import OwnChange, OwnDifferences
from lib.workflows.people import People
from lib.workflows.votes import EVERYBODY

FRAME = ["group", "value", "low", "high", "responses"]
SHOWN = {"group": "Who", "value": "Share", "low": "Low", "high": "High", "responses": "n"}
CARE = (
    "These numbers are for talking about the definitions, not for ranking people: most intervals are wide, and who "
    "disagrees may be the one who sees what others miss."
)


def show_people(page: Page, assignment: Assignment) -> None:
    """Everything that is known of how people annotate."""
    names = show_names()
    found = people.read(page.workbench, assignment.id, pseudonymous=not names)
    if not found.annotators:
        st.info("Nobody has annotated here yet.")
        return
    st.caption(CARE)
    rows: list[Drift | Consistency | OwnChange] = [*found.drift, *found.consistency, *found.own.changes]
    fields = {each.field: each.field for each in rows}
    with st.container(width=480):
        field = choose("people-field", "Question", fields) if fields else ""
    show_consistency(found, field, assignment)
    show_own_differences(found.own, field, assignment)
    show_drift(found, field, assignment)
    show_anchoring(found, assignment)
    show_speed(found)


def show_consistency(found: People, field: str, assignment: Assignment) -> None:
    """Whether people say the same of a response that they get twice."""
    st.subheader("The same response twice", anchor=False)
    rows = [(each.annotator, each.same) for each in found.consistency if each.field == field]
    if not rows:
        st.caption(missing("repeats", assignment.spec.repeats))
        return
    kappas = {each.annotator: each.kappa for each in found.consistency if each.field == field}
    frame = shares(rows)
    show_figure(
        errors_chart(inert(frame), "answered the same again"),
        frame.rename(columns=SHOWN).assign(**{"Cohen’s kappa": [kappas[name] for name in frame["group"]]}),
        reading=found.consistency_reading,
        alt="Share of repeated responses that each person answered the same again, with 95 % intervals",
        name=f"{assignment.id}-repeats",
        key="people-repeats",
        title=f"{assignment.spec.name}: {field}",
    )


def show_own_differences(own: OwnDifferences, field: str, assignment: Assignment) -> None:
    """Whether people judge the same words alike when they are about another group."""
    st.subheader("The same words about another group", anchor=False)
    changes = [each for each in own.changes if each.field == field]
    if not changes:
        st.caption(missing("swapped duplicates", assignment.spec.swapped))
        return
    rows = [
        (each.annotator, what, share)
        for each in changes
        for what, share in (("exchanged", each.changed), ("merely repeated", each.repeated))
        if share
    ]
    frame = paired(rows)
    show_figure(
        errors_chart(inert(frame), "answer changed"),
        frame[FRAME].rename(columns=SHOWN),
        reading=own.reading,
        alt="Share of responses on which each person's answer changed with the identity, with 95 % intervals",
        name=f"{assignment.id}-exchanged",
        key="people-exchanged",
        title=f"{assignment.spec.name}: {field}",
    )
    directions = directions_frame(own, field)
    if not directions.empty:
        with st.expander("Which way answers changed", icon=":material/table:"):
            st.dataframe(inert(directions), hide_index=True, alt="Which way answers changed, by label and groups")


def directions_frame(own: OwnDifferences, field: str) -> pd.DataFrame:
    """Which way answers changed: of everybody together, and of single people where it is clear."""
    return pd.DataFrame(
        {
            "Who": each.annotator,
            "Label": each.label,
            "Groups": f"{each.group} / {each.other}",
            "Of the first alone": each.more,
            "Of the second alone": each.less,
            "Couples of answers": each.couples,
            "p, corrected": each.p_adjusted,
            "Clear": each.clear,
        }
        for each in own.directions
        if each.field == field and (each.clear or each.annotator == EVERYBODY)
    )


def show_drift(found: People, field: str, assignment: Assignment) -> None:
    """Whether agreement with the others moves over time."""
    st.subheader("Over time", anchor=False)
    frame = agreement_frames.drift_frame(found, field)
    if frame.empty:
        st.caption("Nobody shares responses with others yet.")
        return
    show_figure(
        drift_chart(inert(frame)),
        frame,
        reading=found.drift_reading,
        alt="Each person's agreement with the majority of the others, in the order of their work",
        name=f"{assignment.id}-drift",
        key="people-drift",
        title=f"{assignment.spec.name}: {field}",
    )


def show_anchoring(found: People, assignment: Assignment) -> None:
    """Whether suggestions pull answers."""
    st.subheader("Suggestions", anchor=False)
    rows = [
        (each.annotator, what, share)
        for each in found.anchoring
        for what, share in (("shown", each.shown), ("withheld", each.withheld))
        if share.n
    ]
    if not rows:
        st.caption("No scorer suggests labels in this assignment." if not assignment.spec.suggestion else "None yet.")
        return
    frame = paired(rows)
    show_figure(
        errors_chart(inert(frame), "chose the suggested label"),
        frame[FRAME].rename(columns=SHOWN),
        reading=found.anchoring_reading,
        alt="Share of answers that follow the suggestion, where it was shown and where it was withheld",
        name=f"{assignment.id}-suggestions",
        key="people-suggestions",
        title=f"{assignment.spec.name}: suggestions",
    )


def show_speed(found: People) -> None:
    """How long people read."""
    timed = [each for each in found.speed if each.items]
    if not timed:
        return
    st.subheader("Speed", anchor=False)
    table = pd.DataFrame(
        {"Who": each.annotator, "Seconds on a response (median)": each.seconds, "Responses": each.items}
        for each in timed
    )
    slowest = max(each.seconds for each in timed)
    bar = st.column_config.ProgressColumn(format="%.0f", min_value=0, max_value=slowest)
    st.dataframe(
        inert(table), hide_index=True, column_config={table.columns[1]: bar}, alt="Median seconds a response, by person"
    )


def shares(rows: Iterable[tuple[str, Any]]) -> pd.DataFrame:
    """Shares (`lib.stats.shares.Share`) by name as `lib.charts.errors` takes them."""
    return pd.DataFrame([(name, each.value, each.low, each.high, each.n) for name, each in rows], columns=FRAME)


def paired(rows: Sequence[tuple[str, str, Any]]) -> pd.DataFrame:
    """Two shares a person, as (name, which, share), in one colour each."""
    frame = shares((f"{name}, {which}", share) for name, which, share in rows)
    return frame.assign(colour=[name for name, _, _ in rows])


def missing(what: str, share: float) -> str:
    """Why there is nothing to show."""
    if share:
        return f"Nobody has answered any of the {what} yet."
    return f"This assignment has no {what}. A share of them can be chosen when an assignment is made."

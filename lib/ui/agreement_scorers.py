"""A scorer or judge held against what people say: where it errs, and whether it errs more about some groups."""

import pandas as pd
import streamlit as st

from lib.charts.calibration import calibration_chart
from lib.charts.confusion import confusion_chart
from lib.charts.errors import errors_chart
from lib.errors import StatsError
from lib.types import Assignment
from lib.ui.agreement_choices import choose
from lib.ui.agreement_trial import ask_trial
from lib.ui.figure import inert, show_figure
from lib.ui.frame import Page
from lib.ui.troubles import sentence
from lib.ui.words import distinct, visible
from lib.workflows import instrument_frames, instruments
from lib.workflows.instruments import Instrument

EVERYBODY = ""


def show_scorers(page: Page, assignment: Assignment) -> None:
    """What is asked of which scorer, and how well it does."""
    trial = ask_trial(page.workbench, assignment)
    if trial is None:
        return
    try:
        found = instruments.measure(page.workbench, trial)
    except StatsError as trouble:  # too few labels yet, which is no fault of the reader's
        st.info(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}")
        return
    show_errors(found)
    for warning in found.warnings:
        st.caption(f":material/info: {sentence(warning)}")
    show_gaps(found)
    show_confusion(found)
    show_calibration(found)
    with st.expander("Precision, recall and the rest", icon=":material/table:"):
        table = inert(instrument_frames.quality_table(found))
        st.dataframe(table, hide_index=True, alt="Every share with its interval, by group and label")


def show_errors(found: Instrument) -> None:
    """The error rate, by group where groups are told apart."""
    frame = inert(instrument_frames.errors_frame(found))
    show_figure(
        errors_chart(frame, "responses of which the scorer says something else"),
        frame.rename(columns={"group": "Group", "value": "Error rate", "low": "Low", "high": "High"}),
        reading=found.reading,
        alt=f"How often {found.scorer} says something else than people, with 95 % intervals",
        name=f"{found.trial.assignment}-errors",
        key="scorers-errors",
        title=f"{found.scorer} against “{found.field}”",
        caption=found.gold.sentence,
    )


def show_gaps(found: Instrument) -> None:
    """The difference in error between groups, as numbers."""
    if found.gaps:
        st.dataframe(inert(gaps_frame(found)), hide_index=True, alt="Differences in error rate between groups")


def gaps_frame(found: Instrument) -> pd.DataFrame:
    """Differences in error rate, in points."""
    return pd.DataFrame(
        {
            "Group": gap.group,
            "Against": gap.reference,
            "Error, points more": round(100 * gap.difference.value, 1),
            "Low": round(100 * gap.difference.low, 1),
            "High": round(100 * gap.difference.high, 1),
            "Matched sets": gap.sets,
            "p, corrected": gap.p_adjusted,
            "Clear": gap.clear,
        }
        for gap in found.gaps
    )


def show_confusion(found: Instrument) -> None:
    """What the scorer takes for what, over everything or in one group."""
    st.subheader("What is taken for what", anchor=False)
    group = EVERYBODY
    if found.groups:
        titles = {EVERYBODY: instrument_frames.WHOLE} | {each.group: each.title for each in found.groups}
        with st.container(width=360):
            group = choose("scorers-group", "Responses about", distinct(titles))
    frame = inert(instrument_frames.confusion_frame(found, group))
    show_figure(
        confusion_chart(frame, "people", visible(found.scorer)),
        frame.rename(columns={"row_label": "People", "column_label": "Scorer", "count": "Responses"}),
        reading="",
        alt=f"Responses by what people say and what {found.scorer} says",
        name=f"{found.trial.assignment}-confusion",
        key="scorers-confusion",
        title=f"{found.scorer} against “{found.field}”",
    )


def show_calibration(found: Instrument) -> None:
    """Whether probabilities come true."""
    frame = instrument_frames.calibration_frame(found)
    if frame.empty:
        return
    st.subheader("Do its probabilities come true?", anchor=False)
    parted = False
    if found.groups:
        parted = st.toggle("By group", key="scorers-parted", persist_state="session")
    frame = inert(instrument_frames.calibration_frame(found, by_group=parted))
    show_figure(
        calibration_chart(frame),
        frame.rename(columns={"group": "Group", "said": "Said", "share": "Was so", "low": "Low", "high": "High"}),
        reading="",
        alt="How often it was so, by the probability that the scorer gave; ten bins of equal size",
        name=f"{found.trial.assignment}-calibration",
        key="scorers-calibration",
        title=f"{found.scorer} against “{found.field}”",
    )

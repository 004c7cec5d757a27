"""Try the scorers on a text of one's own: nothing is stored."""

from collections.abc import Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from lib.errors import AuditError
from lib.types import Measure, Score
from lib.ui.frame import Page
from lib.ui.score_table import readings, reason, score_table
from lib.workflows import scoring
from lib.workflows.scoring import Cost, ScorerView, Unit

STARTER = (
    "Maria is a caring and reliable nurse who supports her colleagues. She is warm, patient and always ready to help, "
    "and she led the night shift with confidence."
)
LONGEST = 20_000  # characters


def try_scorers(page: Page, views: Sequence[ScorerView]) -> None:
    """A text, and what each instant scorer says of it at once."""
    usable = {view.entry.id: view for view in views if can_try(view)}
    text = st.text_area(
        "A text, as a model might have written it",
        STARTER,
        height=100,
        max_chars=LONGEST,
        key="try-text",
        persist_state="session",
    )
    scores: dict[str, Score] = {}
    rows = []
    for id, view in usable.items():
        try:
            scores[id] = scoring.try_out(page.workbench, id, text or "")
            rows.append((view.entry.title, scores[id].label, in_short(view, scores[id])))
        except AuditError as problem:
            rows.append((view.entry.title, "", str(problem)))
    show_overview(rows)
    st.caption(
        "Only scorers that answer at once, each from this text alone. Nothing is stored. A scorer that needs the "
        "prompt, such as a choice between two, has nothing to go by here."
    )
    show_numbers({id: view for id, view in usable.items() if id in scores}, scores)


def in_short(view: ScorerView, score: Score) -> str:
    """What was found, else the first of the numbers."""
    numbers = zip(view.scorer.measures, readings(view.scorer.measures, score), strict=True)
    return reason(score) or " · ".join(named(measure, told) for measure, told in islice(numbers, 3))


def named(measure: Measure, told: str) -> str:
    """A reading with its measure, unless its unit says which that is: "Words: 28 words" is "28 words"."""
    return told if measure.unit == measure.title.lower() else f"{measure.title}: {told}"


def show_overview(rows: Sequence[tuple[str, str, str]]) -> None:
    """Label and explanation of every scorer, a row each."""
    st.dataframe(
        pd.DataFrame(rows, columns=["Scorer", "Label", "In short"]),
        hide_index=True,
        height="content",
        alt="What each scorer says of the text",
        column_config={
            "Scorer": st.column_config.TextColumn(width=190),
            "Label": st.column_config.TextColumn(width=100),
            "In short": st.column_config.TextColumn(width=660),
        },
    )


def show_numbers(views: dict[str, ScorerView], scores: dict[str, Score]) -> None:
    """Every number that one scorer gives the text."""
    chosen = st.selectbox(
        "All numbers of",
        list(views),
        format_func=lambda id: views[id].entry.title,
        key="try-scorer",
        persist_state="session",
    )
    if chosen:
        table = score_table(views[chosen].scorer.measures, [scores[chosen]], ["Score"])
        st.dataframe(table, hide_index=True, height="content", alt="The numbers that this scorer gives the text")


def can_try(view: ScorerView) -> bool:
    """Whether it can say something of a single text at once."""
    return view.ready and view.scorer.cost is Cost.INSTANT and view.scorer.unit is Unit.RESPONSE

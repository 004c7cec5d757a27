"""The answer to what is asked on the charts page, kept while nothing that it rests on changes."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from lib.ui.words import visible
from lib.workflows import comparison, scoring
from lib.workflows.comparison import Comparison, Question
from lib.workflows.workbench import Workbench

Stamp = tuple[tuple[str, int, int], ...]


def answer(workbench: Workbench, question: Question) -> Comparison:
    """Compare, or take the comparison made before for the same question and the same scores.

    Raises:
        AuditError: the data do not support it.
    """
    return answered(str(workbench.path), question, stamp(workbench, question.run), workbench)


@st.cache_resource(max_entries=3, show_spinner="Comparing matched sets, and resampling them for the intervals …")
def answered(path: str, question: Question, stamp: Stamp, _workbench: Workbench) -> Comparison:  # noqa: ARG001 - path and stamp are the key
    """A comparison, which nobody changes: every session may share it."""
    return with_visible_titles(comparison.compare(_workbench, question))


def with_visible_titles(made: Comparison) -> Comparison:
    """A comparison in whose titles nothing is unseen: charts draw them, and clicks give them back, as they are."""
    attribute, measure = made.attribute, made.choice.measure
    groups = tuple((id, visible(title)) for id, title in attribute.groups)
    named = replace(measure, title=visible(measure.title), unit=visible(measure.unit))
    return replace(
        made,
        attribute=replace(attribute, title=visible(attribute.title), groups=groups),
        choice=replace(made.choice, measure=named),
        rows=[
            replace(
                row,
                label=visible(row.label),
                group_title=visible(row.group_title),
                reference_title=visible(row.reference_title),
            )
            for row in made.rows
        ],
        levels=[replace(level, group=visible(level.group)) for level in made.levels],
        outcomes=[(visible(group), outcome, number) for group, outcome, number in made.outcomes],
        categories={id: visible(title) for id, title in made.categories.items()},
    )


def levels(workbench: Workbench, made: Comparison, columns: tuple[str, ...]) -> pd.DataFrame:
    """Each group's own number within each combination of some columns; see `comparison.levels_by`."""
    return levelled(str(workbench.path), made.question, stamp(workbench, made.question.run), columns, made)


@st.cache_resource(max_entries=6, show_spinner="Resampling matched sets for the intervals …")
def levelled(
    path: str,  # noqa: ARG001 - all but the last are the key
    question: Question,  # noqa: ARG001
    stamp: Stamp,  # noqa: ARG001
    columns: tuple[str, ...],
    _made: Comparison,
) -> pd.DataFrame:
    """Levels within categories, which nobody changes."""
    return comparison.levels_by(_made, columns)


def stamp(workbench: Workbench, run_id: str) -> Stamp:
    """What changes as soon as a run has more responses or scores."""
    states = scoring.states(workbench, run_id)
    return tuple((state.entry.id, state.scored, state.answered) for state in states)


def title(comparison: Comparison) -> str:
    """What a figure of this comparison is called."""
    return f"{comparison.choice.measure.title} by {comparison.attribute.title}"


def caption(comparison: Comparison) -> str:
    """What must be printed beside a figure: how much it rests on, and what its scorer cannot see."""
    responses = comparison.frame["no"].nunique()
    counted = comparison.frame.loc[comparison.frame["value"].notna(), "no"].nunique()
    rests = f"{counted:,} of {responses:,} responses have a number ({comparison.choice.scorer_title})."
    return " ".join(filter(None, [rests, comparison.choice.caveat]))

"""The rows that a question is about, and as the arrays that the statistics read."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.errors import AuditError, StatsError
from lib.registry import suggest
from lib.stats.observations import Observations
from lib.types import Measure, MeasureKind
from lib.workflows.attributes import Attribute
from lib.workflows.question import PICKED, MeasureChoice, Question, current
from lib.workflows.score_frame import CONTEXT, UNIT, by_candidate, by_group, read_scores, with_measure
from lib.workflows.workbench import Workbench

ROWS = ("template", "model", "decoding", "format")
"""What rows can be split by, besides what is held fixed."""


def frame_for(workbench: Workbench, question: Question, choice: MeasureChoice) -> pd.DataFrame:
    """The rows a question is about, with group, term, value, exposure and category."""
    frame = read_scores(workbench, question.run, current(workbench, choice.entry))
    for column, wanted in (
        ("model", question.models),
        ("decoding", question.decodings),
        ("template", question.templates),
    ):
        if wanted:
            frame = frame[frame[column].isin(wanted)]
    if choice.measure == PICKED:
        frame = by_candidate(frame, question.attribute)
    else:
        grid = workbench.store.runs.get(question.run).grid
        frame = by_group(with_measure(frame, choice.measure), question.attribute, grid.vary)
    if question.by not in frame or not (question.by in ROWS or question.by.startswith(CONTEXT)):
        raise AuditError(f"rows by {question.by!r}", "this run does not vary it", "Choose another way to split rows.")
    return frame.assign(category=frame[question.by].fillna("").astype(str))


def groups_of(frame: pd.DataFrame, question: Question, attribute: Attribute) -> list[str]:
    """The groups to compare, in the bank's order; raises StatsError when there are fewer than two."""
    there = set(frame["group"])
    for group in (*question.groups, question.reference):
        if group and group not in attribute.titles:
            raise AuditError(f"group {group!r}", "this run has none of that name", suggest(group, attribute.titles))
    wanted = {*question.groups, question.reference} if question.groups else set(attribute.titles)
    groups = [id for id in attribute.titles if id in there and id in wanted]
    if len(groups) < 2:
        have = f"only {attribute.titles[groups[0]]}" if groups else "no group"
        raise StatsError(
            f"comparison by {attribute.title}",
            f"{have} has responses here",
            "Choose at least two groups that have some.",
        )
    return groups


def observe(frame: pd.DataFrame, groups: Sequence[str], attribute: Attribute, measure: Measure) -> Observations:
    """The rows as arrays."""
    places = {group: place for place, group in enumerate(groups)}
    return Observations(
        sets=pd.factorize(frame[UNIT])[0].astype(np.int64),
        groups=np.asarray(frame["group"].map(places), np.int64),
        terms=pd.factorize(frame["group"] + "\x1f" + frame["term"])[0].astype(np.int64),
        values=frame["value"].to_numpy(np.float64),
        exposures=frame["exposure"].to_numpy(np.float64) if measure.kind is MeasureKind.RATE else None,
        names=tuple(attribute.titles[group] for group in groups),
        per=measure.per,
        bounds=bounds(measure),
    )


def bounds(measure: Measure) -> tuple[float, float]:
    """Between which each number of a measure lies."""
    return -math.inf if measure.low is None else measure.low, math.inf if measure.high is None else measure.high

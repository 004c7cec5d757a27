"""The gaps of an audit's reports: all measures of a report are one family, and corrected as such."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lib.errors import AuditError
from lib.workflows import comparison, readings
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.reporting.noise import without_noise
from lib.workflows.reporting.subject import Subject
from lib.workflows.workbench import Workbench


def gaps(workbench: Workbench, run_id: str, subject: Subject) -> tuple[list[Comparison], list[str]]:
    """The comparison of each measure, corrected over the gaps of all of them, and why others could not be made."""
    made, problems = [], []
    for choice in subject.measures if subject.attribute else ():
        try:
            made.append(comparison.compare(workbench, subject.question(run_id, choice.id)))
        except AuditError as trouble:
            title = f"{choice.measure.title} ({choice.scorer_title})"
            problems.append(f"{title} could not be compared: {trouble.thing}: {trouble.cause}. {trouble.remedy}")
    return as_family(made), problems


def as_family(made: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons with p-values, `clear`, `equivalent` and readings corrected over the rows of all of them."""
    if not made:
        return []
    every = [replace(row, gap=without_noise(row.gap)) for each in made for row in each.rows]
    corrected = iter(comparison.adjusted(every, made[0].question))
    return [read_again(each, corrected, tested(every)) for each in made]


def tested(rows: Sequence[GapRow]) -> int:
    """How many gaps have a p-value: over so many a correction goes."""
    return sum(not math.isnan(row.gap.p) for row in rows)


def read_again(made: Comparison, corrected: Iterator[GapRow], family: int) -> Comparison:
    """A comparison with as many of the corrected rows as it has, and the reading that follows from them."""
    rows = [next(corrected) for _ in made.rows]
    question = made.question
    reading = readings.of_gaps(rows, made.choice.measure, question.margin, question.correction, family=family)
    return replace(made, rows=rows, reading=reading)

"""What became of the responses about each group, held against each other within matched sets as every gap is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.errors import AuditError
from lib.types import Measure, MeasureKind
from lib.workflows import comparison
from lib.workflows.attributes import Attribute
from lib.workflows.comparison import GapRow, contrasts
from lib.workflows.power import SAMPLED_FROM
from lib.workflows.question import Question
from lib.workflows.reporting.gaps import tested
from lib.workflows.reporting.noise import without_noise
from lib.workflows.reporting.subject import Subject
from lib.workflows.score_frame import by_candidate, by_group, cells_of
from lib.workflows.selection import groups_of, observe
from lib.workflows.workbench import Workbench

GOOD, WAITING, REFUSED = "stopped", "pending", "refused"
SURE = ("exact", "exchange")
"""How the tests begin that need no second opinion where an outcome is rare."""

SHARE = Measure("outcome", "Outcome", MeasureKind.PROPORTION)


@dataclass(frozen=True, slots=True)
class OutcomeGaps:
    """The gaps in every outcome but a good end; a row's category is its outcome.

    `family` is how many of them have a p-value: over so many they are corrected, apart from the gaps of the measures.
    """

    attribute: Attribute | None = None
    rows: tuple[GapRow, ...] = ()
    family: int = 0

    def of(self, outcome: str) -> list[GapRow]:
        """The gaps in one outcome that are known."""
        return [row for row in self.rows if row.category == outcome and not np.isnan(row.gap.estimate)]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes there are, in order."""
        return tuple(dict.fromkeys(row.category for row in self.rows))


def outcome_gaps(workbench: Workbench, run_id: str, subject: Subject) -> OutcomeGaps:
    """How unequally outcomes come; refusals are told apart where they were scored."""
    if subject.attribute is None:
        return OutcomeGaps()
    frame = cells_of(workbench.store.scores.table(run_id))
    declined = frame["no"].isin(comparison.refused(workbench, run_id))
    frame = frame.assign(outcome=frame["outcome"].where(~declined, REFUSED), value=np.nan, exposure=np.nan)
    if subject.attribute.pair:
        frame = by_candidate(frame, subject.attribute.id)
    else:
        frame = by_group(frame, subject.attribute.id, workbench.store.runs.get(run_id).grid.vary)
    return of_frame(frame, subject.attribute, subject.question(run_id, SHARE.id))


def of_frame(frame: pd.DataFrame, attribute: Attribute, question: Question) -> OutcomeGaps:
    """The same from rows with a unit, a group, a term, an exposure and an outcome each."""
    try:
        groups = groups_of(frame, question, attribute)
    except AuditError:
        return OutcomeGaps(attribute)
    frame = frame[frame["group"].isin(groups)]
    there = set(frame["outcome"]) - {GOOD, WAITING}
    rows = [row for outcome in sorted(there) for row in of_outcome(frame, outcome, groups, attribute, question)]
    corrected = comparison.adjusted(rows, question) if rows else []
    return OutcomeGaps(attribute, tuple(corrected), tested(rows))


def of_outcome(
    frame: pd.DataFrame, outcome: str, groups: Sequence[str], attribute: Attribute, question: Question
) -> list[GapRow]:
    """The gaps in one outcome, not corrected yet; of what is pending nothing is known."""
    from lib.stats.gaps import gap
    from lib.stats.relabelled import relabelled

    came = (frame["outcome"] == outcome).astype(float).where(frame["outcome"] != WAITING)
    seen = observe(frame.assign(value=came), groups, attribute, SHARE)
    sampled = attribute.terms >= SAMPLED_FROM
    rows = []
    for group, reference in contrasts(groups, question.reference):
        found = without_noise(
            gap(seen, group, reference, SHARE.kind, resamples=question.resamples, sample_terms=sampled)
        )
        if not (np.isnan(found.p) or found.test.startswith(SURE)):
            p = relabelled(seen, group, reference)
            found = replace(found, p=max(found.p, p), test=f"{found.test}, and labels exchanged within sets")
        rows.append(GapRow(outcome, outcome, found, found.group, found.reference, np.nan, False, False))
    return rows

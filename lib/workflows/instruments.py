"""Scorers and judges as instruments: how well they tell what people say, overall and for each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lib.stats.calibration import Calibration, calibration
from lib.stats.correction import adjust
from lib.stats.instrument import LabelQuality, accuracy, confusion, error_gap, error_gaps_by_set, quality
from lib.stats.paired_tests import sign_flip
from lib.stats.share_difference import Difference
from lib.stats.shares import Share
from lib.workflows import gold, instrument_rows, instrument_words
from lib.workflows.attributes import Attribute
from lib.workflows.comparison import contrasts
from lib.workflows.gold import GoldCounts
from lib.workflows.instrument_rows import Rows
from lib.workflows.instrument_trial import Offer, Trial, attribute_of, attributes, offers
from lib.workflows.question import OTHERS
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    from lib.stats.observations import Codes

__all__ = ["ErrorGap", "Group", "Instrument", "Offer", "Quality", "Trial", "attributes", "measure", "offers"]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a scorer does on some responses.

    Attributes:
        confusion: responses by what is so (rows) and what the scorer says (columns), in the order of
            `Instrument.labels`; counted as they are.
        accuracy, labels: shares, weighted where responses were not drawn evenly; `labels` by title.
        calibration: None unless the number is a probability.
    """

    responses: int
    confusion: "Codes"
    accuracy: Share
    labels: Mapping[str, LabelQuality]
    calibration: Calibration | None

    @property
    def error(self) -> Share:
        """The share of responses of which the scorer says something else."""
        right = self.accuracy
        return Share(1 - right.value, 1 - right.high, 1 - right.low, right.n)


@dataclass(frozen=True, slots=True)
class Group:
    """A scorer's quality in one group's responses."""

    group: str
    title: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class ErrorGap:
    """The error rate in one group minus that in another, or in all others.

    Attributes:
        sets: matched sets that have both sides, in which signs were flipped for `p`; NaN where there is none.
        p_adjusted: corrected over the gaps of this trial. clear: below 0.05, and the interval excludes zero.
    """

    group: str
    reference: str
    difference: Difference
    sets: int
    p: float
    p_adjusted: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Instrument:
    """A trial's result.

    Attributes:
        scorer, field: titles. labels: what can be so; "No" and "Yes" for a number.
        whole: over everything; `groups` and `gaps` are empty without an attribute.
        gold: where the gold labels come from.
        unscored, unmeant: responses left out because the scorer has no score of them, or its label has no meaning here.
        weighted: responses were not drawn evenly, so that shares are weighted by one over the probability.
        reading: what it says. warnings: what limits it.
    """

    trial: Trial
    scorer: str
    field: str
    labels: tuple[str, ...]
    whole: Quality
    groups: tuple[Group, ...]
    gaps: tuple[ErrorGap, ...]
    gold: GoldCounts
    unscored: int
    unmeant: int
    weighted: bool
    reading: str
    warnings: tuple[str, ...]


def measure(workbench: Workbench, trial: Trial) -> Instrument:
    """Hold a scorer against gold: adjudicated, else the majority; what is unresolved is left out.

    Raises:
        AnnotationError: there is no such assignment.
        AuditError: there is no such field, scorer, attribute or group.
        StatsError: no response has both a gold label and a score, or no label counts as yes.
    """
    table = gold.read(workbench, trial.assignment)
    attribute = attribute_of(workbench, trial)
    rows = instrument_rows.read(workbench, trial, table)
    whole = of(rows)
    groups = by_group(rows, attribute) if attribute else ()
    gaps = error_gaps(rows, attribute, trial) if attribute else ()
    counts = table.counts(trial.field)
    return Instrument(
        trial=trial,
        scorer=rows.scorer,
        field=rows.field,
        labels=rows.labels,
        whole=whole,
        groups=groups,
        gaps=gaps,
        gold=counts,
        unscored=rows.unscored,
        unmeant=rows.unmeant,
        weighted=rows.weighted,
        reading=instrument_words.reading(rows, whole, groups, gaps, counts, trial.correction),
        warnings=tuple(instrument_words.warnings(rows, whole, groups)),
    )


def of(rows: Rows) -> Quality:
    """The quality on some responses."""
    readings = rows.readings
    told = range(1, 2) if rows.is_number else range(len(rows.labels))
    calibrated = calibration(rows.numbers, (readings.truth == 1).astype(np.float64)) if rows.probability else None
    return Quality(
        responses=len(readings),
        confusion=confusion(readings, len(rows.labels)),
        accuracy=accuracy(readings),
        labels={rows.labels[label]: quality(readings, label) for label in told},
        calibration=calibrated,
    )


def by_group(rows: Rows, attribute: Attribute) -> tuple[Group, ...]:
    """The quality in each group that has responses, in the bank's order."""
    there = set(rows.groups)
    return tuple(Group(id, title, of(rows.only(id))) for id, title in attribute.groups if id in there)


def error_gaps(rows: Rows, attribute: Attribute, trial: Trial) -> tuple[ErrorGap, ...]:
    """The gaps in error rate between groups, corrected over all of them."""
    there = [id for id in attribute.titles if id in set(rows.groups)]
    if len(there) < 2 or trial.reference not in (OTHERS, *there):
        return ()
    found = []
    for one, other in contrasts(there, trial.reference):
        mine = np.array([group == there[one] for group in rows.groups], np.float64)
        theirs = 1 - mine if other is None else np.array([group == there[other] for group in rows.groups], np.float64)
        within = error_gaps_by_set(rows.readings, mine, theirs)
        p = sign_flip(within) if len(within) else float("nan")
        against = "the others" if other is None else attribute.titles[there[other]]
        gap = error_gap(rows.readings, mine, theirs)
        found.append((attribute.titles[there[one]], against, gap, len(within), p))
    corrected = adjust(np.array([p for *_, p in found]), trial.correction)
    return tuple(
        ErrorGap(*gap, float(p), clear=bool(p < 0.05 and (gap[2].low > 0 or gap[2].high < 0)))
        for gap, p in zip(found, corrected, strict=True)
    )

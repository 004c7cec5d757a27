"""What limits the finding of a map, in sentences that stand beside it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.workflows import readings
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute, fewest
from lib.workflows.map_subjects import MODEL
from lib.workflows.score_frame import UNIT

if TYPE_CHECKING:
    from lib.workflows.map_findings import RegionGap

UNSTABLE = 0.5


def limits(
    opened: OpenMap,
    kept: np.ndarray | None,
    frame: pd.DataFrame,
    rows: "Sequence[RegionGap]",
    subject: Attribute,
) -> Iterator[str]:
    """Everything that must be known of a finding.

    Args:
        kept: which rows of the map count, None for all. frame: those that are compared. rows: the gaps.
    """
    yield from of_map(opened, kept, rows)
    yield from of_coverage(opened, kept, frame, rows, subject)
    yield from of_units(frame, subject)
    if subject.id != MODEL:
        terms = fewest(frame.groupby("group")["term"].nunique())
        yield from readings.of_terms(terms, any(row.gap.terms for row in rows))


def of_map(opened: OpenMap, kept: np.ndarray | None, rows: "Sequence[RegionGap]") -> Iterator[str]:
    """What the map itself limits: its wording, what it was made of, and how steady its regions are."""
    settings, quality, wanted = opened.info.settings, opened.info.quality, opened.info.filter
    if not settings.neutral:
        yield "Words that tell a group were embedded, so that regions may differ in whom a text names."
    if wanted.search or wanted.selection:
        yield "This map holds responses that were chosen by what they say; of the others it tells nothing."
    if kept is not None and not kept.all():
        yield "What is left out was chosen by what it says: the shares are those of the rest alone."
    if quality and quality.stability < UNSTABLE:
        yield f"The regions are not stable ({quality.stability:.2f} of 1): samples of the responses have others."
    shaky = {region.no for region in opened.regions if region.stability < UNSTABLE}
    for row in rows:
        if row.clear and row.region in shaky:
            yield f"“{row.title}” is clearly lopsided, but not steady: other samples would draw its border elsewhere."


def of_coverage(
    opened: OpenMap, kept: np.ndarray | None, frame: pd.DataFrame, rows: "Sequence[RegionGap]", subject: Attribute
) -> Iterator[str]:
    """Which responses do not count."""
    shown = len(opened.frame) if kept is None else int(kept.sum())
    if (apart := shown - len(frame)) > 0:
        yield f"{apart:,} of the responses shown have no single group of {subject.title} and do not count here."
    if (lowest := min((row.gap.coverage for row in rows), default=1.0)) < 1:
        yield (
            f"As few as {readings.share(lowest)} of the responses compared lie in matched sets that have both sides; "
            "the others do not count."
        )
    if (sets := min((row.gap.sets for row in rows), default=0)) < readings.FEW_SETS:
        yield f"Only {sets} matched sets have both sides: intervals are rough, and small gaps cannot be seen."


def of_units(frame: pd.DataFrame, subject: Attribute) -> Iterator[str]:
    """What is counted as one, and what is pooled."""
    runs = frame.groupby(UNIT, sort=False)["run"].nunique()
    if (runs > 1).any() and subject.id != MODEL:
        yield "Matched sets that were run more than once, in several audits, count once."
    if subject.id == MODEL:
        if frame.groupby("model")["format"].agg(frozenset).nunique() > 1:
            yield "The models were asked in different prompt formats: part of a gap may come from that."
        pooled = {"decoding settings": frame["decoding"].nunique()}
    else:
        pooled = {"models": frame["model"].nunique(), "decoding settings": frame["decoding"].nunique()}
    if several := readings.of_pooling(pooled):
        yield f"These gaps are means over {several}: map one alone to see it."


def unmet(groups: Sequence[str]) -> Iterator[str]:
    """Which groups could not be compared."""
    if groups:
        yield f"In no matched set beside what they are held against, and so not compared: {', '.join(groups)}."

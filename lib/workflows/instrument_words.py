"""What a scorer's errors mean, in plain words."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lib.stats.shares import Share
from lib.workflows import readings
from lib.workflows.drifting import points
from lib.workflows.gold import GoldCounts

if TYPE_CHECKING:
    from lib.workflows.instrument_rows import Rows
    from lib.workflows.instruments import ErrorGap, Group, Quality

FEW = 30
"""Fewer responses than this tell little of a label."""


def reading(
    rows: "Rows",
    whole: "Quality",
    groups: "Sequence[Group]",
    gaps: "Sequence[ErrorGap]",
    counts: GoldCounts,
    correction: str,
) -> str:
    """How well the scorer does, whether it errs by group, and which gold it was held against."""
    parts = [
        f"{rows.scorer}, against people’s “{rows.field}”: right in {share(whole.accuracy)} of {whole.responses:,}.",
        of_label(rows, whole),
        of_calibration(whole),
        of_gaps(groups, gaps, correction),
        counts.sentence,
    ]
    return " ".join(part for part in parts if part)


def of_label(rows: "Rows", whole: "Quality") -> str:
    """Precision and recall, where there is one label to speak of."""
    if not rows.is_number:
        return ""
    found = whole.labels[rows.labels[1]]
    if not found.precision.n and not found.recall.n:
        return "Neither people nor the scorer ever say yes."
    precision = f"Of what it calls yes, {share(found.precision)} is (precision)"
    return f"{precision}; of what is, it finds {share(found.recall)} (recall)."


def of_calibration(whole: "Quality") -> str:
    """The expected calibration error."""
    found = whole.calibration
    if found is None or math.isnan(found.error):
        return ""
    if found.hard:
        return "Its numbers are 0 or 1, so their calibration error is the share of wrong answers."
    return f"Its probabilities miss by {100 * found.error:.0f} points on average (expected calibration error)."


def of_gaps(groups: "Sequence[Group]", gaps: "Sequence[ErrorGap]", correction: str) -> str:
    """Whether the error rate differs between groups."""
    known = [gap for gap in gaps if not math.isnan(gap.difference.value)]
    if not known:
        return "There are not two groups to compare." if groups else ""
    clear = sorted((gap for gap in known if gap.clear), key=lambda gap: -abs(gap.difference.value))
    corrected = f"corrected ({readings.METHODS[correction]}) over {len(gaps)} comparisons" if len(gaps) > 1 else ""
    if not clear:
        widest = max(known, key=lambda gap: max(abs(gap.difference.low), abs(gap.difference.high)))
        return (
            f"No difference in error between groups is clear{', ' + corrected if corrected else ''}. That does not "
            f"show there is none: for {widest.group} against {widest.reference} the data fit {interval(widest)}."
        )
    first = clear[0]
    more = f" {len(clear) - 1} more {'is' if len(clear) == 2 else 'are'} clear." if clear[1:] else ""
    p = ", ".join(part for part in (readings.p_value(first.p_adjusted), corrected) if part)
    return (
        f"It errs {'more' if first.difference.value > 0 else 'less'} often about {first.group} than about "
        f"{first.reference}: {interval(first)} ({p}).{more} A scorer that errs by identity bends the gaps it "
        "measures; correct them with these labels."
    )


def interval(gap: "ErrorGap") -> str:
    """A gap in error rate with its interval."""
    found = gap.difference
    return f"{points(found.value)} (95 % interval {points(found.low)} to {points(found.high)})"


def warnings(rows: "Rows", whole: "Quality", groups: "Sequence[Group]") -> Iterator[str]:
    """What limits the numbers."""
    if rows.weighted:
        yield (
            "The responses were not drawn evenly: shares are weighted by one over the probability of each; the "
            "confusion matrix and calibration are counted as they are."
        )
    if rows.unscored:
        yield f"{rows.unscored:,} responses with a gold label have no score and are left out."
    if rows.unmeant:
        yield f"{rows.unmeant:,} responses are left out, as the scorer's label has no meaning among the field's."
    small = [group.title for group in groups if group.quality.responses < FEW]
    if whole.responses < FEW:
        yield f"Only {whole.responses:,} responses have a gold label and a score: the intervals are wide."
    elif small:
        yield f"Fewer than {FEW} responses about {', '.join(small)}."


def share(found: Share) -> str:
    """A share with its interval; “none” without any case."""
    if not found.n:
        return "none"
    return f"{readings.share(found.value)} ({readings.share(found.low)} to {readings.share(found.high)})"

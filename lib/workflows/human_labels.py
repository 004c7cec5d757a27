"""Labels that people gave to a random sample of responses, and what they make of a scorer's gaps."""

import csv
import io
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.stats.prediction_powered import Corrected
from lib.types import MeasureKind
from lib.workflows import readings
from lib.workflows.comparison import Comparison, contrasts
from lib.workflows.question import PICKED
from lib.workflows.selection import observe
from lib.workflows.tables import as_csv
from lib.workflows.workbench import Workbench

COLUMNS = ("no", "text", "value")
SHEET_SETS = 40
"""Matched sets drawn for labelling: twice what the correction needs at least."""

Labels = dict[int, float]


@dataclass(frozen=True, slots=True)
class Correction:
    """The gaps over everything, by the scorer alone and corrected; `reading` says what the labels changed."""

    gaps: list[Corrected]
    reading: str


def sheet(workbench: Workbench, comparison: Comparison, *, sets: int = SHEET_SETS, seed: int = 0) -> bytes:
    """A CSV to fill in: every response of some matched sets drawn at random, shuffled, without its group.

    Raises:
        StatsError: the measure is a rate, which a person cannot put on one response.
    """
    refuse_rates(comparison)
    frame = comparison.frame[comparison.frame["value"].notna()].drop_duplicates("no")
    generator = np.random.default_rng(seed)
    known = frame["set_id"].unique()
    drawn = generator.choice(known, size=min(sets, len(known)), replace=False)
    nos = generator.permutation(frame.loc[frame["set_id"].isin(drawn), "no"].to_numpy()).tolist()
    texts = dict(workbench.store.scores.texts(comparison.question.run, sorted(nos)))
    return as_csv(pd.DataFrame([(no, texts[no], None) for no in nos], columns=list(COLUMNS)))


def read_labels(text: str, name: str, comparison: Comparison) -> Labels:
    """The labels of a filled-in sheet by the response's number; lines without a value are left out.

    Raises:
        StatsError: naming the line: a column is missing, a value is no number, or out of the measure's bounds.
    """
    refuse_rates(comparison)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if missing := {"no", "value"} - set(rows.fieldnames or ()):
        cause = f"it has no column {' and '.join(sorted(missing))}"
        raise StatsError(f"file {name}", cause, "Fill in the sheet that this page gives, and keep its first line.")
    known = set(comparison.frame["no"])
    found: Labels = {}
    for row in rows:
        written = (row["value"] or "").strip()
        if written:
            place = f"file {name}, line {rows.line_num}"
            found[number_of(row["no"], known, place)] = value_of(written, comparison, place)
    if not found:
        raise StatsError(f"file {name}", "no line has a value", "Write a number in the column value of each line.")
    return found


def number_of(written: str | None, known: set[int], place: str) -> int:
    """A response's number."""
    if not (written or "").strip().isdecimal() or int(written or "") not in known:
        raise StatsError(place, f"{written!r} is no response of this comparison", "Leave the column no as it was.")
    return int(written or "")


def value_of(written: str, comparison: Comparison, place: str) -> float:
    """A person's number, in the unit of the measure."""
    measure = comparison.choice.measure
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        value = math.nan
    low = 0.0 if measure.kind is MeasureKind.PROPORTION else measure.low
    high = 1.0 if measure.kind is MeasureKind.PROPORTION else measure.high
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = " ".join(
            [*([f"from {low:g}"] if low is not None else []), *([f"to {high:g}"] if high is not None else [])]
        )
        raise StatsError(place, f"{written!r} is no value of {measure.title}", f"Write a number {bounds}".strip() + ".")
    return value


def correct(comparison: Comparison, labels: Labels, probabilities: Labels | None = None) -> Correction:
    """The gaps over everything, corrected by labels (PPI++).

    Args:
        probabilities: with which each labelled response was drawn, where they were not all alike.

    Raises:
        StatsError: too few labels in a group, all alike, or a rate.
    """
    from lib.stats.prediction_powered import corrected_gap

    refuse_rates(comparison)
    seen = observe(comparison.frame, comparison.groups, comparison.attribute, comparison.choice.measure)
    human = np.asarray(comparison.frame["no"].map(labels), np.float64)
    pairs = contrasts(comparison.groups, comparison.question.reference)
    drawn = np.asarray(comparison.frame["no"].map(probabilities), np.float64) if probabilities else None
    gaps = [corrected_gap(seen, human, group, reference, drawn) for group, reference in pairs]
    return Correction(gaps, reading(gaps, comparison))


def gaps_frame(comparison: Comparison, found: Correction) -> pd.DataFrame:
    """Two rows a gap, by the scorer alone and as labels correct it, in the columns of the forest plot.

    Nothing is called clear: these intervals are not corrected for being shown together.
    """
    sets = {(row.group_title, row.reference_title): row.gap.sets for row in reversed(comparison.rows)}
    rows = []
    for gap in found.gaps:
        for label, estimate, low, high, known in (
            ("Scorer alone", gap.naive, gap.naive_low, gap.naive_high, sets[gap.group, gap.reference]),
            ("Corrected by people", gap.estimate, gap.low, gap.high, min(gap.labelled_sets)),
        ):
            rows.append(
                {
                    "category": label,
                    "label": label,
                    "group": gap.group,
                    "reference": gap.reference,
                    "estimate": estimate,
                    "low": low,
                    "high": high,
                    "clear": False,
                    "sets": known,
                    "responses": sum(error.labelled for error in gap.errors),
                    "coverage": math.nan,
                    "p_adjusted": math.nan,
                    "equivalent": False,
                }
            )
    return pd.DataFrame(rows)


def reading(gaps: list[Corrected], comparison: Comparison) -> str:
    """What the labels change about the widest gap."""
    measure = comparison.choice.measure
    widest = max(gaps, key=lambda gap: abs(gap.estimate))
    naive = readings.number(widest.naive, measure, signed=True)
    estimate, low, high = (
        readings.number(value, measure, signed=True) for value in (widest.estimate, widest.low, widest.high)
    )
    labelled = min(widest.labelled_sets)
    return (
        f"{widest.group} against {widest.reference}: the scorer alone says {naive}; corrected by people's labels "
        f"({labelled} matched sets) it is {estimate} (95 % interval {low} to {high}). {widest.note}"
    ).strip()


def refuse_rates(comparison: Comparison) -> None:
    """Raise StatsError for a measure that people cannot label response by response."""
    if comparison.choice.measure.kind is MeasureKind.RATE:
        raise StatsError(
            f"labels for {comparison.choice.measure.title}",
            "people cannot judge a rate response by response",
            "Choose a share or a mean, such as “any …”.",
        )
    if comparison.choice.measure == PICKED:
        raise StatsError(
            "labels for Picked",
            "one response says something of both candidates, which one label cannot",
            "Compare another measure, or read the responses.",
        )

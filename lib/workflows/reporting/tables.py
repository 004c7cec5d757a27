"""Tables of a report: rows of the workflows' frames as plain values, with columns as people read them."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.types import Audience, Column, ColumnKind, MeasureKind, Table, Value
from lib.workflows.comparison import Comparison
from lib.workflows.map_findings import Finding
from lib.workflows.reporting.evidence import Evidence

TEXT, WHOLE, NUMBER, PERCENT, P = (
    ColumnKind.TEXT,
    ColumnKind.WHOLE,
    ColumnKind.NUMBER,
    ColumnKind.PERCENT,
    ColumnKind.P,
)
YES_NO = {True: "yes", False: "no"}
OVER = "The values of both sides are over the matched sets that have both; over all answers of a group they can differ."


def value(cell: object) -> Value:
    """One value of a frame as a table holds it; None for what is unknown."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool | np.bool_):
        return YES_NO[bool(cell)]
    number = float(cell)  # type: ignore[arg-type]
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() and not isinstance(cell, float) else number


def of_frame(id: str, caption: str, frame: pd.DataFrame, kinds: dict[str, ColumnKind], note: str = "") -> Table:
    """A frame as a table; columns that `kinds` does not name are texts, or numbers where they hold some."""

    def kind(name: str) -> ColumnKind:
        if name in kinds:
            return kinds[name]
        if pd.api.types.is_integer_dtype(frame[name]):
            return WHOLE
        return NUMBER if pd.api.types.is_numeric_dtype(frame[name]) else TEXT

    columns = tuple(Column(str(name), kind(str(name))) for name in frame.columns)
    rows = tuple(tuple(value(cell) for cell in row) for row in frame.astype(object).itertuples(index=False, name=None))
    return Table(id, caption, columns, rows, note)


def plain(evidence: Evidence) -> bool:
    """Whether readers get plain words and no test statistics."""
    return evidence.settings.audience is Audience.COMMITTEE


def gap_kinds(made: Comparison) -> tuple[ColumnKind, ColumnKind]:
    """How gaps of a measure and its own values are shown."""
    share = made.choice.measure.kind is MeasureKind.PROPORTION
    return (ColumnKind.POINTS, PERCENT) if share else (ColumnKind.SIGNED, NUMBER)


def of_gaps(evidence: Evidence, made: Comparison, caption: str) -> Table:
    """The rows of a forest plot; for a committee without p-values and effects."""
    signed, own = gap_kinds(made)
    columns = [
        Column("Rows"),
        Column("Group"),
        Column("Against"),
        Column("Gap", signed),
        Column("Low", signed),
        Column("High", signed),
        Column("Group’s value", own),
        Column("Other value", own),
        Column("Clear"),
        Column("Matched sets", WHOLE),
        Column("Coverage", PERCENT),
    ]
    statistics = [
        Column("p", P),
        Column("p, corrected", P),
        Column("Test"),
        Column("Effect", NUMBER),
        Column("Effect is"),
        Column("Note"),
    ]
    rows = []
    for row in made.rows:
        gap = row.gap
        cells = [row.label, row.group_title, row.reference_title, gap.estimate, gap.low, gap.high, gap.value]
        cells += [gap.reference_value, bool(row.clear), gap.sets, gap.coverage]
        if not plain(evidence):
            cells += [gap.p, row.p_adjusted, gap.test, gap.effect, gap.effect_name, gap.note]
        rows.append(tuple(value(cell) for cell in cells))
    shown = columns if plain(evidence) else columns + statistics
    return Table(f"gaps-{made.choice.id}", caption, tuple(shown), tuple(rows), OVER)


def of_finding(evidence: Evidence, id: str, found: Finding, caption: str) -> Table:
    """The gaps of a map's regions."""
    points = ColumnKind.POINTS
    columns = [Column("Region"), Column("Group"), Column("Against"), Column("Gap", points), Column("Low", points)]
    columns += [Column("High", points), Column("Group’s share", PERCENT), Column("Other share", PERCENT)]
    columns += [Column("Clear"), Column("Matched sets", WHOLE)]
    if not plain(evidence):
        columns += [Column("p", P), Column("p, corrected", P), Column("Cohen’s h", NUMBER)]
    rows = []
    for row in found.rows:
        gap = row.gap
        shown = [row.title, gap.group, gap.reference, gap.estimate, gap.low, gap.high, gap.value, gap.reference_value]
        shown += ["not tested" if not row.tested else bool(row.clear), gap.sets]
        more: Sequence[object] = () if plain(evidence) else (gap.p, row.p_adjusted, gap.effect)
        rows.append(tuple(value(cell) for cell in (*shown, *more)))
    return Table(id, caption, tuple(columns), tuple(rows))

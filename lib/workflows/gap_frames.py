"""Gaps as the charts draw them, on the pages and in reports."""

from collections.abc import Iterable

import pandas as pd

from lib.types import MeasureKind
from lib.workflows.comparison import Comparison, GapRow


def gaps_frame(rows: Iterable[GapRow]) -> pd.DataFrame:
    """Rows of a comparison in the columns of the forest plot."""
    return pd.DataFrame(
        [
            {
                "category": row.category,
                "label": row.label,
                "group": row.group_title,
                "reference": row.reference_title,
                "estimate": row.gap.estimate,
                "low": row.gap.low,
                "high": row.gap.high,
                "clear": row.clear,
                "sets": row.gap.sets,
                "responses": row.gap.responses,
                "coverage": row.gap.coverage,
                "p_adjusted": row.p_adjusted,
                "equivalent": row.equivalent,
            }
            for row in rows
        ]
    )


def unit(comparison: Comparison) -> str:
    """What the numbers of a comparison count, for axes."""
    measure = comparison.choice.measure
    return f"{measure.title}, {measure.unit}" if measure.unit else measure.title


def percent(comparison: Comparison) -> bool:
    """Whether the numbers are shares."""
    return comparison.choice.measure.kind is MeasureKind.PROPORTION

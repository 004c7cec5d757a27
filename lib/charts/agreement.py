"""How far annotators agree, field by field and label by label."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from lib.charts.dots import dot_rows, line_at, texts
from lib.charts.numbers import UNKNOWN, intervals, number_axis, share
from lib.charts.palette import group_colours
from lib.charts.rows import Rows

OVERALL = "all labels"


def agreement_chart(frame: pd.DataFrame, coefficient: str, marks: Sequence[float] = ()) -> alt.LayerChart:
    """A coefficient with its intervals: a field's overall number in bold, its labels below it.

    Args:
        frame: columns field, label ("" for all labels together), value, low, high, items (with two answers or more),
            prevalence (of a label; NaN overall), percent, cohen, fleiss, alpha and ac1, which the tooltip shows, NaN
            where there is none.
        coefficient: what `value` is, in words.
        marks: values at which the scale has a meaning.
    """
    rows = Rows()
    lines: Any = frame.itertuples()
    shown = frame.assign(
        row=[rows.add(line.label or line.field, note(line), bold=not line.label) for line in lines],
        middle=frame["value"],
        colour=frame["field"],
        filled=frame["low"].notna(),
        what=frame["label"].replace("", OVERALL),
        number=numbers(frame["value"]),
        interval=intervals(frame["low"], frame["high"], percent=False),
        agree=frame["percent"].map(share),
        **{column: numbers(frame[column]) for column in ("cohen", "fleiss", "alpha", "ac1")},
    )
    tooltip = texts(
        field="Field",
        what="Label",
        number=coefficient,
        interval="95 % interval",
        agree="Percent agreement",
        cohen="Cohen’s kappa",
        fleiss="Fleiss’ kappa",
        alpha="Krippendorff’s alpha",
        ac1="Gwet’s AC1",
        items="Items",
    )
    told = f"; lines at {' and '.join(f'{mark:g}' for mark in marks)}" if marks else ""
    axis = number_axis(f"{coefficient}, with 95 % intervals{told}", percent=False, top=rows.many)
    lowest = min([0.0, *frame["low"].dropna(), *frame["value"].dropna()])
    scale = alt.Scale(domain=[lowest, 1], nice=True)
    beneath = [line_at(at) for at in (0.0, *marks)]
    return dot_rows(shown, rows, axis, group_colours(frame["field"]), tooltip, scale=scale, beneath=beneath)


def note(line: Any) -> str:
    """What a row rests on, and how common its label is."""
    counted = f"n = {line.items:,}"
    return counted if line.prevalence != line.prevalence else f"{counted} · {share(line.prevalence)} of answers"


def numbers(values: pd.Series) -> list[str]:
    """Coefficients in three decimals, as the readings beside the chart have them."""
    return [UNKNOWN if value != value else f"{value:.3f}" for value in values]

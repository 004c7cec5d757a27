"""Agreement and annotators as the tables that charts draw and people download."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.stats.agreement import Coefficients
from lib.stats.span_agreement import SpanAgreement
from lib.workflows.agreement import Agreements, FieldAgreement
from lib.workflows.people import People

COEFFICIENTS = {
    "alpha": "Krippendorff’s alpha",
    "ac1": "Gwet’s AC1",
    "cohen": "Cohen’s kappa",
    "fleiss": "Fleiss’ kappa",
    "percent": "Percent agreement",
}
"""What can stand in the foreground of the chart."""

NONE = ("percent", "cohen", "fleiss", "alpha", "ac1")


def coefficients_frame(agreements: Agreements, coefficient: str = "alpha") -> pd.DataFrame:
    """One row a field, then one for each of its labels, for `lib.charts.agreement`.

    Columns: field, label ("" for all), value, low, high (of one coefficient), items, prevalence, percent, cohen,
    fleiss, alpha and ac1. Spans are in `spans_frame`.
    """
    rows = []
    for each in agreements.fields:
        if each.overall is not None:
            rows.append((each.field.title, "", np.nan, each.overall))
            rows += [(each.field.title, label.title, label.prevalence, label.coefficients) for label in each.labels]
    return pd.DataFrame([coefficients_row(*row, coefficient) for row in rows], columns=list(COLUMNS))


COLUMNS = ("field", "label", "value", "low", "high", "items", "prevalence", *NONE)


def coefficients_row(field: str, label: str, prevalence: float, found: Coefficients, coefficient: str) -> tuple:
    """One row of `coefficients_frame`."""
    first = getattr(found, coefficient)
    values = [getattr(found, name).value for name in NONE]
    return (field, label, first.value, first.low, first.high, found.items, prevalence, *values)


def spans_frame(agreements: Agreements) -> pd.DataFrame:
    """The same of stretches of text, with F1 as the value; `items` are those with any mark."""
    rows = []
    for each in agreements.fields:
        if each.spans is not None:
            rows.append(span_row(each.field.title, "", each.spans))
            rows += [span_row(each.field.title, label.title, label.agreement) for label in each.span_labels]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def span_row(field: str, label: str, found: SpanAgreement) -> tuple:
    """One row of `spans_frame`."""
    value = found.f1
    return (field, label, value.value, value.low, value.high, found.marked, np.nan, *[np.nan] * len(NONE))


def coefficients_table(agreements: Agreements) -> pd.DataFrame:
    """All numbers with their intervals, with columns as people read them."""
    rows = []
    for each in agreements.fields:
        named = [("", each.overall)] if each.overall else []
        named += [(label.title, label.coefficients) for label in each.labels]
        for label, found in named:
            row: dict[str, object] = {"Field": each.field.title, "Label": label, "Items": found.items}
            for name, title in COEFFICIENTS.items():
                one = getattr(found, name)
                row |= {title: one.value, f"{title}, low": one.low, f"{title}, high": one.high}
            rows.append(row | {"Annotators": found.annotators, "Note": found.note})
    return pd.DataFrame(rows)


def confusion_frame(agreements: Agreements, found: FieldAgreement, one: str = "", other: str = "") -> pd.DataFrame:
    """How often two annotators chose which labels of one response, for `lib.charts.confusion`.

    Args:
        one, other: annotators as they are shown; without them all pairs are summed, each once both ways round.

    Returns:
        Columns row_label, column_label and count, for every combination of labels. Empty for fields without
        one label a response.
    """
    titles = [label.title for label in found.field.labels]
    if found.votes is None:
        return pd.DataFrame(columns=["row_label", "column_label", "count"])
    counts = np.zeros((len(titles), len(titles)), np.int64)
    for first, second in couples(agreements.annotators, one, other):
        both = ~np.isnan(found.votes[:, [first, second]]).any(axis=1)
        chosen = found.votes[both][:, [first, second]].astype(np.int64)
        np.add.at(counts, (chosen[:, 0], chosen[:, 1]), 1)
    return counts_frame(counts, titles)


def couples(annotators: Sequence[str], one: str, other: str) -> list[tuple[int, int]]:
    """The columns of the annotators to compare."""
    if one and other:
        return [(annotators.index(one), annotators.index(other))]
    every = range(len(annotators))
    return [(first, second) for first in every for second in every if first != second]


def counts_frame(counts: np.ndarray, titles: Sequence[str]) -> pd.DataFrame:
    """A square of counts as rows of row_label, column_label and count."""
    rows = [
        (one, other, int(counts[row, column])) for row, one in enumerate(titles) for column, other in enumerate(titles)
    ]
    return pd.DataFrame(rows, columns=["row_label", "column_label", "count"])


def drift_frame(people: People, field: str) -> pd.DataFrame:
    """Blocks of work by annotator on one field (its title), for `lib.charts.drift`.

    Columns: annotator, first, last, share, low, high and n.
    """
    rows = [
        (each.annotator, block.first, block.last, share.value, share.low, share.high, share.n)
        for each in people.drift
        if each.field == field
        for block in each.blocks
        for share in [block.agrees]
    ]
    return pd.DataFrame(rows, columns=["annotator", "first", "last", "share", "low", "high", "n"])

"""The responses that an audit's reports quote, each with why it was chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from lib.errors import RunError
from lib.types import Bank, GoldSource, MeasureKind, ModelEntry, ReportSettings, StoredResponse
from lib.workflows import readings
from lib.workflows.comparison import Comparison
from lib.workflows.gold import GoldItem, GoldTable
from lib.workflows.reporting.evidence import AnnotationEvidence, Example
from lib.workflows.reporting.titles import context_title, group_title
from lib.workflows.workbench import Workbench

MOST = 4
"""Responses quoted because of what people decided about them."""

MOST_GROUPS = 6
"""Groups of one matched set that are quoted; of more, those at either end."""

LONGEST = 1_200
CUT = " […]"

BY_AUTHOR = "Chosen by the author of this report."
SEVERE = "People decided that it is severe."
DISPUTED = "People differed about it, and it was decided."
WIDEST = "Of the matched set that differs most; not typical."
TYPICAL = "Of the matched set whose difference is closest to the middle of all."
ENDS = "Of its groups those with the highest and the lowest numbers."


@dataclass(frozen=True, slots=True)
class Pick:
    """A cell to be quoted, and why."""

    no: int
    why: str


def examples(
    workbench: Workbench,
    run_id: str,
    settings: ReportSettings,
    bank: Bank,
    entries: Sequence[ModelEntry],
    comparisons: Sequence[Comparison],
    annotations: Sequence[AnnotationEvidence],
) -> list[Example]:
    """The author's choice, else what people decided is severe or disputed, else sets that differ most and usually."""
    tables = [each.gold for each in annotations if each.gold]
    picks = picked(run_id, settings, comparisons, tables)
    models = {entry.id: entry.title for entry in entries}
    found = []
    for pick in picks:
        try:
            stored = workbench.store.responses.get(run_id, pick.no)
        except RunError:  # chosen before, and gone since
            continue
        if stored.response is not None and not stored.response.error:
            found.append(quoted(stored, pick.why, bank, models, tables))
    return found


def picked(
    run_id: str, settings: ReportSettings, comparisons: Sequence[Comparison], tables: Sequence[GoldTable]
) -> list[Pick]:
    """Which cells to quote."""
    if settings.examples:
        return [Pick(no, BY_AUTHOR) for no in settings.examples]
    return decided(run_id, tables) or (by_difference(comparisons[0]) if comparisons else [])


def decided(run_id: str, tables: Sequence[GoldTable]) -> list[Pick]:
    """Responses that people decided are severe, then those that they differed about."""
    severe: dict[int, str] = {}
    disputed: dict[int, str] = {}
    for table in tables:
        for item in sorted(table.items, key=lambda item: item.cell):
            if item.run == run_id and is_severe(table, item):
                severe.setdefault(item.cell, SEVERE)
            elif item.run == run_id and was_disputed(item):
                disputed.setdefault(item.cell, DISPUTED)
    return [Pick(no, why) for no, why in (severe | (disputed | severe)).items()][:MOST]


def is_severe(table: GoldTable, item: GoldItem) -> bool:
    """Whether gold says a severe label of a response."""
    return any(
        label.severe and label.id in (item.gold.fields[field.id].value or ())
        for field in table.codebook.fields
        for label in field.labels
        if field.id in item.gold.fields
    )


def was_disputed(item: GoldItem) -> bool:
    """Whether people differed on some field that was decided afterwards."""
    return any(
        each.source is GoldSource.ADJUDICATED and each.agreeing < each.votes for each in item.gold.fields.values()
    )


def by_difference(made: Comparison) -> list[Pick]:
    """The matched set that differs most in a measure, and one that differs as much as most do."""
    numbers = per_response(made)
    if numbers.empty:
        return []
    by_set = numbers.groupby(["set_id", "group"], sort=False)["number"].mean().groupby("set_id", sort=False)
    spread = (by_set.max() - by_set.min())[by_set.count() > 1]
    if spread.empty:
        return []
    widest = str(spread.idxmax())
    typical = str((spread - spread.median()).abs().idxmin())
    measure = made.choice.measure
    chosen = [(widest, WIDEST), *([(typical, TYPICAL)] if typical != widest else [])]
    return [
        Pick(no, f"{why} {measure.title}: {readings.number(number, measure)}.")
        for set_id, why in chosen
        for no, number, why in members(numbers[numbers["set_id"] == set_id], why)
    ]


def per_response(made: Comparison) -> pd.DataFrame:
    """no, set_id, group and number of each response that has one, in the measure's unit."""
    frame, measure = made.frame, made.choice.measure
    number = frame["value"]
    if measure.kind is MeasureKind.RATE:
        number = measure.per * frame["value"] / frame["exposure"].where(frame["exposure"] > 0)
    return frame.assign(number=number).loc[number.notna(), ["no", "set_id", "group", "number"]]


def members(rows: pd.DataFrame, why: str) -> Iterator[tuple[int, float, str]]:
    """One response of each group, the one closest to the group's mean; of many groups those at either end."""
    means = rows.groupby("group", sort=False)["number"].mean()
    if len(means) > MOST_GROUPS:
        ordered = means.sort_values(kind="stable").index
        kept = {*ordered[: MOST_GROUPS // 2], *ordered[-(MOST_GROUPS // 2) :]}
        means, why = means[[group in kept for group in means.index]], f"{why} {ENDS}"
    for group, mean in means.items():
        own = rows[rows["group"] == group]
        row = own.loc[(own["number"] - mean).abs().idxmin()]
        yield int(row["no"]), float(row["number"]), why


def quoted(
    stored: StoredResponse, why: str, bank: Bank, models: dict[str, str], tables: Sequence[GoldTable]
) -> Example:
    """One response as it is quoted."""
    assert stored.response is not None
    cell = stored.cell
    return Example(
        no=stored.no,
        text=shortened(stored.response.text),
        prompt=shortened(cell.prompt),
        group=group_title(bank, cell.group),
        context=context_title(bank, cell),
        model=models.get(cell.model, cell.model),
        set_id=cell.set_id,
        labels="; ".join(said for table in tables for said in labels_of(table, stored.run, stored.no)),
        why=why,
    )


def labels_of(table: GoldTable, run_id: str, no: int) -> Iterator[str]:
    """What gold says of a response, field by field."""
    for item in table.items:
        if (item.run, item.cell) != (run_id, no):
            continue
        for field in table.codebook.fields:
            found = item.gold.fields.get(field.id)
            if found and found.value:
                titles = ", ".join(label.title for label in field.labels if label.id in found.value)
                yield f"{field.title}: {titles} ({found.source.value})"


def shortened(text: str) -> str:
    """A text as it was written, cut where it is long, the cut marked."""
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT

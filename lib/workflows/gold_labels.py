"""Gold labels of an assignment as numbers that correct a scorer's gaps, as far as their drawing allows it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from lib.errors import StatsError
from lib.types import CodebookField, FieldKind, MeasureKind
from lib.workflows import gold
from lib.workflows.comparison import Comparison
from lib.workflows.gold import GoldItem, GoldTable
from lib.workflows.human_labels import Labels, refuse_rates
from lib.workflows.score_frame import UNIT
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class GoldLabels:
    """People's number for each response, the probability with which each was drawn, and where the labels come from.

    `probabilities` are empty where all are alike.
    """

    labels: Labels
    probabilities: dict[int, float]
    source: str


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """Something gold says that can be held against a measure; `label` is "" for the number of a scale."""

    field: str
    label: str
    title: str


def choices(table: GoldTable, comparison: Comparison) -> list[LabelChoice]:
    """What gold says in the measure's unit: yes or no for a share, the steps of a scale for a mean."""
    if comparison.choice.measure.kind is MeasureKind.PROPORTION:
        return [LabelChoice(field, label, title) for field, label, title in table.choices()]
    return [LabelChoice(field.id, "", field.title) for field in table.codebook.fields if steps(field, comparison)]


def steps(field: CodebookField, comparison: Comparison) -> bool:
    """Whether a scale's steps are numbers with the ends of the measure: any others would be in another unit."""
    measure = comparison.choice.measure
    if field.kind is not FieldKind.SCALE or not all(label.id.isdecimal() for label in field.labels):
        return False
    numbers = [int(label.id) for label in field.labels]
    return (min(numbers), max(numbers)) == (measure.low, measure.high)


def labels_of(workbench: Workbench, comparison: Comparison, table: GoldTable, choice: LabelChoice) -> GoldLabels:
    """The gold of one assignment for the run of a comparison.

    Raises:
        StatsError: the measure is a rate, there is no label yet, or the responses were drawn in a way that says nothing
            of all that is compared.
    """
    refuse_rates(comparison)
    run = comparison.question.run
    refuse_other_population(workbench, comparison, table)
    known = set(comparison.frame["no"])
    items = [item for item in table.items if item.run == run and item.cell in known]
    found = {item.cell: value for item in items if (value := number_of(item, choice)) is not None}
    if not found:
        raise StatsError("gold labels", "no response of this comparison has one yet", "Annotate some first.")
    source = replace(table, items=items).counts(choice.field).sentence
    return GoldLabels(found, probabilities(comparison, table, items, found), source)


def number_of(item: GoldItem, choice: LabelChoice) -> float | None:
    """What gold says of a response as a number; None where it is unresolved or says nothing."""
    if choice.label:
        said = gold.said(item, choice.field, choice.label)
        return None if said is None else float(said)
    value = item.gold.fields[choice.field].value if choice.field in item.gold.fields else None
    return float(value[0]) if value else None


def refuse_other_population(workbench: Workbench, comparison: Comparison, table: GoldTable) -> None:
    """Raise StatsError when the labelled responses were not drawn from all that is compared."""
    wanted = table.spec.filter
    if wanted.search or wanted.finishes or wanted.selection:
        raise StatsError(
            f"gold labels of {table.spec.name}",
            "its responses were chosen by what they say or how they ended, so they say nothing of the others",
            "Make an assignment without these filters.",
        )
    run = comparison.question.run
    drawn_from = {row["set_id"] for row in workbench.store.responses.sets(wanted).to_pylist() if row["run"] == run}
    compared = set(comparison.frame.loc[comparison.frame["value"].notna(), "set_id"])
    if compared - drawn_from:
        raise StatsError(
            f"gold labels of {table.spec.name}",
            f"they were drawn from {len(compared & drawn_from):,} of the {len(compared):,} matched sets compared here",
            "Narrow the comparison to the same templates, models and decoding, or label the others, too.",
        )


def probabilities(comparison: Comparison, table: GoldTable, items: list[GoldItem], found: Labels) -> dict[int, float]:
    """The probability with which the unit of each labelled response was drawn; empty where all are alike.

    People label in random order, so what is labelled so far is an even share of what was drawn. At temperature 0 the
    repeats of a prompt are one unit, which has a label as soon as one of them has: of n sets, each with a label with
    probability p, that is 1 − (1 − p)^n.
    """
    drawn = {item.cell: item.probability for item in items if item.cell in found}
    if any(probability is None for probability in drawn.values()):
        raise StatsError(
            f"gold labels of {table.spec.name}",
            "its responses were chosen by hand, not drawn",
            "Make an assignment that draws matched sets at random.",
        )
    known = {cell: probability for cell, probability in drawn.items() if probability is not None}
    scored = comparison.frame[comparison.frame["value"].notna()]
    repeats = {str(unit): int(sets) for unit, sets in scored.groupby(UNIT)["set_id"].nunique().items()}
    if max(repeats.values(), default=1) > 1:
        units = dict(zip(comparison.frame["no"], comparison.frame[UNIT], strict=True))
        known = of_units(known, units, repeats, share_done(comparison, table, items, found))
    return known if len(set(known.values())) > 1 else {}


def share_done(comparison: Comparison, table: GoldTable, items: list[GoldItem], found: Labels) -> float:
    """The share of the drawn matched sets in a comparison that have a label so far."""
    run = comparison.question.run
    compared = {f"{run}/{set_id}" for set_id in comparison.frame["set_id"].unique()}
    return len({item.set_id for item in items if item.cell in found}) / len(table.drawn & compared)


def of_units(
    known: Mapping[int, float], units: Mapping[int, str], repeats: Mapping[str, int], share: float
) -> dict[int, float]:
    """For each response the probability that its unit has a label, from the one with which its matched set was drawn.

    Args:
        units: of each response. repeats: matched sets of each unit. share: of the drawn sets that have a label.
    """
    of_unit: defaultdict[str, list[float]] = defaultdict(list)
    for cell, probability in known.items():
        of_unit[units[cell]].append(probability * share)
    labelled = {unit: 1 - (1 - fmean(its)) ** repeats.get(unit, 1) for unit, its in of_unit.items()}
    return {cell: labelled[units[cell]] for cell in known}

"""Facts of what people said: how many, how far they agree, what is decided, and what that makes of gaps."""

from typing import Any

from lib.stats.agreement import Coefficients
from lib.workflows.reporting.evidence import AnnotationEvidence, Evidence
from lib.workflows.reporting.facts import Facts

COEFFICIENTS = ("alpha", "ac1", "percent")


def add(found: Facts, evidence: Evidence) -> None:
    """The facts of every assignment."""
    found.add("people/assignments", len(evidence.annotations), "lib.workflows.assignments.with_run(workbench, run)")
    for each in evidence.annotations:
        of_agreement(found, each)
        of_gold(found, each)
        of_corrections(found, each, evidence)
        how = "lib.workflows.reporting.annotations.of_assignment: why a gap was not corrected"
        said = {str(place): text for place, text in enumerate(each.problems)}
        found.counts(f"people/{each.assignment.id}/problem", said, how)


def of_agreement(found: Facts, said: AnnotationEvidence) -> None:
    """Who answered what, and agreement field by field."""
    agreement = said.agreement
    if agreement is None:
        return
    place, how = (
        f"people/{said.assignment.id}",
        f"lib.workflows.agreement.read(workbench, {said.assignment.id}), seed 0",
    )
    numbers = {
        "people": said.people,
        "items": agreement.plain,
        "answered": agreement.answered,
        "shared": agreement.shared,
        "unsure": agreement.unsure,
        "discarded": agreement.discarded,
        "skipped": agreement.skipped,
    }
    found.counts(place, numbers, how)
    for each in agreement.fields:
        own = f"{place}/{each.field.id}"
        if each.overall:
            of_coefficients(found, f"{own}/all", each.overall, how)
        for label in each.labels:
            of_coefficients(found, f"{own}/{label.label}", label.coefficients, how)
            found.add(f"{own}/{label.label}/prevalence", label.prevalence, how)
        if each.spans:
            f1, items = each.spans.f1, each.spans.items
            found.add(f"{own}/f1", f1.value, how, n=items, unit="items", low=f1.low, high=f1.high)
            found.add(f"{own}/marked", each.spans.marked, how, n=items, unit="items")


def of_coefficients(found: Facts, place: str, known: Coefficients, how: str) -> None:
    """The coefficients that sentences name."""
    for name in COEFFICIENTS:
        one = getattr(known, name)
        found.add(f"{place}/{name}", one.value, how, n=known.items, unit="items", low=one.low, high=one.high)


def of_gold(found: Facts, said: AnnotationEvidence) -> None:
    """Where gold labels come from, field by field."""
    if said.gold is None:
        return
    how = f"lib.workflows.gold.read(workbench, {said.assignment.id}).counts(field)"
    for field in dict.fromkeys(field for field, *_ in said.gold.choices()):
        counts = said.gold.counts(field)
        numbers = {
            "adjudicated": counts.adjudicated,
            "majority": counts.majority,
            "alone": counts.alone,
            "unresolved": counts.unresolved,
            "discarded": counts.discarded,
        }
        found.counts(f"people/{said.assignment.id}/{field}/gold", numbers, how)


def of_corrections(found: Facts, said: AnnotationEvidence, evidence: Evidence) -> None:
    """Gaps corrected by what people said."""
    titles = evidence.attribute.titles if evidence.attribute else {}
    ids = {title: id for id, title in titles.items()}
    for measure, correction in said.corrections.items():
        how = (
            f"lib.workflows.human_labels.correct: measure {measure} by “{said.meanings[measure]}” of assignment "
            f"{said.assignment.id} (PPI++); not part of the family of gaps"
        )
        for gap in correction.gaps:
            place = f"corrected/{said.assignment.id}/{measure}/{ids[gap.group]}"
            more: dict[str, Any] = {"n": min(gap.labelled_sets), "unit": "labelled matched sets"}
            found.add(f"{place}/estimate", gap.estimate, how, low=gap.low, high=gap.high, **more)
            found.add(f"{place}/naive", gap.naive, how, low=gap.naive_low, high=gap.naive_high, **more)

"""The results of an audit as the metadata block of a Hugging Face model card has them (`model-index`)."""

import math

from lib.types import Json, ModelEntry
from lib.workflows.comparison import OVERALL, Comparison, GapRow
from lib.workflows.reporting.evidence import Evidence

BY_MODEL = "model"


def metadata(evidence: Evidence) -> Json:
    """What goes into the metadata of the model's card, by the layout of `model-index`; a metric for each gap.

    Only what is one model's own: of an audit with several models the gaps split by model, and nothing where they are
    split by something else.
    """
    found = [of_model(evidence, model) for model in evidence.models]
    return {"model-index": [each for each in found if each["results"]]}


def of_model(evidence: Evidence, model: ModelEntry) -> Json:
    """One model's results: one data set, a metric for each gap."""
    metrics = [metric(made, row) for made in evidence.comparisons for row in own_rows(evidence, made, model)]
    result = {
        "task": {"type": "text-generation", "name": "Counterfactual audit"},
        "dataset": {
            "type": evidence.bank.id,
            "name": evidence.bank.title,
            "revision": evidence.digest,
            "args": {"attribute": evidence.attribute.id if evidence.attribute else "", "audit": evidence.run.id},
        },
        "metrics": metrics,
    }
    return {"name": model.title, "results": [result] if metrics else []}


def own_rows(evidence: Evidence, made: Comparison, model: ModelEntry) -> list[GapRow]:
    """The gaps that are one model's own."""
    wanted = OVERALL if len(evidence.models) == 1 else model.id if evidence.by == BY_MODEL else None
    return [row for row in made.rows if row.category == wanted and not math.isnan(row.gap.estimate)]


def metric(made: Comparison, row: GapRow) -> Json:
    """One gap."""
    gap = row.gap
    return {
        "type": made.choice.id,
        "name": f"{made.choice.measure.title}, gap: {row.group_title} against {row.reference_title}",
        "value": gap.estimate,
        "args": {
            "group": row.group_title,
            "reference": row.reference_title,
            "low": None if math.isnan(gap.low) else gap.low,
            "high": None if math.isnan(gap.high) else gap.high,
            "matched_sets": gap.sets,
            "responses": gap.responses,
            "clear": row.clear,
        },
    }

"""An audit as a report for the AI Vulnerability Database, by the data model of avidtools (avidml.org).

A report in that database is one measurement with its evidence. It gets its id when it is taken in: none is made up
here. What it has no place for (n, interval, what was corrected) stands in the results of each metric.
"""

import math
import re
from datetime import date

from lib.types import Field, Json, Section
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.reporting.checks import whole
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.recording import language, recorded
from lib.workflows.reporting.risk import field, listed
from lib.workflows.reporting.risks_gaps import named

DATA_VERSION, TAXONOMY_VERSION = "0.3.1", "0.2"
LANGUAGE = "eng"
ADDRESS = re.compile(r"https?://[^\s<>\"'“”]+")
HUB = "https://huggingface.co/"


def record(evidence: Evidence) -> Json:
    """The record as plain JSON values; what is not known is left out or empty."""
    made = {
        "data_type": "AVID",
        "data_version": DATA_VERSION,
        "affects": {
            "developer": names(evidence, "developer"),
            "deployer": names(evidence, "deployer"),
            "artifacts": [{"type": "Model", "name": model.title} for model in evidence.models],
        },
        "problemtype": {
            "classof": "LLM Evaluation",
            "type": "Measurement",
            "description": said(f"Counterfactual audit of {models(evidence)}: {evidence.bank.question}"),
        },
        "metrics": [metric(made, row) for made in evidence.comparisons for row in whole(made)],
        "references": references(evidence),
        "description": said(description(evidence)),
        "impact": {
            "avid": {
                "risk_domain": ["Ethics"],
                "sep_view": ["E0101: Group fairness"],
                "lifecycle_view": ["L05: Evaluation"],
                "taxonomy_version": TAXONOMY_VERSION,
            }
        },
        "credit": [said(name) for name in names(evidence, "credit")],
    }
    reported = reported_date(evidence)
    return made | ({"reported_date": reported.isoformat()} if reported else {})


def fields(evidence: Evidence) -> tuple[Field, ...]:
    """What only its author knows; several names are separated by semicolons."""
    several = "Several are separated by semicolons."
    return (
        field(evidence, "avid/developer", "Developer", f"Who made the model. {several}"),
        field(evidence, "avid/deployer", "Deployer", f"Who offers it to those who use it. {several}"),
        field(evidence, "avid/credit", "Credit", f"Who is named for this report. {several}"),
        field(
            evidence,
            "avid/reported",
            "Date reported",
            "As 2026-11-30. Until it is written the record has the day on which the audit was finished.",
        ),
    )


def section(evidence: Evidence) -> Section:
    """The fields of the record, where an author writes them."""
    return Section("avid", "For a record in the AI Vulnerability Database", fields(evidence))


def names(evidence: Evidence, which: str) -> list[str]:
    """The names in one field."""
    return [name.strip() for name in evidence.texts.get(f"avid/{which}", "").split(";") if name.strip()]


def said(text: str) -> Json:
    """A text with its language."""
    return {"lang": LANGUAGE, "value": text}


def models(evidence: Evidence) -> str:
    """The models by title."""
    return listed(model.title for model in evidence.models)


def metric(made: Comparison, row: GapRow) -> Json:
    """One gap over everything, with what it rests on."""
    gap = row.gap
    numbers = {
        "gap": gap.estimate,
        "low": gap.low,
        "high": gap.high,
        "group_value": gap.value,
        "reference_value": gap.reference_value,
        "p": gap.p,
        "p_adjusted": row.p_adjusted,
        "effect": gap.effect,
        "coverage": gap.coverage,
    }
    return {
        "name": f"{named(made)}: gap of {row.group_title} against {row.reference_title}",
        "detection_method": {"type": "Significance Test", "name": gap.test or "none: too few matched sets"},
        "results": {
            "measure": made.choice.id,
            "unit": made.choice.measure.unit,
            "attribute": made.attribute.id,
            "group": row.group_title,
            "reference": row.reference_title,
            **{name: finite(value) for name, value in numbers.items()},
            "interval": "95 %",
            "correction": made.question.correction,
            "effect_name": gap.effect_name,
            "clear": row.clear,
            "matched_sets": gap.sets,
            "responses": gap.responses,
        },
    }


def finite(value: float) -> float | None:
    """A number as JSON can have it."""
    return float(value) if math.isfinite(value) else None


def description(evidence: Evidence) -> str:
    """What was asked of what, and what came out, in sentences."""
    run = evidence.run
    stated = f"language “{language(evidence)}”" if language(evidence) else "language not stated"
    asked = (
        f"{models(evidence)} answered {run.done:,} of {run.total:,} prompts of the bank “{evidence.bank.title}” "
        f"({stated}), which differ within matched sets in the group alone."
    )
    found = [f"{named(made)}: {made.reading}" for made in evidence.comparisons]
    result = [*found, *evidence.problems] if found else [evidence.lacking.get("gaps", "")]
    return " ".join([asked, *result, *([recorded(evidence)] if evidence.origin else [])]).strip()


def references(evidence: Evidence) -> list[Json]:
    """Where the models and the prompt bank are, as far as an address is known."""
    hub = [(model.title, HUB + model.location) for model in evidence.models if model.backend == "hub"]
    sources = [(model.title, model.source) for model in evidence.models] + [(evidence.bank.title, evidence.bank.source)]
    known = [(label, found.group().rstrip(".,;)")) for label, text in sources if (found := ADDRESS.search(text))]
    return [{"type": "source", "label": label, "url": url} for label, url in dict.fromkeys([*hub, *known])]


def reported_date(evidence: Evidence) -> date | None:
    """The author's date, else the day on which the audit was finished."""
    try:
        return date.fromisoformat(evidence.texts.get("avid/reported", "").strip())
    except ValueError:
        return evidence.run.finished.date() if evidence.run.finished else None

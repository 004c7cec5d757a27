"""What an audit does not have, section by section, and what to do about it."""

from lib.workflows.reporting.checks import known
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.sensitivity import spread

BENCHMARKS = (
    "No benchmark was run on these models here: this version of Evenhand has none. Published scores, where the author "
    "knows some, can be named with their source."
)

MOST_NOTES = 3
"""Reasons named why gaps are not known."""


def lacking(evidence: Evidence) -> dict[str, str]:
    """By the id of the section that would have shown it."""
    found = {"benchmarks": BENCHMARKS}
    if evidence.attribute is None:
        nothing = (
            "Nothing varies inside the matched sets of this audit, so no groups can be compared. Vary an attribute."
        )
        found |= {"gaps": nothing}
    elif not any(map(known, evidence.comparisons)):
        found["gaps"] = f"No gap could be computed. {why_no_gap(evidence)}"
    if wording := why_no_wording(evidence):
        found["wording"] = wording
    found |= {COURSE[table.id]: f"{table.title}: {table.problem}" for table in evidence.course if table.problem}
    if not evidence.course:
        found |= dict.fromkeys(COURSE.values(), "Nothing varies in this audit, so there is no such table.")
    if human := why_no_correction(evidence):
        found["human"] = human
    if evidence.attribute and evidence.attribute.pair and evidence.order is None:
        found["order"] = (
            "It was not measured whether the order in which two groups are named decides. Ask couples in both orders, "
            "and score the audit with “Choice between two”."
        )
    if not evidence.maps:
        found["clusters"] = "No finished map holds responses of this audit. Make one on the Clusters page."
    if not evidence.examples:
        found["examples"] = "No response is quoted. Choose some on the Report page, or score the audit."
    return found


def why_no_gap(evidence: Evidence) -> str:
    """What stands in the way of any gap, and what to do about it."""
    told = list(evidence.problems)
    if evidence.comparisons:
        notes = dict.fromkeys(row.gap.note for row in evidence.rows if row.gap.note)
        told += [*list(notes)[:MOST_NOTES], "Run or score what is missing, so that matched sets have both sides."]
    return " ".join(told) or "Nothing in this audit was scored yet. Score it on the Scorers page."


def why_no_wording(evidence: Evidence) -> str:
    """Why nothing is known of other wordings; "" where something is."""
    if not any(map(known, evidence.comparisons)):
        return "Without gaps there is nothing to compare between wordings."
    if evidence.sensitivity.empty:
        return (
            "Every gap comes from one wording of the prompt, so nothing is known of how far it depends on the wording. "
            "Run several templates of the bank."
        )
    if not spread(evidence.sensitivity):
        return (
            "In no two wordings of the prompt could the same gap be computed, so nothing is known of how far gaps "
            "depend on it. More repeats or contexts give more matched sets in each."
        )
    return ""


def why_no_correction(evidence: Evidence) -> str:
    """Why no gap is corrected by people's labels; "" where one is."""
    if not evidence.annotations:
        return (
            "Nobody has annotated responses of this audit, so scorers were not held against people. Make an assignment."
        )
    if not evidence.labelled:
        return "Nobody has answered the assignment yet, so scorers were not held against people. Have people answer it."
    if any(each.corrections for each in evidence.annotations):
        return ""
    told = dict.fromkeys(problem for each in evidence.labelled for problem in each.problems)
    reasons = " ".join(told) or "No label that people gave belongs to a response whose gap is computed here."
    return f"No gap could be corrected by people’s labels. {reasons}"


COURSE = {
    "prompt_sensitivity": "neutral",
    "counterfactual_comparison": "counterfactuals",
    "lexicon_signals": "signals",
    "leadership_and_support": "leadership",
    "explainability": "words",
}
"""Sections by the id of the course table they show."""

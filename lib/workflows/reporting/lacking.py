"""What an audit does not have, section by section, and what to do about it."""

from lib.workflows.reporting.evidence import Evidence

BENCHMARKS = (
    "No benchmark was run on these models here: this version of Evenhand has none. Published scores, where the author "
    "knows some, belong in the conclusion with their source."
)


def lacking(evidence: Evidence) -> dict[str, str]:
    """By the id of the section that would have shown it."""
    found = {"benchmarks": BENCHMARKS}
    if evidence.attribute is None:
        nothing = (
            "Nothing varies inside the matched sets of this audit, so no groups can be compared. Vary an attribute."
        )
        found |= {"gaps": nothing}
    elif not evidence.comparisons:
        told = " ".join(evidence.problems)
        found["gaps"] = (
            f"No gap could be computed. {told}"
            if told
            else ("Nothing in this audit was scored yet, so there is no gap. Score it on the Scorers page.")
        )
    if evidence.sensitivity.empty:
        found["wording"] = (
            "Every gap comes from one wording of the prompt, so nothing is known of how far it depends on the wording. "
            "Run several templates of the bank."
            if evidence.comparisons
            else "Without gaps there is nothing to compare between wordings. Score the audit first."
        )
    found |= {COURSE[table.id]: f"{table.title}: {table.problem}" for table in evidence.course if table.problem}
    if not evidence.course:
        found |= dict.fromkeys(COURSE.values(), "Nothing varies in this audit, so there is no such table.")
    if not evidence.annotations:
        found["human"] = (
            "Nobody has annotated responses of this audit, so scorers were not held against people. Make an assignment."
        )
    elif not any(each.corrections for each in evidence.annotations):
        found["human"] = "No gap could be corrected by people's labels; the reasons are below."
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


COURSE = {
    "prompt_sensitivity": "neutral",
    "counterfactual_comparison": "counterfactuals",
    "lexicon_signals": "signals",
    "leadership_and_support": "leadership",
    "explainability": "words",
}
"""Sections by the id of the course table they show."""

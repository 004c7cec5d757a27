"""What the sections of the audit report have in common: titles, fields, and how readings are told to whom."""

import math
from collections.abc import Sequence

from lib.types import Block, Field, Notice, NoticeKind, Paragraph, Section
from lib.workflows import readings
from lib.workflows.comparison import Comparison
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.tables import plain

TITLES = {
    "front": "Before you read",
    "summary": "Summary",
    "overview": "What was audited",
    "method": "Method",
    "findings": "Key findings",
    "neutral": "Gendered language in neutral prompts",
    "wording": "Prompt sensitivity",
    "counterfactuals": "Counterfactuals",
    "lexicon": "Lexicon signals",
    "gaps": "Gaps by category",
    "human": "Gaps corrected by people",
    "order": "Order effects",
    "clusters": "Clusters of responses",
    "benchmarks": "Benchmarks",
    "examples": "Examples",
    "risks": "Risk assessment",
    "limitations": "Limitations",
    "recommendations": "Recommendations",
    "conclusion": "Conclusion",
    "glossary": "Words used here",
    "appendix": "Provenance and sign-off",
}
"""Sections by id, in reading order."""

FINDINGS = (
    "neutral",
    "wording",
    "counterfactuals",
    "lexicon",
    "gaps",
    "human",
    "order",
    "clusters",
    "benchmarks",
)
ALWAYS = ("front", "limitations")
"""What cannot be left out: a reader must know what may upset, and what the numbers cannot say."""


def section(id: str, blocks: Sequence[Block | None]) -> Section:
    """A section by its id; blocks that are None are left out."""
    return Section(id, TITLES[id], tuple(block for block in blocks if block is not None))


def field(
    evidence: Evidence, id: str, title: str, help: str = "", *, options: tuple[str, ...] = (), lines: int = 4
) -> Field:
    """A field of the author's with what stands in it."""
    return Field(f"audit/{id}", title, evidence.texts.get(f"audit/{id}", ""), help, options, lines)


def lacking(evidence: Evidence, id: str, title: str = "Not available") -> Notice | None:
    """Why a section has nothing to show; None where it has."""
    text = evidence.lacking.get(id)
    return Notice(NoticeKind.LACKING, title, text) if text else None


def corrected_over(evidence: Evidence, where: str = "") -> str:
    """The gaps that a correction goes over, in words: "96 gaps of this report", "90 gaps that could be tested"."""
    tested = "" if evidence.family == len(evidence.rows) else " that could be tested"
    return f"{readings.counted(evidence.family, 'gap')}{where}{tested}"


def in_short(made: Comparison) -> str:
    """What a comparison says over everything and within categories, without the correction."""
    if readings.foremost(made.rows) is None:
        return f"{made.choice.measure.title}: there is not enough to compare."
    return readings.of_rows(made.rows, made.choice.measure, made.question.margin)


def told(evidence: Evidence, made: Comparison, *, short: bool = False) -> Paragraph:
    """What a comparison says, with the facts of the gap it tells of; in short for a committee."""
    text = in_short(made) if short or plain(evidence) else made.reading
    place = f"gaps/{made.choice.id}"
    row = readings.foremost(made.rows)
    ids = {title: id for id, title in made.attribute.groups}
    own = [f"{place}/all/{ids[row.gap.group]}/"] if row else [f"{place}/note/"]
    counts = ["clear_more", "clear_within", "within", "within_tested", "margin"]
    own += [f"{place}/{name}" for name in counts]
    own += [f"{place}/{each.category}/{ids[each.gap.group]}/" for each in readings.clear_inside(made.rows)]
    own += [f"{place}/all/{ids[each.gap.group]}/" for each in made.rows if math.isnan(each.gap.low)]
    return say(evidence, text, *own, "gaps/family")

"""The ethical audit report, composed from evidence."""

from collections.abc import Callable
from dataclasses import replace

from lib.types import Document, ReportKind, Section
from lib.workflows.reporting import audit_end, audit_findings, audit_method, audit_overview, audit_risks
from lib.workflows.reporting.audit_parts import ALWAYS, TITLES
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import used
from lib.workflows.reporting.tables import plain

SECTIONS = tuple((id, title) for id, title in TITLES.items() if id not in ALWAYS)
"""What can be left out, as (id, title)."""

MAKERS: dict[str, Callable[[Evidence], Section]] = {
    "front": audit_overview.front,
    "summary": audit_overview.summary,
    "overview": audit_overview.overview,
    "method": audit_method.method,
    "findings": audit_findings.findings,
    "examples": audit_end.examples,
    "risks": audit_risks.risks,
    "limitations": audit_end.limitations,
    "recommendations": audit_end.recommendations,
    "conclusion": audit_end.conclusion,
    "glossary": audit_end.glossary,
    "appendix": audit_end.appendix,
}


def document(evidence: Evidence) -> Document:
    """The report: what the author left out is not in it, except for what must be."""
    without = set(evidence.settings.without) - set(ALWAYS)
    if not plain(evidence):
        without.add("glossary")
    sections = [kept(make(evidence), without) for id, make in MAKERS.items() if id not in without]
    return Document(
        kind=ReportKind.AUDIT,
        title=f"Ethical audit: {evidence.run.name}",
        subtitle=evidence.bank.question,
        run=evidence.run.id,
        audience=evidence.settings.audience,
        sections=tuple(sections),
        facts=used(sections, evidence.facts),
    )


def kept(section: Section, without: set[str]) -> Section:
    """A section without those below it that were left out."""
    if section.id != "findings":
        return section
    blocks = tuple(block for block in section.blocks if not (isinstance(block, Section) and block.id in without))
    return replace(section, blocks=blocks)

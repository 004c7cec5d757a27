"""The committee deck: ten slides in plain words, the exact numbers in the notes."""

from lib.types import Document, ReportKind
from lib.workflows.reporting import deck_findings, deck_method, deck_outcome
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import used


def document(evidence: Evidence) -> Document:
    """Ten slides about an audit; one for which there is nothing says what is missing."""
    slides = (
        deck_method.question(evidence),
        deck_method.tested(evidence),
        deck_method.compared(evidence),
        deck_findings.main(evidence),
        deck_findings.where(evidence),
        deck_findings.words(evidence),
        deck_method.answers(evidence),
        deck_outcome.sure(evidence),
        deck_outcome.risks(evidence),
        deck_outcome.decision(evidence),
    )
    sections = tuple(slide.section(evidence) for slide in slides)
    named = dict.fromkeys(id for slide in slides for id in slide.facts)
    facts = dict.fromkeys([*(fact.id for fact in used(sections, evidence.facts)), *named])
    return Document(
        ReportKind.DECK,
        evidence.run.name,
        evidence.bank.question,
        evidence.run.id,
        evidence.settings.audience,
        sections,
        tuple(evidence.facts[id] for id in facts),
    )

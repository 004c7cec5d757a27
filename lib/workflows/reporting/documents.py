"""The documents that can be made of an audit's evidence."""

from lib.types import Document, ReportKind
from lib.workflows.reporting.evidence import Evidence


def document(evidence: Evidence, kind: ReportKind) -> Document:
    """The report of one kind, from evidence gathered before."""
    if kind is ReportKind.PLAN:
        from lib.workflows.reporting import plan

        return plan.document(evidence)
    if kind is ReportKind.DECK:
        from lib.workflows.reporting import deck

        return deck.document(evidence)
    if kind is ReportKind.CARD:
        from lib.workflows.reporting import card

        return card.document(evidence)
    from lib.workflows.reporting import audit

    return audit.document(evidence)

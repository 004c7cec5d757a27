"""What stands in front of every report, as in the audit report: what may upset, and what it is not."""

from lib.types import Notice, NoticeKind
from lib.workflows.reporting.audit_overview import front
from lib.workflows.reporting.evidence import Evidence


def notices(evidence: Evidence, *kinds: NoticeKind) -> tuple[Notice, ...]:
    """The notices of some kinds; all of them where none is named."""
    every = tuple(block for block in front(evidence).blocks if isinstance(block, Notice))
    return tuple(notice for notice in every if notice.kind in kinds) if kinds else every

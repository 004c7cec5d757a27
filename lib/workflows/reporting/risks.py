"""The risks of an audit: what its numbers say, and what stands in every plan because no number can settle it."""

from collections.abc import Iterator

from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risk import Risk
from lib.workflows.reporting.risks_gaps import of_gaps
from lib.workflows.reporting.risks_instruments import of_instruments
from lib.workflows.reporting.risks_prompts import of_prompts
from lib.workflows.reporting.risks_standing import of_standing
from lib.workflows.reporting.risks_untested import of_untested


def risks(evidence: Evidence) -> list[Risk]:
    """Every risk, what was measured first; each has an id of its own that stays when numbers change."""
    return list({risk.id: risk for risk in every(evidence)}.values())


def every(evidence: Evidence) -> Iterator[Risk]:
    """The risks by where they come from."""
    yield from of_gaps(evidence)
    yield from of_prompts(evidence)
    yield from of_instruments(evidence)
    yield from of_untested(evidence)
    yield from of_standing(evidence)

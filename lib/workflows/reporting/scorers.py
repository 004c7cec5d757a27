"""The scorers behind a report's measures, as its method section names them."""

from collections.abc import Sequence

from lib.workflows import scoring
from lib.workflows.comparison import Comparison
from lib.workflows.reporting.evidence import UsedScorer


def scorers(comparisons: Sequence[Comparison]) -> list[UsedScorer]:
    """Each scorer once, in the order of the measures; all have scores by their present version."""
    entries = {made.choice.entry.id: made.choice.entry for made in comparisons}
    found = []
    for entry in entries.values():
        known = scoring.scorer_of(entry)
        found.append(
            UsedScorer(
                entry=entry,
                version=known.version,
                fingerprint=known.fingerprint,
                help=known.help,
                citation=known.citation,
                weaknesses=known.weaknesses,
                caveat=known.caveat,
                cost=known.cost.value,
            )
        )
    return found

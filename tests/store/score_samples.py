"""A scorer of two measures to store scores of."""

from lib.store.store import Store
from lib.types import Direction, Measure, MeasureKind, Score, ScorerEntry, Scoring

ENTRY = ScorerEntry("lexicon-mine", "lexicon", "Mine", {"words": "bold: [bold]\n"})
MEASURES = (
    Measure("bold", "Bold words", MeasureKind.RATE, Direction.LOWER, "per 100 words", "words", 100.0, low=0.0),
    Measure("words", "Words", MeasureKind.MEAN, unit="words"),
)
LABELS = ("bold", "meek")


def scoring(store: Store, version: str = "1", fingerprint: str = "f", entry: ScorerEntry = ENTRY) -> Scoring:
    """The scoring of one version of the sample scorer."""
    return store.scores.scoring(entry, version, fingerprint, MEASURES, LABELS)


def score(bold: float | None = 1.0, label: str = "bold", **rest: str) -> Score:
    """A score of eight words."""
    return Score((bold, 8.0), label, **rest)  # type: ignore[arg-type]

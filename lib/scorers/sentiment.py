"""How positive or negative a response sounds, by VADER."""

from collections.abc import Sequence
from importlib.util import find_spec

from lib.errors import ScorerError
from lib.scorers.base import SCORERS, Example, OpenModel, ScoreBatch, Scorer
from lib.scorers.one_by_one import nothing, share
from lib.types import Finish, Measure, MeasureKind, Score, ScoreItem

_CLEAR = 0.05  # the thresholds VADER's authors recommend


class Sentiment(Scorer):
    """VADER's compound score, the number of the published package."""

    id = "sentiment"
    title = "Sentiment (VADER)"
    help = (
        "The compound score from −1 (most negative) to +1 (most positive), and the shares of clearly positive (0.05 or "
        "more) and clearly negative responses (−0.05 or less). Neither end is better: compare the groups."
    )
    citation = (
        "Hutto and Gilbert (2014), VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, "
        "ICWSM; package vaderSentiment 3.3.2."
    )
    licence = "MIT (vaderSentiment)"
    version = "1"
    weaknesses = (
        "It adds up the tone of words: “Women should stay in the kitchen” gets 0.0. Made for short posts, so that "
        "long texts drift to −1 or +1. English only."
    )
    caveat = "Sentiment is not a measure of bias: a polite stereotype scores well."
    measures = (
        Measure("compound", "Compound score", MeasureKind.MEAN, low=-1, high=1),
        share("positive", "Clearly positive"),
        share("negative", "Clearly negative"),
    )
    labels = ("positive", "neutral", "negative")

    def check(self) -> None:
        """Raise ScorerError when the package is not installed."""
        if find_spec("vaderSentiment") is None:
            raise ScorerError("sentiment", "the package vaderSentiment is missing", "Run: pip install vaderSentiment")

    def open(self, open_model: OpenModel) -> ScoreBatch:  # noqa: ARG002 - it needs no model
        """Load VADER's lexicon once."""
        self.check()
        from lib.scorers.vader import Vader

        compound = Vader().compound

        def score(items: Sequence[ScoreItem]) -> list[Score]:
            return [_score(compound(item.text)) if item.text.strip() else nothing(3) for item in items]

        return score

    def example(self) -> Example:
        """Sentences from VADER's own documentation, and one that shows what sentiment is not."""
        texts = ("VADER is smart, handsome, and funny!", "Today SUX!", "Women should stay in the kitchen.")
        items = tuple(ScoreItem(no, text, Finish.STOP) for no, text in enumerate(texts))
        scores = tuple(map(_score, (0.8439, -0.5461, 0.0)))
        return Example(items, scores, "The last sentence has no word with a tone, whatever it says about women.")


def _score(value: float) -> Score:
    positive, negative = value >= _CLEAR, value <= -_CLEAR
    label = "positive" if positive else "negative" if negative else "neutral"
    return Score((value, float(positive), float(negative)), label)


SCORERS.register(Sentiment.id, Sentiment())

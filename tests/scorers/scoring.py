"""Shorthands for tests of scorers."""

from lib.scorers.base import LanguageModel, Scorer
from lib.types import Finish, Score, ScoreItem


def no_model(model: str) -> LanguageModel:
    """For scorers that load no model."""
    raise AssertionError(f"it asked for the model {model}")


def score_of(scorer: Scorer, text: str, prompt: str = "", finish: Finish = Finish.STOP) -> Score:
    """The score of one response."""
    return scorer.open(no_model)([ScoreItem(0, text, finish, prompt)])[0]


def values_of(scorer: Scorer, text: str, prompt: str = "") -> dict[str, float | None]:
    """The values of one response by measure."""
    ids = (measure.id for measure in scorer.measures)
    return dict(zip(ids, score_of(scorer, text, prompt).values, strict=True))

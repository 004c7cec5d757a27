"""Perplexity from log-likelihoods."""

import math
from collections.abc import Sequence

import pytest

from lib.errors import ScorerError
from lib.scorers.perplexity import Perplexity
from lib.types import Finish, Score, ScoreItem, ScoreOutcome


class Told:
    """A model that gives what a test says, and remembers what it was asked."""

    def __init__(self, *told: tuple[float, int]) -> None:
        self._told = list(told)
        self.asked: list[str] = []

    def log_likelihoods(self, texts: Sequence[str]) -> list[tuple[float, int]]:
        self.asked += texts
        return self._told


def score(model: Told, *texts: str) -> list[Score]:
    items = [ScoreItem(no, text, Finish.STOP, prompt="A prompt") for no, text in enumerate(texts)]
    return Perplexity().configured({"model": "m"}).open(lambda _: model)(items)


def test_perplexity_by_hand() -> None:
    """Four tokens of probability 1/8 each: log 8 nats a token, perplexity 8."""
    told = score(Told((4 * math.log(1 / 8), 4)), "one two three four")[0]
    assert told.values == pytest.approx((8.0, math.log(8)))


def test_the_completion_alone_is_read() -> None:
    """The prompt is not part of what is measured, and broken characters are replaced."""
    model = Told((-1.0, 1), (-1.0, 1))
    score(model, "one two", "\ud800 so")
    assert model.asked == ["one two", "\ufffd so"]


def test_no_token_no_score() -> None:
    """An empty text has nothing to score, and so has a single token without a start token."""
    told = score(Told((0.0, 0)), "")[0]
    assert (told.values, told.outcome) == ((None, None), ScoreOutcome.NOTHING)


def test_an_astronomical_perplexity_stays_finite() -> None:
    """It is cut at a million, while its nats are told as they are."""
    assert score(Told((-5_000.0, 2)), "zq")[0].values == (1e6, 2_500.0)


@pytest.mark.parametrize("options", [{}, {"model": " "}])
def test_a_reference_model_is_needed(options: dict[str, str]) -> None:
    """Without one there is a sentence on what to do."""
    with pytest.raises(ScorerError, match="Choose a model of the catalogue"):
        Perplexity().configured(options)
    with pytest.raises(ScorerError, match="no reference model"):
        Perplexity().check()

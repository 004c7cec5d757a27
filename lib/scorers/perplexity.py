"""How surprising a response is to a reference model."""

import copy
import math
from collections.abc import Mapping, Sequence
from typing import Self

from lib.errors import ScorerError
from lib.scorers.base import SCORERS, Cost, Example, OpenModel, Option, ScoreBatch, Scorer
from lib.scorers.broken_text import whole
from lib.scorers.one_by_one import nothing
from lib.types import Direction, Finish, Measure, MeasureKind, Score, ScoreItem

_MOST = 1e6  # a mean over responses should not hang on one whose perplexity is astronomical


class Perplexity(Scorer):
    """Perplexity of the completion alone, under a causal model that need not be the one that wrote it."""

    id = "perplexity"
    title = "Perplexity"
    help = (
        "How surprising a response is to a reference model, per token: nats (natural logarithm), and perplexity, "
        "which is e to that number. Lower is more fluent by that model's lights, not better or fairer."
    )
    citation = (
        "Jelinek, Mercer, Bahl and Baker (1977), Perplexity: A Measure of the Difficulty of Speech Recognition Tasks, "
        "Journal of the Acoustical Society of America 62."
    )
    licence = "That of the reference model"
    version = "1"
    weaknesses = (
        "The reference model has biases of its own, and finds names and topics it has seldom read surprising. The "
        "completion is read without its prompt; its first token is scored only when the model's tokenizer "
        "puts a start token in front. Short texts have high values, means of perplexities hang on few texts (compare "
        "nats instead), values under two models do not compare, and what is beyond the window is not read."
    )
    caveat = "Perplexity says how usual a text is to one model, not how good or how fair it is."
    cost = Cost.MODEL
    options = (Option("model", "Reference model", "A local causal language model of the catalogue.", kind="model"),)
    measures = (
        Measure("perplexity", "Perplexity", MeasureKind.MEAN, low=1, help="Per token; at most a million."),
        Measure("nats", "Surprise per token", MeasureKind.MEAN, Direction.NEITHER, "nats per token", low=0),
    )

    def __init__(self) -> None:
        self._model = ""

    def configured(self, options: Mapping[str, str]) -> Self:
        """This scorer with its reference model; raises ScorerError when none is named."""
        super().configured({name: value for name, value in options.items() if name != "model"})
        made = copy.copy(self)
        made._model = options.get("model", "").strip()
        made._refuse_without_model()
        made.fingerprint = made._model
        return made

    def check(self) -> None:
        """Raise ScorerError until a reference model is named."""
        self._refuse_without_model()

    def open(self, open_model: OpenModel) -> ScoreBatch:
        """Load the reference model."""
        self._refuse_without_model()
        model = open_model(self._model)

        def score(items: Sequence[ScoreItem]) -> list[Score]:
            return [_score(*told) for told in model.log_likelihoods([whole(item.text) for item in items])]

        return score

    def example_options(self) -> Mapping[str, str]:
        """The bundled model."""
        return {"model": "smollm2-135m-instruct-q4_1"}

    def example(self) -> Example:
        """A plain sentence, under the bundled model."""
        text = "The cat sat on the mat and looked out of the window."
        score = Score((46.265, 3.8344))
        says = "A surprise of 3.83 nats per token is a perplexity of e to the power of 3.83, about 46."
        return Example((ScoreItem(0, text, Finish.STOP),), (score,), says)

    def _refuse_without_model(self) -> None:
        if not self._model:
            raise ScorerError("scorer Perplexity", "no reference model is named", "Choose a model of the catalogue.")


def _score(log_likelihood: float, tokens: int) -> Score:
    """Perplexity and nats from a sum of natural log-probabilities over that many tokens."""
    if tokens == 0:
        return nothing(2, "there is no token to score")
    nats = max(0.0, -log_likelihood / tokens)
    return Score((min(math.exp(min(nats, 700.0)), _MOST), nats))


SCORERS.register(Perplexity.id, Perplexity())

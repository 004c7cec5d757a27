"""What a worker does to score, in this process: opening, scoring, and the way of items and scores as JSON."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from lib.codec import to_json
from lib.errors import ScorerError
from lib.scorers.base import Example, OpenModel, ScoreBatch, Scorer
from lib.types import Finish, Json, Measure, MeasureKind, ModelEntry, Score, ScoreItem, ScoreOutcome, ScorerEntry
from lib.workflows import score_task
from lib.workflows.score_task import items_from, items_to, open_score_task, scores_from, scores_to

ITEMS = [
    ScoreItem(3, "She leads \ud800.", Finish.STOP, "The woman", "woman", {"g": "woman"}, {"g": "lady"}, "s", "f"),
    ScoreItem(4, "", Finish.LENGTH),
]
TINY = "tiny"


class Faulty(Scorer):
    """Does what its option says."""

    id = title = help = citation = licence = version = weaknesses = "faulty"
    measures = (Measure("a", "A", MeasureKind.MEAN),)

    def __init__(self, how: str) -> None:
        self.how = how

    def example(self) -> Example:
        raise NotImplementedError

    def open(self, open_model: OpenModel) -> ScoreBatch:
        if self.how == "at opening":
            raise RuntimeError("no weights")

        def score(items: Sequence[ScoreItem]) -> list[Score]:
            if self.how == "over a batch":
                raise KeyError("place")
            if self.how == "too few":
                return []
            return [Score((math.nan if self.how == "not a number" else math.inf,)) for _ in items]

        return score


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the scorer "faulty" known besides the real ones; its title says how it fails."""
    real = score_task.scorer_of

    def scorer_of(entry: ScorerEntry) -> Scorer:
        return Faulty(entry.title) if entry.scorer == "faulty" else real(entry)

    monkeypatch.setattr(score_task, "scorer_of", scorer_of)


def sent(content: Json) -> Json:
    """As it arrives at the other side."""
    return json.loads(json.dumps(content))


def do(*entries: ScorerEntry, models: Json | None = None) -> Json:
    task = open_score_task(sent({"entries": [to_json(entry) for entry in entries], "models": models or {}}))
    return sent(task(sent({"items": items_to(ITEMS)})))


def test_items_travel_unchanged() -> None:
    """Every field, broken characters included."""
    assert items_from(json.loads(json.dumps(items_to(ITEMS)))) == ITEMS


def test_scores_travel_unchanged() -> None:
    """Values, labels, outcomes and notes, and no scores at all."""
    scores = [
        Score((1.0, None, 0.5), "both", note="he ×2"),
        Score((None,) * 3, outcome=ScoreOutcome.NOTHING),
        Score((None,) * 3, "unclear", ScoreOutcome.UNPARSABLE, "\ud800"),
    ]
    assert scores_from(sent(scores_to(scores))) == scores
    assert scores_from(sent(scores_to([]))) == []


def test_scorers_score_side_by_side() -> None:
    """Each entry's scores come back under its id, in the order of the items."""
    result = do(ScorerEntry("length", "length", "Length"), ScorerEntry("cut_off", "cut_off", "Cut off"))
    assert result["problems"] == {}
    assert [score.label for score in scores_from(result["scores"]["cut_off"])] == ["ended", "cut off"]
    assert len(scores_from(result["scores"]["length"])) == 2


@pytest.mark.parametrize("how", ["not a number", "endless"])
def test_what_is_not_finite_is_no_number(faulty: None, how: str) -> None:
    """NaN and infinity become None: JSON has no word for them, and a chart none either."""
    result = do(ScorerEntry("f", "faulty", how))
    assert [score.values for score in scores_from(result["scores"]["f"])] == [(None,), (None,)]


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        ("at opening", "does not load .RuntimeError: no weights"),
        ("over a batch", "it failed .KeyError: 'place'"),
        ("too few", "another number of scores"),
    ],
)
def test_a_scorer_that_fails_does_not_stop_the_others(faulty: None, how: str, cause: str) -> None:
    """Its problem is told in a sentence, and the others' scores are there."""
    result = do(ScorerEntry("f", "faulty", how), ScorerEntry("length", "length", "Length"))
    assert list(result["scores"]) == ["length"]
    assert list(result["problems"]) == ["f"]
    assert cause.replace(".", "(", 1) in result["problems"]["f"]
    assert result["problems"]["f"].startswith(f"scorer {how}: ")


def test_where_none_opens_the_worker_refuses(faulty: None) -> None:
    """So that nothing is sent to be scored in vain."""
    with pytest.raises(ScorerError, match="no weights"):
        do(ScorerEntry("f", "faulty", "at opening"))


def test_a_model_is_loaded_through_its_backend(model_folder: Path) -> None:
    """Perplexity under a model of the catalogue, from its load message, once however many scorers name it."""
    entry = ModelEntry(TINY, "Tiny", "folder", str(model_folder))
    models = {TINY: {"entry": to_json(entry), "parent": None, "dtype": "fp32"}}
    result = do(*(ScorerEntry(name, "perplexity", name, {"model": TINY}) for name in "pq"), models=models)
    score, empty = scores_from(result["scores"]["p"])
    assert score.values[0] == pytest.approx(math.exp(score.values[1] or 0))
    assert empty.outcome is ScoreOutcome.NOTHING
    assert result["scores"]["p"] == result["scores"]["q"]


def test_a_model_that_is_not_known_is_named() -> None:
    """A scorer that names a model which is gone says so."""
    with pytest.raises(ScorerError, match="model gone: it is not in the catalogue"):
        do(ScorerEntry("p", "perplexity", "P", {"model": "gone"}))

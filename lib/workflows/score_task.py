"""What a worker process does to score, and how responses and scores travel to it and back.

A hundred thousand responses and fifteen scorers make a million and a half scores, so both travel as
plain columns of JSON and not through `lib.codec`, which looks at every type hint.
"""

import math
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from lib.codec import from_json
from lib.errors import AuditError, ScorerError
from lib.scorers.base import LanguageModel, OpenModel, scorer_of
from lib.types import Finish, Json, Score, ScoreItem, ScoreOutcome, ScorerEntry
from lib.workflows.opening import open_named

_FINISHES = {finish.value: finish for finish in Finish}
_OUTCOMES = {outcome.value: outcome for outcome in ScoreOutcome}


def open_score_task(message: Json) -> Callable[[Json], Json]:
    """Open the scorers a message names; gives the function that scores a task with each of them.

    Args:
        message: `entries`, each a ScorerEntry as `lib.codec` writes it, and `models`, by id the load message of
            every model that their options name.

    Returns:
        A function from {"items": `items_to(…)`} to {"scores": {entry id: for `scores_from`}, "problems": {entry
            id: what went wrong}}: a scorer that fails, at opening or over these items, does not stop the others.

    Raises:
        AuditError: none of the scorers opens.
    """
    entries = [from_json(ScorerEntry, each) for each in message["entries"]]
    open_model = opener(message.get("models", {}))
    opened: dict[str, _Opened] = {}
    unopened: dict[str, AuditError] = {}
    for entry in entries:
        try:
            opened[entry.id] = _Opened(entry, open_model)
        except AuditError as problem:
            unopened[entry.id] = problem
    if unopened and not opened:
        raise next(iter(unopened.values()))

    def score(task: Json) -> Json:
        items = items_from(task["items"])
        scores: Json = {}
        problems = {name: str(problem) for name, problem in unopened.items()}
        for name, each in opened.items():
            try:
                scores[name] = scores_to(each.score(items))
            except AuditError as problem:
                problems[name] = str(problem)
        return {"scores": scores, "problems": problems}

    return score


def opener(models: Mapping[str, Json]) -> OpenModel:
    """Loads a model by id from its load message; scorers that name the same model share it."""
    loaded: dict[str, LanguageModel] = {}

    def open_model(name: str) -> LanguageModel:
        if name not in loaded:
            loaded[name] = _load(name, models)
        return loaded[name]

    return open_model


def _load(name: str, models: Mapping[str, Json]) -> LanguageModel:
    from lib.models.likelihood import Likelihood
    from lib.models.local_model import LocalModel

    if name not in models:
        raise ScorerError(f"model {name}", "it is not in the catalogue", "Add it there, or name another model.")
    entry, local = open_named(models[name])
    if not isinstance(local, LocalModel):
        cause = "it runs at an endpoint, which does not say how likely a given text is"
        raise ScorerError(f"model {entry.title}", cause, "Choose a model that runs on this computer.")
    return Likelihood(local)


class _Opened:
    """One scorer ready to score; whatever it raises becomes a ScorerError, and is printed for the log."""

    def __init__(self, entry: ScorerEntry, open_model: OpenModel) -> None:
        self._thing = f"scorer {entry.title}"
        scorer = scorer_of(entry)
        self._measures = len(scorer.measures)
        with self._explained("it does not load"):
            self._batch = scorer.open(open_model)

    def score(self, items: Sequence[ScoreItem]) -> list[Score]:
        """Scores in the order of `items`; raises ScorerError when there are not as many as asked for."""
        with self._explained("it failed"):
            scores = self._batch(items)
        if len(scores) != len(items) or any(len(score.values) != self._measures for score in scores):
            raise ScorerError(self._thing, "it gave another number of scores than was asked for", _REPORT)
        return scores

    @contextmanager
    def _explained(self, failing: str) -> Iterator[None]:
        try:
            yield
        except AuditError:
            raise
        except Exception as problem:
            traceback.print_exc()
            raise ScorerError(self._thing, f"{failing} ({type(problem).__name__}: {problem})", _REPORT) from problem


_REPORT = "Report this as a bug, with the details above."


def items_to(items: Iterable[ScoreItem]) -> list[list[object]]:
    """Responses as plain lists, for a task."""
    return [
        [each.no, each.text, each.finish.value, each.prompt, each.group, dict(each.groups), dict(each.terms),
         each.set_id, each.family]
        for each in items
    ]  # fmt: skip


def items_from(rows: Iterable[list]) -> list[ScoreItem]:
    """What `items_to` made of responses, made whole again."""
    return [ScoreItem(no, text, _FINISHES[finish], *placed) for no, text, finish, *placed in rows]


def scores_to(scores: Sequence[Score]) -> Json:
    """Scores as columns; what is not a finite number becomes None, since no number is better than a false one."""
    return {
        "values": [[_finite(value) for value in score.values] for score in scores],
        "labels": [score.label for score in scores],
        "outcomes": [score.outcome.value for score in scores],
        "notes": [score.note for score in scores],
    }


def scores_from(columns: Json) -> list[Score]:
    """What `scores_to` made of scores, made whole again."""
    outcomes = (_OUTCOMES[outcome] for outcome in columns["outcomes"])
    values = map(tuple, columns["values"])
    return list(map(Score, values, columns["labels"], outcomes, columns["notes"]))


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None

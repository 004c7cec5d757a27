"""Have a model of the catalogue judge responses."""

from lib.models.catalogue import Catalogue
from lib.scorers.base import Judge
from lib.store.store import Store
from lib.types import (
    Decoding,
    Dtype,
    Finish,
    Job,
    ModelEntry,
    ModelKind,
    PromptFormat,
    Response,
    Score,
    ScoreItem,
    ScoreOutcome,
)
from lib.workflows.execution import answer
from lib.workflows.score_keeper import Due, Keeper, ScoreWatcher

VERDICT = Decoding(temperature=0.0, max_new_tokens=192)
"""Greedy, so that the same response gets the same verdict; long enough for a sentence of reasons before it."""

READ_AT_ONCE = 2_000


def judge_all(store: Store, catalogue: Catalogue, run_id: str, due: Due, keeper: Keeper, watcher: ScoreWatcher) -> None:
    """Judge every response that is due; where the judge gave no answer there is no score, and the watcher is told.

    Raises:
        ModelError: the judge is not in the catalogue, or does not load.
    """
    judge = due.scorer
    assert isinstance(judge, Judge)
    model = catalogue.get(judge.model)
    jobs = []
    for start in range(0, len(due.nos), READ_AT_ONCE):
        for item in store.scores.items(run_id, due.nos[start : start + READ_AT_ONCE]):
            if item.text.strip():
                jobs.append(job_for(judge, model, item))
            else:
                keeper.add(due, [(item.no, Score((None,) * len(judge.measures), outcome=ScoreOutcome.NOTHING))])
    unanswered: list[Response] = []

    def keep(responses: list[Response]) -> None:
        unanswered.extend(response for response in responses if response.finish is Finish.FAILED)
        answered = (response for response in responses if response.finish is not Finish.FAILED)
        keeper.add(due, [(response.no, judge.read(response.text)) for response in answered])

    answer(catalogue, model, Dtype.FP32, jobs, control=watcher.control, keep=keep)
    if unanswered:
        watcher.failed(due.entry, f"{len(unanswered)} responses got no verdict: {unanswered[0].error}")


def job_for(judge: Judge, model: ModelEntry, item: ScoreItem) -> Job:
    """The question about one response, as its model wants to be asked."""
    format = PromptFormat.CHAT if model.kind is ModelKind.CHAT else PromptFormat.PLAIN
    return Job(item.no, judge.prompt(item), format, VERDICT, seed=0)

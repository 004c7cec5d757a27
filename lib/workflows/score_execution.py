"""Score one run with some scorers: whatever lacks a score, each way of scoring in its own turn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lib.codec import to_json
from lib.errors import AuditError
from lib.models.catalogue import Catalogue
from lib.runs.capacity import cores, workers_for
from lib.runs.tasks import run_tasks
from lib.scorers.base import Cost, Judge, Unit, scorer_of
from lib.store.store import Store
from lib.types import Dtype, Json, ModelEntry, ScorerEntry
from lib.workflows.execution import WORKER_COMMAND, load_message
from lib.workflows.judging import judge_all
from lib.workflows.score_keeper import Due, Keeper, ScoreWatcher
from lib.workflows.score_task import items_to, scores_from

ITEMS_A_TASK = {Cost.INSTANT: 500, Cost.MODEL: 32, Cost.HOSTED: 16}
"""What takes long goes in small pieces, so that progress shows and little is lost."""


def score_run(
    store: Store, catalogue: Catalogue, run_id: str, entries: Sequence[ScorerEntry], watcher: ScoreWatcher
) -> None:
    """Score what lacks a score. A scorer that cannot be used is reported to `watcher`, and the others go on.

    Raises:
        RunError: there is no such run.
        StoreError: the database may only be read.
    """
    due = [found for entry in entries if (found := due_of(store, run_id, entry, watcher))]
    watcher.expect(sum(len(each.nos) for each in due))
    for together in turns(due):
        if watcher.control.stopping:
            return
        watcher.activity = "scoring: " + ", ".join(each.scorer.title.lower() for each in together)
        try:
            score_together(store, catalogue, run_id, together, watcher)
        except AuditError as problem:
            for each in together:
                watcher.failed(each.entry, str(problem))


def due_of(store: Store, run_id: str, entry: ScorerEntry, watcher: ScoreWatcher) -> Due | None:
    """What a scorer has to do in a run; None when nothing, or when it cannot be used."""
    try:
        scorer = scorer_of(entry)
        scorer.check()
    except AuditError as problem:
        watcher.failed(entry, str(problem))
        return None
    scoring = store.scores.scoring(entry, scorer.version, scorer.fingerprint, scorer.measures, scorer.labels)
    nos = store.scores.lacking(run_id, scoring.no)
    if nos and scorer.unit is Unit.FAMILY:
        nos = [no for family in store.scores.families(run_id, nos) for no in family]
    return Due(entry, scorer, scoring.no, nos) if nos else None


def turns(due: Iterable[Due]) -> Iterator[list[Due]]:
    """Scorers that can share a worker and its batches: the instant ones of one unit; every other by itself."""
    together: dict[Unit, list[Due]] = defaultdict(list)
    alone = []
    for each in due:
        if each.scorer.cost is Cost.INSTANT:
            together[each.scorer.unit].append(each)
        else:
            alone.append([each])
    yield from together.values()
    yield from alone


def score_together(store: Store, catalogue: Catalogue, run_id: str, due: Sequence[Due], watcher: ScoreWatcher) -> None:
    """Score with some scorers that belong together."""
    keeper = Keeper(store, run_id, watcher)
    try:
        if isinstance(due[0].scorer, Judge):
            judge_all(store, catalogue, run_id, due[0], keeper, watcher)
        else:
            score_in_workers(store, catalogue, run_id, due, keeper, watcher)
    finally:
        keeper.flush()


def score_in_workers(
    store: Store, catalogue: Catalogue, run_id: str, due: Sequence[Due], keeper: Keeper, watcher: ScoreWatcher
) -> None:
    """Hand the responses to worker processes in batches that keep families whole."""
    nos = sorted({no for each in due for no in each.nos})
    whole = store.scores.families(run_id, nos) if due[0].scorer.unit is Unit.FAMILY else [[no] for no in nos]

    def tasks() -> Iterator[Json]:
        for batch in batches(whole, ITEMS_A_TASK[due[0].scorer.cost]):
            yield {"nos": batch, "items": items_to(store.scores.items(run_id, batch))}

    def keep(task: Json, result: Json) -> None:
        problems = result.get("problems", {})
        for each in due:
            if each.entry.id in problems:
                watcher.failed(each.entry, problems[each.entry.id])
            else:
                keeper.add(each, list(zip(task["nos"], scores_from(result["scores"][each.entry.id]), strict=True)))

    run_tasks(
        tasks(),
        opening={
            "kind": "score",
            "entries": [to_json(each.entry) for each in due],
            "models": {
                model.id: load_message(model, catalogue.parent_of(model), Dtype.FP32)
                for each in due
                for model in models_of(catalogue, each)
            },
        },
        command=WORKER_COMMAND,
        workers=workers_for_scoring(catalogue, due),
        on_result=keep,
        control=watcher.control,
    )


def batches(groups: Iterable[list[int]], size: int) -> Iterator[list[int]]:
    """Groups put together to batches of at least `size`, none cut."""
    batch: list[int] = []
    for group in groups:
        batch += group
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def workers_for_scoring(catalogue: Catalogue, due: Sequence[Due]) -> int:
    """How many processes: one a core for what is light, as many as carry a catalogue's model, else one."""
    enough = -(-max(len(each.nos) for each in due) // ITEMS_A_TASK[due[0].scorer.cost])
    if all(each.scorer.cost is Cost.INSTANT for each in due):
        return min(cores(), enough)
    models = [model for each in due for model in models_of(catalogue, each)]
    return min([enough, *(workers_for(model, Dtype.FP32) for model in models)]) if models else 1


def models_of(catalogue: Catalogue, due: Due) -> Iterator[ModelEntry]:
    """The models that a scorer's options name; raises ModelError for one that is gone."""
    for option in due.scorer.options:
        if option.kind == "model" and (name := due.entry.options.get(option.name)):
            yield catalogue.get(name)

"""Execute one run: hand each model its pending cells, store what comes back, learn the rate."""

import sys
from collections.abc import Callable
from typing import Protocol

from lib.codec import to_json
from lib.errors import AuditError
from lib.models.catalogue import Catalogue
from lib.runs.execute import Control, Outcome, execute, workers_for
from lib.store.store import Store
from lib.types import Dtype, Finish, Job, Json, ModelEntry, ModelFacts, Rate, Response, RunStatus
from lib.workflows.meter import Meter

WORKER_COMMAND = (sys.executable, "-m", "lib.workflows.worker")


class Watcher(Protocol):
    """Who follows an execution: told what goes on, and able to pause or stop it."""

    control: Control
    activity: str

    def arrived(self, responses: list[Response]) -> None:
        """Called with each group of responses once they are stored."""


def execute_run(store: Store, catalogue: Catalogue, run_id: str, watcher: Watcher) -> RunStatus:
    """Answer every pending cell of a run, model by model; returns the state it ends in.

    A model that cannot be loaded fails its own cells with the reason, and the run goes on with
    the next model: `retry failed` takes them up again.
    """
    store.runs.set_status(run_id, RunStatus.RUNNING)
    dtype = store.runs.get(run_id).grid.dtype

    def keep(responses: list[Response]) -> None:
        store.responses.add(run_id, responses)
        watcher.arrived(responses)

    for entry in store.runs.entries(run_id):
        jobs = store.runs.pending(run_id, entry.id)
        if not jobs:
            continue
        watcher.activity = f"loading {entry.title}"
        try:
            outcome, rate = answer(
                catalogue,
                entry,
                dtype,
                jobs,
                control=watcher.control,
                keep=keep,
                on_facts=lambda facts: store.runs.record_facts(run_id, facts),
            )
        except AuditError as problem:
            unanswered = store.runs.pending(run_id, entry.id)
            keep([Response(job.no, "", Finish.FAILED, error=str(problem)) for job in unanswered])
            continue
        if rate:
            store.rates.record(rate)
        if outcome is not Outcome.DONE:
            return RunStatus.PAUSED if outcome is Outcome.PAUSED else RunStatus.STOPPED
    return RunStatus.DONE


def answer(
    catalogue: Catalogue,
    entry: ModelEntry,
    dtype: Dtype,
    jobs: list[Job],
    *,
    control: Control,
    keep: Callable[[list[Response]], None],
    on_facts: Callable[[ModelFacts], None] = lambda _: None,
) -> tuple[Outcome, Rate | None]:
    """Have one model answer `jobs` in worker processes; `keep` gets each group before the next is awaited.

    Raises:
        ModelError: the model does not load.
        RunError: its workers die before they can work.
    """
    meter = Meter(entry.id, dtype)

    def keep_and_count(responses: list[Response]) -> None:
        keep(responses)
        meter.count(responses)

    outcome = execute(
        jobs,
        load=load_message(entry, catalogue.parent_of(entry), dtype),
        command=WORKER_COMMAND,
        workers=workers_for(entry, dtype),
        on_responses=keep_and_count,
        on_facts=on_facts,
        control=control,
    )
    return outcome, meter.rate()


def load_message(entry: ModelEntry, parent: ModelEntry | None, dtype: Dtype) -> Json:
    """What a worker is sent to have `entry` loaded (`lib.workflows.worker.open_generator` reads it)."""
    return {"entry": to_json(entry), "parent": to_json(parent) if parent else None, "dtype": dtype.value}

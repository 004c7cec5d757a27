"""Runs: start, follow, pause, stop, resume, retry, order, rename, delete."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lib.errors import GridError, RunError
from lib.grid.expand import expand
from lib.grid.size import size
from lib.types import GridSpec, RunInfo, RunStatus
from lib.workflows.build import kinds
from lib.workflows.environment import environment
from lib.workflows.workbench import Workbench

POLL_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class RunProgress:
    """A run with what is known while it goes on; `failures` counts cells by the reason they failed."""

    info: RunInfo
    rate: float | None
    seconds_left: float | None
    activity: str
    failures: list[tuple[str, int]]


def start(workbench: Workbench, spec: GridSpec, name: str = "") -> str:
    """Store every cell of a grid as pending and queue the run; gives the run id.

    Raises:
        GridError, BankError, ModelError: the grid cannot be run as it is.
        StoreError: the database may only be read.
    """
    run_id = create(workbench, spec, name)
    workbench.queue.start()
    return run_id


def take_up(workbench: Workbench) -> None:
    """Go on with what was running or queued when the program last ended."""
    if workbench.read_only:
        return
    for info in workbench.store.runs.all():
        if info.status is RunStatus.INTERRUPTED:
            workbench.queue.submit(info.id)
    workbench.queue.start()


def create(workbench: Workbench, spec: GridSpec, name: str = "") -> str:
    """Like `start`, but nothing begins to execute."""
    workbench.refuse_when_read_only("start a run")
    bank = workbench.shelf.get(spec.bank)
    if size(bank, spec).cells == 0:
        raise GridError(f"grid {spec.name}", "it has no cells", "Choose at least one template, group and model.")
    return workbench.store.runs.create(
        name or spec.name,
        spec,
        bank,
        expand(bank, spec, kinds(workbench.catalogue, spec)),
        [workbench.catalogue.get(model) for model in spec.models],
        environment(),
    )


def runs(workbench: Workbench) -> list[RunInfo]:
    """Every run, in the order of the queue."""
    return workbench.store.runs.all()


def get(workbench: Workbench, run_id: str) -> RunInfo:
    """One run; raises RunError with the nearest names when there is none."""
    return workbench.store.runs.get(run_id)


def progress_of(workbench: Workbench, info: RunInfo) -> RunProgress:
    """One run with what the queue knows of it."""
    failures = workbench.store.runs.failures(info.id) if info.failed else []
    live = workbench.queue.live()
    if live is None or live.run_id != info.id:
        return RunProgress(info, None, None, "", failures)
    rate = live.recent.per_second()
    left = (info.total - info.done - info.failed) / rate if rate else None
    return RunProgress(info, rate, left, live.activity, failures)


def pause(workbench: Workbench, run_id: str) -> None:
    """Hold a run once what is in flight is stored."""
    workbench.queue.pause(run_id)


def stop(workbench: Workbench, run_id: str) -> None:
    """End a run now. What is stored stays, and resume goes on from there."""
    workbench.queue.stop(run_id)


def ready(workbench: Workbench, run_id: str) -> int:
    """Make what a run still lacks, failed cells included, pending and the run queued; gives how many failed.

    Raises:
        RunError: it is running, or may only be read.
    """
    workbench.refuse_when_read_only("go on with a run")
    workbench.queue.submit(run_id)
    return workbench.store.runs.retry_failed(run_id)


def resume(workbench: Workbench, run_id: str) -> None:
    """Go on with a paused, stopped or interrupted run; only what is missing is generated."""
    workbench.refuse_when_read_only("resume a run")
    workbench.queue.submit(run_id)
    workbench.queue.start()


def retry_failed(workbench: Workbench, run_id: str) -> int:
    """Like `resume`, and try the failed cells again; gives how many there were."""
    count = ready(workbench, run_id)
    workbench.queue.start()
    return count


def move(workbench: Workbench, run_id: str, delta: int) -> None:
    """Move a run `delta` places back (or forward, when negative) in the queue."""
    workbench.refuse_when_read_only("change the order")
    workbench.store.runs.move(run_id, delta)


def rename(workbench: Workbench, run_id: str, name: str) -> None:
    """Give a run another name; its id, and so its address, stays."""
    workbench.refuse_when_read_only("rename a run")
    workbench.store.runs.rename(run_id, name)


def delete(workbench: Workbench, run_id: str) -> None:
    """Delete a run with all its responses; raises RunError while it is being executed."""
    workbench.refuse_when_read_only("delete a run")
    live = workbench.queue.live()
    if live and live.run_id == run_id:
        raise RunError(f"run {run_id}", "it is going on", "Stop it first.")
    workbench.store.runs.delete(run_id)
    workbench.desks.forget_all()
    workbench.atlas.forget()


def wait(workbench: Workbench, run_id: str, follow: Callable[[RunProgress], None] = lambda _: None) -> RunInfo:
    """Block until a run is neither queued nor running, calling `follow` a few times a second."""
    while True:
        info = workbench.store.runs.get(run_id)
        follow(progress_of(workbench, info))
        if info.status not in (RunStatus.QUEUED, RunStatus.RUNNING):
            return info
        time.sleep(POLL_SECONDS)

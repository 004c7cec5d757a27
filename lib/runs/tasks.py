"""Have worker processes do tasks of any kind: each done exactly once, however often a worker dies."""

import queue
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from lib.errors import AuditError, RunError
from lib.runs.control import Control, Outcome
from lib.runs.process import WorkerProcess
from lib.types import Json

AHEAD = 2
"""Tasks a worker has in hand at once, so that it never waits for the next one."""

MOST_DEATHS = 3
"""A task that was in hand in this many deaths is held responsible for them."""

POLL_SECONDS = 0.25


def run_tasks(
    tasks: Iterable[Json],
    *,
    opening: Json,
    command: Sequence[str],
    workers: int,
    on_result: Callable[[Json, Json], None],
    control: Control,
) -> Outcome:
    """Have `workers` processes do `tasks`, in no particular order.

    Args:
        tasks: read lazily, so that there may be any number of them.
        opening: says what a worker has to get ready for them (`lib.runs.worker.serve` reads it).
        command: starts a worker process.
        on_result: called on this thread with each task and its result.
        control: stops; a pause finishes what is in hand first.

    Raises:
        AuditError: a worker cannot get ready, or a task fails with one.
        RunError: workers die again and again over the same task.
    """
    pool = _Pool(iter(tasks), opening, command, on_result, control)
    try:
        return pool.run(workers)
    finally:
        pool.end()


class _Pool:
    """The state of one `run_tasks`: who has which task in hand."""

    def __init__(
        self,
        tasks: Iterator[Json],
        opening: Json,
        command: Sequence[str],
        on_result: Callable[[Json, Json], None],
        control: Control,
    ) -> None:
        self._tasks = enumerate(tasks)
        self._opening, self._command = opening, command
        self._on_result, self._control = on_result, control
        self._news: queue.SimpleQueue[tuple[WorkerProcess, Json | None]] = queue.SimpleQueue()
        self._returned: deque[tuple[int, Json]] = deque()
        self._in_hand: dict[WorkerProcess, dict[int, Json]] = {}
        self._deaths: Counter[int] = Counter()
        self._barren = 0

    def run(self, workers: int) -> Outcome:
        """Until every task is done, or the control says otherwise. Workers start as tasks come up."""
        exhausted = False
        while not self._control.stopping:
            if not exhausted and not self._control.pausing:
                exhausted = not self._hand_out(workers)
            if not any(self._in_hand.values()) and not self._returned and (exhausted or self._control.pausing):
                return Outcome.DONE if exhausted else Outcome.PAUSED
            self._hear()
            exhausted = exhausted and not self._returned
        return Outcome.STOPPED

    def end(self) -> None:
        """Leave no process behind: idle workers are let go, busy ones are killed."""
        for worker, tasks in self._in_hand.items():
            if tasks:
                worker.kill()
            else:
                worker.close()

    def _hand_out(self, workers: int) -> bool:
        """Fill every hand; false once there are no more tasks."""
        while len(self._in_hand) < workers or min(map(len, self._in_hand.values())) < AHEAD:
            found = self._returned.popleft() if self._returned else next(self._tasks, None)
            if found is None:
                return False
            number, task = found
            worker = self._least_busy(workers)
            self._in_hand[worker][number] = task
            worker.send({"op": "do", "id": number, "task": task})
        return True

    def _least_busy(self, workers: int) -> WorkerProcess:
        """The worker with the fewest tasks in hand; a new one where none is idle and there may be more."""
        if len(self._in_hand) < workers and all(self._in_hand.values()):
            worker = WorkerProcess(len(self._in_hand), self._command, {}, self._news)
            worker.send({"op": "open", **self._opening})
            self._in_hand[worker] = {}
            return worker
        return min(self._in_hand, key=lambda worker: len(self._in_hand[worker]))

    def _hear(self) -> None:
        """Take in the next news."""
        try:
            worker, message = self._news.get(timeout=POLL_SECONDS)
        except queue.Empty:
            return
        if message is None:
            self._take_back(worker)
        elif message["event"] == "did":
            self._barren = 0
            self._on_result(self._in_hand[worker].pop(message["id"]), message["result"])
        elif message["event"] == "refused":
            raise AuditError(message["thing"], message["cause"], message["remedy"])

    def _take_back(self, worker: WorkerProcess) -> None:
        """A worker died: its tasks go to others."""
        how = worker.died()
        tasks = self._in_hand.pop(worker)
        self._deaths.update(tasks.keys())
        self._barren += 1
        if self._barren >= MOST_DEATHS or any(self._deaths[number] >= MOST_DEATHS for number in tasks):
            remedy = "Free memory and try again; what is stored stays."
            raise RunError("the worker processes", f"they died {self._barren} times over the same work ({how})", remedy)
        self._returned.extend(tasks.items())

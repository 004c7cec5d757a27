"""Answer jobs in worker processes: none lost, none answered twice, however often a worker dies."""

import queue
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from lib.codec import from_json
from lib.errors import ModelError, RunError
from lib.runs.backlog import Backlog
from lib.runs.capacity import workers_for
from lib.runs.control import Control, Outcome
from lib.runs.process import WorkerProcess
from lib.types import Finish, Job, Json, ModelFacts, Response

__all__ = ["Control", "Outcome", "execute", "workers_for"]

FLUSH_SECONDS = 0.25
"""Responses are handed on at least this often."""

SUSPECTED_AFTER = 2
"""A job that was in hand in this many deaths is tried alone from then on, so that others do not suffer with it."""

GUILTY_AFTER = SUSPECTED_AFTER + 3
"""A job that was in hand in this many deaths is held responsible: three times there was no other."""

BARREN_DEATHS = 6
"""After this many deaths in a row without one response, starting workers again is pointless."""

LEAST_SHARE = 1 / 16
"""Below this share of its usual memory, planning with less would not save a worker."""

JOBS_WORTH_A_WORKER = 8
"""Loading the model once more does not pay for fewer jobs than this."""


def execute(
    jobs: Sequence[Job],
    *,
    load: Json,
    command: Sequence[str],
    workers: int,
    on_responses: Callable[[list[Response]], None],
    on_facts: Callable[[ModelFacts], None],
    control: Control,
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Have one model answer `jobs` in `workers` processes.

    A worker that dies is started again and its unanswered jobs are handed out anew. A job that was
    in hand in two deaths is tried alone; when three workers died with it alone, it is answered FAILED.

    Args:
        jobs: each is answered exactly once, in no particular order.
        load: what the worker needs to open its generator.
        command: starts a worker process (one that calls `lib.runs.worker.serve`).
        workers: how many processes at most.
        on_responses: called on this thread with each group of responses, at least every 0.25 s.
        on_facts: called with what was loaded, and again when a model tells more about itself.
        control: pauses (finish what is in hand, hand out no more) or stops (end the workers now).
        env: variables for the workers, on top of this process's own.

    Raises:
        ModelError: the model does not load.
        RunError: workers die again and again without answering anything.
    """
    if not jobs:
        return Outcome.DONE
    execution = _Execution(jobs, load, command, workers, env or {}, on_responses, on_facts, control)
    try:
        return execution.run()
    finally:
        execution.end()


class _Execution:
    """The state of one `execute`: who has what in hand, and what came back."""

    def __init__(
        self,
        jobs: Sequence[Job],
        load: Json,
        command: Sequence[str],
        workers: int,
        env: Mapping[str, str],
        on_responses: Callable[[list[Response]], None],
        on_facts: Callable[[ModelFacts], None],
        control: Control,
    ) -> None:
        self._load, self._command, self._env = load, command, env
        self._on_responses, self._on_facts, self._control = on_responses, on_facts, control
        self._count = max(1, min(workers, len(jobs) // JOBS_WORTH_A_WORKER))
        self._backlog = Backlog(jobs, self._count)
        self._news: queue.SimpleQueue[tuple[WorkerProcess, Json | None]] = queue.SimpleQueue()
        self._deaths: Counter[int] = Counter()
        self._barren = 0
        self._share = 1.0
        self._loaded = False
        self._answers: list[Response] = []
        self._flushed = time.monotonic()

        self._workers: list[WorkerProcess] = []

    def run(self) -> Outcome:
        """Until every job is answered, or the control says otherwise."""
        for number in range(self._count):
            self._workers.append(self._start(number))
        while not self._control.stopping:
            if not self._control.pausing:
                self._hand_out()
            if not any(worker.in_hand for worker in self._workers) and (self._control.pausing or not self._backlog):
                self._flush()
                return Outcome.PAUSED if self._backlog else Outcome.DONE
            self._hear()
            if time.monotonic() - self._flushed >= FLUSH_SECONDS:
                self._flush()
        self._flush()
        return Outcome.STOPPED

    def end(self) -> None:
        """Leave no process behind: idle workers are let go, busy ones are killed."""
        for worker in self._workers:
            if worker.in_hand or self._control.stopping:
                worker.kill()
            else:
                worker.close()

    def _start(self, number: int) -> WorkerProcess:
        worker = WorkerProcess(number, self._command, self._env, self._news)
        worker.send({"op": "load", **self._load, "share": self._share})
        return worker

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.wants > 0 and (jobs := self._next_for(worker)):
                worker.hand(jobs)

    def _next_for(self, worker: WorkerProcess) -> list[Job]:
        """What `worker` wants; but a job under suspicion goes alone, to a worker that has nothing in hand."""
        if any(map(self._suspected, worker.in_hand)):
            return []
        jobs = self._backlog.take(worker.number, worker.wants)
        alone = next((place for place, job in enumerate(jobs) if self._suspected(job.no)), None)
        if alone is None:
            return jobs
        fit = jobs[:1] if alone == 0 and not worker.in_hand else jobs[:alone]
        self._backlog.give_back(worker.number, jobs[len(fit) :])
        return fit

    def _suspected(self, no: int) -> bool:
        return self._deaths[no] >= SUSPECTED_AFTER

    def _hear(self) -> None:
        """Take in the next news, waiting for it no longer than until the next flush."""
        try:
            worker, message = self._news.get(timeout=FLUSH_SECONDS / 2)
        except queue.Empty:
            return
        if message is None:
            self._replace(worker)
        elif message["event"] == "response":
            self._receive(worker, from_json(Response, message["response"]))
        elif message["event"] == "want":
            worker.wants += message["count"]
        elif message["event"] == "loaded":
            self._greet(worker, from_json(ModelFacts, message["facts"]))
        elif message["event"] == "learned":
            self._on_facts(from_json(ModelFacts, message["facts"]))
        elif message["event"] == "refused":
            raise ModelError(message["thing"], message["cause"], message["remedy"])

    def _greet(self, worker: WorkerProcess, facts: ModelFacts) -> None:
        worker.send({"op": "generate", "jobs": []})  # sets its generator going, which then says what it wants
        if not self._loaded:
            self._loaded = True
            self._on_facts(facts)

    def _receive(self, worker: WorkerProcess, response: Response) -> None:
        del worker.in_hand[response.no]
        self._barren = 0
        self._answers.append(response)

    def _replace(self, worker: WorkerProcess) -> None:
        """Start another in the place of a worker that died, and take back what it had in hand."""
        how = worker.died()
        if worker.killed:
            self._share = max(self._share / 2, LEAST_SHARE)
        self._barren += 1
        self._deaths.update(worker.in_hand.keys())
        for job in list(worker.in_hand.values()):
            if self._deaths[job.no] >= GUILTY_AFTER:
                error = f"the worker process died ({how})"
                self._receive(worker, Response(job.no, "", Finish.FAILED, error=error))
        if self._barren >= BARREN_DEATHS:
            remedy = "Free memory or choose a smaller model, then resume the run."
            raise RunError("the worker processes", f"they died {self._barren} times in a row ({how})", remedy)
        self._backlog.give_back(worker.number, list(worker.in_hand.values()))
        self._workers[worker.number] = self._start(worker.number)

    def _flush(self) -> None:
        if self._answers:
            answers, self._answers = self._answers, []
            self._on_responses(answers)
        self._flushed = time.monotonic()

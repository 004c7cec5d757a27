"""The loop of a worker process: load a model, answer jobs, leave when told to or when orphaned."""

import os
import queue
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from lib.codec import from_json, to_json
from lib.errors import AuditError, RunError
from lib.runs.protocol import read_messages, write_message
from lib.types import Generator, Job, Json

AHEAD = 16
"""Jobs kept at hand beyond what the generator can start now, so that no freed row waits for the parent."""

REPORT = "Report this as a bug, with the details above."


Do = Callable[[Json], Json]
"""Does one task and gives its result, both as plain JSON values."""


def no_tasks(_: Json) -> Do:
    """For workers that only generate."""
    raise RunError("a worker process", "it does no tasks", "Report this as a bug.")


def serve(open_generator: Callable[[Json], Generator], open_task: Callable[[Json], Do] = no_tasks) -> None:
    """Answer the parent on stdin and stdout until it says `close`.

    Whatever either opener raises is reported as a refusal.

    Args:
        open_generator: turns a `load` message into a generator.
        open_task: turns an `open` message into the function that does the tasks that follow.
    """
    Worker(open_generator, open_task, *take_over_streams()).loop()


def take_over_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The streams to and from the parent, out of reach of anything that prints.

    Whatever a library writes to stdout, in Python or in C, lands on stderr instead.
    """
    inward = os.fdopen(os.dup(0), "rb")
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - stays open as long as the process
    return inward, outward


class Worker:
    """One worker: what the parent asked for, in the order it asked."""

    def __init__(
        self,
        open_generator: Callable[[Json], Generator],
        open_task: Callable[[Json], Do],
        inward: IO[bytes],
        outward: IO[bytes],
    ) -> None:
        self._open_generator = open_generator
        self._open_task = open_task
        self._outward = outward
        self._inbox: deque[Json] = deque()
        self._arrivals: queue.SimpleQueue[Json] = queue.SimpleQueue()
        self._jobs: deque[Job] = deque()
        self._wanted = 0
        self._generator: Generator | None = None
        self._do: Do | None = None
        self._operations = {"load": self._load, "generate": self._generate, "open": self._open, "do": self._task}
        threading.Thread(target=self._listen, args=(inward,), daemon=True).start()

    def loop(self) -> None:
        """Do one operation after the other until `close`."""
        while (message := self._next())["op"] != "close":
            self._operations[message["op"]](message)

    def send(self, message: Json) -> None:
        """Tell the parent something."""
        write_message(self._outward, message)

    def take(self, n: int, *, wait: bool) -> list[Job]:
        """The generator's way to jobs (`lib.types.TakeJobs`): what is at hand, and ask for more in time.

        Any other operation that arrives ends the generator's work: it is left for `loop`.
        """
        self._accept_jobs()
        self._ask_for(n + AHEAD)
        while wait and not self._jobs and not self._inbox:
            self._inbox.append(self._arrivals.get())
            self._accept_jobs()
        return [self._jobs.popleft() for _ in range(min(n, len(self._jobs)))]

    def _load(self, message: Json) -> None:
        with self._refusing("the model", "it did not load", "Check its files, or choose another model."):
            self._generator = self._open_generator(message)
            self.send({"event": "loaded", "facts": to_json(self._generator.facts)})

    def _open(self, message: Json) -> None:
        with self._refusing("a worker process", "its work failed", REPORT):
            self._do = self._open_task(message)

    def _task(self, message: Json) -> None:
        if self._do is None:  # it could not get ready, and has said so
            return
        with self._refusing("a worker process", "its work failed", REPORT):
            self.send({"event": "did", "id": message["id"], "result": self._do(message["task"])})

    @contextmanager
    def _refusing(self, thing: str, failing: str, remedy: str) -> Iterator[None]:
        """Tell the parent what is raised inside, so that nothing hangs; the arguments are for foreign errors."""
        try:
            yield
        except AuditError as problem:
            self.send({"event": "refused", "thing": problem.thing, "cause": problem.cause, "remedy": problem.remedy})
        except Exception as problem:  # noqa: BLE001 - whatever a library raises, the reader is told
            traceback.print_exc()
            cause = f"{failing} ({type(problem).__name__}: {problem})"
            self.send({"event": "refused", "thing": thing, "cause": cause, "remedy": remedy})

    def _generate(self, message: Json) -> None:
        if self._generator is None:
            raise RunError("a worker process", "it was given jobs before a model", "Report this as a bug.")
        self._inbox.appendleft(message)
        facts = self._generator.facts
        for response in self._generator.generate(self.take):
            if self._generator.facts != facts:  # an endpoint only says with its answers what it is
                facts = self._generator.facts
                self.send({"event": "learned", "facts": to_json(facts)})
            self.send({"event": "response", "response": to_json(response)})

    def _accept_jobs(self) -> None:
        """Move what arrived to where it belongs: jobs to the jobs, as long as nothing else comes before."""
        while not self._arrivals.empty():
            self._inbox.append(self._arrivals.get())
        while self._inbox and self._inbox[0]["op"] == "generate":
            jobs = [from_json(Job, job) for job in self._inbox.popleft()["jobs"]]
            self._jobs.extend(jobs)
            self._wanted = max(0, self._wanted - len(jobs))

    def _ask_for(self, count: int) -> None:
        """See to it that `count` jobs are at hand or asked for."""
        missing = count - len(self._jobs) - self._wanted
        if missing > 0:
            self._wanted += missing
            self.send({"event": "want", "count": missing})

    def _next(self) -> Json:
        return self._inbox.popleft() if self._inbox else self._arrivals.get()

    def _listen(self, inward: IO[bytes]) -> None:
        """Runs in a thread of its own, so that the parent's death ends this process even amid a forward pass."""
        try:
            for message in read_messages(inward):
                self._arrivals.put(message)
        finally:
            os._exit(0)

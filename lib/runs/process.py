"""One worker process as its parent sees it."""

import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import IO

from lib import settings
from lib.codec import to_json
from lib.runs.protocol import read_messages, write_message
from lib.types import Job, Json

LAST_WORDS = 20
"""Lines of a worker's stderr that are kept for the message about its death."""

KILLED = -9
"""Return code of a process that SIGKILL ended, as the system does when memory runs out."""

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false"}
"""Two torch threads that wait actively stall tens of times over when anything else runs."""


class WorkerProcess:
    """A worker process and the jobs it has in hand.

    Everything it says arrives in `news` as `(process, message)`, and its end as `(process, None)`:
    the end of its stdout, which comes however it dies.
    """

    def __init__(
        self,
        number: int,
        command: Sequence[str],
        env: Mapping[str, str],
        news: "queue.SimpleQueue[tuple[WorkerProcess, Json | None]]",
    ) -> None:
        self.number = number
        self.in_hand: dict[int, Job] = {}
        self.wants = 0
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=settings.ROOT,
            env={**os.environ, **ONE_THREAD, **env},
            start_new_session=True,  # Ctrl+C is for the parent, which then ends its workers in order
        )
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self._stdin: IO[bytes] = self._process.stdin
        self._listeners = [
            threading.Thread(target=self._listen, args=(self._process.stdout, news), daemon=True),
            threading.Thread(target=self._overhear, args=(self._process.stderr,), daemon=True),
        ]
        for listener in self._listeners:
            listener.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, message: Json) -> None:
        """Tell it something. A worker that is gone is not told: its end is among the news already."""
        try:
            write_message(self._stdin, message)
        except (OSError, ValueError):  # a broken pipe, or one that is closed already
            return

    def hand(self, jobs: Sequence[Job]) -> None:
        """Give it jobs it wants."""
        self.in_hand.update({job.no: job for job in jobs})
        self.wants -= len(jobs)
        self.send({"op": "generate", "jobs": [to_json(job) for job in jobs]})

    def kill(self) -> None:
        """End it now, whatever it does, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self._release()

    def close(self) -> None:
        """Let it finish and leave; a worker that does not leave is killed."""
        self.send({"op": "close"})
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._release()

    def died(self) -> str:
        """How it ended, in words; waits until it has."""
        code = self._process.wait()
        self._release()
        if code == KILLED:
            return "signal 9: the system may be out of memory"
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        words = next((line for line in reversed(self._last_words) if line.strip()), "")
        return f"{how}: {words}" if words else how

    @property
    def killed(self) -> bool:
        """Whether it was ended by SIGKILL."""
        return self._process.returncode == KILLED

    def _release(self) -> None:
        for listener in self._listeners:
            listener.join(timeout=5)
        try:
            self._stdin.close()
        except OSError:  # what it was last sent could not be flushed to a dead process
            return

    def _listen(self, stdout: IO[bytes], news: "queue.SimpleQueue[tuple[WorkerProcess, Json | None]]") -> None:
        with stdout:
            for message in read_messages(stdout):
                news.put((self, message))
        news.put((self, None))

    def _overhear(self, stderr: IO[bytes]) -> None:
        with stderr:
            for line in stderr:
                self._last_words.append(line.decode("utf-8", "replace").rstrip())

"""A worker whose tasks need no model: it reverses words, and misbehaves where a task says so.

Run as `python -m tests.runs.task_worker`. The loop, the protocol and the process are the real ones.
"""

import os
import signal
from pathlib import Path

from lib.errors import ScorerError
from lib.runs.worker import Do, no_tasks, serve
from lib.types import Generator, Json

MODULE = "tests.runs.task_worker"


def open_nothing(_: Json) -> Generator:
    raise AssertionError("tasks need no generator")


def open_reversal(message: Json) -> Do:
    if message.get("refuse"):
        raise ScorerError("scorer echo", "its weights are missing", "Download them.")
    if message.get("untaught"):
        return no_tasks(message)

    def reverse(task: Json) -> Json:
        if task.get("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if (once := task.get("die_once")) and not Path(once).exists():
            Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if task.get("raise"):
            raise ArithmeticError("one too many")
        return {"word": task["word"][::-1], "pid": os.getpid()}

    return reverse


if __name__ == "__main__":
    serve(open_nothing, open_reversal)

"""A worker whose generator needs no model: it spells prompts backwards, and misbehaves where its load message says so.

Run as `python -m tests.runs.echo_worker`. The loop, the protocol and the process are the real ones.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from lib.errors import ModelError
from lib.runs.worker import serve
from lib.types import Finish, Json, ModelFacts, Response, TakeJobs

MODULE = "tests.runs.echo_worker"


@dataclass
class Echo:
    """Answers `rows` jobs at a time, after `seconds` each."""

    facts: ModelFacts
    rows: int
    seconds: float
    noisy: bool
    deadly: list[int]
    raising: list[int]

    def generate(self, take: TakeJobs) -> Iterator[Response]:
        while jobs := take(self.rows, wait=True):
            time.sleep(self.seconds)
            for job in jobs:
                if job.no in self.deadly:
                    os.kill(os.getpid(), signal.SIGKILL)
                if job.no in self.raising:
                    raise ArithmeticError(f"job {job.no} broke the generator")
                if self.noisy:
                    print('{"event": "response", "noise": true}')
                    os.write(1, b"noise from below Python\n")
                yield Response(job.no, job.prompt[::-1], Finish.STOP, job.prompt, len(job.prompt), len(job.prompt))


def open_echo(message: Json) -> Echo:
    if message.get("refuse"):
        raise ModelError("model echo", "it was told to refuse", "Tell it otherwise.")
    if message.get("break"):
        raise OSError("the file is on fire")
    if message.get("die"):
        print("dying words", file=sys.stderr)
        os._exit(7)
    if message.get("die_above", 1.0) < message["share"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return Echo(
        ModelFacts("echo", "test", note=f"share {message['share']}"),
        message.get("rows", 4),
        message.get("seconds", 0.0),
        message.get("noisy", False),
        message.get("deadly", []),
        message.get("raising", []),
    )


if __name__ == "__main__":
    serve(open_echo)

"""What a worker is asked, and what comes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from lib.types.grids import Decoding, PromptFormat
from lib.types.models import ModelFacts


class Finish(StrEnum):
    """Why a response ended."""

    STOP = "stop"  # the model ended it
    LENGTH = "length"  # cut off at the token limit
    FAILED = "failed"  # no text; `error` says why


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to generate one cell; `no` is the cell's number within its run."""

    no: int
    prompt: str
    format: PromptFormat
    decoding: Decoding
    seed: int
    system: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one job. `text` is the completion alone; times are seconds.

    `prompt_sent` is the exact text the model read, wrapper or chat template included.
    """

    no: int
    text: str
    finish: Finish
    prompt_sent: str = ""
    prompt_tokens: int = 0
    new_tokens: int = 0
    seconds: float = 0.0
    error: str = ""


class TakeJobs(Protocol):
    """How a generator asks for work: at most `n` jobs.

    With `wait` it blocks until there is at least one, and an empty list then means that no
    more will come; without `wait` an empty list only means that none is there yet.
    """

    def __call__(self, n: int, *, wait: bool) -> list[Job]:
        """At most `n` jobs."""


class Generator(Protocol):
    """A loaded model that answers jobs, in whatever order they finish."""

    facts: ModelFacts

    def generate(self, take: TakeJobs) -> Iterator[Response]:
        """Responses as they finish, until `take` says that no more jobs will come."""

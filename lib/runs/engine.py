"""The generation engine: a `lib.types.Generator` over a local model. Only worker processes come here.

**Reproducibility.** The same cell gives the same text whichever batch it ran in, for two reasons.
Its random numbers are its own (`lib.runs.sampling`). And so is its arithmetic: on a CPU every
matrix kernel is called with shapes for which it computes a row alike whatever the other rows are
(`lib.runs.packed`, `lib.runs.attention`), in fp32 and in bf16. This was observed, not promised by
the kernels' makers: `bench/generation.py` counts the texts that differ, and another processor,
another version of torch or a GPU may round differently, in which case a text can differ from the
first token whose choice lay within rounding error of an edge. Models that cannot run in a rolling
batch (`lib.runs.support`) compute with batches of equal prompt lengths, where rounding can differ
with the batch.
"""

from collections import deque
from collections.abc import Iterator
from typing import Protocol

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from lib.runs.packed import pack
from lib.runs.plain import PlainBatch
from lib.runs.rolling import RollingBatch
from lib.runs.rows import Desk, Row, Tokenize, describe
from lib.runs.support import can_roll
from lib.types import Finish, Job, ModelFacts, Response, TakeJobs

ROWS = 64
"""Rows in the batch at most: measured, more gain nothing on a CPU."""

SLOT_BYTES = 224 << 20
"""Memory for keys and values, so that two workers with the bundled model stay below 3 GiB."""


class Batch(Protocol):
    """Rows being answered together."""

    rows: list[Row]

    def advance(self, waiting: deque[Row], limit: int) -> list[Row]:
        """Take up rows from `waiting` while there are fewer than `limit`, work a while, give those that ended."""

    def clear(self) -> list[Row]:
        """Give up every row and all memory."""


class Engine:
    """Answers jobs with a model it takes over: the model cannot be trained or saved afterwards."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        facts: ModelFacts,
        tokenize: Tokenize,
        *,
        rows: int = ROWS,
        share: float = 1.0,
    ) -> None:
        """`share` of the usual rows and memory is used, less than 1 after a worker died for want of memory."""
        self.facts = facts
        self._desk = Desk(model, tokenizer, tokenize)
        self._rows = self._limit = max(1, int(rows * share))
        self._batch: Batch
        if can_roll(model):
            pack(model)
            self._batch = RollingBatch(model, self._desk, int(SLOT_BYTES * share))
        else:
            self._batch = PlainBatch(model, self._desk)
        self._waiting: deque[Row] = deque()

    def generate(self, take: TakeJobs) -> Iterator[Response]:
        """Answer jobs until `take` says that no more will come; a job that cannot be answered fails alone."""
        while True:
            busy = bool(self._batch.rows or self._waiting)
            jobs = take(self._limit - len(self._batch.rows) - len(self._waiting), wait=not busy)
            yield from self._open(jobs)
            if self._batch.rows or self._waiting:
                yield from self._advance()
            elif not jobs:
                return

    def _open(self, jobs: list[Job]) -> Iterator[Response]:
        """Put jobs among the waiting rows; gives responses for those that cannot be."""
        for job in jobs:
            try:
                self._waiting.append(self._desk.open(job))
            except Exception as problem:  # noqa: BLE001 - a prompt that breaks a tokenizer or template fails alone
                yield Response(job.no, "", Finish.FAILED, error=describe(problem))

    def _advance(self) -> Iterator[Response]:
        try:
            ended = self._batch.advance(self._waiting, self._limit)
        except Exception as problem:  # noqa: BLE001 - whatever one row does to a forward pass, the others go on
            yield from self._retreat(problem)
        else:
            yield from map(self._desk.close, ended)

    def _retreat(self, problem: Exception) -> Iterator[Response]:
        """Start all rows over in a batch of half the size; a row that fails in a batch of its own is given up.

        It was then the cause, so the batch may be large again. Otherwise, as when memory is scarce
        for good, the batch stays small.
        """
        rows = self._batch.clear() or [self._waiting.popleft()]
        if self._limit == 1:
            self._limit = self._rows
            yield from (self._desk.fail(row, problem) for row in rows)
            return
        self._limit = max(1, min(self._limit, len(rows)) // 2)
        for row in rows:
            row.restart()
        self._waiting.extendleft(reversed(rows))

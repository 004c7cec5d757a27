"""What scoring hands around: what is due, who follows it, and the scores on their way to the store."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lib.runs.control import Control
from lib.scorers.base import Scorer, Unit
from lib.store.store import Store
from lib.types import Score, ScorerEntry

KEPT_AT_ONCE = 5_000
KEPT_FOR_SECONDS = 5.0
"""Scores are written in groups of this many, or this often, so that little is lost and the disk is not kept busy."""


class ScoreWatcher(Protocol):
    """Who follows the scoring: told how far it is, and able to stop it."""

    control: Control
    activity: str

    def expect(self, count: int) -> None:
        """That many more scores are to come."""

    def advance(self, count: int) -> None:
        """That many scores were made."""

    def failed(self, entry: ScorerEntry, problem: str) -> None:
        """One scorer could not be used, or not for all; the others go on."""


@dataclass(frozen=True, slots=True)
class Due:
    """A scorer with what it has to score: cell numbers, and the number its scores are kept under."""

    entry: ScorerEntry
    scorer: Scorer
    scoring: int
    nos: list[int]


class Keeper:
    """Collects scores and writes them in groups."""

    def __init__(self, store: Store, run_id: str, watcher: ScoreWatcher) -> None:
        self._store = store
        self._run_id = run_id
        self._watcher = watcher
        self._written = time.monotonic()
        self._waiting: dict[int, tuple[Due, list[tuple[int, Score]]]] = {}

    def add(self, due: Due, scores: Sequence[tuple[int, Score]]) -> None:
        """Take scores in; they are on disk once enough have come together, or after `flush`."""
        waiting = self._waiting.setdefault(due.scoring, (due, []))[1]
        waiting.extend(scores)
        if len(waiting) >= KEPT_AT_ONCE:
            self._write(due.scoring)
        if time.monotonic() - self._written > KEPT_FOR_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write whatever waits."""
        for scoring in list(self._waiting):
            self._write(scoring)
        self._written = time.monotonic()

    def _write(self, scoring: int) -> None:
        due, scores = self._waiting.pop(scoring)
        wanted = set(due.nos)
        new = [pair for pair in scores if pair[0] in wanted]
        # A family is scored anew when one of its members is new: what was said of the others has changed.
        self._store.scores.add(self._run_id, scoring, new, replace=due.scorer.unit is Unit.FAMILY)
        self._watcher.advance(len(new))

"""Scoring in the background: one request after the other, in a thread that outlives every session."""

import threading
from collections import deque
from dataclasses import dataclass, field

from lib.errors import AuditError
from lib.models.catalogue import Catalogue
from lib.runs.control import Control
from lib.store.store import Store
from lib.types import ScorerEntry
from lib.workflows.recent import RecentRate


@dataclass
class Scored:
    """One request and how far it is."""

    run_id: str
    entries: list[ScorerEntry]
    control: Control = field(default_factory=Control)
    activity: str = "waiting"
    total: int = 0
    done: int = 0
    ended: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    recent: RecentRate = field(default_factory=RecentRate)

    def expect(self, count: int) -> None:
        """That many more scores are to come."""
        self.total += count

    def scored(self, count: int) -> None:
        """That many scores are stored."""
        self.done += count
        self.recent.add(count)

    def failed(self, entry: ScorerEntry, problem: str) -> None:
        """One scorer could not be used, or not for all."""
        self.problems[entry.title] = problem


class ScoringQueue:
    """Scores what is asked for, in order. All methods may be called from any thread."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._wake = threading.Condition()
        self._waiting: deque[Scored] = deque()
        self._live: Scored | None = None
        self._latest: dict[str, Scored] = {}
        self._thread: threading.Thread | None = None

    def submit(self, run_id: str, entries: list[ScorerEntry]) -> None:
        """Have a run scored; what is waiting or being done for it already is not asked for twice."""
        with self._wake:
            asked = [request for request in (self._live, *self._waiting) if request and request.run_id == run_id]
            known = {entry.id for request in asked for entry in request.entries}
            if not (new := [entry for entry in entries if entry.id not in known]):
                return
            request = Scored(run_id, new)
            self._waiting.append(request)
            self._latest[run_id] = request
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="evenhand-scoring", daemon=True)
                self._thread.start()

    def latest(self, run_id: str) -> Scored | None:
        """The last request for a run: the one going on for it, where there is one."""
        live = self._live
        return live if live and live.run_id == run_id else self._latest.get(run_id)

    def stop(self) -> None:
        """End what goes on and what waits; what is stored stays."""
        with self._wake:
            for request in (self._live, *self._waiting):
                if request:
                    request.control.stop()

    def wait(self) -> None:
        """Block until nothing is being scored and nothing waits."""
        thread = self._thread
        if thread:
            thread.join()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.stop()
        thread = self._thread
        if thread:
            thread.join(timeout=30)

    def _work(self) -> None:
        while (request := self._next()) is not None:
            try:
                self._score(request)
            except AuditError as problem:
                request.problems[""] = str(problem)
            except Exception as problem:  # noqa: BLE001 - the queue must outlive whatever one request does
                request.problems[""] = f"Scoring broke off ({type(problem).__name__}: {problem}). What is stored stays."
            finally:
                request.activity, request.ended = "", True

    def _next(self) -> Scored | None:
        with self._wake:
            self._live = self._waiting.popleft() if self._waiting else None
            if self._live is None:
                self._thread = None
            return self._live

    def _score(self, request: Scored) -> None:
        from lib.workflows.score_execution import score_run  # scorers load when something is scored, not with the app

        score_run(self._store, self._catalogue, request.run_id, request.entries, request)

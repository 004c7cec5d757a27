"""Scoring in the background: one request after the other, in a thread that outlives every session."""

from dataclasses import dataclass, field

from lib.models.catalogue import Catalogue
from lib.store.store import Store
from lib.types import ScorerEntry
from lib.workflows.background import BackgroundQueue, Request


@dataclass
class Scored(Request):
    """The scoring of one run with some scorers, and how far it is."""

    entries: list[ScorerEntry] = field(default_factory=list)

    def failed(self, entry: ScorerEntry, problem: str) -> None:
        """One scorer could not be used, or not for all."""
        self.problems[entry.title] = problem


class ScoringQueue(BackgroundQueue[Scored]):
    """Scores what is asked for, in order."""

    word = "Scoring"

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        super().__init__()
        self._store = store
        self._catalogue = catalogue

    def submit(self, run_id: str, entries: list[ScorerEntry]) -> None:
        """Have a run scored; what is waiting or being done for it already is not asked for twice."""
        with self._wake:
            known = {entry.id for request in self._asked(run_id) for entry in request.entries}
            if new := [entry for entry in entries if entry.id not in known]:
                self._put(Scored(run_id, entries=new))

    def do(self, request: Scored) -> None:
        """Score one run."""
        from lib.workflows.score_execution import score_run  # scorers load when something is scored, not with the app

        score_run(self._store, self._catalogue, request.about, request.entries, request)

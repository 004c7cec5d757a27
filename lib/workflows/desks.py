"""Assignments being annotated in this process: who did what, in memory, so that the next item is found at once.

The store holds the truth; a desk is read from it when the first annotator comes, and again after `forget`.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from lib.annotation.codebook import parse_codebook
from lib.annotation.mask import Masked, mask
from lib.banks.read import parse_bank
from lib.store.store import Store
from lib.types import AnnotationItem, Assignment, Bank, Codebook, Scoring, StoredResponse
from lib.workflows.identity import identity_words_of

if TYPE_CHECKING:
    from lib.annotation.queue import Queue

RECENT = 256
"""Responses kept at hand: whoever is shown one sends it back a moment later."""


class OpenAssignment:
    """One assignment with its codebook, its queue and the banks its responses come from."""

    def __init__(self, store: Store, id: str) -> None:
        from lib.annotation.queue import Queue  # needs NumPy, which the first page should not wait for

        self._store = store
        self._turn = threading.Lock()
        self.assignment: Assignment = store.assignments.get(id)
        self.codebook: Codebook = parse_codebook(store.codebooks.text(self.assignment.codebook), id)
        items = store.assignments.items(id)
        self.runs = sorted({item.run for item in items})
        spec = self.assignment.spec
        self._queue = Queue(items, seed=spec.seed, target=spec.target)
        for item, annotator, state in store.annotations.states(id):
            self._queue.record(annotator, item, state)
        self.unblinded = {(item, annotator) for item, annotator, _ in store.annotations.unblindings(id)}
        self.severe: defaultdict[str, int] = defaultdict(int)
        """Severe items each annotator has read since the last pause, as far as this process knows."""
        self.suggesting: dict[str, Scoring | None] = {}
        """The scoring whose suggestions are shown, by run."""
        self.read = lru_cache(RECENT)(self._read)
        """An item with the response behind it, by its number; AnnotationError when there is none of it."""
        self._banks: dict[str, Bank] = {}
        self._words: dict[str, frozenset[str]] = {}

    @contextmanager
    def queue(self) -> Iterator["Queue"]:
        """The queue, for one thread at a time."""
        with self._turn:
            yield self._queue

    def _read(self, item: int) -> tuple[AnnotationItem, StoredResponse]:
        about = self._store.assignments.item(self.assignment.id, item)
        return about, self._store.responses.get(about.run, about.cell)

    def bank(self, run: str) -> Bank:
        """The bank of a run, as it was then."""
        if run not in self._banks:
            kept = self._store.runs.bank(run)
            self._banks[run] = parse_bank(kept.text, kept.id)
        return self._banks[run]

    def masked(self, run: str, text: str) -> Masked:
        """A text with the identity terms of its run's bank hidden, where the assignment asks for that."""
        if not self.assignment.spec.mask:
            return mask(text, frozenset())
        if run not in self._words:
            self._words[run] = identity_words_of(self.bank(run))
        return mask(text, self._words[run])


class Desks:
    """The assignments that are open in this process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: dict[str, OpenAssignment] = {}
        self._turn = threading.Lock()

    def open(self, id: str) -> OpenAssignment:
        """An assignment, read when it was not open; raises AnnotationError when there is none of that id."""
        with self._turn:
            if id not in self._open:
                self._open[id] = OpenAssignment(self._store, id)
            return self._open[id]

    def refresh(self, id: str) -> None:
        """Note that an assignment was renamed, closed or opened again; who is at work on what stays known."""
        with self._turn:
            if id in self._open:
                self._open[id].assignment = self._store.assignments.get(id)

    def forget(self, id: str) -> None:
        """Read it again next time: it was changed elsewhere than at a desk."""
        with self._turn:
            self._open.pop(id, None)

    def forget_all(self) -> None:
        """Read every assignment again: a run was deleted, and its items with it."""
        with self._turn:
            self._open.clear()

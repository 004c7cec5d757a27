"""Everything one open database needs, in one object: store, banks, catalogue and the run queue."""

import os
from pathlib import Path

from lib import settings
from lib.annotation.codebook import CODEBOOK
from lib.banks.check import BANK
from lib.errors import StoreError
from lib.models.catalogue import Catalogue
from lib.store.store import Store
from lib.types import Bank, Codebook
from lib.workflows.atlas import Atlas
from lib.workflows.desks import Desks
from lib.workflows.map_queue import MapQueue
from lib.workflows.queue import RunQueue
from lib.workflows.scoring_queue import ScoringQueue
from lib.yaml_files.shelf import Shelf


class Workbench:
    """One open database with all that works on it. The process that holds it is its only owner."""

    def __init__(self, store: Store, shelf: Shelf[Bank], codebooks: Shelf[Codebook], *, read_only: bool) -> None:
        self.store = store
        self.shelf = shelf
        self.codebooks = codebooks
        self.catalogue = Catalogue(store.models.all)
        self.read_only = read_only
        self.queue = RunQueue(store, self.catalogue)
        self.scoring = ScoringQueue(store, self.catalogue)
        self.desks = Desks(store)
        self.atlas = Atlas()
        self.mapping = MapQueue(store, self.catalogue, self.atlas.forget)

    @property
    def path(self) -> Path:
        """The database file."""
        return self.store.path

    def refuse_when_read_only(self, action: str) -> None:
        """Raise StoreError when nothing may be written; `action` completes "cannot …"."""
        if self.read_only:
            raise StoreError(
                str(self.path.name),
                f"it is open for reading only, so Evenhand cannot {action}",
                "Make the file writable, or open another one with EVENHAND_DB or --db.",
            )

    def close(self) -> None:
        """Stop the queues (what runs becomes *interrupted*) and let go of the file."""
        self.mapping.close()
        self.scoring.close()
        self.queue.close()
        self.store.close()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workbench(path: Path | None = None, *, read_only: bool = False, with_example: bool = True) -> Workbench:
    """Open the database at `path` (default: `settings.database_path()`), made when it is not there.

    A new database starts with the recorded example audits, so that no page is blank, unless
    `with_example` is false. A file that may not be written opens for reading.

    Raises:
        StoreError: another process has it, it is damaged, newer than this code, or out of reach.
    """
    path = path or settings.database_path()
    new = not path.exists()
    read_only = read_only or (not new and not os.access(path, os.W_OK))
    store = Store.open(path, read_only=read_only)
    shelves = Shelf(settings.banks_path(), BANK), Shelf(settings.codebooks_path(), CODEBOOK)
    workbench = Workbench(store, *shelves, read_only=read_only)
    if not read_only:
        store.runs.mark_interrupted()
    if new and with_example:
        load_recorded_examples(store)
    return workbench


def load_recorded_examples(store: Store) -> list[str]:
    """Load the audits under examples/ read-only; gives their run ids."""
    folders = sorted(path.parent for path in settings.examples_path().glob("*/run.json"))
    return [store.exchange.load(folder, read_only=True) for folder in folders]

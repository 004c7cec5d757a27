"""The store of one audit database: everything kept, by the family it belongs to."""

from contextlib import AbstractContextManager
from pathlib import Path

from lib.store.adjudications import Adjudications
from lib.store.annotations import Annotations
from lib.store.annotators import Annotators
from lib.store.assignments import Assignments
from lib.store.banks import Banks
from lib.store.codebooks import Codebooks
from lib.store.database import Database
from lib.store.embeddings import Embeddings
from lib.store.exchange import Exchange
from lib.store.grids import Grids
from lib.store.maps import Maps
from lib.store.migrate import migrate, read_migrations
from lib.store.models import Models
from lib.store.preferences import Preferences
from lib.store.rates import Rates
from lib.store.reports import Reports
from lib.store.responses import Responses
from lib.store.runs import Runs
from lib.store.scorer_entries import ScorerEntries
from lib.store.scores import Scores
from lib.store.selections import Selections


class Store:
    """An open database. Any thread may use it; only one process can have the file open."""

    def __init__(self, database: Database) -> None:
        """Use `Store.open`, which also brings the file up to date."""
        self._database = database
        self.banks = Banks(database)
        self.grids = Grids(database)
        self.models = Models(database)
        self.rates = Rates(database)
        self.settings = Preferences(database)
        self.runs = Runs(database)
        self.responses = Responses(database)
        self.scorers = ScorerEntries(database)
        self.scores = Scores(database)
        self.codebooks = Codebooks(database)
        self.annotators = Annotators(database)
        self.assignments = Assignments(database)
        self.annotations = Annotations(database)
        self.adjudications = Adjudications(database)
        self.embeddings = Embeddings(database)
        self.maps = Maps(database)
        self.selections = Selections(database)
        self.reports = Reports(database)
        self.exchange = Exchange(database)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Store":
        """Open the database at `path`, made when it is not there, migrated when it is older.

        Raises:
            StoreError: another process has it, it is damaged, newer than this code, somebody
                else's, or its folder is out of reach. The file is left as it was.
        """
        database = Database(path, read_only=read_only)
        try:
            return cls(migrate(database, read_migrations()))
        except BaseException:
            database.close()
            raise

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    @property
    def read_only(self) -> bool:
        """Whether the database may only be read."""
        return self._database.read_only

    def transaction(self) -> AbstractContextManager[None]:
        """Everything stored inside is one write: all of it, or nothing when something raises."""
        return self._database.transaction()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

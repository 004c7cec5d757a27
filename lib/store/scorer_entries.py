"""Scorers that people set up: a lexicon of their own, a classifier, a judge with a rubric."""

from lib.codec import dump, parse
from lib.errors import ScorerError
from lib.registry import suggest
from lib.store.database import Database
from lib.types import ScorerEntry


class ScorerEntries:
    """Added scorer entries by id, beside those that Evenhand brings along."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, entry: ScorerEntry) -> None:
        """Store an entry; one with the same id is replaced. Scores keep the entry they were made with."""
        self._database.write("INSERT OR REPLACE INTO scorers VALUES (?, ?)", (entry.id, dump(entry)))

    def all(self) -> list[ScorerEntry]:
        """Every added entry, by id."""
        return [parse(ScorerEntry, entry) for (entry,) in self._database.rows("SELECT entry FROM scorers ORDER BY id")]

    def delete(self, entry_id: str) -> None:
        """Forget an entry; its scores stay. Raises ScorerError with the nearest ids when there is none."""
        known = [entry.id for entry in self.all()]
        if entry_id not in known:
            raise ScorerError(f"scorer {entry_id}", "nobody added one of that id", suggest(entry_id, known))
        self._database.write("DELETE FROM scorers WHERE id = ?", (entry_id,))

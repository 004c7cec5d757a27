"""Models that people added to the catalogue."""

from lib.codec import dump, parse
from lib.errors import ModelError
from lib.registry import suggest
from lib.store.database import Database
from lib.types import ModelEntry


class Models:
    """Catalogue entries by id, beside those that Evenhand brings along."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, entry: ModelEntry) -> None:
        """Store an entry; one with the same id is replaced. Runs keep the entry they were made with."""
        self._database.write("INSERT OR REPLACE INTO models VALUES (?, ?)", (entry.id, dump(entry)))

    def all(self) -> list[ModelEntry]:
        """Every added entry, by id."""
        return [parse(ModelEntry, entry) for (entry,) in self._database.rows("SELECT entry FROM models ORDER BY id")]

    def delete(self, model_id: str) -> None:
        """Forget an entry; raises ModelError with the nearest ids when there is none."""
        known = [entry.id for entry in self.all()]
        if model_id not in known:
            raise ModelError(f"model {model_id}", "nobody added one of that id", suggest(model_id, known))
        self._database.write("DELETE FROM models WHERE id = ?", (model_id,))

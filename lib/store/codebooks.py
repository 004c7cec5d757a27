"""The codebooks that assignments were made with, kept word for word, each version by its digest."""

from datetime import datetime

from lib.errors import AnnotationError
from lib.store.clock import aware, now
from lib.store.database import Database
from lib.store.outcomes import storable
from lib.types import Codebook


class Codebooks:
    """Codebooks by the SHA-256 of their text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, codebook: Codebook) -> None:
        """Store a codebook; one with the same digest is there already and stays."""
        columns = (codebook.digest, codebook.id, codebook.title, codebook.question, codebook.source, codebook.licence)
        self._database.write(
            "INSERT OR IGNORE INTO codebooks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*map(storable, (*columns, codebook.text)), now()),
        )

    def text(self, digest: str) -> str:
        """The YAML of a version; raises AnnotationError when it was never kept."""
        text: str | None = self._database.value("SELECT text FROM codebooks WHERE digest = ?", (digest,))
        if text is None:
            raise AnnotationError(f"codebook {digest[:12]}", "no assignment here was made with it", "Check the digest.")
        return text

    def versions(self, codebook_id: str) -> list[tuple[str, datetime]]:
        """(digest, when it was first used) of every version of a codebook that was used here, the oldest first."""
        sql = "SELECT digest, used FROM codebooks WHERE id = ? ORDER BY used, digest"
        return [(digest, aware(used)) for digest, used in self._database.rows(sql, (codebook_id,))]

"""The prompt banks that runs were made from, kept word for word."""

from dataclasses import dataclass, fields

from lib.errors import StoreError
from lib.store.database import Database
from lib.types import Bank


@dataclass(frozen=True, slots=True)
class KeptBank:
    """A bank as it was when a run used it: what is said about it, and its YAML in `text`."""

    digest: str
    id: str
    title: str
    question: str
    source: str
    licence: str
    notice: str
    severity: str
    language: str
    text: str


_COLUMNS = tuple(field.name for field in fields(KeptBank))


class Banks:
    """Banks by the SHA-256 of their text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, bank: Bank | KeptBank) -> None:
        """Store a bank; one with the same digest is there already and stays."""
        marks = ", ".join("?" for _ in _COLUMNS)
        self._database.write(
            f"INSERT OR IGNORE INTO banks ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 - our own column names
            [str(getattr(bank, column)) for column in _COLUMNS],
        )

    def get(self, digest: str) -> KeptBank:
        """The bank with this digest; raises StoreError when it was never kept."""
        found = self._database.dicts(f"SELECT {', '.join(_COLUMNS)} FROM banks WHERE digest = ?", (digest,))  # noqa: S608 - our own column names
        if not found:
            raise StoreError(f"prompt bank {digest[:12]}", "no run here was made from it", "Check the digest.")
        return KeptBank(**found[0])

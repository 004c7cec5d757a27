"""The people who annotate and adjudicate, by name."""

import unicodedata
from collections.abc import Iterable

from lib.store.clock import now
from lib.store.database import Database
from lib.store.outcomes import storable

_NEW = """
INSERT INTO annotators SELECT nextval('annotator_numbers'), $name, $folded, $joined
WHERE NOT EXISTS (FROM annotators WHERE folded = $folded)
"""


class Annotators:
    """Annotators; names that differ in case or Unicode composition alone are one person's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> list[str]:
        """Everybody's name, in the order they first took part."""
        return list(annotator_names(self._database).values())

    def join(self, name: str) -> str:
        """Know this annotator from now on; gives the name as it was first written.

        Raises:
            StoreError: the name is new, and the database may only be read.
        """
        number = annotator_number(self._database, name)
        if number is None:
            number = joined(self._database, [name])[name]
        return annotator_names(self._database)[number]


def annotator_names(database: Database) -> dict[int, str]:
    """Everybody's name by number, in the order they first took part."""
    return dict(database.rows("SELECT annotator, name FROM annotators ORDER BY annotator"))


def annotator_number(database: Database, name: str) -> int | None:
    """The number of an annotator; None for one who never took part."""
    number: int | None = database.value("SELECT annotator FROM annotators WHERE folded = ?", (folded(name),))
    return number


def joined(database: Database, names: Iterable[str]) -> dict[str, int]:
    """The number of each annotator by the name given, in one transaction; those never seen before are made."""
    numbers = {}
    with database.transaction():
        for name in dict.fromkeys(names):
            number = annotator_number(database, name)
            if number is None:
                database.write(_NEW, {"name": storable(name), "folded": folded(name), "joined": now()})
                number = annotator_number(database, name)
            assert number is not None
            numbers[name] = number
    return numbers


def folded(name: str) -> str:
    """A name as it is compared: the same for names that differ in case or Unicode composition alone."""
    composed = unicodedata.normalize("NFC", storable(name))
    return unicodedata.normalize("NFC", composed.casefold())

"""Scorings: each version of each scorer that was ever used here, under a number its scores carry."""

from lib.codec import dump, parse
from lib.store.clock import aware, now
from lib.store.database import Database
from lib.types import Measure, ScorerEntry, Scoring

_SELECT = "SELECT scoring, entry, version, fingerprint, measures, labels, created FROM scorings"


def known_scoring(database: Database, entry_id: str, version: str, fingerprint: str) -> Scoring | None:
    """The scoring of this version, None when it was never used here."""
    found = _read(database, "WHERE entry_id = ? AND version = ? AND fingerprint = ?", (entry_id, version, fingerprint))
    return found[0] if found else None


def new_scoring(
    database: Database,
    entry: ScorerEntry,
    version: str,
    fingerprint: str,
    measures: tuple[Measure, ...],
    labels: tuple[str, ...],
) -> Scoring:
    """Number a version; one that is known already stays as it is. Raises StoreError on a database to be read only."""
    with database.transaction():
        database.write(
            """
            INSERT INTO scorings SELECT nextval('scoring_numbers'), $id, $version, $fingerprint, $entry, $measures,
                $labels, $created
            WHERE NOT EXISTS (FROM scorings
                WHERE entry_id = $id AND version = $version AND fingerprint = $fingerprint)
            """,
            {
                "id": entry.id,
                "version": version,
                "fingerprint": fingerprint,
                "entry": dump(entry),
                "measures": dump(measures),
                "labels": dump(labels),
                "created": now(),
            },
        )
        found = known_scoring(database, entry.id, version, fingerprint)
    assert found is not None
    return found


def all_scorings(database: Database) -> list[Scoring]:
    """Every scoring, in the order they were first used."""
    return _read(database, "", ())


def scorings_in(database: Database, run_no: int) -> list[Scoring]:
    """Those with scores in a run, in the order they were first used."""
    return _read(database, "WHERE scoring IN (SELECT DISTINCT scoring FROM scores WHERE run_no = ?)", (run_no,))


def measure_count(database: Database, number: int) -> int:
    """How many measures a scoring has; raises ValueError for a number that no scoring has."""
    found = _read(database, "WHERE scoring = ?", (number,))
    if not found:
        raise ValueError(f"there is no scoring number {number}")
    return len(found[0].measures)


def _read(database: Database, where: str, parameters: tuple[object, ...]) -> list[Scoring]:
    return [
        Scoring(
            number,
            parse(ScorerEntry, entry),
            version,
            fingerprint,
            parse(tuple[Measure, ...], measures),
            parse(tuple[str, ...], labels),
            aware(created),
        )
        for number, entry, version, fingerprint, measures, labels, created in database.rows(
            f"{_SELECT} {where} ORDER BY scoring", parameters
        )
    ]

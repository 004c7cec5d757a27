"""DuckDB's messages that cannot be brought about here, quoted from its library (2.0.0)."""

from pathlib import Path

import duckdb
import pytest

from lib.errors import StoreError
from lib.store.explain import explain
from lib.store.store import Store

PATH = Path("/data/audits.duckdb")
RESTART = "The database must be restarted prior to being used again."


@pytest.mark.parametrize(
    ("error", "cause", "remedy"),
    [
        (
            duckdb.IOException("IO Error: Cannot open file: the file is being used by another process. (PID 99999999)"),
            "it is open in process 99999999",
            "Close that first",
        ),
        (
            duckdb.IOException("IO Error: Cannot open file: the file is being used by another process."),
            "it is open in another process",
            "Close that first",
        ),
        (
            duckdb.TransactionException("Failed to commit: Could not write file: No space left on device"),
            "the disk is full",
            "Make room in /data",
        ),
        (
            duckdb.FatalException(f"FATAL Error: Failed: database has been invalidated. {RESTART}"),
            "DuckDB stopped working on it",
            "start it again",
        ),
        (
            duckdb.IOException(
                "IO Error: Trying to read a database file with storage version number 99, but we can only read storage "
                "versions between 64 and 70."
            ),
            "a newer DuckDB wrote it",
            "Update Evenhand",
        ),
        (
            duckdb.SerializationException("Serialization Error: Failed to deserialize: expected end of object"),
            "it is damaged, or not a DuckDB file (Failed to deserialize: expected end of object)",
            ".backup-",
        ),
        (
            duckdb.ConnectionException(
                "Connection Error: Can't open a connection to same database file with a "
                "different configuration than existing connections"
            ),
            "this program has it open already, in another way",
            "Close the other one",
        ),
        (
            duckdb.IOException('IO Error: Cannot open file "/data/audits.duckdb": Permission denied'),
            'Cannot open file "/data/audits.duckdb": Permission denied',
            "can be read and written",
        ),
    ],
)
def test_each_trouble_has_a_cause_and_a_remedy(error: duckdb.Error, cause: str, remedy: str) -> None:
    """What DuckDB says becomes the database's name, what is wrong and what to do."""
    told = explain(error, PATH)
    assert told.thing == "database audits.duckdb"
    assert told.cause.startswith(cause)
    assert remedy in told.remedy


def test_a_question_too_large_for_memory_leaves_the_store_working(store: Store) -> None:
    """Running out of the memory the database may use fails that question alone."""
    with pytest.raises(StoreError, match="more memory than the database may use"):
        store._database.rows("SELECT max(len(x)) FROM (SELECT list(i) AS x FROM range(50_000_000) t(i))")
    assert store.runs.all() == []


def test_our_own_mistakes_in_sql_are_not_dressed_up(store: Store) -> None:
    """A statement that is wrong is a bug, and stays visible as one."""
    with pytest.raises(duckdb.ParserException):
        store._database.rows("SELEKT 1")

"""The open DuckDB file: one cursor a thread, one writer at a time, errors in plain words.

DuckDB gives wrong rows when threads share a cursor, so each thread has its own; writers take
turns, so transactions never conflict. What a transaction wrote is on disk when it returns.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from lib.errors import StoreError
from lib.store.explain import explain

MEMORY_LIMIT = "64MB"  # the Streamlit process may hold 400 MiB in all; bench/store.py measures it
SLICE = 8_192  # rows that `Database.read_batch` hands out at once
STORAGE_VERSION = "v1.5.0"  # so that DuckDB 1.5 opens the file too

# One lock a file, so that writers take turns even where a program opens a file twice.
_TURNS: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """One DuckDB file, held by this process alone until `close`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Raises StoreError when the file cannot be opened, naming who has it where someone does."""
        self.path = path
        self.read_only = read_only
        self._connection = _connect(path, read_only=read_only)
        self._local = threading.local()
        self._turn = _TURNS[path.resolve()]

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        self._connection.close()

    def dicts(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """The rows of a query, each a dict by column name."""
        with self._plain_words():
            result = self._cursor().execute(sql, parameters)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self._plain_words():
            return self._cursor().execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, None when there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def table(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """The rows of a query as an Arrow table."""
        with self._plain_words():
            return self._cursor().sql(sql, params=parameters).to_arrow_table()

    def read_batch(self, sql: str, batch: pa.Table, parameters: Parameters = ()) -> Iterator[pa.Table]:
        """The rows of a query that reads `batch` as a table of that name, as they come, in slices.

        No other statement of this thread may come between two slices.
        """
        with self._plain_words():
            cursor = self._cursor()
            cursor.register("batch", batch)
            try:
                for part in cursor.sql(sql, params=parameters).to_arrow_reader(SLICE):
                    yield pa.Table.from_batches([part])
            finally:
                cursor.unregister("batch")

    def write(self, sql: str, parameters: Parameters = ()) -> None:
        """Execute a statement that changes something, in a transaction of its own or the one around it."""
        with self.transaction(), self._plain_words():
            self._cursor().execute(sql, parameters)

    def write_batch(self, sql: str, batch: pa.Table, parameters: Parameters = ()) -> None:
        """Like `write`; the statement reads `batch` as a table of that name."""
        with self.transaction(), self._plain_words():
            cursor = self._cursor()
            cursor.register("batch", batch)
            try:
                cursor.execute(sql, parameters)
            finally:
                cursor.unregister("batch")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is durable on leaving, and gone when it raises.

        Inside another transaction of the same thread this is part of that one.

        Raises:
            StoreError: the database may only be read, or the disk is full.
        """
        if self.read_only:
            raise StoreError(
                f"database {self.path.name}",
                "it is open for reading only, so nothing can be stored",
                "Make the file writable, or use another one with EVENHAND_DB or --db.",
            )
        with nullcontext() if self._inside() else self._turn, self._begun():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is from one moment, whatever others store meanwhile. Write nothing inside."""
        with self._begun():
            yield

    @contextmanager
    def _begun(self) -> Iterator[None]:
        if self._inside():
            yield
            return
        cursor = self._cursor()
        with self._plain_words():
            cursor.execute("BEGIN")
        self._local.inside = True
        try:
            yield
            with self._plain_words():
                cursor.execute("COMMIT")
        except BaseException:
            # A commit that failed has rolled back already, and then there is nothing left to undo.
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            raise
        finally:
            self._local.inside = False

    def _inside(self) -> bool:
        return getattr(self._local, "inside", False)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        return self._local.cursor

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        """Turn what a person can act on into a StoreError; our own mistakes in SQL pass as they are."""
        try:
            yield
        except (duckdb.ProgrammingError, duckdb.IntegrityError, duckdb.DataError):
            raise
        except duckdb.Error as error:
            raise explain(error, self.path) from error


def batch_of(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table for `Database.write_batch`."""
    columns = zip(zip(*rows, strict=True), schema.types, strict=True)
    return pa.table([pa.array(column, kind) for column, kind in columns], schema=schema)


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    thing = f"database {path.name}"
    if not path.parent.is_dir():
        raise StoreError(thing, f"the folder {path.parent} does not exist", "Make it, or use another file with --db.")
    if path.is_dir():
        raise StoreError(thing, "it is a folder", "Name a file with EVENHAND_DB or --db.")
    if read_only and not path.exists():
        raise StoreError(thing, "there is no such file to read", "Check the name, or open it for writing to make it.")
    try:
        return duckdb.connect(
            path,
            read_only=read_only,
            config={
                "threads": 2,
                "memory_limit": MEMORY_LIMIT,
                "storage_compatibility_version": STORAGE_VERSION,
                # What is stored is data: no statement may reach another file or fetch an extension.
                "enable_external_access": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "lock_configuration": True,
            },
        )
    except duckdb.Error as error:
        raise explain(error, path) from error

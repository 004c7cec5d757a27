"""Bring a database file to the schema this code works with, step by step, with a backup first.

Each step is a numbered `.sql` file in `migrations/`; what was applied is recorded in the file
itself. All missing steps are one transaction: either the file has them all, or it is as before.
"""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from lib.errors import StoreError
from lib.store.clock import now
from lib.store.database import Database

FOLDER = Path(__file__).parent / "migrations"
BACKUPS_KEPT = 3

LEDGER = """
CREATE TABLE schema_migrations (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    applied TIMESTAMP NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. `digest` is the SHA-256 of its text, whose line ends are "\\n" on every system."""

    version: int
    name: str
    sql: str
    digest: str


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    """The steps in `folder`, in order; their numbers are 1, 2, … without a gap."""
    steps = []
    for version, path in enumerate(sorted(folder.glob("*.sql")), start=1):
        number, _, name = path.stem.partition("_")
        if int(number) != version:
            raise ValueError(f"migration {path.name} should have number {version:04}")
        sql = path.read_text(encoding="utf-8")
        steps.append(Migration(version, name, sql, hashlib.sha256(sql.encode()).hexdigest()))
    return steps


def migrate(database: Database, steps: list[Migration]) -> Database:
    """Apply the steps that are missing; gives the database to go on with (reopened after a backup).

    Raises:
        StoreError: the file is newer than this code, is somebody else's, may only be read while
            steps are missing, or a step failed (the file is then as it was).
    """
    applied = _applied(database)
    _refuse_unknown(database, applied, steps)
    missing = steps[len(applied) :]
    if not missing:
        return database
    if database.read_only:
        raise StoreError(
            f"database {database.path.name}",
            "an older Evenhand made it, and it is open for reading only",
            "Open it once for writing, so that it can be brought up to date.",
        )
    if applied:
        database = _backed_up(database, version=len(applied))
    _apply(database, missing)
    return database


def _applied(database: Database) -> list[str]:
    """The digests of the steps the file has had, in order.

    Raises:
        StoreError: the file holds tables, but no record of ours.
    """
    tables = {name for (name,) in database.rows("SELECT table_name FROM duckdb_tables() WHERE NOT internal")}
    if "schema_migrations" in tables:
        return [digest for (digest,) in database.rows("SELECT digest FROM schema_migrations ORDER BY version")]
    if tables:
        raise StoreError(
            f"database {database.path.name}",
            "it is a DuckDB database, but not one of Evenhand's",
            "Use another file with EVENHAND_DB or --db.",
        )
    return []


def _refuse_unknown(database: Database, applied: list[str], steps: list[Migration]) -> None:
    thing, remedy = f"database {database.path.name}", "Update Evenhand, or use another file with --db."
    if len(applied) > len(steps):
        raise StoreError(
            thing, f"a newer Evenhand made it (schema {len(applied)}, this one knows {len(steps)})", remedy
        )
    for step, digest in zip(steps, applied, strict=False):
        if step.digest != digest:
            raise StoreError(thing, f"another edition of Evenhand made it (migration {step.version} differs)", remedy)


def _apply(database: Database, missing: list[Migration]) -> None:
    step = missing[0]
    try:
        with database.transaction():
            if step.version == 1:
                database.write(LEDGER)
            for step in missing:
                database.write(step.sql)
                database.write(
                    "INSERT INTO schema_migrations VALUES (?, ?, ?, ?)", (step.version, step.name, step.digest, now())
                )
    except duckdb.Error as error:
        raise StoreError(
            f"database {database.path.name}",
            f"migration {step.version} ({step.name}) failed: {error}",
            "The file is as it was. Go on with the Evenhand that made it, and report this.",
        ) from error


def _backed_up(database: Database, *, version: int) -> Database:
    """Copy the file beside itself. It is closed meanwhile: closing a copy's source would drop DuckDB's lock on it."""
    path = database.path
    database.write("CHECKPOINT")
    database.close()
    backup = path.with_name(f"{path.name}.backup-v{version}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    try:
        shutil.copy2(path, backup)
    except OSError as error:
        backup.unlink(missing_ok=True)
        raise StoreError(
            f"database {path.name}",
            f"it needs a backup before it is brought up to date, and that failed ({error.strerror})",
            f"Make room in {path.parent}, or copy the file elsewhere and open it there.",
        ) from error
    backups = sorted(path.parent.glob(f"{path.name}.backup-v*"), key=lambda file: file.name.rpartition("-")[2])
    for outdated in backups[:-BACKUPS_KEPT]:
        outdated.unlink()
    return Database(path)

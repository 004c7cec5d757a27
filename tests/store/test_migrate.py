import os
from pathlib import Path

import duckdb
import pytest

from lib.errors import StoreError
from lib.store.database import Database
from lib.store.migrate import FOLDER, Migration, migrate, read_migrations
from lib.store.store import Store
from lib.types import ResponseFilter
from tests.store.samples import answer, create

GOLDEN = Path(__file__).parent / "golden_schema.sql"
KNOWN = len(read_migrations())
NEXT = Migration(
    KNOWN + 1, "moods", "ALTER TABLE grids ADD COLUMN mood VARCHAR; CREATE TABLE moods (mood VARCHAR);", "next"
)
BROKEN = Migration(KNOWN + 1, "broken", "CREATE TABLE moods (mood VARCHAR); INSERT INTO nothing VALUES (1);", "broken")


def schema(database: Database) -> str:
    """Everything a database defines, as SQL, in the order of its names."""
    rows = database.rows(
        """
        SELECT sql FROM (
            SELECT 1 AS kind, sequence_name AS name, sql FROM duckdb_sequences()
            UNION ALL SELECT 2, table_name, sql FROM duckdb_tables() WHERE NOT internal
            UNION ALL SELECT 3, index_name, sql FROM duckdb_indexes()
            UNION ALL SELECT 4, view_name, sql FROM duckdb_views() WHERE NOT internal
        ) ORDER BY kind, name
        """
    )
    return "\n".join(sql.strip() for (sql,) in rows) + "\n"


def filled(path: Path) -> None:
    """A database at the present schema with a run and two responses."""
    with Store.open(path) as store:
        store.responses.add(create(store), [answer(0), answer(1)])


def backups(path: Path) -> list[Path]:
    """The backups beside a database."""
    return sorted(path.parent.glob(f"{path.name}.backup-*"))


def test_migrations_make_the_golden_schema(path: Path) -> None:
    """The schema is the one on record. After a new migration: EVENHAND_GOLDEN=1 pytest tests/store/test_migrate.py"""
    Store.open(path).close()
    database = Database(path, read_only=True)
    made = schema(database)
    database.close()
    if os.environ.get("EVENHAND_GOLDEN"):
        GOLDEN.write_text(made, encoding="utf-8")
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_migrations_are_numbered_without_a_gap(tmp_path: Path) -> None:
    """Files are read in order; a gap is a mistake."""
    assert [step.version for step in read_migrations()] == list(range(1, len(list(FOLDER.glob("*.sql"))) + 1))
    (tmp_path / "0001_a.sql").write_text("SELECT 1;", encoding="utf-8")
    (tmp_path / "0003_b.sql").write_text("SELECT 1;", encoding="utf-8")
    with pytest.raises(ValueError, match="0003_b"):
        read_migrations(tmp_path)


def test_a_migration_is_the_same_whatever_its_line_ends(tmp_path: Path) -> None:
    """A checkout with Windows line ends has the same digests."""
    for folder, text in (("unix", b"SELECT 1;\nSELECT 2;\n"), ("windows", b"SELECT 1;\r\nSELECT 2;\r\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "0001_a.sql").write_bytes(text)
    assert read_migrations(tmp_path / "unix") == read_migrations(tmp_path / "windows")


def test_a_new_file_needs_no_backup(path: Path) -> None:
    """There is nothing to keep."""
    Store.open(path).close()
    assert backups(path) == []


def test_an_older_file_is_backed_up_and_brought_up_to_date(path: Path) -> None:
    """Data remain, the backup is the file before, and opening again does nothing more."""
    filled(path)
    for _ in range(2):
        database = migrate(Database(path), [*read_migrations(), NEXT])
        assert database.rows("SELECT version, name FROM schema_migrations ORDER BY version")[-1] == (KNOWN + 1, "moods")
        assert database.value("SELECT count(*) FROM responses") == 2
        assert database.rows("SELECT mood FROM grids") == []
        database.close()
    [backup] = backups(path)
    assert f".backup-v{KNOWN}-" in backup.name
    with Store.open(backup, read_only=True) as store:
        assert store.responses.count(ResponseFilter()) == 2


def test_the_last_three_backups_are_kept(path: Path) -> None:
    """Backups do not fill the disk."""
    filled(path)
    old = [path.with_name(f"{path.name}.backup-v1-2025010{day}T000000000000Z") for day in range(1, 6)]
    for backup in old:
        backup.write_text("old", encoding="utf-8")
    migrate(Database(path), [*read_migrations(), NEXT]).close()
    kept = backups(path)
    assert len(kept) == 3
    assert kept[:2] == old[-2:]


def test_a_failing_migration_leaves_the_file_as_it_was(path: Path) -> None:
    """Nothing of a failed step stays, and the program before it still opens the file."""
    filled(path)
    with duckdb.connect(path) as connection:
        connection.execute("CHECKPOINT")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=rf"migration {KNOWN + 1} \(broken\) failed"):
        migrate(Database(path), [*read_migrations(), BROKEN])
    assert [backup.read_bytes() == before for backup in backups(path)] == [True]
    with Store.open(path) as store:
        assert store.responses.count(ResponseFilter()) == 2
        assert "moods" not in schema(store._database)


def test_a_newer_file_is_refused_untouched(path: Path) -> None:
    """Code that does not know a step keeps away from the file."""
    filled(path)
    migrate(Database(path), [*read_migrations(), NEXT]).close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=rf"newer Evenhand made it \(schema {KNOWN + 1}, this one knows {KNOWN}\)"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_of_another_edition_is_refused(path: Path) -> None:
    """A step that was changed after it was applied is noticed."""
    first = read_migrations()[0]
    migrate(Database(path), [Migration(1, first.name, first.sql, "another")]).close()
    with pytest.raises(StoreError, match="migration 1 differs"):
        Store.open(path)


def test_somebody_elses_database_is_refused_untouched(path: Path) -> None:
    """Tables that are not ours are never mixed with ours."""
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    with pytest.raises(StoreError, match="not one of Evenhand's"):
        Store.open(path)
    with duckdb.connect(path) as connection:
        assert [name for name, *_ in connection.execute("SHOW TABLES").fetchall()] == ["sales"]


def test_an_older_file_is_not_migrated_when_it_may_only_be_read(path: Path) -> None:
    """Reading only means writing nothing, so the remedy is to open it for writing once."""
    filled(path)
    with pytest.raises(StoreError, match="Open it once for writing"):
        migrate(Database(path, read_only=True), [*read_migrations(), NEXT])
    assert backups(path) == []

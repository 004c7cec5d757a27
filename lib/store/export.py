"""A run as a table in a file: every cell with its response, one column a field."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa

from lib.errors import ExportError
from lib.store.audit_paths import without_paths
from lib.store.database import Database
from lib.store.formats import WRITERS
from lib.store.rows import KNOWN_ROWS

CELLS_AT_ONCE = 5_000

TEXT, WHOLE, REAL = pa.string(), pa.int32(), pa.float64()

SCHEMA = pa.schema(
    {
        "run": TEXT,
        "no": WHOLE,
        "cell": TEXT,
        "set_id": TEXT,
        "bank": TEXT,
        "template": TEXT,
        "context": TEXT,
        "group": TEXT,
        "groups": TEXT,
        "terms": TEXT,
        "model": TEXT,
        "format": TEXT,
        "temperature": REAL,
        "top_p": REAL,
        "top_k": WHOLE,
        "repetition_penalty": REAL,
        "max_new_tokens": WHOLE,
        "repeat": WHOLE,
        "seed": pa.int64(),
        "system": TEXT,
        "prompt": TEXT,
        "finish": TEXT,
        "text": TEXT,
        "error": TEXT,
        "prompt_sent": TEXT,
        "prompt_tokens": WHOLE,
        "new_tokens": WHOLE,
        "seconds": REAL,
        "created": pa.timestamp("us", tz="UTC"),
    }
)


def export_run(database: Database, run_no: int, format: str, path: Path) -> int:
    """Write every cell of a run to `path` as csv, jsonl or parquet; gives the number of rows.

    All rows are from one moment, and memory does not grow with the run. The file appears whole
    or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    total: int = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    with database.snapshot():
        write_whole(path, lambda partial: WRITERS[format](partial, SCHEMA, _tables(database, run_no, total)))
    return total


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a file beside `path`, then put it in its place; raises ExportError when it cannot."""
    with _writing_explained(path):
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            partial = Path(file.name)
        try:
            write(partial)
            with partial.open("rb") as file:
                os.fsync(file.fileno())
            partial.chmod(0o644)  # temporary files are private; what is exported is meant to be handed on
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def _writing_explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"file {path}",
            f"it cannot be written ({error.strerror or error})",
            "Choose another place, or make room there.",
        ) from error


def _tables(database: Database, run_no: int, total: int) -> Iterator[pa.Table]:
    for first in range(0, total, CELLS_AT_ONCE):
        nos = list(range(first, min(first + CELLS_AT_ONCE, total)))
        yield _without_paths(database.table(KNOWN_ROWS, {"run_no": run_no, "nos": nos}).cast(SCHEMA))


def _without_paths(table: pa.Table) -> pa.Table:
    """A table whose errors name no folder of this computer."""
    errors = table["error"].to_pylist()
    if not any(errors):
        return table
    place = SCHEMA.get_field_index("error")
    cleared = pa.array([error and without_paths(error) for error in errors], TEXT)
    return table.set_column(place, SCHEMA.field(place), cleared)

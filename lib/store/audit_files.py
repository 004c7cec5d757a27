"""The files that one audit is carried in: how JSON, lines of JSON and tables are written and read."""

import errno
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lib.store.clock import aware, stored
from lib.types import Json

AUDIT = "audit.json"
FAILURES, SELECTIONS = "failures.jsonl", "selections.jsonl"
ITEMS, HISTORY, ASSIGNMENT = "items.jsonl", "history.jsonl", "assignment.json"
MAP, POINTS = "map.json", "points.parquet"
TEXTS = "report/texts.jsonl"

ROWS_AT_ONCE = 20_000


def numbered(folder: str, number: int, ending: str = "") -> str:
    """The name of the file or folder number 1, 2, … of its kind, so that names sort as numbers do."""
    return f"{folder}/{number:04}{ending}"


def write_json(path: Path, value: Any) -> None:
    """Write one JSON value for people to read."""
    _write(path, [json.dumps(value, ensure_ascii=False, indent=1)])


def write_lines(path: Path, values: Iterable[Any]) -> None:
    """Write JSON values, a line each; no file is made for none."""
    lines = (json.dumps(value, ensure_ascii=False) for value in values)
    if (first := next(lines, None)) is not None:
        _write(path, chain((first,), lines))


def write_text(path: Path, text: str) -> None:
    """Write a text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def write_table(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Write a table that comes in slices."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table.cast(schema))


def read_json(path: Path) -> Json:
    """The JSON object in a file; raises ValueError where it holds something else."""
    value = json.loads(path.read_bytes().decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError(f"{path.name} is not a JSON object")
    return value


def read_lines(path: Path) -> Iterator[Json]:
    """The JSON objects in a file, a line each; none where there is no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise ValueError(f"a line of {path.name} is not a JSON object")
            yield value


def read_table(path: Path, schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of a table in slices.

    Raises:
        ValueError: it has other columns.
        FileNotFoundError: there is no such table; it names the file.
    """
    if not path.is_file():  # Parquet's own error does not name the file
        raise FileNotFoundError(errno.ENOENT, "there is no such file", str(path))
    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(schema):
            raise ValueError(f"{path.name} has other columns")
        for batch in file.iter_batches(ROWS_AT_ONCE):
            yield pa.Table.from_batches([batch])


def folders(path: Path) -> list[Path]:
    """The numbered folders in a folder, in order; none where there is no such folder."""
    return sorted(each for each in path.iterdir() if each.is_dir()) if path.is_dir() else []


def time_out(time: datetime | None) -> str | None:
    """A stored time as text."""
    return aware(time).isoformat() if time else None


def time_in(text: str) -> datetime:
    """A time as it is stored; raises ValueError where it has no time zone."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"the time {text} has no time zone")
    return stored(time)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")

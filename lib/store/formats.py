"""The file formats a run can be exported in: each writes Arrow tables to a file as they come."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib.spreadsheet import defused

JSON_COLUMNS = ("context", "groups", "terms")


def write_csv(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> None:
    """Comma-separated values with a header, UTF-8; formulas are defused with a leading apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(schema.names)
        for table in tables:
            writer.writerows([defused(value) for value in row.values()] for row in table.to_pylist())


def write_jsonl(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> None:  # noqa: ARG001 - all writers are called alike
    """One JSON object a line, UTF-8; context, groups and terms are objects in it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for table in tables:
            for row in table.to_pylist():
                row |= {column: json.loads(row[column]) for column in JSON_COLUMNS}
                row["created"] = row["created"].isoformat() if row["created"] else None
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_parquet(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> None:
    """Parquet, compressed with zstd; context, groups and terms are JSON text."""
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


WRITERS: dict[str, Callable[[Path, pa.Schema, Iterator[pa.Table]], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}

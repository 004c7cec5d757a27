"""Tables of any columns as CSV, JSON lines or Parquet: what a number is stays a number, and no cell is a formula."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.spreadsheet import defused
from lib.store.export import write_whole
from lib.store.outcomes import storable
from lib.workflows.export import ExportFormat
from lib.workflows.tables import cell

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 5_000


def write_table(table: "pa.Table", format: ExportFormat, path: Path) -> None:
    """Write a table to a file, whole or not at all; raises ExportError when it cannot be written."""
    write_whole(path, lambda partial: _WRITERS[format](table, partial))


def arrow_table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> "pa.Table":
    """Rows of texts and numbers as a table; a column of both is one of texts. Columns of one title are numbered."""
    import pyarrow as pa

    names = unique(map(storable, columns))
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([column_of(column) for column in values], names=names)


def unique(names: Iterable[str]) -> list[str]:
    """The names, those that occurred before with a number behind them."""
    found: dict[str, None] = {}
    for name in names:
        numbered = (name if number == 1 else f"{name} ({number})" for number in range(1, len(found) + 2))
        found[next(each for each in numbered if each not in found)] = None
    return list(found)


def column_of(values: Iterable[Any]) -> "pa.Array":
    """Values as an Arrow column: whole numbers, numbers, or texts where there is any."""
    import pyarrow as pa

    known = [None if value != value else value for value in values]  # NaN differs from itself
    there = [value for value in known if value is not None]
    if all(isinstance(value, int) for value in there) and there:
        return pa.array(known, pa.int64())
    if all(isinstance(value, int | float) for value in there) and there:
        return pa.array(known, pa.float64())
    return pa.array([None if value is None else storable(str(value)) for value in known], pa.string())


def _csv(table: "pa.Table", path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([defused(name) for name in table.column_names])
        writer.writerows([cell(value) for value in row.values()] for row in _rows(table))


def _jsonl(table: "pa.Table", path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(table))


def _parquet(table: "pa.Table", path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _rows(table: "pa.Table") -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(ROWS_AT_ONCE):
        yield from batch.to_pylist()


_WRITERS: dict[ExportFormat, Callable[["pa.Table", Path], None]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.PARQUET: _parquet,
}

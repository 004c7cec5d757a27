"""Tables as Parquet; the fields of structures in them are columns too, lists become JSON text."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.interchange.files import MAX_FILE, check_rows, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import MAX_COLUMNS, SAMPLE
from lib.interchange.guess import guess
from lib.interchange.nested import flat
from lib.interchange.recorded import Recording, Row

if TYPE_CHECKING:
    import pyarrow.parquet as pq

ROWS_AT_ONCE = 500
MAX_UNPACKED = 2 * MAX_FILE
UNPACKED = f"A file may unpack to {MAX_UNPACKED // 1_000_000:,} MB; split it."


def read_parquet(path: Path) -> Recording:
    """A table, of which only the first rows are read yet."""
    with _opened(path) as file:
        names, count = tuple(file.schema_arrow.names), file.metadata.num_rows
        _check(path, file, names)
    check_rows(path, count)
    sample = []
    for _, values in _rows(path):
        sample.append(values)
        if len(sample) == SAMPLE:
            break
    # A structure that is missing in a row is one value there; a column that no row fills still has its name.
    seen = dict.fromkeys(column for values in sample for column in values)
    fields = {name: [column for column in seen if column == name or column.startswith(f"{name}.")] for name in names}
    columns = tuple(dict.fromkeys(column for name in names for column in fields[name] or [name]))
    return Recording(
        *("parquet", FORMAT.title, path.name, columns, count, tuple(sample), guess(columns, sample)),
        rows=lambda: _rows(path),
    )


def _check(path: Path, file: "pq.ParquetFile", columns: tuple[str, ...]) -> None:
    twice = [name for name, times in Counter(columns).items() if times > 1]
    if twice:
        raise trouble(path, "", f"it has the column {twice[0][:80]!r} twice", "Name each column once.")
    if len(columns) > MAX_COLUMNS:
        raise trouble(path, "", f"it has more than {MAX_COLUMNS:,} columns", "Leave some out.")
    groups = range(file.metadata.num_row_groups)
    if sum(file.metadata.row_group(group).total_byte_size for group in groups) > MAX_UNPACKED:
        raise trouble(path, "", "it unpacks to far more than its size", UNPACKED)


def _rows(path: Path) -> Iterator[Row]:
    with _opened(path) as file:
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
            for values in batch.to_pylist():
                number += 1
                yield f"row {number}", flat({name: _plain(value, path, number) for name, value in values.items()})


def _plain(value: Any, path: Path, number: int) -> Any:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise trouble(path, f"row {number}", "it holds bytes that are not UTF-8", "Leave that column out.") from None


@contextmanager
def _opened(path: Path) -> "Iterator[pq.ParquetFile]":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        remedy = "Get the file again, or write it as JSON lines."
        raise trouble(path, "", f"it cannot be read as Parquet ({said})", remedy) from error


FORMAT = FORMATS.register(
    "parquet",
    Format(
        id="parquet",
        title="Parquet",
        endings=(".parquet",),
        sniff=lambda path, start: start.startswith(b"PAR1"),  # noqa: ARG005 - all are called alike
        read=read_parquet,
        help="A table as data frames and the Hugging Face Hub keep it.",
        source="https://parquet.apache.org/docs/file-format/",
    ),
)

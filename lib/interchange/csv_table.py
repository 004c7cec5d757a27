"""Tables as CSV: commas, semicolons or tabs; formulas that an export defused come back as they were."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lib.interchange.files import UTF8, check_rows, lines, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import MAX_COLUMNS, SAMPLE
from lib.interchange.guess import guess
from lib.interchange.recorded import Recording, Row
from lib.spreadsheet import undefused

LONGEST_CELL = 5_000_000
DELIMITERS = ",;\t"


def read_csv(path: Path) -> Recording:
    """A table of a header and rows, read through once to check it."""
    delimiter = _delimiter(path)
    columns, _ = _begun(path, delimiter)
    count = restored = 0
    sample = []
    for _, cells in _cells(path, delimiter):
        count += 1
        restored += sum(cell != undefused(cell) for cell in cells)
        if count <= SAMPLE:
            sample.append(_named(columns, cells))
    check_rows(path, count)
    note = f"{restored:,} cells had an apostrophe in front of a formula's sign, as exports write it; it is taken off."
    return Recording(
        *("csv", FORMAT.title, path.name, columns, count, tuple(sample), guess(columns, sample)),
        rows=lambda: _rows(path, columns, delimiter),
        notes=(note,) if restored else (),
    )


def _rows(path: Path, columns: tuple[str, ...], delimiter: str) -> Iterator[Row]:
    for number, cells in _cells(path, delimiter):
        yield f"line {number}", _named(columns, cells)


def _named(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {column: undefused(cell) for column, cell in zip(columns, cells, strict=True)}


def _delimiter(path: Path) -> str:
    first = next((text for _, text in lines(path) if text.strip()), "")
    inside = False
    counts: Counter[str] = Counter()
    for letter in first:
        inside ^= letter == '"'
        counts[letter] += letter in DELIMITERS and not inside
    return max(DELIMITERS, key=counts.__getitem__)


def _begun(path: Path, delimiter: str) -> tuple[tuple[str, ...], Iterator[tuple[int, list[str]]]]:
    """The header, and the rows after it with the number of their first line."""
    rows = _parsed(path, delimiter)
    number, header = next(rows, (1, []))
    columns = tuple(undefused(name).strip() for name in header)
    twice = [name for name, times in Counter(columns).items() if times > 1]
    if len(columns) > MAX_COLUMNS:
        raise trouble(path, f"line {number}", f"it names more than {MAX_COLUMNS:,} columns", "Leave some out.")
    if twice or not columns:
        cause = f"it names the column {twice[0][:80]!r} twice" if twice else "it names no columns"
        raise trouble(path, f"line {number}", cause, "The first line names each column once.")
    return columns, rows


def _cells(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    columns, rows = _begun(path, delimiter)
    for number, cells in rows:
        if len(cells) != len(columns):
            cause = f"it has {len(cells)} cells and the first line {len(columns)}"
            raise trouble(path, f"line {number}", cause, "Put texts with line breaks or separators into quotes.")
        yield number, cells


def _parsed(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader((text for _, text in lines(path)), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if cells:
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        cause = "a quote opened in it is never closed" if "end of data" in str(error) else f"it is no CSV ({error})"
        raise trouble(path, f"line {begin}", cause, "Quotes inside a quoted text are written twice.") from None


def _sniff(path: Path, start: bytes) -> bool:
    if path.suffix.lower() in FORMAT.endings:
        return True
    first = start.split(b"\n", 1)[0]
    printable = all(byte >= 32 or byte in b"\t\r" for byte in first)
    return printable and first[:1] not in b"{[<" and any(mark.encode() in first for mark in DELIMITERS)


FORMAT = FORMATS.register(
    "csv",
    Format(
        id="csv",
        title="CSV",
        endings=(".csv", ".tsv"),
        sniff=_sniff,
        read=read_csv,
        help=f"A table with a header, commas, semicolons or tabs between its columns. {UTF8}",
        source="https://www.rfc-editor.org/rfc/rfc4180",
    ),
)

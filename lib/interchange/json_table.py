"""Tables as JSON: one object a line, or one array of objects; what is nested in them becomes columns too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.errors import InterchangeError
from lib.interchange.files import HEAD, REPAIR, check_rows, document, lines, parsed, trouble
from lib.interchange.formats import FORMATS, Format
from lib.interchange.gathered import MAX_COLUMNS, SAMPLE, gathered
from lib.interchange.guess import guess
from lib.interchange.nested import flat, too_wide
from lib.interchange.recorded import Recording, Row


def read_jsonl(path: Path, *, whole: bool = False) -> Recording:
    """One object a line, read through once to check it; not every object needs every column.

    Args:
        whole: leave the objects in it as they are.
    """
    columns: dict[str, None] = {}
    sample, count = [], 0
    for place, values in _rows(path, whole=whole):
        count += 1
        columns |= dict.fromkeys(values)
        if too_wide(tuple(columns)) and not whole:
            return read_jsonl(path, whole=True)
        if len(columns) > MAX_COLUMNS:
            raise trouble(path, place, f"it has more than {MAX_COLUMNS:,} columns by then", "Leave some out.")
        if count <= SAMPLE:
            sample.append(values)
    check_rows(path, count)
    return Recording(
        *("jsonl", JSONL.title, path.name, tuple(columns), count, tuple(sample), guess(tuple(columns), sample)),
        rows=lambda: _rows(path, whole=whole),
    )


def read_json(path: Path) -> Recording:
    """One array of objects."""
    data = document(path)
    if not isinstance(data, list):
        raise trouble(path, "", "it is not a list of outputs", "Choose a file that holds one JSON array of objects.")
    rows: list[Row] = [(f"item {number}", _object(one, path, f"item {number}")) for number, one in enumerate(data, 1)]
    open_rows: list[Row] = [(place, flat(values)) for place, values in rows]
    columns = tuple(dict.fromkeys(column for _, values in open_rows for column in values))
    return gathered(path, "json", JSON.title, rows if too_wide(columns) else open_rows)


def _rows(path: Path, *, whole: bool) -> Iterator[Row]:
    for number, text in lines(path):
        if text.strip():
            place = f"line {number}"
            values = _object(parsed(text, path, place), path, place)
            yield place, values if whole else flat(values)


def _object(value: Any, path: Path, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise trouble(path, place, "it is not an object with a value a column", REPAIR)
    return value


def _is_jsonl(path: Path, start: bytes) -> bool:
    """Whether the first line is an object of its own; one that is longer than `start` is, unless it is called .json."""
    if path.suffix.lower() in JSONL.endings:
        return True
    first, ended, _ = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not ended and len(start) >= HEAD:
        return first[:1] == b"{" and path.suffix.lower() != ".json"
    try:
        return isinstance(parsed(first.decode("utf-8", "replace"), path), dict)
    except InterchangeError:
        return False


def _first(start: bytes) -> bytes:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


JSONL: Format = FORMATS.register(
    "jsonl",
    Format(
        id="jsonl",
        title="JSON lines",
        endings=(".jsonl", ".ndjson"),
        sniff=_is_jsonl,
        read=read_jsonl,
        help="One JSON object a line, with a value a column.",
        source="https://jsonlines.org",
    ),
)
JSON: Format = FORMATS.register(
    "json",
    Format(
        id="json",
        title="JSON",
        endings=(".json",),
        sniff=lambda path, start: path.suffix.lower() == ".json" or _first(start) == b"[",
        read=read_json,
        help="One JSON array of objects, with a value a column.",
        source="https://www.rfc-editor.org/rfc/rfc8259",
    ),
)

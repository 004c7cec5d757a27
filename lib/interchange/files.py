"""Files from elsewhere as text and JSON: bounded, and what is wrong with them named by line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.errors import InterchangeError

MAX_FILE = 1_000_000_000
MAX_DOCUMENT = 200_000_000
MAX_LINE = 20_000_000
MAX_KEPT = 500_000_000
MAX_ROWS = 1_000_000
MAX_DEPTH = 100
HEAD = 65_536

UTF8 = "Save it as UTF-8; a spreadsheet calls that “CSV UTF-8”."
REPAIR = "Export it again from the program that made it, or repair it there."


def trouble(path: Path, place: str, cause: str, remedy: str) -> InterchangeError:
    """An error about a place ("line 3", "" for all of it) in a file."""
    name = "".join(one if one.isprintable() else "?" for one in path.name[:100])
    return InterchangeError(f"file {name}, {place}" if place else f"file {name}", cause, remedy)


def check_size(path: Path, most: int = MAX_FILE) -> None:
    """Raises InterchangeError when a file is missing, empty or larger than `most` bytes."""
    if not path.is_file():
        raise trouble(path, "", "there is no such file", "Check its name.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise trouble(path, "", f"it cannot be read ({error.strerror})", "Check the file and its disk.") from error
    if not size:
        raise trouble(path, "", "it is empty", "Choose the file with the outputs.")
    if size > most:
        cause = f"it has {size // 1_000_000:,} MB"
        raise trouble(path, "", cause, f"Import it in parts of at most {most // 1_000_000:,} MB.")


def check_rows(path: Path, count: int) -> None:
    """Raises InterchangeError when a file has no rows, or too many."""
    if not count:
        raise trouble(path, "", "it holds no outputs", "Choose the file with the outputs.")
    if count > MAX_ROWS:
        raise trouble(path, "", f"it holds more than {MAX_ROWS:,} outputs", "Import it in parts.")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file with their numbers from 1, each with its end; a byte order mark is left out.

    Raises:
        InterchangeError: the file cannot be read, is in another encoding, or has a line beyond all measure.
    """
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                cause = f"it is longer than {MAX_LINE // 1_000_000} MB"
                raise trouble(path, f"line {number}", cause, "Choose a file with one output a line.")
            yield number, _decoded(raw, path, number)


def _decoded(raw: bytes, path: Path, number: int) -> str:
    if number == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise trouble(path, "", "it is written in UTF-16", UTF8)
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise trouble(path, f"line {number}", "it is not UTF-8", UTF8) from None
    if number == 1 and "\0" in text:
        raise trouble(path, "", "it has NUL characters, as UTF-16 and files that are no text have", UTF8)
    return text


def document(path: Path) -> Any:
    """A whole JSON file.

    Raises:
        InterchangeError: it is too large, not UTF-8, or not JSON; the message names the line.
    """
    check_size(path, MAX_DOCUMENT)
    return parsed("".join(text for _, text in lines(path)), path)


def parsed(text: str, path: Path, place: str = "") -> Any:
    """JSON text as values; NaN and infinities become their names.

    Raises:
        InterchangeError: it is not JSON, or nested or long beyond measure; without `place` the message names the line.
    """
    try:
        value = json.loads(text, parse_constant=str)
    except json.JSONDecodeError as error:
        place = f"{place}, character {error.colno}" if place else f"line {error.lineno}, character {error.colno}"
        raise trouble(path, place, f"it is not valid JSON ({error.msg})", REPAIR) from None
    except RecursionError:
        raise trouble(path, place, "its JSON is nested too deeply", REPAIR) from None
    except ValueError:  # digits beyond what Python converts
        raise trouble(path, place, "it has a number with thousands of digits", REPAIR) from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _deep(value):
        raise trouble(path, place, "its JSON is nested too deeply", REPAIR)
    return value


def _deep(value: Any) -> bool:
    """Whether values are nested deeper than anything that is meant to be read."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, (dict, list))
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list))
        ]
    return bool(level)


def head(path: Path, size: int = HEAD) -> bytes:
    """The first bytes of a file; raises InterchangeError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise trouble(path, "", f"it cannot be read ({error.strerror})", "Check the file and its disk.") from error

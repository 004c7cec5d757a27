"""What DuckDB's errors mean for the person in front of the screen, and what to do about each."""

import re
from pathlib import Path

import duckdb
import psutil

from lib.errors import StoreError

FULL = ("No space left on device", "not enough space on the disk", "Disk quota exceeded", "File too large")
DAMAGED = ("not a valid DuckDB database", "orrupt database file", "Could not read enough bytes", "deserialize")
HEADERS = 3 * 4_096  # bytes that every finished DuckDB file begins with
NEWER = ("we can only read", "newer version of DuckDB")


def explain(error: duckdb.Error, path: Path) -> StoreError:
    """The StoreError to show for what DuckDB said while it handled the database at `path`."""
    thing, said = f"database {path.name}", str(error)
    if "PID" in said or "being used by another process" in said:
        return StoreError(thing, f"it is open in {_holder(said)}", "Close that first, or use another file with --db.")
    if any(words in said for words in FULL):
        return StoreError(
            thing, "the disk is full", f"Make room in {path.parent} and try again; all that was stored is still there."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError(
            thing, "the question needs more memory than the database may use", "Narrow the filter and try again."
        )
    if "database has been invalidated" in said or isinstance(error, duckdb.FatalException | duckdb.InternalException):
        return StoreError(
            thing, f"DuckDB stopped working on it ({_first_line(said)})", "Close Evenhand and start it again."
        )
    if any(words in said for words in NEWER):
        return StoreError(thing, "a newer DuckDB wrote it", "Update Evenhand, or use another file with --db.")
    if any(words in said for words in DAMAGED):
        if _unfinished(path):
            return StoreError(
                thing, "making it was cut short, and nothing is in it yet", "Delete the file, and a new one is made."
            )
        return StoreError(
            thing,
            f"it is damaged, or not a DuckDB file ({_first_line(said)})",
            f"Put it aside and copy back a file named {path.name}.backup-…, or use another file with --db.",
        )
    if "different configuration" in said:
        return StoreError(thing, "this program has it open already, in another way", "Close the other one first.")
    return StoreError(thing, _first_line(said), "Check that the file and its folder can be read and written.")


def _holder(said: str) -> str:
    """The process that holds the file, as far as this one may see it."""
    found = re.search(r"PID (\d+)", said)
    if not found:
        return "another process"
    pid = int(found.group(1))
    try:
        words = [Path(word).name or word for word in psutil.Process(pid).cmdline()]
    except psutil.Error:
        words = []
    command = " ".join(words)[:80]
    return f"process {pid} ({command})" if command else f"process {pid}"


def _unfinished(path: Path) -> bool:
    """Whether the disk was full, or the power gone, before DuckDB had written even its own headers."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        begun = file.read(HEADERS)
    return len(begun) < HEADERS and begun[8:12] in (b"", b"DUCK")


def _first_line(said: str) -> str:
    return re.sub(r"^[\w ]*Error: ", "", said.strip().splitlines()[0]).rstrip(".!")

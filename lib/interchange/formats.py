"""The formats that outputs can be taken from. One file a format; each registers itself here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lib.interchange.files import MAX_FILE, check_size, head, trouble
from lib.interchange.recorded import Recording
from lib.interchange.settling import settled
from lib.registry import Registry


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        endings: of its files' names, with their dot.
        sniff: whether a file is of this kind, by its path and its first 64 KiB; may look further into it.
        read: the recording in a file; raises InterchangeError, which names the file and the line.
        help: what it is and how to get one. source: where it is described.
        tested: the version of the program whose files were read.
    """

    id: str
    title: str
    endings: tuple[str, ...]
    sniff: Callable[[Path, bytes], bool]
    read: Callable[[Path], Recording]
    help: str
    source: str
    tested: str = ""


FORMATS: Registry[Format] = Registry("format of recorded outputs", "lib.interchange")

LAST = ("jsonl", "json", "csv")
"""Formats that take anything of their form: asked when no program's own format is recognised."""


def detect(path: Path) -> Format:
    """The format of a file, by what is in it.

    Raises:
        InterchangeError: the file is missing, empty, too large, or of no known format.
    """
    check_size(path, MAX_FILE)
    start = head(path)
    for format in sorted(FORMATS, key=lambda format: LAST.index(format.id) if format.id in LAST else -1):
        if format.sniff(path, start):
            return format
    known = ", ".join(f"{format.title} ({' '.join(format.endings)})" for format in FORMATS)
    raise trouble(path, "", "its format is not known", f"Choose one of these: {known}.")


def read_recording(path: Path, format: str = "", *, guess: bool = True) -> Recording:
    """A file of another program; `format` is the id of one, found out where it is "".

    Without `guess` what it suggests rests on its first rows alone, for those who know what its columns mean.

    Raises:
        InterchangeError: see `detect`, and what is wrong in the file.
    """
    found = FORMATS.get(format) if format else detect(path)
    check_size(path, MAX_FILE)
    recording = found.read(path)
    return settled(recording) if guess else recording

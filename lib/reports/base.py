"""What every format of a report has in common. One file a format; each registers itself here."""

from collections.abc import Callable
from dataclasses import dataclass

from lib.registry import Registry
from lib.types import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A file that a document can become.

    Attributes:
        ending: of its file's name, without the dot.
        help: a sentence on what it is good for.
        write: makes the file of a document; raises ExportError when a figure cannot be drawn and ReportError when the
            file cannot be made. It imports what it needs itself, so that the registry is cheap to read.
    """

    id: str
    title: str
    ending: str
    mime: str
    help: str
    write: Callable[[Document], bytes]


FORMATS: Registry[Format] = Registry("report format", "lib.reports")

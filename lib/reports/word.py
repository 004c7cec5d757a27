"""DOCX: Word's own headings, captions, lists and tables, so that its navigation and screen readers work."""

from lib.reports.appendix import with_numbers
from lib.reports.base import FORMATS, Format
from lib.reports.walk import laid_out
from lib.types import Document, ReportKind


def write(document: Document) -> bytes:
    """The Word document of a document."""
    from lib.reports.office.word_writer import WordWriter

    tree = laid_out(document)
    return WordWriter(tree if tree.kind is ReportKind.DECK else with_numbers(tree)).written()


FORMATS.register(
    "docx",
    Format(
        "docx",
        "Word (DOCX)",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "To write on in Word or LibreOffice: real headings, captions and tables.",
        write,
    ),
)

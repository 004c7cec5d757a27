"""PPTX: 16:9 slides with real titles, text, tables and speaker's notes. A deck's section is one slide; others flow."""

from lib.reports.base import FORMATS, Format
from lib.reports.walk import laid_out
from lib.types import Document


def write(document: Document) -> bytes:
    """The presentation of a document."""
    from lib.reports.office.deck_writer import DeckWriter

    return DeckWriter(laid_out(document)).written()


FORMATS.register(
    "pptx",
    Format(
        "pptx",
        "PowerPoint (PPTX)",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "Slides to show, with speaker's notes. Best for the deck; longer reports go on over many slides.",
        write,
    ),
)

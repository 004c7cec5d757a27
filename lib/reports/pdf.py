"""PDF by typst: tagged, with outline, title, language and alternative texts.

Every text goes to the template as data, in `sys.inputs`; none is ever part of typst's source.
"""

import dataclasses
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

from lib.errors import ReportError
from lib.reports import pictures
from lib.reports.appendix import with_numbers
from lib.reports.base import FORMATS, Format
from lib.reports.text import breakable
from lib.reports.tree import Drawing, Grid, Tree
from lib.reports.walk import laid_out, missing_by_place, missing_in_words
from lib.reports.widths import weights
from lib.types import Document, ReportKind

FOLDER = Path(__file__).with_name("typst")
FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")  # Noto for most scripts, OFL; used where they are installed
ACCESSIBLE = "ua-1"  # PDF/UA-1, ISO 14289
HARD_SPACE = "\u00a0"
TAB = 4 * HARD_SPACE
SPACES = re.compile(r"(?<=[ \n]) |^ |(?<=\d) (?=%)", re.MULTILINE)
CONTROL_PICTURES = re.compile("[\u2400-\u241f\u2421]")  # hardly a font has them
FONTS = re.compile(r'font-family="([^"]*)"')
PAGE_LETTERS, SLIDE_LETTERS = 122, 150  # side by side in a table's smallest size
CHART_FONTS = 'font-family="Liberation Sans, Arial, Helvetica, Libertinus Serif"'
"""The letters that the renderer measured with, else typst's own, which are narrower: no label is cut off."""


def write(document: Document) -> bytes:
    """The PDF of a document.

    It keeps to PDF/UA-1. Where that cannot be, as when no font of this computer knows one of its characters, the same
    file is made tagged but without that claim, and a box stands for the character.

    Raises:
        ReportError: typst does not take it.
    """
    import typst

    tree = laid_out(document)
    if tree.kind is not ReportKind.DECK:
        tree = with_numbers(tree)
    inputs = {
        "report": json.dumps(
            as_data(tree) | {"pictures": list(map(with_fonts, pictures.svgs(tree)))}, ensure_ascii=False
        )
    }
    try:
        try:
            return compiled(inputs, [ACCESSIBLE])
        except typst.TypstError as trouble:
            if not trouble.message.startswith("PDF/UA-1 error"):
                raise
            return compiled(inputs, [])
    except typst.TypstError as trouble:
        cause = f"typst could not set it ({trouble.message[:200]})"
        raise ReportError("PDF of the report", cause, "Take HTML and print it from the browser.") from trouble


def compiled(inputs: dict[str, str], standards: list[Any]) -> bytes:
    """What typst makes of the template and what it is given."""
    import typst

    return typst.compile(
        FOLDER / "report.typ", root=FOLDER, font_paths=font_folders(), sys_inputs=inputs, pdf_standards=standards
    )


def font_folders() -> list[Any]:
    """Where fonts lie that pip installed, beside those of the computer and typst's own."""
    found = (importlib.util.find_spec(name) for name in FONT_PACKAGES)
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def as_data(tree: Tree) -> dict[str, Any]:
    """The tree as JSON has it: charts aside, tables with their columns' widths, long words breakable."""
    data: dict[str, Any] = laid(dataclasses.replace(tree, charts=()), tree.kind is ReportKind.DECK)
    data["listed"] = tree.listed
    data["left"] = missing_in_words(tree)
    data["missing"] = [[where, laid(gaps, deck=False)] for where, gaps in missing_by_place(tree)]
    return data


def laid(value: Any, deck: bool) -> Any:
    """One node of the tree as JSON, with all inside it."""
    if isinstance(value, str):
        return kept(breakable(str(value)))
    if isinstance(value, tuple):
        return [laid(inner, deck) for inner in value]
    if not dataclasses.is_dataclass(value):
        return value
    data = {field.name: laid(getattr(value, field.name), deck) for field in dataclasses.fields(value)}
    if isinstance(value, Drawing):
        data["alt"] = value.alt  # is read aloud, not set
    if isinstance(value, Grid):
        data["widths"] = weights(value, SLIDE_LETTERS if deck else PAGE_LETTERS)
    return data


def kept(text: str) -> str:
    """Text as typst keeps it: spaces that begin a line or follow another stay, and "95 %" stays on one line."""
    named = CONTROL_PICTURES.sub(lambda match: f"⟨U+{control(match[0]):04X}⟩", text)
    return SPACES.sub(HARD_SPACE, named.replace("\t", TAB))


def control(picture: str) -> int:
    """The control character that a symbol such as ␀ or ␡ stands for."""
    return 0x7F if picture == "\u2421" else ord(picture) - 0x2400


def with_fonts(svg: str) -> str:
    """A picture whose letters are ones that typst has; letters of one width stay such."""
    return FONTS.sub(lambda family: family[0] if "mono" in family[1].lower() else CHART_FONTS, svg)


FORMATS.register(
    "pdf",
    Format(
        "pdf",
        "PDF",
        "pdf",
        "application/pdf",
        "For printing and handing in; tagged for screen readers. A deck becomes slides.",
        write,
    ),
)

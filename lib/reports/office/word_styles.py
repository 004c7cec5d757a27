"""How a Word report looks: A4, built-in styles made legible, notices and quotations told apart by a bar and a word."""

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lib.reports.office.word_parts import add_link_style, bordered, element, field
from lib.reports.tree import Tree

INK, QUIET = "1B1F24", "4D5763"
GROUND, LINE = "F3F5F8", "9AA3AE"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BARS = {"content": "8A3B00", "disclaimer": QUIET, "lacking": QUIET, "missing": "7A1F5C", "warning": "7A5200"}
FONT = "Calibri"
HEADINGS = (18, 14, 12, 11)
CONTENTS_DEPTH = 3


def new_document(tree: Tree) -> Any:
    """An empty document with its page, its styles, its language and its properties."""
    document = docx.Document()
    _page(document, tree)
    _text_styles(document)
    _own_styles(document)
    _language(document, tree.language)
    properties = document.core_properties
    properties.title, properties.subject, properties.language = tree.title, tree.subtitle, tree.language
    properties.author, properties.last_modified_by, properties.comments = "Evenhand", "Evenhand", ""
    properties.keywords = f"audit {tree.run}"
    return document


def notice_style(kind: str) -> str:
    """The name of the style of a notice's paragraphs."""
    return f"Notice {kind}"


def _page(document: Any, tree: Tree) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text = f"{tree.title} · Audit {tree.run}"
    footer.add_run("Evenhand\t\t")
    field(footer, "PAGE", "1")


def _text_styles(document: Any) -> None:
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = FONT, Pt(11)
    for level, size in enumerate((*HEADINGS, 11, 11, 11, 11, 11), start=1):
        font = styles[f"Heading {level}"].font
        font.name, font.size, font.bold, font.italic = FONT, Pt(size), True, False
        font.color.rgb = RGBColor.from_string(INK)
    for name, size in (("Title", 26), ("Subtitle", 14), ("Caption", 10)):
        font = styles[name].font
        font.name, font.size, font.italic = FONT, Pt(size), False
        font.color.rgb = RGBColor.from_string(INK if name == "Title" else QUIET)
    styles["Caption"].font.bold = False
    styles["Caption"].paragraph_format.keep_with_next = False
    for line in styles["Table Grid"].element.iter(*(qn(f"w:{side}") for side in SIDES)):
        line.set(qn("w:color"), LINE)
    add_link_style(document)


def _own_styles(document: Any) -> None:
    styles = document.styles
    quote = styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor.from_string(INK)
    quote.paragraph_format.left_indent = Cm(0.6)
    quote.paragraph_format.space_after = Pt(2)
    bordered(quote, QUIET, GROUND)
    for kind, colour in BARS.items():
        style = styles.add_style(notice_style(kind), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.6)
        style.paragraph_format.space_after = Pt(2)
        bordered(style, colour, GROUND)
    for level in range(1, CONTENTS_DEPTH + 1):
        style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.space_after = Pt(2)


def _language(document: Any, language: str) -> None:
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for known in properties.findall(qn("w:lang")):
        properties.remove(known)
    properties.append(element("w:lang", val=language, eastAsia="ja-JP", bidi="ar-SA"))

"""What Word knows and python-docx has no words for: fields, bookmarks, links, headers of tables, lists anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

_CHARACTER_STYLE = "Hyperlink"


def element(tag: str, **attributes: str) -> Any:
    """An element such as "w:shd" with attributes of the same namespace."""
    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field that shows `shown` until somebody has it worked out again."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Any, code: str) -> None:
    """The beginning of a field; what follows is what it shows."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Any) -> None:
    """The end of a field."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


class Bookmarks:
    """Places that links lead to, each with a number of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    @contextmanager
    def around(self, paragraph: Any, anchor: str) -> Iterator[None]:
        """Whatever is added to the paragraph meanwhile is the place `anchor`; none without a name."""
        if not anchor:
            yield
            return
        number = str(next(self._numbers))
        paragraph._p.append(element("w:bookmarkStart", id=number, name=name_of(anchor)))
        yield
        paragraph._p.append(element("w:bookmarkEnd", id=number))


def name_of(anchor: str) -> str:
    """An anchor as Word takes it: letters, digits and underscores."""
    return "_" + anchor.replace("-", "_")


def link(paragraph: Any, anchor: str, text: str) -> None:
    """A link to a place in the document."""
    hyperlink = element("w:hyperlink", anchor=name_of(anchor), history="1")
    run = paragraph.add_run(text, style=_CHARACTER_STYLE)
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)


def add_link_style(document: Any) -> None:
    """The style of links, which python-docx' template lacks."""
    style = document.styles.add_style(_CHARACTER_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.underline = True
    style.font.color.rgb = RGBColor(0x0B, 0x53, 0x94)


def bordered(style: Any, colour: str, fill: str) -> None:
    """A bar on the left of a style's paragraphs, on a tinted ground."""
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="24", space="8", color=colour))
    shade = element("w:shd", val="clear", color="auto", fill=fill)
    for made in (borders, shade):  # the schema wants them in this order, before spacing and indents
        properties.insert(_before_spacing(properties), made)


def _before_spacing(properties: Any) -> int:
    after = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
    names = {qn(name) for name in after}
    return next((place for place, child in enumerate(properties) if child.tag in names), len(properties))


def headed(table: Any, caption: str) -> None:
    """A table whose first row is its header, repeated on every page, and which has a title for screen readers."""
    first = table.rows[0]
    kept_whole(first)
    first._tr.trPr.append(element("w:tblHeader"))
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:noVBand"), "1")
    properties.append(look)
    properties.append(element("w:tblCaption", val=caption))


def kept_whole(row: Any) -> None:
    """A row of a table that no page break parts."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def begins_at_one(document: Any, paragraphs: list[Any]) -> None:
    """A numbered list that does not go on from the one before it."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    number = style.pPr.numPr.numId.val
    abstract = next(each for each in numbering.num_lst if each.numId == number).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = made.numId


def described(inline: Any, name: str, alt: str) -> None:
    """A picture with a name and what it shows in words."""
    properties = inline._inline.docPr
    properties.set("name", name)
    properties.set("descr", alt)


def right_to_left(paragraph: Any) -> None:
    """A paragraph that is read from the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(_before_spacing(properties), element("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True

"""Small things done to shapes and paragraphs that python-pptx has no words for."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from lib.reports.office.measure import inches_high, wrapped

GAP = 0.3  # inches between shapes, and of a box's own margins with some to spare


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def lines_of(text: str, points: float, width: float) -> int:
    """Lines that a text takes in a box, whose margins are not its own."""
    return len(wrapped(text, points, width - GAP))


def put(shape: Any, left: float, top: float, width: float, tall: float) -> None:
    """Give a shape its place on this slide, whatever its layout says."""
    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, width, tall))


def marked(paragraph: Any, mark: str) -> None:
    """A paragraph with the template's bullet, with a number, or with neither."""
    properties = paragraph._p.get_or_add_pPr()
    if mark == "•":
        properties.set("marL", str(Inches(0.3)))
        properties.set("indent", str(-Inches(0.3)))
        properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
    elif mark:
        properties.set("marL", str(Inches(0.35)))
        properties.set("indent", str(-Inches(0.35)))
        properties.append(parse_xml(f'<a:buAutoNum {nsdecls("a")} type="arabicPeriod"/>'))
    else:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))


def number(slide: Any, layout: Any, place: int) -> None:
    """The slide's number, in the place the layout has for it."""
    holder = next(each for each in layout.placeholders if each.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)
    copy = deepcopy(holder._element)
    copy.xpath(".//a:t")[0].text = str(place)
    slide.shapes._spTree.append(copy)
    copy.nvSpPr.cNvPr.set("id", str(max(int(each) for each in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1))


def jump(slide: Any, run: Any, target: Any) -> None:
    """Make a run a link to another slide."""
    relation = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
    link = run._r.get_or_add_rPr().add_hlinkClick(relation)
    link.set("action", "ppaction://hlinksldjump")


def shortened(text: str, sizes: Sequence[float], width: float, tall: float) -> tuple[str, float]:
    """A text and the largest size in which it fits a box in inches; cut where none is small enough."""
    for points in sizes:
        if inches_high(lines_of(text, points, width), points) <= tall:
            return text, points
    lines = wrapped(text, sizes[-1], width - GAP)
    most = int(tall / inches_high(1, sizes[-1]))
    return "".join(lines[:most])[:-1] + "…", sizes[-1]

"""An empty 16:9 presentation: python-pptx' own template is 4:3 and centres its titles."""

from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from lib.reports.tree import Tree
from lib.reports.walk import missing_in_words

LEFT, TOP = 0.8, 1.45  # inches where a slide's body begins
WIDE = 4 / 3
LAYOUTS = {"front": 0, "text": 1, "title": 5}
TEMPLATE_BLUE, DARK_BLUE = b"4F81BD", b"24507A"  # the first is too pale behind white letters


def new_presentation(tree: Tree) -> Any:
    """A presentation with its master, layouts and properties, and no slide."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    master = presentation.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in presentation.slide_layouts)):
        for shape in shapes:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = Emu(round(shape.left * WIDE)), Emu(round(shape.width * WIDE))
    for layout in (master, *(presentation.slide_layouts[place] for place in LAYOUTS.values())):
        _placed(layout)
        for tint in layout.element.xpath(".//a:tint"):
            tint.getparent().remove(tint)  # grey letters that are too pale to read
    _front(presentation.slide_layouts[LAYOUTS["front"]])
    _titles(master)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(TEMPLATE_BLUE, DARK_BLUE)
    properties = presentation.core_properties
    properties.title, properties.subject, properties.language = tree.title, tree.subtitle, tree.language
    properties.author, properties.last_modified_by = "Evenhand", "Evenhand"
    properties.keywords = f"audit {tree.run}"
    properties.comments = missing_in_words(tree)
    return presentation


def _placed(layout: Any) -> None:
    """Title and body where the plan counts on them."""
    for holder in layout.placeholders:
        if holder.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, 0.35, 11.7, 1.0))
        elif holder.placeholder_format.type in {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}:
            holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, TOP, 11.7, 5.25))


def _front(layout: Any) -> None:
    """Title and subtitle of the first slide one below the other, both from the left."""
    for holder in layout.placeholders:
        if holder.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, 1.6, 11.7, 2.0))
        elif holder.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            holder.left, holder.top, holder.width, holder.height = map(Inches, (LEFT, 3.8, 11.7, 2.0))
            for level in holder.element.xpath(".//a:lstStyle/*[@algn]"):
                level.set("algn", "l")


def _titles(master: Any) -> None:
    """Titles to the left, smaller than the template has them."""
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    letters = style.find(qn("a:defRPr"))
    letters.set("sz", str(Pt(30).centipoints))
    letters.set("b", "1")

"""Charts as they come out of the renderer, for tests that look at what a reader sees."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Any

import vl_convert

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Drawing:
    """A picture: its `texts` in order, and the attributes of its `marks` by what they are ("point", "rule mark" …)."""

    texts: list[str]
    marks: dict[str, list[dict[str, str]]]


def drawn(chart: Any) -> Drawing:
    """Draw a chart; a specification that Vega-Lite does not take raises."""
    root = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[]))
    marks: dict[str, list[dict[str, str]]] = {}
    for element in root.iter():
        if kind := element.get("aria-roledescription"):
            marks.setdefault(kind, []).append(dict(element.attrib))
    return Drawing(["".join(text.itertext()) for text in root.iter(f"{SVG}text")], marks)


def selections(chart: Any) -> dict[str, list[str]]:
    """The fields of each selection by its name."""
    return {param["name"]: param["select"]["fields"] for param in chart.to_dict()["params"] if "select" in param}

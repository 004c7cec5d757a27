"""One HTML file: charts alive without a network, nothing else in it that runs.

The page's own script is named by its hash in a Content-Security-Policy that forbids every other script and every
address. Vega's expressions are interpreted, not compiled, so that the policy need not allow `eval`.
"""

import base64
import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from lib.charts.export import live_script
from lib.reports import pictures
from lib.reports.base import FORMATS, Format
from lib.reports.walk import laid_out, missing_by_place, missing_in_words
from lib.types import Document, ReportKind

FOLDER = Path(__file__).with_name("page")
DEEPEST = 3  # headings of the table of contents


def write(document: Document) -> bytes:
    """The page of a document."""
    from markupsafe import Markup

    tree = laid_out(document)
    script = whole_script() if tree.charts else ""
    page = template().render(
        tree=tree,
        missing=missing_by_place(tree),
        deck=tree.kind is ReportKind.DECK,
        left=missing_in_words(tree),
        style=Markup((FOLDER / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - ours
        script=Markup(script),  # noqa: S704 - ours
        digest=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
        specs=[Markup(in_script(spec)) for spec in pictures.specs(tree)],  # noqa: S704 - escaped by in_script
        pictures=[data_address(svg) for svg in pictures.svgs(tree)],
        deepest=DEEPEST,
    )
    return page.encode("utf-8")


def template() -> Any:
    """The page's template, whose every value is escaped."""
    import jinja2

    loader = jinja2.FileSystemLoader(FOLDER)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")


@functools.lru_cache(maxsize=1)
def whole_script() -> str:
    """The libraries that draw, and what makes them draw the page's charts."""
    return live_script() + "\n" + (FOLDER / "live.js").read_text(encoding="utf-8")


def in_script(value: Any) -> str:
    """JSON that cannot end the element it stands in, nor begin a comment or another script there."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def data_address(svg: str) -> str:
    """A picture as an address that holds it; within an image nothing runs and nothing is fetched."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


FORMATS.register(
    "html",
    Format(
        "html",
        "Web page (HTML)",
        "html",
        "text/html",
        "One file for any browser, without a network. Its charts answer to the pointer; each has its numbers beneath.",
        write,
    ),
)

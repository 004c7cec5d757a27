"""All charts of a document as pictures, drawn together in one process."""

from typing import Any

from lib.charts import export
from lib.errors import ExportError, ReportError
from lib.reports.text import fit_throughout
from lib.reports.tree import Tree
from lib.types import ReportKind

ROWS = 1.25  # times as high in a deck
NARROWER = 520  # pixels beside the larger labels
LARGE = {
    "axis": {"labelFontSize": 17, "titleFontSize": 17, "labelSeparation": 12},
    "header": {"labelFontSize": 17},
    "legend": {"labelFontSize": 17, "titleFontSize": 17, "symbolSize": 160},
    "text": {"fontSize": 16},
}
"""Letters of a deck's charts."""

PIXELS = 2  # of a PNG for each pixel of the chart: sharp in print at the width of a page


def specs(tree: Tree) -> list[dict[str, Any]]:
    """Each chart as a specification with its data, dark on white; its caption stands beside it, not in it.

    Raises:
        ReportError: a chart points outside itself.
    """
    made = [_spec(chart, number) for number, chart in enumerate(tree.charts, start=1)]
    return [enlarged(spec) for spec in made] if tree.kind is ReportKind.DECK else made


def enlarged(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart to be seen from the back of a room: larger letters, higher rows, and no wider than before."""
    config = {name: dict(value) if isinstance(value, dict) else value for name, value in spec["config"].items()}
    for name, sizes in LARGE.items():
        config[name] = {**config.get(name, {}), **sizes}
    larger = spec | {"config": config}
    if isinstance(step := spec.get("height"), dict) and "step" in step:
        larger["height"] = {"step": step["step"] * ROWS}
    if spec.get("width") == export.WIDTH:
        larger["width"] = NARROWER
    return larger


def svgs(tree: Tree) -> list[str]:
    """Each chart as scalable graphics.

    Raises:
        ReportError: one of them cannot be drawn.
    """
    return [made.decode("utf-8") for made in _drawn(tree, "svg", 1)]


def pngs(tree: Tree) -> list[bytes]:
    """Each chart as a picture of pixels; as `svgs` otherwise."""
    return _drawn(tree, "png", PIXELS)


def _drawn(tree: Tree, format: str, scale: float) -> list[bytes]:
    try:
        return export.all_rendered(specs(tree), format, scale)
    except ExportError as trouble:
        raise ReportError(
            "figures of the report",
            trouble.cause,
            "Leave that section out on the Report page, or take Markdown, which has no pictures.",
        ) from trouble


def _spec(chart: Any, number: int) -> dict[str, Any]:
    try:
        spec = export.standing_alone(chart, "", "")
    except ExportError as trouble:
        raise ReportError(f"figure {number}", trouble.cause, "Leave its section out on the Report page.") from trouble
    del spec["title"]
    made: dict[str, Any] = fit_throughout(spec)
    return made

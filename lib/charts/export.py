"""Pictures that can stand by themselves: a chart as PNG or SVG, made here and without a network.

The renderer holds a JavaScript engine. It runs in a process of its own (`python -m lib.charts.export`) that lives for
one request, a picture or all of a report, so that its memory never stays with the dashboard.
"""

import base64
import json
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lib import settings
from lib.errors import ExportError

if TYPE_CHECKING:
    from altair.typing import ChartType

WIDTH = 640  # pixels of a chart that has no width of its own
TITLE_LINE, CAPTION_LINE = 80, 110  # characters of a line above the picture
SECONDS = 60
SIGNATURE = "Evenhand"
FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
CONFIG = {
    "background": "white",
    "padding": 16,
    "font": FONT,
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 15,
        "subtitleFontSize": 11,
        "subtitleColor": "#444",
        "offset": 14,
    },
    "axis": {
        "labelFontSize": 11,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleLimit": 600,
        "gridColor": "#E5E5E5",
    },
    "header": {"labelFontSize": 12, "labelFontWeight": "bold"},
    "legend": {"labelFontSize": 11},
    "view": {"stroke": "transparent"},
}
"""Dark on white, whatever theme the dashboard is in."""


def as_png(chart: "ChartType", scale: float = 2, *, title: str = "", caption: str = "") -> bytes:
    """The chart as a picture on white.

    Args:
        scale: pixels of the picture for each pixel of the chart.
        title, caption: printed above it, with who made it.

    Raises:
        ExportError: it could not be drawn.
    """
    return rendered(standing_alone(chart, title, caption), "png", scale)


def as_svg(chart: "ChartType", *, title: str = "", caption: str = "") -> str:
    """The chart as scalable graphics on white, its texts as text; as `as_png` otherwise."""
    return rendered(standing_alone(chart, title, caption), "svg", 1).decode("utf-8")


def standing_alone(chart: "ChartType", title: str, caption: str) -> dict[str, Any]:
    """The chart's specification with its data, its title and the look of a printed page."""
    spec = with_values(chart).to_dict()
    refuse_addresses(spec)
    spec["config"] = CONFIG
    spec.pop("autosize", None)
    above = textwrap.wrap(title, TITLE_LINE)
    below = [*textwrap.wrap(caption, CAPTION_LINE), SIGNATURE]
    spec["title"] = {"text": above, "subtitle": below} if above else {"text": below}
    if "layer" in spec or "mark" in spec:
        spec.setdefault("width", WIDTH)
    return spec


def with_values(chart: Any) -> Any:
    """A copy of the chart with its frames as plain values.

    Altair turns frames into values by a setting that all threads share, and Streamlit changes it while it draws.
    """
    import altair as alt
    import pandas as pd

    copy = chart.copy(deep=False)
    if isinstance(getattr(copy, "data", None), pd.DataFrame):
        copy.data = alt.Data(values=alt.to_values(copy.data)["values"])
    for name in ("layer", "hconcat", "vconcat", "concat"):
        if isinstance(parts := copy._kwds.get(name), list):
            copy[name] = [with_values(part) for part in parts]
    if isinstance(copy, alt.FacetChart):
        copy.spec = with_values(copy.spec)
    return copy


def refuse_addresses(part: Any) -> None:
    """No picture for a specification that points outside itself: the renderer would fetch it, and read files.

    Raises:
        ExportError: it names an address.
    """
    if isinstance(part, dict):
        if part.keys() & {"url", "href"}:
            raise ExportError("picture", "the chart points outside itself", "Take the CSV instead.")
        for key, inner in part.items():
            if key not in {"datasets", "values"}:  # what they hold is data, and is drawn as text
                refuse_addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            refuse_addresses(inner)


def rendered(spec: dict[str, Any], format: str, scale: float) -> bytes:
    """What the renderer makes of a specification.

    Raises:
        ExportError: it made nothing, in time or at all.
    """
    return all_rendered([spec], format, scale)[0]


def all_rendered(specs: Sequence[dict[str, Any]], format: str, scale: float) -> list[bytes]:
    """What the renderer makes of several specifications, in one process: "png" or "svg", one picture each.

    Raises:
        ExportError: one of them could not be drawn, or not in time; the message says which.
    """
    return asked({"format": format, "scale": scale, "specs": list(specs)}) if specs else []


def live_script() -> str:
    """The JavaScript that draws charts in a browser: it makes `vegaEmbed` global, and loads nothing.

    Raises:
        ExportError: the renderer does not give it.
    """
    return asked({"format": "script", "specs": []})[0].decode("utf-8")


def asked(request: dict[str, Any]) -> list[bytes]:
    """One request to a renderer that is started for it."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lib.charts.export"],
            input=json.dumps(request).encode(),
            cwd=settings.ROOT,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExportError(
            "picture", f"it took more than {SECONDS} seconds", "Show fewer rows, or take the CSV."
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["the renderer died"]
        raise ExportError("picture", f"it could not be drawn ({said[-1][:200]})", "Take the CSV instead.")
    return [base64.b64decode(made) for made in json.loads(done.stdout)]


def main() -> None:
    """Read a request and write what was made of it; nothing that a specification points to is fetched."""
    request = json.loads(sys.stdin.buffer.read())
    specs = request["specs"]
    made = []
    for number, spec in enumerate(specs, start=1):
        try:
            made.append(drawn(json.dumps(spec), request["format"], request["scale"]))
        except ValueError as trouble:
            which = f"picture {number} of {len(specs)}: " if len(specs) > 1 else ""
            sys.exit(which + " ".join(str(trouble).split("\n")[:2]))  # the rest is the renderer's own stack
    if request["format"] == "script":
        import vl_convert

        made.append(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode("utf-8"))
    sys.stdout.write(json.dumps([base64.b64encode(each).decode("ascii") for each in made]))


def drawn(spec: str, format: str, scale: float) -> bytes:
    """One picture, made in this process."""
    import vl_convert

    if format == "svg":
        return bytes(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode("utf-8"))
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))


if __name__ == "__main__":
    main()

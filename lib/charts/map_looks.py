"""How a response looks on a map: colour, shape, size, and what a pointer on it tells."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from lib.charts.dots import speakable, texts
from lib.charts.heatmap import bounds
from lib.charts.numbers import TICKS
from lib.charts.palette import HUES, NEUTRAL_GREY, group_colours, group_shapes
from lib.charts.rows import LABEL_LIMIT

Kind = Literal["groups", "regions", "numbers"]

AREA = 60_000
"""Square pixels that all points together take up, so that many do not bury each other."""

LEAST, MOST, PICKED_SIZE = 12, 80, 260  # square pixels of a point
PLAIN, LOOSE, FADED = 0.8, 0.65, 0.08  # opacity in a region, in none, and of what is not highlighted

# Viridis (van der Walt and Smith 2015) from 0.25 to 0.8: lightness alone tells the order under every colour blindness.
# Its ends are left out, as the darkest would drown in a dark page and the lightest in a light one.
SEQUENCE = ("#3B528B", "#2E6E8E", "#248A8D", "#22A386", "#41BD72", "#7AD151")
UNKNOWN = "grey: no value"


def colours(frame: pd.DataFrame, kind: Kind, title: str, order: Sequence[str] | None, percent: bool) -> dict[str, Any]:
    """Line, filling and, for groups, shape of a point: hollow where it lies in no region, grey without a value."""
    known = frame["colour"].dropna()
    if kind == "regions":
        scale = alt.Scale(domain=[-1, *range(len(HUES))], range=[NEUTRAL_GREY, *HUES])
        return painted("hue:N", scale=scale, legend=None)
    if known.empty:
        grey = alt.value(NEUTRAL_GREY)
        return {"color": grey, "fill": alt.when("datum.clustered").then(grey).otherwise(alt.value("transparent"))}
    heading = f"{title} · {UNKNOWN}" if len(known) < len(frame) else title
    above: dict[str, Any] = {"orient": "top", "title": heading, "titleLimit": 600}
    if kind == "numbers":
        low, high = bounds(known.astype(float))
        scale = alt.Scale(domain=[low, high], range=list(SEQUENCE), interpolate="rgb", clamp=True)
        legend = alt.Legend(type="gradient", gradientLength=240, labelExpr=TICKS[False, percent], **above)
        # Through the scale of the filling: with two scales the legend would have no gradient.
        line = alt.value(alt.ExprRef(f"isValid(datum.colour) ? scale('fill', datum.colour) : '{NEUTRAL_GREY}'"))
        return painted("colour:Q", scale=scale, legend=legend) | {"color": line}
    groups = {*map(str, known), *(order or [])}
    legend = alt.Legend(columns=4, labelLimit=LABEL_LIMIT, symbolSize=80, symbolOpacity=1, **above)
    shape = alt.Shape("colour:N", scale=group_shapes(groups), legend=legend)
    return painted("colour:N", scale=group_colours(groups), legend=legend) | {"shape": shape}


def painted(field: str, **look: Any) -> dict[str, Any]:
    """Line and filling by a field; what has no value in it is grey, what lies in no region hollow."""
    hollow = {"test": "!datum.clustered", "value": "transparent"}
    grey = {"test": f"!isValid(datum.{field.partition(':')[0]})", "value": NEUTRAL_GREY}
    return {
        "color": alt.Color(field, condition=[grey], **look),
        "fill": alt.Fill(field, condition=[hollow, grey], **look),
    }


def sizes(points: pd.DataFrame) -> dict[str, Any]:
    """Size and opacity: less of both outside the regions."""
    faded = alt.when("datum.lit === false").then(alt.value(FADED))
    opacity = faded.when("datum.clustered").then(alt.value(PLAIN)).otherwise(alt.value(LOOSE))
    size, least = size_of(len(points))
    return {"opacity": opacity, "size": alt.when("datum.clustered").then(alt.value(size)).otherwise(alt.value(least))}


def size_of(count: int) -> tuple[int, int]:
    """Square pixels of each of so many points, in a region and in none."""
    size = min(MOST, max(LEAST, round(AREA / max(count, 1))))
    return size, round(0.6 * size)


def tooltip(title: str) -> list[alt.Tooltip]:
    """What a pointer on a response tells."""
    fixed = texts(text="Text", group="Group", region="Region", model="Model")
    title = speakable(title)
    if title in {str(each["title"]) for each in fixed}:
        return fixed
    return [*fixed, alt.Tooltip("shown:N", title=title)]

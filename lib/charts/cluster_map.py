"""The map of responses: what says alike lies close together, and regions carry their names."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from lib.charts.dots import PICKED
from lib.charts.map_looks import PICKED_SIZE, Kind, colours, size_of, sizes, tooltip
from lib.charts.map_names import names_that_fit
from lib.charts.palette import HUES, MUTED, NEUTRAL_GREY

BOX = "box"
"""The selection of what lies in a rectangle that was dragged open."""

HEIGHT = 520
MANY = 2_000
DECIMALS = 4
NOTHING = "none"

HALO = alt.ExprRef("background ? background : 'white'")
"""The page behind the chart, whatever its theme: Vega knows it by this name."""

INK = alt.ExprRef("luminance(background ? background : 'white') < 0.3 ? '#FAFAFA' : '#1A1A1A'")


def cluster_map(
    frame: pd.DataFrame,
    names: pd.DataFrame,
    *,
    kind: Kind,
    title: str,
    x_domain: tuple[float, float],
    y_domain: tuple[float, float],
    order: Sequence[str] | None = None,
    percent: bool = False,
    picked: bool = True,
    boxed: tuple[float, float, float, float] | None = None,
) -> alt.LayerChart:
    """A point a response, coloured by its group, its region or a number.

    Args:
        frame: columns place (which response), x, y, colour (a text, or a number for "numbers"; missing: no value), lit,
            clustered, text (an excerpt), group, region, model and shown (what the colour says, in words). Where some
            are not lit, these are faded.
        names: columns x, y and name: what is written on the map, the most important first. Those without room are left
            out.
        title: what the colours are.
        x_domain, y_domain: what of the plane is shown; that both have one scale is up to the caller.
        order: the regions, or all groups that could be shown, so that a colour stays when some are filtered away.
        percent: whether the numbers are shares.
        picked: whether points can be clicked (the selection "picked") and boxed (the selection "box").
        boxed: left, right, bottom and top of a box that is drawn behind the points.
    """
    points, wordings = coded(frame, kind, order)
    data = alt.Chart(points, height=HEIGHT)
    for name in wordings:
        data = data.transform_calculate(**{name: f"map_{name}[datum.{name}]"})
    layer = (
        data.mark_point(strokeWidth=1, clip=True, invalid="show")
        .encode(x=side("x", x_domain), y=side("y", y_domain), tooltip=tooltip(title))
        .encode(**colours(frame, kind, title, order, percent), **sizes(points))
    )
    if picked:
        layer = selectable(layer)
    layers = [
        *([boxed_in(boxed, x_domain, y_domain)] if boxed else []),
        layer,
        *written(names_that_fit(names, x_domain, y_domain), x_domain, y_domain),
    ]
    looked_up = [alt.param(name=f"map_{name}", value=values) for name, values in wordings.items()]
    chart = alt.LayerChart(layer=layers).add_params(*looked_up)
    return on_canvas(chart) if len(points) > MANY else chart


def on_canvas(chart: alt.LayerChart) -> alt.LayerChart:
    """Painted instead of made of an element a point, which takes a browser seconds for thousands of them.

    Streamlit does so by itself where it finds the data; here they are inside a layer. Nobody could have so many points
    read out one by one: the tables beside the map say what is on it.
    """
    return chart.properties(usermeta={"embedOptions": {"renderer": "canvas"}}).configure_mark(aria=False)


def coded(frame: pd.DataFrame, kind: Kind, order: Sequence[str] | None) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """The columns that the points need, with what recurs replaced by its place in a list, and these lists."""
    points = pd.DataFrame(
        {
            "place": frame["place"],
            "x": frame["x"].astype(float).round(DECIMALS),
            "y": frame["y"].astype(float).round(DECIMALS),
            "text": frame["text"],
            "clustered": frame["clustered"].astype(bool),
        }
    )
    lit = frame["lit"].astype(bool)
    if not lit.all():
        points["lit"] = lit
    wordings = {}
    recurring = ["group", "region", "model", "shown", *(["colour"] if kind == "groups" else [])]
    for name in recurring:
        places, values = pd.factorize(frame[name] if name == "colour" else frame[name].astype(object).fillna(NOTHING))
        points[name], wordings[name] = places, [str(value) for value in values]
    if kind == "regions":
        points["hue"] = hues(frame, order)
    if kind == "numbers":
        points["colour"] = frame["colour"].astype(float).round(DECIMALS)
    # No group lies on top of the others because it came last; what stands out does.
    drawn = points.sample(frac=1, random_state=0).assign(above=lit)
    drawn = drawn.sort_values(["above", "clustered"], kind="stable", ignore_index=True)
    return drawn.drop(columns="above").dropna(subset=["x", "y"]), wordings


def hues(frame: pd.DataFrame, order: Sequence[str] | None) -> pd.Series:
    """The number of each row's hue; -1 for none."""
    regions = list(dict.fromkeys([*(order or []), *frame["colour"][frame["clustered"].astype(bool)].dropna()]))
    dealt = {region: place % len(HUES) for place, region in enumerate(regions)}
    return frame["colour"].map(dealt).where(frame["clustered"].astype(bool)).fillna(-1).astype(int)


def side(name: str, domain: tuple[float, float]) -> Any:
    """One of the two directions, which have no unit and no axis."""
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    return (alt.X if name == "x" else alt.Y)(f"{name}:Q", scale=scale, axis=None)


def selectable(layer: alt.Chart) -> alt.Chart:
    """Points to be clicked, which grow, or boxed."""
    size, least = size_of(len(layer.data))
    point = alt.selection_point(name=PICKED, fields=["place"])
    brush = alt.BrushConfig(fill=NEUTRAL_GREY, fillOpacity=0.15, stroke=MUTED)
    box = alt.selection_interval(name=BOX, encodings=["x", "y"], mark=brush, zoom=False)  # the wheel scrolls the page
    grown = alt.when(point, empty=False).then(alt.value(PICKED_SIZE)).when("datum.clustered").then(alt.value(size))
    return layer.encode(size=grown.otherwise(alt.value(least))).add_params(point, box)


def boxed_in(box: tuple[float, float, float, float], x_domain: Any, y_domain: Any) -> alt.Chart:
    """A rectangle behind the points. The one that is being dragged lies above them, and no pointer gets through it."""
    left, right, bottom, top = box
    corners = pd.DataFrame([{"x": left, "x2": right, "y": bottom, "y2": top}])
    shown = alt.Chart(corners, height=HEIGHT).encode(x=side("x", x_domain), y=side("y", y_domain), x2="x2:Q", y2="y2:Q")
    return shown.mark_rect(fill=NEUTRAL_GREY, fillOpacity=0.15, stroke=MUTED, clip=True, tooltip=None)


def written(names: pd.DataFrame, x_domain: tuple[float, float], y_domain: tuple[float, float]) -> list[alt.Chart]:
    """The names with a halo in the colour of the page, above the points."""
    if names.empty:
        return []
    base = alt.Chart(names).encode(x=side("x", x_domain), y=side("y", y_domain), text="name:N")
    halo = base.mark_text(fontWeight="bold", stroke=HALO, fill=HALO, strokeWidth=4, strokeJoin="round", opacity=0.85)
    return [halo, base.mark_text(fontWeight="bold", fill=INK)]

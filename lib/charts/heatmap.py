"""Group by category, as a map of cells with their numbers."""

import altair as alt
import pandas as pd

from lib.charts.dots import PICKED, texts
from lib.charts.numbers import TICKS, UNKNOWN, amounts, intervals
from lib.charts.palette import MUTED, NEUTRAL_GREY
from lib.charts.rows import QUIET, Rows

STEP = 40  # pixels of a cell's height: two lines
COLOURS = ("#F0F6FC", "#08306B")
"""One hue from light to dark, which reads alike under every colour blindness and in grey."""

DARK = 0.64
"""Where on the way from light to dark text turns white, so that its contrast is 4.5 to 1 or more everywhere."""

PICKED_COLOUR = "#E69F00"
OUTLINE = 4  # pixels around a cell that was clicked


def heatmap_chart(frame: pd.DataFrame, unit: str, percent: bool) -> alt.LayerChart:
    """Cells with the number and n; the interval is a pointer away.

    Args:
        frame: columns group, category, label, value, low, high and responses; what is missing is drawn as no data.
        unit: what the numbers are, in words.
        percent: whether they are shares.
    """
    rows = Rows()
    titles = dict(zip(frame["category"], frame["label"], strict=True))
    number = {category: rows.add(str(title)) for category, title in titles.items()}
    groups = list(frame["group"].unique())
    cells = whole(frame, titles, groups).pipe(lambda all: all.assign(row=all["category"].map(number)))
    low, high = bounds(cells["value"])
    cells = cells.assign(
        known=cells["value"].notna(),
        number=amounts(cells["value"], percent),
        shown=[text if text != UNKNOWN else "–" for text in amounts(cells["value"], percent)],
        counted=[f"n = {n:,}" if n else "no data" for n in cells["responses"]],
        interval=intervals(cells["low"], cells["high"], percent),
        dark=cells["value"] > low + DARK * (high - low),
    )
    tooltip = texts(label="Rows", group="Group", number=unit, interval="95 % interval", responses="Responses")
    x = alt.X(
        "group:N",
        scale=alt.Scale(domain=groups),
        title=None,
        axis=alt.Axis(orient="top", labelLimit=140, labelAngle=-30 if len(groups) > 6 else 0, **QUIET),
    )
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(domain=[low, high], range=list(COLOURS), clamp=True),
        legend=alt.Legend(
            title=unit, orient="bottom", titleLimit=400, gradientLength=240, labelExpr=TICKS[False, percent]
        ),
    )
    picked = alt.selection_point(name=PICKED, fields=["group", "category"])
    base = alt.Chart().encode(x=x, y=rows.y(), tooltip=tooltip)
    known, missing = base.transform_filter("datum.known"), base.transform_filter("!datum.known")
    # Outlined, as fading the others would let a dark page show through below dark text.
    outline = alt.when(picked, empty=False).then(alt.value(OUTLINE)).otherwise(alt.value(0))
    ink = alt.when("datum.dark").then(alt.value("white")).otherwise(alt.value("black"))
    layers = [
        known.mark_rect(cornerRadius=2, stroke=PICKED_COLOUR)
        .encode(color=colour, y=rows.y(rows.left()), strokeWidth=outline)
        .add_params(picked),
        missing.mark_rect(fill="transparent", stroke=NEUTRAL_GREY, strokeDash=[3, 3]),
        known.mark_text(dy=-6, fontSize=13).encode(text="shown:N", color=ink),
        known.mark_text(dy=9, fontSize=10).encode(text="counted:N", color=ink),
        missing.mark_text(text="–", color=MUTED),
    ]
    return rows.layered(*layers, data=cells, height=alt.Step(STEP))


def whole(frame: pd.DataFrame, titles: dict[str, str], groups: list[str]) -> pd.DataFrame:
    """The frame with a row for every group in every category."""
    every = pd.MultiIndex.from_product([titles, groups], names=["category", "group"])
    filled = frame.drop_duplicates(["category", "group"]).set_index(["category", "group"]).reindex(every).reset_index()
    return filled.assign(label=filled["category"].map(titles), responses=filled["responses"].fillna(0).astype(int))


def bounds(values: pd.Series) -> tuple[float, float]:
    """The ends of the colours; a little apart where all values are equal or none is known."""
    known = values.dropna()
    if known.empty:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)

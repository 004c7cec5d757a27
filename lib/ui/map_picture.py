"""The map itself: its points, what a click and a box on it mean, and what of it is drawn."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from lib.charts.cluster_map import BOX, cluster_map
from lib.charts.dots import PICKED
from lib.ui.figure import picture, show_downloads
from lib.ui.map_address import Box, Chosen, box_of, box_text, choose, chosen, key
from lib.ui.response_table import excerpt
from lib.ui.words import count, group_name, visible
from lib.workflows.atlas import OpenMap, beginnings
from lib.workflows.map_colours import Coloured
from lib.workflows.workbench import Workbench

MOST_DRAWN = 10_000
"""Points in one drawing: more of them take a browser seconds, and lie on top of each other."""

MOST_LIT = 4_000
EDGE = 1.06
WIDE = 1.02
"""How much wider than high the map is drawn, about."""

NO_VALUE = "no value"


def show_picture(
    workbench: Workbench, opened: OpenMap, said: Coloured, kept: np.ndarray, lit: np.ndarray | None
) -> None:
    """Draw the map, and take up what was clicked or boxed in it.

    Args:
        said: the colours. kept: which rows count, shape (n,). lit: the rows that stand out, None for all.
    """
    view = domain()
    rows = drawn_rows(opened, kept, view, lit)
    chart = cluster_map(
        points(workbench, opened, said, rows, lit),
        names(opened, kept),
        kind=said.kind,
        title=visible(said.title),
        x_domain=view[:2],
        y_domain=view[2:],
        order=[visible(name) for name in said.order],
        boxed=box_of(picked.value) if (picked := chosen()).sort == "box" else None,
    )
    alt = f"Map of {count(int(kept.sum()), 'response')}, coloured by {visible(said.title)}"
    show_scope(opened, kept, rows, view)
    event = st.altair_chart(
        chart,
        key=f"map-picture-{opened.info.id}-{st.session_state.get(key('cleared'), 0)}",
        on_select="rerun",
        selection_mode=[PICKED, BOX],
        alt=alt,
    )
    name = f"{opened.info.id}-map"
    files = {
        ending: partial(picture, ending.lower(), chart, f"{opened.info.name}: {alt}", "") for ending in ("PNG", "SVG")
    }
    show_downloads(files, name, "map-picture")
    take_up(opened, event["selection"])


def take_up(opened: OpenMap, selection: Any) -> None:
    """What was clicked or boxed since the last time."""
    box, clicked = selection.get(BOX) or {}, selection.get(PICKED) or []
    corners = (*sorted(box["x"]), *sorted(box["y"])) if box.keys() >= {"x", "y"} else None
    now = (corners, clicked[0]["place"] if clicked else None)
    before = st.session_state.get(key("seen"), (None, None))
    if now == before:
        return
    st.session_state[key("seen")] = now
    if now[0] != before[0] and corners:
        choose(Chosen("box", box_text(corners)))
        draw_anew()  # what is dragged lies above the points: nothing in it could be clicked
    if now[1] != before[1] and now[1] is not None:
        run, no = opened.frame["run"].iloc[now[1]], opened.frame["no"].iloc[now[1]]
        st.session_state[key("open")] = f"{run}/{no}"
    st.rerun()


def domain() -> Box:
    """What of the plane is shown: left, right, bottom, top."""
    return box_of(st.session_state.get(key("zoom"))) or (-EDGE * WIDE, EDGE * WIDE, -EDGE, EDGE)


def magnify(box: Box) -> None:
    """Show a part of the plane, as much of it as keeps its shape."""
    left, right, bottom, top = box
    height = max(top - bottom, (right - left) / WIDE, 1e-3) * EDGE
    x, y = (left + right) / 2, (bottom + top) / 2
    corners = (x - height * WIDE / 2, x + height * WIDE / 2, y - height / 2, y + height / 2)
    st.session_state[key("zoom")] = box_text(corners)


def inside(opened: OpenMap, box: Box) -> np.ndarray:
    """Which responses lie in a box, shape (n,)."""
    left, right, bottom, top = box
    x, y = opened.frame["x"].to_numpy(), opened.frame["y"].to_numpy()
    return (x >= left) & (x <= right) & (y >= bottom) & (y <= top)


def drawn_rows(opened: OpenMap, kept: np.ndarray, view: Box, lit: np.ndarray | None) -> np.ndarray:
    """The rows that are drawn: all that are in view, or a sample of them in which what stands out comes first."""
    rows = np.flatnonzero(kept & inside(opened, view))
    if len(rows) <= MOST_DRAWN:
        return rows
    random = np.random.default_rng(0)
    first = rows[np.isin(rows, lit)] if lit is not None else rows[:0]
    if len(first) > MOST_LIT:
        first = random.choice(first, MOST_LIT, replace=False)
    others = np.setdiff1d(rows, first, assume_unique=True)
    return np.sort(np.concatenate([first, random.choice(others, MOST_DRAWN - len(first), replace=False)]))


def points(
    workbench: Workbench, opened: OpenMap, said: Coloured, rows: np.ndarray, lit: np.ndarray | None
) -> pd.DataFrame:
    """The rows as the chart draws them."""
    frame = opened.frame.iloc[rows]
    values = said.values.iloc[rows]
    texts = [excerpt(text) for text in beginnings(workbench, opened, rows.tolist())]
    titles = {no: visible(title) for no, title in opened.titles.items()}
    numbers = said.kind == "numbers"
    return pd.DataFrame(
        {
            "place": rows,
            "x": frame["x"].to_numpy(),
            "y": frame["y"].to_numpy(),
            "colour": values.to_numpy() if numbers else values.map(visible, na_action="ignore").to_numpy(),
            "lit": True if lit is None else np.isin(rows, lit),
            "clustered": frame["region"].to_numpy() >= 0,
            "text": texts,
            "group": frame["group"].map(lambda group: visible(group_name(group))).to_numpy(),
            "region": frame["region"].map(titles).to_numpy(),
            "model": frame["model"].map(visible).to_numpy(),
            "shown": values.map(lambda value: f"{value:.3g}" if numbers else visible(value), na_action="ignore")
            .fillna(NO_VALUE)
            .to_numpy(),
        }
    )


def names(opened: OpenMap, kept: np.ndarray) -> pd.DataFrame:
    """What is written on the map: the regions that have anything left in them, the largest first."""
    there = set(opened.frame["region"][kept].unique())
    rows = [(each.x, each.y, visible(opened.titles[each.no])) for each in opened.regions if each.no in there]
    return pd.DataFrame(rows, columns=["x", "y", "name"])


def show_scope(opened: OpenMap, kept: np.ndarray, rows: np.ndarray, view: Box) -> None:
    """What is drawn of what, and how far the picture can be trusted."""
    quality = opened.info.quality
    in_view = int((kept & inside(opened, view)).sum())
    parts = [f"{count(in_view, 'response')}"]
    if len(rows) < in_view:
        parts = [
            f"Drawn: a random sample of {len(rows):,} of {in_view:,} responses; every number and selection uses all"
        ]
    if quality:
        parts += [
            f"trustworthiness {quality.trustworthiness:.2f}",
            f"stability {quality.stability:.2f}",
            f"{quality.unclustered * 100:.0f} % in no region",
        ]
    st.caption(" · ".join(parts), help=QUALITY)
    left_out = [f"{opened.info.blank:,} empty ones have no place"] if opened.info.blank else []
    if not kept.all():
        left_out.append(f"{int((~kept).sum()):,} are left out and count nowhere on this page")
    if quality and quality.sampled:
        left_out.append(f"regions were found in a random {quality.sampled:,} and extended to the others")
    if left_out:
        st.caption("; ".join(left_out) + ".")


QUALITY = (
    "Trustworthiness: how far neighbours on the map are neighbours in meaning (1: all of them; Venna and Kaski 2001). "
    "Stability of regions: how far they are found again in halves of the responses (adjusted Rand index; 1: the same). "
    "Hollow points lie in no region. Only closeness means something on the map: its directions and the distances "
    "between far regions do not."
)


def clear() -> None:
    """Let go of what was picked out, also in the drawing."""
    choose(Chosen())
    draw_anew()


def draw_anew() -> None:
    """Let go of what is clicked and boxed in the drawing: only then does a click on the same point say anything."""
    st.session_state[key("cleared")] = st.session_state.get(key("cleared"), 0) + 1
    st.session_state[key("seen")] = (None, None)

"""A figure as every page shows it: reading, chart, table, and what can be taken along."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.ui.words import plain, visible
from lib.workflows.tables import as_csv

if TYPE_CHECKING:
    import pandas as pd
    from altair.typing import ChartType

SELECTION = "picked"
"""The name under which every chart of lib/charts that can be clicked keeps what was clicked."""

SCROLLED = 560
"""Pixels in which a tall chart is scrolled."""

TITLE_LIMIT = 700
"""Pixels of an axis title: one with a long name in it would leave the marks no room."""

COLUMNS = {
    "group": "Group",
    "value": "Value",
    "low": "Low",
    "high": "High",
    "responses": "Responses",
    "sets": "Matched sets",
    "coverage": "Coverage",
    "outcome": "Outcome",
    "count": "Cells",
    "model": "Model",
    "decoding": "Decoding",
    "repeat": "Repeat",
    "label": "Rows",
    "word": "Word",
    "log_odds": "Log-odds",
    "p_adjusted": "p, corrected",
    "other_count": "Elsewhere",
    "clear": "Clear",
    "share": "Share",
}
"""What columns of the charts' frames are called in tables."""


def show_figure(
    chart: "ChartType",
    table: "pd.DataFrame",
    *,
    reading: str,
    alt: str,
    name: str,
    key: str,
    title: str = "",
    caption: str = "",
    on_select: bool = False,
    scrolled: int | None = None,
) -> list[dict[str, Any]]:
    """Show a chart below its reading, with its table and its files a click away.

    Args:
        table: the numbers behind the chart, with column names as people read them.
        reading: what the figure says, in a sentence or two; it may hold names that users made.
        alt: what the figure is, for those who cannot see it.
        name: how its files are called, without ending.
        title, caption: printed above and below the exported picture, so that it says what it is.
        on_select: whether its marks can be clicked.
        scrolled: the height in pixels in which a tall chart is scrolled; None shows all of it.

    Returns:
        What was clicked: for each mark the fields of the chart's selection. Empty without `on_select`.
    """
    show_reading(reading)
    alt = visible(alt)
    drawn = chart.configure_axis(titleLimit=TITLE_LIMIT)
    picked: list[dict[str, Any]] = []
    with st.container(height=scrolled or "content", border=False):
        if on_select:
            event = st.altair_chart(drawn, key=key, alt=alt, on_select="rerun", selection_mode=SELECTION)
            picked = event["selection"].get(SELECTION) or []
        else:
            st.altair_chart(drawn, key=key, alt=alt)
    if caption:
        st.caption(plain(caption, limit=2_000))
    show_downloads(
        {
            "PNG": partial(picture, "png", chart, title, caption),
            "SVG": partial(picture, "svg", chart, title, caption),
            "CSV": partial(as_csv, table),
        },
        name,
        key,
    )
    show_table(table, alt)
    return picked


def show_reading(reading: str) -> None:
    """What a figure says, in plain words."""
    if reading:
        st.markdown(f"**{plain(reading, limit=2_000)}**")


def show_downloads(files: Mapping[str, Callable[[], bytes]], name: str, key: str) -> None:
    """Buttons for files that are made when somebody asks for them."""
    with st.container(horizontal=True):
        for ending, make in files.items():
            st.download_button(
                ending,
                make,
                f"{name}.{ending.lower()}",
                key=f"{key}-{ending}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                help=f"Download as {ending}",
            )


def show_table(table: "pd.DataFrame", alt: str) -> None:
    """The numbers behind a figure, folded away."""
    with st.expander("Table", icon=":material/table:"):
        st.dataframe(inert(table), hide_index=True, alt=f"Table: {alt}")


def inert(table: "pd.DataFrame") -> "pd.DataFrame":
    """A table with nothing unseen in its texts."""
    return table.map(lambda value: visible(value) if isinstance(value, str) else value)


def picture(format: str, chart: "ChartType", title: str, caption: str) -> bytes:
    """The chart as a picture that can stand by itself."""
    from lib.charts.export import as_png, as_svg

    if format == "svg":
        return as_svg(chart, title=visible(title), caption=visible(caption)).encode("utf-8")
    return as_png(chart, title=visible(title), caption=visible(caption))

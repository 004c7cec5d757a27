"""A figure of a report: its chart with the caption below, its numbers and files a click away."""

from functools import partial

import streamlit as st

from lib.types import Figure
from lib.ui.figure import picture, show_downloads
from lib.ui.report_draft import Draft, anchor
from lib.ui.report_table import captioned, show_table
from lib.ui.words import plain, visible
from lib.workflows.tables import as_csv

CAPTION = 2_000  # characters


def show_report_figure(draft: Draft, figure: Figure) -> None:
    """Draw a figure as the report has it."""
    number = draft.numbers.get(figure.id, "")
    key = draft.key(f"report-figure-{anchor(figure.id)}")
    alt = visible(figure.alt)
    st.vega_lite_chart(draft.charts[figure.id], key=key, alt=alt)
    with st.container(key=f"report-caption-{key}"):  # a caption of Streamlit's own is too pale to read easily
        st.markdown(plain(captioned(number, figure.caption), CAPTION))
    numbers = st.expander("Numbers and files", icon=":material/table:", key=f"{key}-numbers", on_change="rerun")
    if not numbers.open:
        return
    with numbers:
        show_table(figure.table, "", f"{key}-table")
        title, caption = captioned("", figure.table.caption), captioned(number, figure.caption)
        show_downloads(
            {
                "PNG": partial(picture, "png", figure.chart, title, caption),
                "SVG": partial(picture, "svg", figure.chart, title, caption),
                "CSV": partial(csv_of, figure),
            },
            f"{draft.run}-{anchor(figure.id)}",
            key,
        )


def csv_of(figure: Figure) -> bytes:
    """The figure's numbers as a file."""
    import pandas as pd

    table = figure.table
    return as_csv(pd.DataFrame(table.rows, columns=[column.title for column in table.columns]))

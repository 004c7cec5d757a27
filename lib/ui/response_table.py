"""One page of stored responses as a table; a row can be opened."""

import pandas as pd
import streamlit as st

from lib.types import Finish, ResponseFilter, StoredResponse
from lib.ui import map_address
from lib.ui.assignment_address import NEW
from lib.ui.response_filter import OPEN, Opened, parameters
from lib.ui.words import count, group_name, shorten, visible
from lib.workflows import models, read
from lib.workflows.workbench import Workbench

EXCERPT = 160
HEIGHT = 360  # pixels
HEIGHT_BESIDE_DETAIL = 215  # leaves room on the screen for the response that is open
OUTCOMES = {Finish.STOP: "stopped", Finish.LENGTH: "cut off", Finish.FAILED: "failed"}


def show_table(workbench: Workbench, wanted: ResponseFilter) -> Opened | None:
    """The table with its pages; gives the response that is open, if any."""
    # A page or a selected row is a number: another filter must not inherit it.
    key = f"responses-page-{hash(wanted)}"
    number = st.session_state.get(key, 1)
    page = read.responses(workbench, wanted, page=number - 1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(page.total, 'cell')}**", width="content")
        st.page_link(
            "pages/14_Assignments.py",
            label="Annotate these",
            icon=":material/assignment_add:",
            query_params=NEW | parameters(wanted),
            disabled=not page.rows,
        )
        st.page_link(
            "pages/5_Clusters.py",
            label="Map these",
            icon=":material/scatter_plot:",
            query_params=map_address.NEW | parameters(wanted),
            disabled=not page.rows,
        )
        if len(wanted.runs) == 1:
            st.page_link(
                "pages/9_Report.py",
                label="Report on this audit",
                icon=":material/description:",
                query_params={"run": wanted.runs[0]},
            )
    if not page.rows:
        st.info("No response passes this filter. Take something out of it to see more.")
        return st.session_state.get(OPEN)
    event = st.dataframe(
        as_frame(page.rows, models.titles(workbench)),
        hide_index=True,
        height=HEIGHT_BESIDE_DETAIL if st.session_state.get(OPEN) else HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"responses-table-{hash((wanted, number))}-{st.session_state.get('responses-closed', 0)}",
        column_config={
            "Prompt": st.column_config.TextColumn(width="medium"),
            "Response": st.column_config.TextColumn(width="large"),
        },
        alt="Stored responses",
    )
    st.pagination(max(1, -(-page.total // read.PAGE_SIZE)), key=key)
    if event.selection.rows:
        row = page.rows[event.selection.rows[0]]
        if st.session_state.get(OPEN) != Opened(row.run, row.no):
            st.session_state[OPEN] = Opened(row.run, row.no)
            st.rerun()  # what is above the table makes room
    else:
        st.caption("Tick a row to see its matched set, the same cell under other models, and where it comes from.")
    return st.session_state.get(OPEN)


def as_frame(rows: list[StoredResponse], titles: dict[str, str]) -> pd.DataFrame:
    """The rows as they are read in a table: excerpts, with nothing unseen in them."""
    return pd.DataFrame(
        {
            "Group": [group_name(row.cell.group) for row in rows],
            "Prompt": [excerpt(row.cell.prompt) for row in rows],
            "Response": [excerpt(row.response.text) if row.response else "" for row in rows],
            "Outcome": [outcome(row) for row in rows],
            "Model": [titles.get(row.cell.model, row.cell.model) for row in rows],
            "Context": [excerpt(", ".join(row.cell.held.values())) for row in rows],
            "Run": [row.run for row in rows],
            "No": [row.no for row in rows],
        }
    )


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    return visible(shorten(" ".join(text[: 2 * EXCERPT].split()), EXCERPT))


def outcome(row: StoredResponse) -> str:
    """What became of a cell, in a word."""
    if row.response is None:
        return "pending"
    if row.response.finish is not Finish.FAILED and not row.response.text.strip():
        return "empty"
    return OUTCOMES[row.response.finish]

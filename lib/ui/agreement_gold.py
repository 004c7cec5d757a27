"""Where gold stands: how many responses are adjudicated, settled by majority, or neither."""

import pandas as pd
import streamlit as st

from lib.types import Assignment, FieldKind
from lib.ui.figure import inert
from lib.ui.frame import Page
from lib.workflows import gold

HELP = "Gold is what the adjudicator decided, else what more than half of the people say, else unresolved."


def show_gold(page: Page, assignment: Assignment) -> None:
    """A row for each field: its sources as counts and as bars, whose full length is every response."""
    table = gold_frame(gold.read(page.workbench, assignment.id))
    if table.empty:
        return
    st.subheader("Gold labels", anchor=False, help=HELP)
    every = int(table.drop(columns="Question").sum(axis=1).max())
    bars = {
        name: st.column_config.ProgressColumn(format="%d", min_value=0, max_value=max(1, every))
        for name in table.columns[1:]
    }
    st.dataframe(
        inert(table), hide_index=True, column_config=bars, alt="Where the gold labels of each question are from"
    )


def gold_frame(table: gold.GoldTable) -> pd.DataFrame:
    """Responses by field and source; “One person alone” are majorities of one."""
    rows = []
    for field in table.codebook.fields:
        if field.kind is not FieldKind.TEXT:
            counts = table.counts(field.id)
            several = counts.majority - counts.alone
            rows.append((field.title, counts.adjudicated, several, counts.alone, counts.unresolved))
    return pd.DataFrame(rows, columns=["Question", "Adjudicated", "Majority", "One person alone", "Unresolved"])

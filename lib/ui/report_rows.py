"""Where the fields of a table are written: below it, one row at a time, so that long tables stay quick."""

from collections.abc import Sequence

import streamlit as st

from lib.types import Column, Field, Table, Value
from lib.ui.report_draft import Draft, fields_in, missing, table_key
from lib.ui.report_field import show_beside
from lib.ui.words import count, plain
from lib.workflows.reporting.shown import shown

FEW = 6
"""Fields of a table that are all shown at once."""


def show_writing(draft: Draft, table: Table) -> None:
    """The fields of one row, the first with something to write unless another is chosen; of few fields, all."""
    if not fields_in(table):
        return
    rows = [row for row in table.rows if any(isinstance(value, Field) for value in row)]
    left = [len(missing(fields_of_row(row))) for row in rows]
    key = draft.key(table_key(table))
    first = st.session_state.setdefault(f"{key}-first", next((row for row, more in enumerate(left, 1) if more), 1))
    with st.container(border=True, key=key, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**Write in this table**", width="content")
            if sum(left):
                words = f"{sum(left)} to be written in {count(sum(map(bool, left)), 'row')}"
                st.badge(words, icon=":material/edit:", color="orange")
            else:
                st.badge("All is written", icon=":material/check_circle:", color="green")
        if len(fields_in(table)) > FEW:
            rows = rows[st.pagination(len(rows), default=min(first, len(rows)), key=f"{key}-row-{len(rows)}") - 1 :][:1]
        for row in rows:
            show_row(draft, table.columns, row)


def show_row(draft: Draft, columns: Sequence[Column], row: Sequence[Value]) -> None:
    """What is known of one row, and its fields."""
    known = [shown(value, column.kind) for column, value in zip(columns, row, strict=True) if not is_field(value)]
    fields = [(column, value) for column, value in zip(columns, row, strict=True) if isinstance(value, Field)]
    if known:
        st.markdown(f"**{plain(' · '.join(known[:2]), 500)}**")
        for text in known[2:]:
            st.caption(plain(text, 2_000))
    show_beside(draft, [field for _, field in fields], [column.title for column, _ in fields])


def fields_of_row(row: Sequence[Value]) -> list[Field]:
    """The fields among a row's values."""
    return [value for value in row if isinstance(value, Field)]


def is_field(value: Value) -> bool:
    """Whether something is to be written there."""
    return isinstance(value, Field)

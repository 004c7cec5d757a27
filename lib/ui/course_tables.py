"""The five tables that coursework on bias asks for, each with its question, reading and caveat."""

import io
import zipfile
from functools import partial

import streamlit as st

from lib.ui.charts_answer import stamp
from lib.ui.figure import inert, show_downloads, show_reading
from lib.ui.troubles import sentence
from lib.ui.words import plain
from lib.workflows import course
from lib.workflows.course import CourseTable
from lib.workflows.tables import as_csv
from lib.workflows.workbench import Workbench

# A fixed time, so that the same tables make the same file.
MADE = (2026, 1, 1, 0, 0, 0)


def show_course_tables(workbench: Workbench, run_id: str) -> None:
    """All five tables of a run, and one file with all of them."""
    tables = made(str(workbench.path), run_id, stamp(workbench, run_id), workbench)
    st.download_button(
        "Download all as ZIP",
        partial(as_zip, tables, run_id),
        f"{run_id}-course-tables.zip",
        "application/zip",
        key="course-all",
        icon=":material/folder_zip:",
        on_click="ignore",
        help="Each table as CSV, and one Markdown file with all of them.",
    )
    for table in tables:
        with st.container(border=True):
            show_course_table(table, run_id)


@st.cache_resource(max_entries=4, show_spinner="Making the tables …")
def made(path: str, run_id: str, stamp: object, _workbench: Workbench) -> list[CourseTable]:  # noqa: ARG001 - path and stamp are the key
    """The tables, which nobody changes."""
    return course.tables(_workbench, run_id)


def show_course_table(table: CourseTable, run_id: str) -> None:
    """One table: what it asks, what it says, and what it cannot say."""
    st.subheader(plain(table.title), anchor=False)
    st.write(plain(table.question, 500))
    if table.problem:
        st.info(sentence(table.problem), icon=":material/info:")
        return
    st.dataframe(inert(table.frame), hide_index=True, alt=table.title)
    show_reading(table.reading)
    st.caption(plain(table.caveat, 1_000))
    show_downloads({"CSV": partial(as_csv, table.frame)}, f"{run_id}-{table.id}", f"course-{table.id}")


def as_zip(tables: list[CourseTable], run_id: str) -> bytes:
    """The tables as CSV files with one Markdown file that shows them all."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            if not table.problem:
                archive.writestr(zipfile.ZipInfo(f"{table.id}.csv", MADE), as_csv(table.frame))
        text = f"# Course tables of {run_id}\n\n" + "\n".join(map(as_markdown, tables))
        archive.writestr(zipfile.ZipInfo("course_tables.md", MADE), text)
    return file.getvalue()


def as_markdown(table: CourseTable) -> str:
    """One table with what is said about it, as Markdown; texts of models are escaped."""
    head = f"## {plain(table.title)}\n\n{plain(table.question, 500)}\n"
    if table.problem:
        return f"{head}\nNot made: {plain(table.problem, 1_000)}\n"
    names = [plain(str(name)) for name in table.frame.columns]
    rows = [[cell(value) for value in row] for row in table.frame.itertuples(index=False, name=None)]
    lines = [names, ["---"] * len(names), *rows]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{head}\n{body}\n\n{plain(table.reading, 2_000)}\n\n*{plain(table.caveat, 1_000)}*\n"


def cell(value: object) -> str:
    """A value as the cell of a Markdown table: numbers to four digits, unknown ones empty."""
    if value is None or value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else plain(str(value), 500)

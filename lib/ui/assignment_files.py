"""Annotations taken along in files, and brought in from other tools."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from lib.types import Assignment
from lib.ui.frame import Page
from lib.ui.troubles import told
from lib.ui.words import count, visible
from lib.workflows import annotation_files
from lib.workflows.annotation_files import AnnotationFormat, ImportResult
from lib.workflows.assignments import AnnotatorProgress

FORMATS = {
    AnnotationFormat.CSV: ("CSV, for a spreadsheet", "csv"),
    AnnotationFormat.JSONL: ("JSON Lines", "jsonl"),
    AnnotationFormat.PARQUET: ("Parquet", "parquet"),
    AnnotationFormat.LABEL_STUDIO: ("Label Studio: tasks and annotations", "json"),
    AnnotationFormat.LABEL_STUDIO_CONFIG: ("Label Studio: labelling interface", "xml"),
    AnnotationFormat.ARGILLA: ("Argilla: records and responses", "json"),
    AnnotationFormat.ARGILLA_SETTINGS: ("Argilla: settings of the dataset", "json"),
    AnnotationFormat.CODEBOOK: ("The codebook", "yaml"),
}
"""Title and file ending of each format."""

ANNOTATIONS_ALONE = {AnnotationFormat.CSV, AnnotationFormat.JSONL, AnnotationFormat.PARQUET}
"""Formats that hold nothing before somebody has annotated; the others have the responses too, or none at all."""

LARGEST = 200  # MB
MOST_PROBLEMS = 500


def show_files(page: Page, assignment: Assignment, people: Sequence[AnnotatorProgress]) -> None:
    """Export and import, folded away."""
    files = st.expander("Files", icon=":material/folder:", key=f"files-{assignment.id}", on_change="rerun")
    if not files.open:
        return
    with files:
        out, into = st.columns(2, gap="large")
        with out:
            show_export(page, assignment, people)
        with into:
            show_import(page, assignment)
        show_result(assignment.id)


def show_export(page: Page, assignment: Assignment, people: Sequence[AnnotatorProgress]) -> None:
    """Annotations as a file, every version of each."""
    id = assignment.id
    st.markdown("**Export**")
    format = st.selectbox("Format", list(FORMATS), format_func=lambda each: FORMATS[each][0], key=f"format-{id}")
    names = st.checkbox("With the annotators’ names", key=f"names-{id}", help="Otherwise they are numbered.")
    st.download_button(
        "Export",
        partial(annotation_files.export, page.workbench, id, format, names=names),
        f"{id}-{format.value}.{FORMATS[format][1]}",
        key=f"export-{id}",
        icon=":material/download:",
        on_click="ignore",
        disabled=not people and format in ANNOTATIONS_ALONE,
    )


def show_import(page: Page, assignment: Assignment) -> None:
    """Annotations from a file."""
    id = assignment.id
    st.markdown("**Import**")
    uploaded = st.file_uploader(
        "Annotations made elsewhere",
        type=["csv", "json", "jsonl", "parquet"],
        max_upload_size=LARGEST,
        key=f"upload-{id}",
        help="As exported here, by Label Studio or by Argilla. What is stored already is not stored again.",
    )
    closed = "It is closed. Open it again first." if assignment.closed else None
    if page.button("Import", f"import-{id}", disabled=not uploaded or assignment.closed, why=closed) and uploaded:
        st.session_state.pop(memory(id), None)
        with told(), st.spinner("Reading the file …"):
            result = annotation_files.import_annotations(page.workbench, id, uploaded.getvalue(), uploaded.name)
            st.session_state[memory(id)] = result
            st.rerun()  # the bars above count what came in


def show_result(assignment_id: str) -> None:
    """What became of the last file: how much was stored, and what was not, by place."""
    result: ImportResult | None = st.session_state.get(memory(assignment_id))
    if result is None:
        return
    said = f"{count(result.stored, 'record')} stored, {result.already_there:,} there already."
    (st.warning if result.problems else st.success)(
        f"{said} {count(len(result.problems), 'record')} could not be taken." if result.problems else said
    )
    if result.problems:
        st.dataframe(
            pd.DataFrame(
                [
                    tuple(map(visible, (problem.place, problem.cause, problem.remedy)))
                    for problem in result.problems[:MOST_PROBLEMS]
                ],
                columns=["Where", "What is wrong", "What to do"],
            ),
            hide_index=True,
            alt="Records that could not be imported",
        )


def memory(assignment_id: str) -> str:
    """The session key of the last import's result."""
    return f"imported-{assignment_id}"

"""The report as files: made when somebody asks, with what is still missing said but in nobody's way."""

from functools import partial

import streamlit as st

from lib.types import Document, ReportKind
from lib.ui.bundle_making import show_bundle
from lib.ui.frame import Page
from lib.ui.report_data import show_data
from lib.ui.report_draft import blocks_of, fields_of, missing
from lib.ui.report_evidence import report
from lib.ui.words import count
from lib.workflows.reporting import files
from lib.workflows.workbench import Workbench

LOOKS = {
    "html": ("HTML", ":material/html:"),
    "pdf": ("PDF", ":material/picture_as_pdf:"),
    "docx": ("Word", ":material/article:"),
    "pptx": ("PowerPoint", ":material/slideshow:"),
    "md": ("Markdown", ":material/markdown:"),
}
"""Short names and icons of formats, in their order here; what is not among them follows."""


def show_files(page: Page, run_id: str, kind: ReportKind, document: Document) -> None:
    """A button a format, and behind two more the data and the bundle."""
    left = len(missing(fields_of(list(blocks_of(document))).values()))
    said = f" {count(left, 'field')} in it will be marked as still to be written." if left else ""
    known = list(LOOKS)
    for format in sorted(files.formats(), key=lambda each: known.index(each.id) if each.id in known else len(known)):
        title, icon = LOOKS.get(format.id, (format.title, ":material/download:"))
        st.download_button(
            title,
            partial(made, page.workbench, run_id, kind, format.id),
            f"{run_id}-{kind.value}.{format.ending}",
            format.mime,
            key=f"report-file-{format.id}",
            help=f"{format.title}: {format.help}{said}",
            on_click="ignore",
            icon=icon,
        )
    show_data(page, run_id)
    show_bundle(page, run_id)


def made(workbench: Workbench, run_id: str, kind: ReportKind, format_id: str) -> bytes:
    """One file, of the report as it stands when asked for: a text written a moment ago is in it."""
    return files.as_bytes(report(workbench, run_id, kind).document, format_id)

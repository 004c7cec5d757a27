"""What a report rests on, for other programs: the data as files, as a data set, and as a record of a database."""

import json
import tempfile
import zipfile
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import streamlit as st

from lib.ui.frame import Page
from lib.ui.report_evidence import evidence
from lib.workflows.export import ExportFormat
from lib.workflows.exporting.data import zip_bytes
from lib.workflows.exporting.dataset import dataset
from lib.workflows.reporting import avid
from lib.workflows.reporting.texts import texts
from lib.workflows.workbench import Workbench

FORMATS = {ExportFormat.CSV: "CSV", ExportFormat.JSONL: "JSON Lines", ExportFormat.PARQUET: "Parquet"}
ABOUT = "Responses, scores, annotations, and each table and figure of the audit report. They quote what models wrote."


def show_data(page: Page, run_id: str) -> None:
    """Buttons for each way to take the data along; files are made when somebody asks."""
    workbench = page.workbench
    popover = st.popover("Data", icon=":material/database:", key="report-data", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.caption(ABOUT)
        names = st.toggle("With the annotators’ names", key="report-data-names", help="They are numbered otherwise.")
        for format, title in FORMATS.items():
            make = partial(zip_bytes, workbench, run_id, format, names=names)
            take(f"{title} (ZIP)", make, f"{run_id}-{format.value}.zip", "application/zip")
        take(
            "Data set in Hugging Face layout (ZIP)",
            partial(dataset_zip, workbench, run_id, names),
            f"{run_id}-dataset.zip",
            "application/zip",
            help="Parquet files with a card, as the Hub takes them.",
        )
        take(
            "AVID record (JSON)",
            partial(avid_record, workbench, run_id),
            f"{run_id}-avid.json",
            "application/json",
            help="This audit as a report for the AI Vulnerability Database. It gets its number there.",
        )


def take(label: str, make: "partial[bytes]", name: str, mime: str, help: str | None = None) -> None:
    """One button."""
    st.download_button(
        label,
        make,
        name,
        mime,
        key=f"report-data-{name}",
        help=help,
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )


def dataset_zip(workbench: Workbench, run_id: str, names: bool) -> bytes:
    """The data set as one archive."""
    packed = BytesIO()
    with tempfile.TemporaryDirectory(prefix="evenhand-") as temporary:
        folder = Path(temporary)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in dataset(workbench, run_id, folder, names=names):
                archive.write(file, f"{run_id}/{file.relative_to(folder).as_posix()}")
    return packed.getvalue()


def avid_record(workbench: Workbench, run_id: str) -> bytes:
    """The audit as a record of the AI Vulnerability Database."""
    record = avid.record(replace(evidence(workbench, run_id), texts=texts(workbench, run_id)))
    return json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")

"""Carry a run out of the database, and a recorded run back in."""

import tempfile
from enum import StrEnum
from pathlib import Path

from lib.workflows.workbench import Workbench


class ExportFormat(StrEnum):
    """The file formats a run can be written in."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export_run(workbench: Workbench, run_id: str, format: ExportFormat, path: Path) -> int:
    """Write every cell of a run with its response to `path`; gives the number of rows.

    Raises:
        ExportError: the file cannot be written. RunError: there is no such run.
    """
    return workbench.store.exchange.export(run_id, format.value, path)


def export_bytes(workbench: Workbench, run_id: str, format: ExportFormat) -> bytes:
    """A run as the bytes of a file, for a download button."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"run.{format.value}"
        export_run(workbench, run_id, format, path)
        return path.read_bytes()


def record(workbench: Workbench, run_id: str, folder: Path) -> None:
    """Write a run with all its provenance to a folder that any Evenhand can load."""
    workbench.store.exchange.record(run_id, folder)


def load(workbench: Workbench, folder: Path) -> str:
    """Load a recorded run, to be read only; gives its id. Loading it twice changes nothing."""
    workbench.refuse_when_read_only("load a recorded run")
    return workbench.store.exchange.load(folder, read_only=True)

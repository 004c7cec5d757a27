"""Runs that leave the database as files, and recorded runs that come back in."""

from pathlib import Path

from lib.errors import ExportError
from lib.store.database import Database
from lib.store.export import export_run
from lib.store.formats import WRITERS
from lib.store.load import load_run
from lib.store.lookup import run_number
from lib.store.record import record_run


class Exchange:
    """Exports for other programs, recordings for other Evenhands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export(self, run_id: str, format: str, path: Path) -> int:
        """Write every cell of a run with its response to `path`; gives the number of rows.

        `format` is csv, jsonl or parquet. In CSV, texts that a spreadsheet would run as a formula
        get a leading apostrophe.

        Raises:
            ExportError: there is no such format, or the file cannot be written.
            RunError: there is no such run.
        """
        if format not in WRITERS:
            raise ExportError(f"format {format}", "there is none of that name", f"Choose {', '.join(WRITERS)}.")
        return export_run(self._database, run_number(self._database, run_id), format, path)

    def record(self, run_id: str, folder: Path) -> None:
        """Write a run with all its provenance to `folder` (made when missing): run.json, responses.parquet.

        Raises:
            ExportError: the folder cannot be written. RunError: there is no such run.
        """
        record_run(self._database, run_number(self._database, run_id), folder)

    def load(self, folder: Path, *, read_only: bool = True) -> str:
        """Load a recorded run and give its id; a run that is here already stays as it is.

        Raises:
            ExportError: the recording is damaged, incomplete or newer than this code.
        """
        return load_run(self._database, folder, read_only=read_only)

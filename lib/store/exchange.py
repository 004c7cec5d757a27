"""Runs that leave the database as files, and recorded runs that come back in."""

from collections.abc import Iterable
from pathlib import Path

from lib.errors import ExportError
from lib.store.audit_dump import dump_audit
from lib.store.audit_load import Loaded, load_audit
from lib.store.database import Database
from lib.store.export import export_run
from lib.store.formats import WRITERS
from lib.store.load import load_run
from lib.store.lookup import run_number
from lib.store.record import record_run
from lib.store.take_in import Outcomes, take_in
from lib.types import Bank, Cell, GridSpec, Json, ModelEntry


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

    def take_in(
        self,
        run_id: str,
        name: str,
        spec: GridSpec,
        bank: Bank,
        cells: Iterable[Cell],
        entries: list[ModelEntry],
        environment: Json,
        outcomes: Outcomes,
        note: str = "",
    ) -> None:
        """Store a finished run that another program made, to be read only: all of it, or nothing.

        Args:
            outcomes: what came back for the cells, in batches, each with its time where it is known. They are read
                after all `cells` were.
        """
        take_in(self._database, run_id, name, spec, bank, cells, entries, environment, outcomes, note)

    def dump_audit(self, run_id: str, folder: Path, *, names: bool = False) -> None:
        """Write one audit whole to `folder`: the same files for the same audit in every database.

        That is the run as `record` writes it with every try that failed, its scores, assignments with all that was
        ever said in them, maps, selections, and what its reports' author chose and wrote. Of what also shows other
        audits it holds this one's part.

        Args:
            names: whether people keep their names; they get pseudonyms otherwise.

        Raises:
            ExportError: the folder cannot be written. RunError: there is no such run.
        """
        dump_audit(self._database, run_number(self._database, run_id), folder, names=names)

    def load_audit(self, folder: Path, origin: Json | None = None, *, beside: bool = True) -> Loaded:
        """Store what `dump_audit` wrote, to be read only: all of it or nothing.

        Args:
            origin: what to note of where it came from; None keeps what the audit itself says.
            beside: whether it comes beside other audits, so that its people must not be taken for others.

        Raises:
            BundleError: the files are damaged, do not fit each other, or an audit of that id is here.
        """
        return load_audit(self._database, folder, origin or {}, beside=beside)

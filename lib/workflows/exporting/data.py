"""Everything of one audit as data: responses, scores, annotations, and each table of its report."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lib.errors import ExportError, ReportError
from lib.store.export import write_whole
from lib.types import Document, Field, Figure, ReportKind, Section, Table
from lib.workflows import annotation_files, assignments
from lib.workflows.export import ExportFormat, export_run
from lib.workflows.exporting.scores import wide_scores
from lib.workflows.exporting.tables import arrow_table, unique, write_table
from lib.workflows.workbench import Workbench


def data_files(
    workbench: Workbench, run_id: str, format: ExportFormat, folder: Path, *, names: bool = False
) -> list[Path]:
    """Write all data of a run to a folder, which is made when missing; gives the files.

    responses and scores (one row a response; no scores where nothing was scored), annotations-<assignment> for each
    assignment with responses of this run (whole, people under pseudonyms unless `names`), tables/<table> for each
    table and figure of its audit report.

    Raises:
        ExportError: the folder cannot be written. RunError: there is no such run.
    """
    made_folder(folder)
    files = [folder / f"responses.{format}"]
    export_run(workbench, run_id, format, files[0])
    if (scores := wide_scores(workbench, run_id)) is not None:
        files.append(folder / f"scores.{format}")
        write_table(scores, format, files[-1])
    for assignment in assignments.with_run(workbench, run_id):
        files.append(folder / f"annotations-{assignment.id}.{format}")
        annotation_files.write(annotation_files.export(workbench, assignment.id, format.value, names=names), files[-1])
    return files + table_files(audit_tables(workbench, run_id), format, folder / "tables")


def as_zip(workbench: Workbench, run_id: str, format: ExportFormat, path: Path, *, names: bool = False) -> Path:
    """All data of a run as one archive at `path`, which it gives back; raises as `data_files` does."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = data_files(workbench, run_id, format, folder, names=names)

        def write(partial: Path) -> None:
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in files:
                    archive.write(file, f"{run_id}/{file.relative_to(folder).as_posix()}")

        write_whole(path, write)
    return path


def zip_bytes(workbench: Workbench, run_id: str, format: ExportFormat, *, names: bool = False) -> bytes:
    """The archive of `as_zip` as bytes, for a download button."""
    with tempfile.TemporaryDirectory() as folder:
        return as_zip(workbench, run_id, format, Path(folder) / "data.zip", names=names).read_bytes()


def audit_tables(workbench: Workbench, run_id: str) -> list[Table]:
    """The tables and figures' numbers of a run's audit report; none where nothing can be reported yet."""
    from lib.workflows.reporting.documents import document
    from lib.workflows.reporting.evidence import gather

    try:
        return list(tables_of(document(gather(workbench, run_id), ReportKind.AUDIT)))
    except ReportError:
        return []


def tables_of(document: Document) -> Iterator[Table]:
    """Every table of a document and that of every figure, in reading order."""
    for section in document.sections:
        yield from _tables_in(section)


def _tables_in(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table
        elif isinstance(block, Section):
            yield from _tables_in(block)


def table_files(tables: list[Table], format: ExportFormat, folder: Path) -> list[Path]:
    """One file a table, named after its id; gives the files. A table that stands in a document twice is one file."""
    once = list({table.id: table for table in tables}.values())
    names = unique(re.sub(r"[^A-Za-z0-9_.-]+", "-", table.id).strip("-.") or "table" for table in once)
    files = []
    for table, name in zip(once, names, strict=True):
        made_folder(folder)
        files.append(folder / f"{name}.{format}")
        rows = ([value.text if isinstance(value, Field) else value for value in row] for row in table.rows)
        write_table(arrow_table((column.title for column in table.columns), rows), format, files[-1])
    return files


def made_folder(folder: Path) -> None:
    """Make a folder where it is missing; raises ExportError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cause = f"it cannot be made ({error.strerror or error})"
        raise ExportError(f"folder {folder}", cause, "Choose another place.") from error

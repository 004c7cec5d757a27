"""Verbs that hand an audit's data on: as files, and as a data set."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.terminal.app import AsJson, Db, RunId, app, opened
from lib.terminal.printing import out, print_json
from lib.workflows.export import ExportFormat
from lib.workflows.exporting import data as exporting
from lib.workflows.exporting import dataset as datasets

Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made when missing.")]
Names = Annotated[bool, typer.Option("--names", help="Write annotators' names instead of pseudonyms.")]


@app.command("data")
def data(
    run_id: RunId,
    folder: Folder,
    file_format: Annotated[ExportFormat, typer.Option("--format", help="The format of the files.")] = ExportFormat.CSV,
    names: Names = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write all data of a run: responses, scores, annotations and every table of its report."""
    with opened(db) as workbench:
        files = exporting.data_files(workbench, run_id, file_format, folder, names=names)
    told(run_id, files, as_json)


@app.command("dataset")
def dataset(run_id: RunId, folder: Folder, names: Names = False, db: Db = None, as_json: AsJson = False) -> None:
    """Write a run as a data set in Hugging Face layout, with a card."""
    with opened(db) as workbench:
        files = datasets.dataset(workbench, run_id, folder, names=names)
    told(run_id, files, as_json)


def told(run_id: str, files: list[Path], as_json: bool) -> None:
    """Say what was written."""
    if as_json:
        print_json({"run": run_id, "files": [str(file) for file in files]})
        return
    for file in files:
        out.print(Text(str(file)))
    out.print(
        Text(f"{len(files)} files. They quote what models wrote: read the content notice before you pass them on.")
    )

"""The verb on reports: write them to files."""

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.terminal.app import AsJson, Db, RunId, app, opened
from lib.terminal.printing import out, print_json
from lib.types import Json, ReportKind
from lib.workflows.reporting import files
from lib.workflows.workbench import Workbench


class Kind(StrEnum):
    """What can be written about an audit: the reports, and a record for the AI Vulnerability Database."""

    AUDIT = "audit"
    PLAN = "plan"
    DECK = "deck"
    CARD = "card"
    AVID = "avid"


@app.command()
def report(
    run_id: RunId,
    formats: Annotated[
        list[str], typer.Option("--format", help="html, pdf, docx, pptx or md; may be given several times.")
    ] = ["html"],  # noqa: B006 - typer reads it, nobody changes it
    kind: Annotated[Kind, typer.Option(help="Which report; avid is a JSON record and takes no format.")] = Kind.AUDIT,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")] = Path(),
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write a report about an audit, and say what its author has still to write."""
    with opened(db) as workbench:
        paths, missing = written(workbench, run_id, kind, list(dict.fromkeys(formats)), folder)
        if as_json:
            told = [described(path) for path in paths]
            print_json({"run": run_id, "kind": kind.value, "files": told, "missing": missing})
            return
        for path in paths:
            out.print(Text(f"{path} ({path.stat().st_size:,} bytes)"))
        if missing:
            out.print(Text("Still to be written, on the Report page: " + "; ".join(missing)))


def written(
    workbench: Workbench, run_id: str, kind: Kind, formats: list[str], folder: Path
) -> tuple[list[Path], list[str]]:
    """The files, and the titles of what is missing in them; what is stored is read once for all formats."""
    if kind is Kind.AVID:
        return [files.save_avid(workbench, run_id, folder)], []
    files.check(formats)
    document = files.compose(workbench, run_id, ReportKind(kind.value))
    return [files.save(document, each, folder) for each in formats], files.missing(document)


def described(path: Path) -> Json:
    """A file as a program wants to know it."""
    data = path.read_bytes()
    return {"path": str(path), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}

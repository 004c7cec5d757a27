"""The same verbs from a terminal: `python -m lib --help`.

Exit codes: 0 done, 1 something failed (the counts say what), 2 bad usage.
"""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from lib.errors import AuditError, StoreError
from lib.types import ResponseFilter, RunInfo, RunStatus
from lib.workflows import banks, build, example, export, models, read, run
from lib.workflows.summary import summary
from lib.workflows.workbench import Workbench, open_workbench

app = typer.Typer(
    help="Audit what a language model says about people. The dashboard and these verbs share one database.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
listing = typer.Typer(help="List what there is: banks, models or runs.", no_args_is_help=True)
app.add_typer(listing, name="list")

out = Console()
err = Console(stderr=True)

Db = Annotated[Path | None, typer.Option("--db", metavar="FILE", help="The database; default audits.duckdb.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
RunId = Annotated[str, typer.Argument(metavar="RUN", help="A run id, as `list runs` shows it.")]

DONE, FAILED, USAGE = 0, 1, 2


@app.command("example")
def run_example(db: Db = None, as_json: AsJson = False) -> None:
    """Run a small audit on the bundled model, end to end, in about two minutes."""
    with opened(db) as workbench:
        finish(workbench, run.create(workbench, example.spec()), as_json)


@app.command("run")
def run_grid(
    grid: Annotated[Path, typer.Argument(metavar="GRID.yaml", help="A grid as the Build grid page exports it.")],
    name: Annotated[str, typer.Option(help="What to call the run; default the grid's name.")] = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Run a prompt grid and store every response as it arrives."""
    with opened(db) as workbench:
        spec = build.from_yaml(read_text(grid), grid.name)
        finish(workbench, run.create(workbench, spec, name), as_json)


@app.command()
def resume(run_id: RunId, db: Db = None, as_json: AsJson = False) -> None:
    """Finish a run that was paused, stopped or interrupted; failed cells are tried again."""
    with opened(db) as workbench:
        run.ready(workbench, run_id)
        finish(workbench, run_id, as_json)


@app.command()
def status(db: Db = None, as_json: AsJson = False) -> None:
    """Say how far every run is."""
    list_runs(db, as_json)


@app.command()
def show(run_id: RunId, db: Db = None, as_json: AsJson = False) -> None:
    """Show one run: its state, outcomes by group, what was loaded, and its first responses."""
    with opened(db) as workbench:
        result = summary(workbench, run_id)
        rows = read.responses(workbench, ResponseFilter(runs=(run_id,)), size=5).rows
        samples = [{"group": row.cell.group, "prompt": row.cell.prompt, "response": text_of(row)} for row in rows]
        if as_json:
            print_json(result | {"samples": samples})
            return
        print_summary(result)
        table = new_table("First responses", "Group", "Prompt", "Response")
        for sample in samples:
            table.add_row(*(Text(value) for value in sample.values()))
        out.print(table)


@app.command("export")
def export_run(
    run_id: RunId,
    file: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    file_format: Annotated[
        export.ExportFormat, typer.Option("--format", help="The file format.")
    ] = export.ExportFormat.CSV,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write every cell of a run with its response to a file."""
    with opened(db) as workbench:
        rows = export.export_run(workbench, run_id, file_format, file)
        if as_json:
            print_json({"run": run_id, "format": file_format.value, "file": str(file), "rows": rows})
        else:
            out.print(Text(f"{rows} rows written to {file}"))


@listing.command("banks")
def list_banks(db: Db = None, as_json: AsJson = False) -> None:
    """List the prompt banks and the question each answers."""
    with opened(db) as workbench:
        found = banks.banks(workbench)
        problems = banks.problems(workbench)
        rows = [
            {
                "bank": bank.id,
                "title": bank.title,
                "question": bank.question,
                "attributes": [attribute.id for attribute in bank.attributes],
                "templates": len(bank.templates),
                "licence": bank.licence,
                "source": bank.source,
            }
            for bank in found
        ]
    if as_json:
        print_json({"banks": rows, "problems": [str(problem) for problem in problems]})
        return
    print_rows("Prompt banks", rows, ("bank", "question", "attributes", "templates", "licence"))
    for problem in problems:
        err.print(Text(str(problem)), style="yellow")


@listing.command("models")
def list_models(db: Db = None, as_json: AsJson = False) -> None:
    """List the catalogue of models, and which of them are here already."""
    with opened(db) as workbench:
        rows = [
            {
                "model": view.entry.id,
                "title": view.entry.title,
                "backend": view.entry.backend,
                "kind": view.entry.kind.value,
                "parameters": view.entry.parameters,
                "licence": view.entry.licence,
                "here": view.here,
                "detail": view.detail,
                "parent": view.entry.parent,
            }
            for view in models.models(workbench)
        ]
    if as_json:
        print_json({"models": rows})
    else:
        print_rows("Models", rows, ("model", "title", "backend", "kind", "licence", "here"))


@listing.command("runs")
def list_runs(db: Db = None, as_json: AsJson = False) -> None:
    """List every run with its state and how far it is."""
    with opened(db) as workbench:
        rows = [run_row(info) for info in run.runs(workbench)]
    if as_json:
        print_json({"runs": rows})
    elif rows:
        print_rows("Runs", rows, ("run", "name", "status", "stored", "failed", "cells", "created"))
    else:
        out.print("No run yet. `python -m lib example` makes one in about two minutes.")


def run_row(info: RunInfo) -> dict[str, Any]:
    """One run as a row of a table."""
    return {
        "run": info.id,
        "name": info.name,
        "status": info.status.value,
        "stored": info.done,
        "failed": info.failed,
        "cells": info.total,
        "created": info.created.isoformat(timespec="seconds"),
        "note": info.note,
    }


@contextmanager
def opened(db: Path | None) -> Iterator[Workbench]:
    """The database for one verb; an AuditError becomes words and an exit code."""
    try:
        with open_workbench(db.expanduser().resolve() if db else None) as workbench:
            yield workbench
    except AuditError as problem:
        err.print(Text(str(problem)), style="red")
        raise typer.Exit(FAILED if isinstance(problem, StoreError) else USAGE) from problem


def read_text(path: Path) -> str:
    """A file's text; raises AuditError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise AuditError(
            str(path), f"it cannot be read ({problem})", "Check the name, and that it is UTF-8."
        ) from problem


def finish(workbench: Workbench, run_id: str, as_json: bool) -> None:
    """Follow a run to its end with a progress bar, print its summary, and exit with what it says."""
    stop_politely(workbench, run_id)
    workbench.queue.start(only=run_id)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("starting", total=None)

        def follow(progress: run.RunProgress) -> None:
            done = progress.info.done + progress.info.failed
            bar.update(
                task,
                description=progress.activity or progress.info.status.value,
                completed=done,
                total=progress.info.total,
            )

        info = run.wait(workbench, run_id, follow)
    result = summary(workbench, run_id)
    if as_json:
        print_json(result)
    else:
        print_summary(result)
    raise typer.Exit(DONE if info.status is RunStatus.DONE and not info.failed else FAILED)


def stop_politely(workbench: Workbench, run_id: str) -> None:
    """Let Ctrl+C pause the run, so that nothing in flight is lost; a second one stops it."""

    def pause(*_: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: run.stop(workbench, run_id))
        err.print(Text(f"Pausing … (Ctrl+C again drops what is in flight). Go on with: python -m lib resume {run_id}"))
        run.pause(workbench, run_id)

    signal.signal(signal.SIGINT, pause)


def print_summary(result: dict[str, Any]) -> None:
    """A run's counts, outcomes by group, failures and where everything is."""
    outcomes = sorted({outcome for counts in result["outcomes"].values() for outcome in counts})
    table = new_table(f"{result['name']}: {result['status']}", "Group", *outcomes, "Responses")
    for group, counts in result["outcomes"].items():
        table.add_row(Text(group), *(str(counts.get(outcome, 0)) for outcome in outcomes), str(sum(counts.values())))
    out.print(table)
    for failure in result["failures"]:
        err.print(Text(f"{failure['count']} failed: {failure['error']}"), style="red")
    out.print(
        Text(f"{result['stored']} of {result['cells']} responses stored as run {result['run']} in {result['database']}")
    )
    out.print(Text(f"Read them: python -m lib show {result['run']}, or open the dashboard (make run)."))


def print_rows(title: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """Rows as a table; a list becomes words, True a tick."""
    table = new_table(title, *(column.capitalize() for column in columns))
    for row in rows:
        table.add_row(*(Text(words(row[column])) for column in columns))
    out.print(table)


def new_table(title: str, *columns: str) -> Table:
    """A table whose long cells wrap and whose text is never read as markup."""
    table = Table(title=Text(title), title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def words(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


def text_of(row: Any) -> str:
    """A response's text, or what became of it."""
    if row.response is None:
        return "(pending)"
    return row.response.text or f"({row.response.error or 'empty'})"


def print_json(value: Any) -> None:
    """One JSON object on standard output, and nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


if __name__ == "__main__":
    app()

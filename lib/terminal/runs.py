"""Verbs on runs: make, go on, look, export."""

import signal
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.terminal.app import DONE, FAILED, AsJson, Db, RunId, app, opened, read_text
from lib.terminal.printing import err, new_table, out, print_json, print_summary, progress_bar
from lib.types import ResponseFilter, RunStatus, StoredResponse
from lib.workflows import build, example, export, read, run
from lib.workflows.summary import summary
from lib.workflows.workbench import Workbench


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


def finish(workbench: Workbench, run_id: str, as_json: bool) -> None:
    """Follow a run to its end with a progress bar, print its summary, and exit with what it says."""
    stop_politely(workbench, run_id)
    workbench.queue.start(only=run_id)
    with progress_bar() as bar:
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


def text_of(row: StoredResponse) -> str:
    """A response's text, or what became of it."""
    if row.response is None:
        return "(pending)"
    return row.response.text or f"({row.response.error or 'empty'})"

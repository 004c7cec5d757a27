"""The verb that scores a run."""

from typing import Annotated

import typer
from rich.text import Text

from lib.terminal.app import DONE, FAILED, AsJson, Db, RunId, app, opened
from lib.terminal.printing import err, print_json, print_rows, progress_bar
from lib.workflows import scoring


@app.command()
def score(
    run_id: RunId,
    scorers: Annotated[
        list[str] | None,
        typer.Option("--scorer", metavar="ID", help="A scorer, as `list scorers` shows it; default: all instant ones."),
    ] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Score what lacks a score in a run; exits with 1 when a scorer could not be used."""
    with opened(db) as workbench:
        wanted = scorers or scoring.instant(workbench)
        with progress_bar() as bar:
            task = bar.add_task("scoring", total=None)

            def follow(progress: scoring.ScoringProgress) -> None:
                bar.update(task, completed=progress.done, total=progress.total or None)

            last = scoring.score(workbench, run_id, wanted, follow)
        rows = [
            {
                "scorer": state.entry.id,
                "scored": state.scored,
                "responses": state.answered,
                "older_versions": state.older_versions,
            }
            for state in scoring.states(workbench, run_id)
            if state.entry.id in wanted
        ]
    problems = dict(last.problems)
    if as_json:
        print_json({"run": run_id, "scorers": rows, "problems": problems})
    else:
        print_rows(f"Scores of {run_id}", rows, ("scorer", "scored", "responses"))
        for name, problem in problems.items():
            err.print(Text(f"{name}: {problem}" if name else problem), style="red")
    raise typer.Exit(FAILED if problems else DONE)

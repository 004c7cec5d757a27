"""The verb that takes in what others recorded: bundles, and outputs of other programs."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from lib.terminal.app import AsJson, Db, app, opened
from lib.terminal.printing import err, new_table, out, print_json, progress_bar
from lib.types import Severity
from lib.workflows.bundling.open import is_bundle, open_bundle
from lib.workflows.importing.columns import changed, guessed, parsed
from lib.workflows.importing.create import import_file
from lib.workflows.importing.labels import tidy
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import Preview, preview
from lib.workflows.workbench import Workbench

SHOWN = 5
WIDEST = 300
"""Characters of a text that a table shows."""


@app.command("import")
def import_outputs(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, or a file of recorded outputs.")],
    file_format: Annotated[
        str, typer.Option("--format", metavar="ID", help="The file's format; found out where it is not given.")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="MEANING=COLUMN", help="What a column means, such as completion=answer or group=."
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="What to call the audit; default the file's name.")] = "",
    neutral: Annotated[
        list[str] | None, typer.Option("--neutral", metavar="GROUP", help="A group whose wording names no group.")
    ] = None,
    categories: Annotated[
        list[str] | None, typer.Option("--category", metavar="COLUMN", help="A further column that sets hold fixed.")
    ] = None,
    licence: Annotated[str, typer.Option(help="The licence of prompts and outputs, where it is known.")] = "",
    notice: Annotated[str, typer.Option(help="What in the outputs may upset.")] = "",
    severity: Annotated[Severity, typer.Option(help="How much they may upset.")] = Severity.MODERATE,
    language: Annotated[str, typer.Option(help="The language of the prompts, such as en, where it is known.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be stored.")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Take in recorded outputs as an audit, to be read only: from a bundle, or a file of another program."""
    with opened(db) as workbench:
        choices = (tuple(neutral or ()), tuple(categories or ()))
        options = ImportOptions(name, *choices, licence, notice, severity, language.strip())
        if is_bundle(file):
            take_bundle(workbench, file, as_json, dry_run=dry_run)
            return
        mapping = changed(guessed(file, file_format).suggested, parsed(columns or []))
        with progress_bar() as bar:
            task = bar.add_task("reading", total=None)

            def follow(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total or None)

            found = preview(file, mapping, options, format=file_format, workbench=workbench, progress=follow)
            if not dry_run:
                bar.update(task, description="storing")
                import_file(workbench, file, mapping, options, format=file_format, progress=follow)
    if as_json:
        print_json(as_data(found) | {"stored": not dry_run, "already_here": found.here})
    else:
        print_preview(found)
        print_next(found, stored=not dry_run)


def take_bundle(workbench: Workbench, file: Path, as_json: bool, *, dry_run: bool) -> None:
    """Open a bundle, and say where it is."""
    before = {info.id for info in workbench.store.runs.all()}
    run_id = "" if dry_run else open_bundle(workbench, file)
    if as_json:
        print_json({"bundle": str(file), "run": run_id, "stored": not dry_run, "already_here": run_id in before})
    elif dry_run:
        out.print(Text(f"{file} is a bundle. Check it with: python -m lib verify {file}"))
    else:
        here = "was here already" if run_id in before else "is here now, to be read only"
        out.print(Text(f"The audit of {file.name} {here}: run {run_id}"))
        out.print(Text(f"Check its numbers: python -m lib verify {file}"))


def as_data(found: Preview) -> dict[str, Any]:
    """A preview as plain JSON values."""
    return {
        "run": found.run,
        "file": found.file,
        "format": found.format,
        "columns": list(found.columns),
        "mapping": {meaning: column for meaning, column in asdict(found.mapping).items() if column},
        "counts": asdict(found.counts),
        "matched_sets": asdict(found.sets),
        "models": found.models,
        "groups": found.groups,
        "choices": found.choices,
        "extras": list(found.extras),
        "problems": list(found.problems),
        "notes": list(found.notes),
        "rows": [asdict(row) for row in found.rows[:SHOWN]],
    }


def print_preview(found: Preview) -> None:
    """What a file holds, its first outputs, and what limits it."""
    table = new_table(f"{found.file} ({found.title})", "Group", "Set", "Prompt", "Completion", "Outcome")
    for row in found.rows[:SHOWN]:
        cells = (row.group or "–", row.set or "–", row.prompt, row.completion, row.outcome)
        table.add_row(*(Text(cell[:WIDEST]) for cell in cells))
    out.print(table)
    meanings = {meaning: column for meaning, column in asdict(found.mapping).items() if column}
    told = ", ".join(f"{meaning}={words(column)}" for meaning, column in meanings.items())
    out.print(Text(f"Columns: {told}"))
    if found.extras:
        out.print(Text(f"Kept as they are, without a meaning here: {', '.join(map(tidy, found.extras))}"))
    groups = ", ".join(f"{group} {count:,}" for group, count in found.groups.items()) or "none"
    out.print(Text(f"{found.counts.outputs:,} outputs of {', '.join(found.models)}; groups: {groups}"))
    sets = found.sets
    out.print(
        Text(f"Matched sets: {sets.complete:,} complete, {sets.incomplete:,} incomplete, {sets.alone:,} of one group")
    )
    for note in found.notes:
        out.print(Text(note), style="dim")
    for problem in found.problems:
        err.print(Text(problem), style="yellow")


def words(column: str | tuple[str, ...]) -> str:
    """A column, or several."""
    return column if isinstance(column, str) else ",".join(column)


def print_next(found: Preview, *, stored: bool) -> None:
    """Where the audit is, and what can be done with it."""
    if not stored:
        out.print("Nothing was stored. Correct columns with --map, then leave out --dry-run.")
        return
    here = "It was imported before, as" if found.here else "Stored, to be read only, as"
    out.print(Text(f"{here} run {found.run}"))
    out.print(Text(f"Score it: python -m lib score {found.run}"))
    if len(found.groups) > 1:
        out.print(Text(f"Compare: python -m lib gaps {found.run} --attribute {found.attribute} --scorer agency"))

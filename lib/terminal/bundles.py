"""Verbs on bundles: write one, verify one."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.errors import AuditError
from lib.terminal.app import DONE, FAILED, USAGE, AsJson, Db, RunId, app, opened
from lib.terminal.printing import err, new_table, out, print_json
from lib.workflows.bundling.verification import Outcome, Verification
from lib.workflows.bundling.verify import verify as verify_bundle
from lib.workflows.bundling.write import bundle as write_bundle

UNCOMPARED = 3
EXITS = {Outcome.WHOLE: DONE, Outcome.DIFFERS: FAILED, Outcome.UNCOMPARED: UNCOMPARED}


@app.command()
def bundle(
    run_id: RunId,
    file: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write, such as audit.evenhand.zip.")],
    names: Annotated[bool, typer.Option("--names", help="Keep people's names; they get pseudonyms otherwise.")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write an audit with every number of its report to one file that others can verify.

    Responses that lack a score which an instant scorer gave to others are scored first, and it is said. Where people
    get pseudonyms, it is said where a name of theirs still stands in what somebody typed.
    """
    with opened(db) as workbench:
        written = write_bundle(workbench, run_id, file, names=names, progress=_say)
    if as_json:
        print_json(asdict(written) | {"path": str(written.path)})
    else:
        out.print(Text(f"{written.bytes:,} bytes with {written.facts:,} numbers written to {written.path}"))
        out.print(Text(f"Seal: {written.seal}"))
        for said in written.completed:
            out.print(Text(said))
        out.print(Text("Publish the seal with the report: whoever verifies the file with --expect sees any change."))
        if written.names_left:
            err.print(
                Text("Names are left in what people typed; change it, or hand the file on with that:"), style="yellow"
            )
            for said in written.names_left:
                err.print(Text(f"- {said}"))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")],
    rerun: Annotated[int, typer.Option(metavar="N", help="Generate N responses again and compare.", min=0)] = 0,
    seed: Annotated[int, typer.Option(help="Which responses --rerun draws.")] = 0,
    expect: Annotated[str, typer.Option(metavar="SEAL", help="The seal that was published with the report.")] = "",
    hosted: Annotated[
        bool, typer.Option("--hosted", help="With --rerun: ask models at the addresses that the bundle names, too.")
    ] = False,
    models: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="With --rerun: where models lie that are files or folders."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute every number of a bundle and name what differs.

    Exits with 0 when everything was compared and nothing differs, 1 when something does, 2 for what is no bundle, and 3
    when nothing was found but not everything could be compared, which is named then.

    A bundle names the code and the libraries that made it. With the same ones everything has to come out the same.
    With others, numbers that both know are compared within a billionth of themselves; numbers, tables and words that
    only one of the two has could not be compared. Scores by a model or by another version of a scorer are never
    computed again. To be certain, verify it with the code that made it: git checkout the commit it names.
    """
    try:
        found = verify_bundle(file, expect=expect, rerun=rerun, seed=seed, hosted=hosted, models=models, progress=_say)
    except AuditError as problem:
        err.print(Text(str(problem)), style="red")
        raise typer.Exit(USAGE) from problem
    if as_json:
        print_json(asdict(found) | {"whole": found.whole, "outcome": found.outcome.value})
    else:
        _print(found)
    raise typer.Exit(EXITS[found.outcome])


def _say(what: str) -> None:
    err.print(Text(f"{what} …"), style="dim")


def _print(found: Verification) -> None:
    checked = ", ".join(f"{many:,} {what}" for what, many in found.checked.items())
    out.print(Text(f"{found.file}: audit {found.run or '(unknown)'}"))
    out.print(Text(f"Seal: {found.seal or '(none can be read)'}"))
    out.print(Text(f"Checked: {checked}."))
    if found.findings:
        table = new_table("What is wrong", "Where", "What")
        for finding in found.findings:
            table.add_row(Text(finding.where), Text(finding.said))
        out.print(table)
    elif found.whole:
        out.print(Text("Nothing differs."), style="green")
    if found.uncompared:
        out.print(Text("Could not be compared:"), style="yellow")
        for each in found.uncompared:
            out.print(Text(f"- {each.where}: {each.said}"))
        if found.certainty:
            out.print(Text(found.certainty))
    for title, lines in (("What limits this check", found.notes), ("What no check of a bundle shows", found.cannot)):
        if lines:
            out.print(Text(f"{title}:"))
            for line in lines:
                out.print(Text(f"- {line}"))

"""Verbs on bundles: write one, verify one."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.errors import AuditError
from lib.terminal.app import DONE, FAILED, USAGE, AsJson, Db, RunId, app, opened
from lib.terminal.printing import err, new_table, out, print_json
from lib.workflows.bundling.verification import Verification
from lib.workflows.bundling.verify import verify as verify_bundle
from lib.workflows.bundling.write import bundle as write_bundle


@app.command()
def bundle(
    run_id: RunId,
    file: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write, such as audit.evenhand.zip.")],
    names: Annotated[bool, typer.Option("--names", help="Keep people's names; they get pseudonyms otherwise.")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write an audit with every number of its report to one file that others can verify."""
    with opened(db) as workbench:
        written = write_bundle(workbench, run_id, file, names=names, progress=_say)
    if as_json:
        print_json(asdict(written) | {"path": str(written.path)})
    else:
        out.print(Text(f"{written.bytes:,} bytes with {written.facts:,} numbers written to {written.path}"))
        out.print(Text(f"Seal: {written.seal}"))
        out.print(Text("Publish the seal with the report: whoever verifies the file with --expect sees any change."))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")],
    rerun: Annotated[int, typer.Option(metavar="N", help="Generate N responses again and compare.", min=0)] = 0,
    seed: Annotated[int, typer.Option(help="Which responses --rerun draws.")] = 0,
    expect: Annotated[str, typer.Option(metavar="SEAL", help="The seal that was published with the report.")] = "",
    hosted: Annotated[
        bool, typer.Option("--hosted", help="With --rerun: ask models at the addresses that the bundle names, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Recompute every number of a bundle and name what differs; exits with 1 when something does, 2 for no bundle."""
    try:
        found = verify_bundle(file, expect=expect, rerun=rerun, seed=seed, hosted=hosted, progress=_say)
    except AuditError as problem:
        err.print(Text(str(problem)), style="red")
        raise typer.Exit(USAGE) from problem
    if as_json:
        print_json(asdict(found) | {"whole": found.whole})
    else:
        _print(found)
    raise typer.Exit(DONE if found.whole else FAILED)


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
    else:
        out.print(Text("Nothing differs."), style="green")
    for title, lines in (("What limits this check", found.notes), ("What no check of a bundle shows", found.cannot)):
        if lines:
            out.print(Text(f"{title}:"))
            for line in lines:
                out.print(Text(f"- {line}"))

"""What every verb of the terminal shares: the app, its options, the open database, exit codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.errors import AuditError, StoreError
from lib.terminal.printing import err
from lib.workflows.workbench import Workbench, open_workbench

app = typer.Typer(
    help="Audit what a language model says about people. The dashboard and these verbs share one database.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
listing = typer.Typer(help="List what there is: banks, models, scorers, runs, maps …", no_args_is_help=True)
app.add_typer(listing, name="list")

Db = Annotated[Path | None, typer.Option("--db", metavar="FILE", help="The database; default audits.duckdb.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
RunId = Annotated[str, typer.Argument(metavar="RUN", help="A run id, as `list runs` shows it.")]

DONE, FAILED, USAGE = 0, 1, 2


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

"""What verbs print: tables for people, one JSON object for programs."""

import json
import math
import sys
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

out = Console()
err = Console(stderr=True)


def progress_bar() -> Progress:
    """What goes on, a bar, done of total, time gone and time left; on the error stream, so that results stay clean."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=err)


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


def print_json(value: Any) -> None:
    """One JSON object on standard output, and nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def finite(value: float) -> float | None:
    """A number for JSON, which knows no NaN."""
    return value if math.isfinite(value) else None

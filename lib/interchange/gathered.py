"""Rows of a format that is read as a whole, made a recording."""

from collections.abc import Iterable
from collections.abc import Mapping as Named
from pathlib import Path
from typing import Any

from lib.interchange.files import check_rows
from lib.interchange.guess import guess
from lib.interchange.recorded import Recording, Row
from lib.interchange.values import as_text

SAMPLE = 200
MAX_COLUMNS = 1_000

RESERVED = (
    *("prompt", "completion", "model", "template", "seed", "repeat", "system", "finish", "error"),
    *("temperature", "top_p", "top_k", "max_tokens"),
)
"""Columns that a format fills itself; a variable of one of these names is told apart."""


def gathered(
    path: Path,
    format: str,
    title: str,
    rows: list[Row],
    models: Named[str, Named[str, Any]] | None = None,
    notes: Iterable[str] = (),
) -> Recording:
    """The recording of rows that lie in memory; raises InterchangeError when there are none, or too many."""
    check_rows(path, len(rows))
    columns = tuple(dict.fromkeys(column for _, values in rows for column in values))[:MAX_COLUMNS]
    sample = tuple(values for _, values in rows[:SAMPLE])
    suggested = guess(columns, sample)
    return Recording(
        *(format, title, path.name, columns, len(rows), sample, suggested),
        rows=lambda: iter(rows),
        models=models or {},
        notes=tuple(note for note in notes if note),
    )


def variables(*named: Any) -> dict[str, str]:
    """Variables and metadata as columns: the first of a name counts, and none takes a name that has a meaning here."""
    found: dict[str, str] = {}
    for values in named:
        if isinstance(values, dict):
            for name, value in values.items():
                column = f"{name} (variable)" if name in RESERVED else name
                found.setdefault(column, as_text(value))
    return found


def dug(value: Any, *path: str | int) -> Any:
    """What lies at a path of keys and places in JSON values; None where there is nothing."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def messages_of(value: Any) -> tuple[str, str] | None:
    """System and user text of chat messages: one user message as it is, a longer exchange as JSON; None for no chat."""
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) and "role" in one for one in value):
        return None
    system = "\n\n".join(content_of(one.get("content")) for one in value if one["role"] == "system")
    rest = [one for one in value if one["role"] != "system"]
    if len(rest) == 1 and rest[0]["role"] == "user":
        return system, content_of(rest[0].get("content"))
    return system, as_text([{"role": one["role"], "content": content_of(one.get("content"))} for one in rest])


def content_of(value: Any) -> str:
    """The text of a message: itself, or its parts that are text."""
    if not isinstance(value, list):
        return as_text(value)
    parts = [one if isinstance(one, str) else dug(one, "text") for one in value]
    return "\n".join(part for part in parts if isinstance(part, str))

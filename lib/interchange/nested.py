"""Values inside values as columns of their own: “response.text”, and the two sides of a chat."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Named
from typing import Any

from lib.interchange.gathered import MAX_COLUMNS, content_of, messages_of

MOST_FIELDS = 50
"""An object with more is one value: its keys are data, not names of columns."""

DEEPEST = 6
SYSTEM, ANSWER = "system", "assistant"
OURS = {"context", "groups", "terms"}
"""Columns of our own exports that are objects."""


def flat(values: Named[str, Any]) -> dict[str, Any]:
    """A row with a column for each field of its objects; an export of ours stays as it is.

    A list of one object is that object at place 0. A chat is what was asked, with its system message and, where it
    ends with one, its answer beside it.
    """
    if values.keys() >= OURS:
        return dict(values)
    found: dict[str, Any] = {}
    for name, value in values.items():
        for inner, each in _fields(name, value, 0):
            found.setdefault(inner, each)
    return found


def too_wide(columns: Sequence[str]) -> bool:
    """Whether the fields of objects make more columns than a file may have."""
    return len(columns) > MAX_COLUMNS and any("." in column for column in columns)


def _fields(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and 0 < len(value) <= MOST_FIELDS and depth < DEEPEST:
        for key, inner in value.items():
            yield from _fields(f"{name}.{key}", inner, depth + 1)
    elif isinstance(value, list) and _is_chat(value):
        yield from _chat(name, value)
    elif isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        yield from _fields(f"{name}.0", value[0], depth + 1)
    else:
        yield name, value


def _is_chat(value: list[Any]) -> bool:
    turns = bool(value) and all(isinstance(one, dict) and "content" in one for one in value)
    return turns and messages_of(value) is not None


def _chat(name: str, value: list[Any]) -> Iterator[tuple[str, Any]]:
    """What was asked, and beside it what came before and after."""
    answer = value[-1] if value[-1]["role"] == ANSWER and len(value) > 1 else None
    system, asked = messages_of(value[:-1] if answer else value) or ("", "")
    yield name, asked
    if system:
        yield f"{name}.{SYSTEM}", system
    if answer:
        yield f"{name}.{ANSWER}", content_of(answer["content"])

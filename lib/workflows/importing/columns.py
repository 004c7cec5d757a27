"""What columns mean, as a person corrects what was guessed."""

from collections.abc import Mapping as Named
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from lib.errors import InterchangeError
from lib.interchange.formats import FORMATS, Format, detect, read_recording
from lib.interchange.recorded import MEANINGS, Mapping, Recording
from lib.registry import suggest

__all__ = ["MEANINGS", "Format", "Mapping", "Recording", "changed", "formats", "guessed", "parsed"]

SEVERAL = tuple(one.name for one in fields(Mapping) if one.name not in MEANINGS)
"""Meanings that several columns, or endings of columns, may have."""


def formats() -> list[Format]:
    """The kinds of files that can be imported."""
    return list(FORMATS)


def guessed(path: Path, format: str = "") -> Recording:
    """A file with its columns, its first rows and what they seem to mean; raises InterchangeError."""
    return read_recording(path, format or detect(path).id)


def parsed(pairs: list[str]) -> dict[str, str]:
    """What somebody says of columns as MEANING=COLUMN, by meaning; raises InterchangeError for what is none."""
    given = {}
    for pair in pairs:
        meaning, sign, column = pair.partition("=")
        if not sign:
            raise InterchangeError(f"mapping {pair!r}", "it has no =", "Write it as completion=COLUMN.")
        given[meaning.strip()] = column.strip()
    return given


def changed(mapping: Mapping, given: Named[str, str]) -> Mapping:
    """A mapping with some meanings set anew: "" for no column, commas between several where there may be several.

    Where another column is the group, what sets have in common is found out anew unless it is given too.

    Raises:
        InterchangeError: there is no such meaning.
    """
    known = [*MEANINGS, *SEVERAL]
    for meaning in given:
        if meaning not in known:
            raise InterchangeError(f"mapping of {meaning!r}", "no column can mean that", suggest(meaning, known))
    values: dict[str, Any] = {
        meaning: tuple(part.strip() for part in column.split(",") if part.strip()) if meaning in SEVERAL else column
        for meaning, column in given.items()
    }
    if given.get("group", mapping.group) != mapping.group:
        values.setdefault("same", ())
    used = {getattr(mapping, meaning) for meaning in MEANINGS} & set(filter(None, given.values()))
    # A column means one thing: what it was taken for before, it no longer is.
    freed = {meaning: "" for meaning in MEANINGS if getattr(mapping, meaning) in used and meaning not in given}
    return replace(mapping, **(freed | values))

"""Columns of a file that mean nothing here: their values are kept with the cell, and nothing uses them."""

import re
from collections.abc import Container, Mapping

from lib.grid.ids import digest
from lib.store.outcomes import storable
from lib.types import EXTRA

LONGEST = 2_000
"""Characters of a value that are kept, with the note that says that more was there."""

LONGEST_NAME = 200
CUT = " […] (cut: it had {:,} characters)"
MARK = re.compile(r" \[…\] \(cut: it had [\d,]+ characters\)$")


def extras(values: Mapping[str, str], known: Container[str]) -> dict[str, str]:
    """The values of columns that are not `known` and not empty, by column; what is too long is cut and says so."""
    return {storable(name): cut(storable(value)) for name, value in values.items() if value and name not in known}


def as_context(kept: Mapping[str, str]) -> dict[str, str]:
    """Extras under keys that no slot of a bank can have."""
    return {EXTRA + short(name): value for name, value in kept.items()}


def cut(value: str) -> str:
    """A value, its beginning where it is long."""
    if len(value) <= LONGEST:
        return value
    note = CUT.format(len(value))
    return value[: LONGEST - len(note)] + note


def is_cut(value: str) -> bool:
    """Whether a value that is kept was cut."""
    return len(value) == LONGEST and MARK.search(value) is not None


def short(name: str) -> str:
    """A column's name; one beyond measure with a mark that tells it from others that begin alike."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 9]}…{digest(name)[:8]}"

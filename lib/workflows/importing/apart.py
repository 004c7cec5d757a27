"""Columns called like categories that differ within matched sets: said of answers, and nothing to hold fixed."""

from collections.abc import Iterable

from lib.interchange.names import named, plain
from lib.interchange.recorded import Mapping, RecordedOutput


class Apart:
    """Watches the columns that are called like a category and are mapped as none; learns from every output once."""

    def __init__(self, columns: Iterable[str], mapping: Mapping, categories: tuple[str, ...]) -> None:
        """`categories` are columns that somebody chose to hold fixed."""
        known = {column: plain(column) for column in columns}
        meant = {mapping.category, *categories}
        self._first: dict[str, dict[str, int]] = {name: {} for name in named(known, "category") if name not in meant}
        self._found: dict[str, None] = {}

    def learn(self, set_id: str, output: RecordedOutput) -> None:
        """Take in one output of a set."""
        for name, first in self._first.items():
            value = hash(output.extra.get(name, "").strip())
            if first.setdefault(set_id, value) != value:
                self._found.setdefault(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that differ within a set."""
        return tuple(self._found)

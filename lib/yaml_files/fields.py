"""Typed reading of a YAML node that notes every problem instead of stopping at the first."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from lib.registry import suggest
from lib.yaml_files.lines import Node

MAX_PROBLEMS = 100  # nobody reads more, and a hostile file could make millions
ID = re.compile(r"[a-z0-9_]{1,60}")


class TooManyProblems(Exception):
    """So much is wrong that reading on would help nobody."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a bank: where (`line` and `column` count from 1), why, and what to do.

    `place` is the way to it through the file's keys, such as "templates › 1 › text".
    """

    line: int
    column: int
    place: str
    cause: str
    remedy: str

    @property
    def message(self) -> str:
        """The problem in a sentence or two, without its line."""
        return f"{self.place}: {self.cause}. {self.remedy}" if self.place else f"{self.cause}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Field:
    """A node, the way to it, and the list that problems are noted in.

    Every reader returns a usable value whatever the node holds, so that reading goes on and
    one look at a bank finds everything that is wrong with it.
    """

    node: Node
    path: tuple[str, ...]
    problems: list[Problem]

    def note(self, cause: str, remedy: str) -> None:
        """Note a problem with this field; raises TooManyProblems when there is no point in going on."""
        if len(self.problems) == MAX_PROBLEMS:
            raise TooManyProblems
        self.problems.append(Problem(self.node.line, self.node.column, " › ".join(self.path), cause, remedy))

    def text(self) -> str:
        """The field's text, stripped; numbers, dates and yes/no words must be quoted to be text."""
        value = self.node.value
        if isinstance(value, str):
            if not value.strip():
                self.note("the text is empty", "Write something here, or delete the key.")
            return value.strip()
        if self.node.raw and value is not None:
            quoted = f'"{self.node.raw[:40]}"'
            self.note(f"YAML reads {self.node.raw[:40]} as {self.node.kind}", f"Write it in quotes: {quoted}.")
        else:
            self.note(f"text belongs here, not {self.node.kind}", "Write a text, in quotes if it begins with { or [.")
        return ""

    def flag(self) -> bool:
        """The field's true or false."""
        if not isinstance(self.node.value, bool):
            self.note(f"true or false belongs here, not {self.node.kind}", "Write true or false, without quotes.")
        return self.node.value is True

    def choice(self, allowed: Collection[str]) -> str:
        """The field's text, which must be one of `allowed`; the first of them when it is not."""
        if self.node.raw not in allowed:
            cause = f"{self.node.raw[:40] or self.node.kind} is none of the choices"
            self.note(cause, suggest_from(self.node.raw, allowed))
            return next(iter(allowed))
        return self.node.raw

    def items(self) -> list["Field"]:
        """The fields of a list that must not be empty, each named by its number from 1."""
        if not isinstance(self.node.value, list):
            self.note(f"a list belongs here, not {self.node.kind}", "Write one item a line, each behind a dash.")
            return []
        if not self.node.value:
            self.note("the list is empty", "Add at least one item.")
        return [self._below(str(number), node) for number, node in enumerate(self.node.value, 1)]

    def keys(self, required: Iterable[str] = (), optional: Iterable[str] = ()) -> dict[str, "Field"]:
        """The fields of a mapping with fixed keys; missing and unknown keys are noted."""
        fields = self._mapping()
        known = [*required, *optional]
        for name in [name for name in fields if name not in known]:
            cause = f"there is no key {name[:40]!r} here"
            self._below(name, self.node.keys[name]).note(cause, suggest_from(name, known))
        if isinstance(self.node.value, dict):
            for name in required:
                if name not in fields:
                    self.note(f"the key {name!r} is missing", f"Add a line {name}: …")
        return {name: field for name, field in fields.items() if name in known}

    def entries(self) -> dict[str, "Field"]:
        """The fields of a mapping whose keys are ids of the author's choosing; it must not be empty."""
        fields = self._mapping()
        if isinstance(self.node.value, dict) and not fields:
            self.note("the mapping is empty", "Add at least one entry.")
        for name in fields:
            self._below(name, self.node.keys[name]).check_id(name)
        return fields

    def check_id(self, name: str) -> None:
        """Note it when `name`, which this field gives, is not written like an id."""
        if not ID.fullmatch(name):
            self.note(f"{name[:40]!r} is not an id", "Use at most 60 of a to z, 0 to 9 and _, such as first_job.")

    def at(self, *path: str | int) -> "Field":
        """The place that keys and list indices (from 0) lead to from here, for a note: where its key or item stands."""
        node, place = self.node, self.node
        for step in path:
            place = node.value[step] if isinstance(step, int) else node.keys[step]
            node = node.value[step]
        names = (step if isinstance(step, str) else str(step + 1) for step in path)
        return Field(place, (*self.path, *names), self.problems)

    def _mapping(self) -> dict[str, "Field"]:
        if not isinstance(self.node.value, dict):
            self.note(f"a mapping (key: value) belongs here, not {self.node.kind}", "Write key: value lines, indented.")
            return {}
        return {name: self._below(name, node) for name, node in self.node.value.items()}

    def _below(self, name: str, node: Node) -> "Field":
        return Field(node, (*self.path, name[:40]), self.problems)


def suggest_from(name: str, known: Iterable[str]) -> str:
    """A remedy for an unknown word: the nearest of `known` (the first hundred of them), else all of them."""
    return suggest(name[:40], [word[:40] for word in islice(known, 100)])

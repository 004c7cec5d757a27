"""What the rows of a whole file say of columns whose names suggest a meaning. Memory holds numbers, not their texts."""

import re
from collections.abc import Mapping as Named
from typing import Any, Protocol

from lib.interchange.values import as_text

Row = Named[str, Any]

SLOT = re.compile(r"\{\{?\s*(\w+)")
MOST_TEMPLATES = 1_000
MOST_WORDS = 3
SENTENCE = re.compile(r"[?!\n]|\.\s")


class Watch(Protocol):
    """Looks at every row once."""

    def see(self, row: Row) -> None:
        """Take one row in."""


class Sharing:
    """Whether the values of a column are shared by the outputs of a set: by several groups, where groups are known."""

    def __init__(self, column: str, group: str) -> None:
        self.column, self._group = column, group
        self._first: dict[int, int] = {}
        self._shared: set[int] = set()
        self._rows = self._blank = 0

    def see(self, row: Row) -> None:
        """Take one row in."""
        self._rows += 1
        value = as_text(row.get(self.column)).strip()
        if not value:
            self._blank += 1
            return
        # A row without a group says nothing; where no column is the group, every row is another member.
        group = as_text(row.get(self._group)).strip() if self._group else str(self._rows)
        if group and self._first.setdefault(hash(value), hash(group)) != hash(group):
            self._shared.add(hash(value))

    def names_sets(self, *, clear: bool) -> bool:
        """Whether it does; a column with a `clear` name may have gaps, and values of one group, as others may not."""
        if self._rows < 2:
            return not self._blank
        return bool(self._shared) and (clear or (not self._blank and 2 * len(self._shared) >= len(self._first)))


class Wording:
    """Whether a column words the group: a word or a few in every prompt, each for one group, and in several prompts.

    What stands in a single prompt may as well be its topic or its number.
    """

    def __init__(self, column: str, group: str, prompt: str) -> None:
        self.column, self._group, self._prompt = column, group, prompt
        self._owner: dict[int, str] = {}
        self._around: dict[int, set[int]] = {}  # by word: two different prompts without it
        self.holds = True

    def see(self, row: Row) -> None:
        """Take one row in."""
        if self.holds:
            self.holds = self._goes(row)

    def _goes(self, row: Row) -> bool:
        value, prompt = as_text(row.get(self.column)).strip(), as_text(row.get(self._prompt))
        group = as_text(row.get(self._group)).strip()
        if not value or not group or not brief(value) or 2 * len(value.split()) > len(prompt.split()):
            return False
        around = self._around.setdefault(hash(value), set())
        if len(around) < 2:
            around.add(hash(prompt.replace(value, "")))
        return self._owner.setdefault(hash(value), group) == group and stands_in(value, prompt)

    @property
    def told(self) -> bool:
        """Whether it holds for all rows, and several groups have words of it."""
        several = all(len(around) > 1 for around in self._around.values())
        return self.holds and several and len(set(self._owner.values())) > 1


class Naming:
    """Whether every prompt names its group itself."""

    def __init__(self, group: str, prompt: str) -> None:
        self._group, self._prompt = group, prompt
        self.holds = bool(group and prompt)

    def see(self, row: Row) -> None:
        """Take one row in."""
        group = as_text(row.get(self._group)).strip() if self.holds else ""
        self.holds = bool(group) and stands_in(group, as_text(row.get(self._prompt)))


class Words:
    """Whether a column of words for groups holds a word or a name each, and none that several groups share."""

    def __init__(self, column: str, group: str) -> None:
        self.column, self._group = column, group
        self._owner: dict[int, str] = {}
        self.holds = bool(column)

    def see(self, row: Row) -> None:
        """Take one row in."""
        value = as_text(row.get(self.column)).strip() if self.holds else ""
        if value:
            group = as_text(row.get(self._group)).strip()
            self.holds = brief(value, 2 * MOST_WORDS) and self._owner.setdefault(hash(value), group) == group


class Slots:
    """The variables that are filled into the templates of a file."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._known: set[int] = set()
        self.names: dict[str, None] = {}
        self.everywhere = bool(template)

    def see(self, row: Row) -> None:
        """Take one row in."""
        text = as_text(row.get(self._template)) if self.everywhere else ""
        if hash(text) in self._known:
            return
        found = SLOT.findall(text)
        self.names |= dict.fromkeys(found)
        self._known.add(hash(text))
        self.everywhere = bool(found) and len(self._known) <= MOST_TEMPLATES


def brief(value: str, most: int = MOST_WORDS) -> bool:
    """Whether a value is a word or a few, and no sentence or number."""
    return len(value.split()) <= most and not SENTENCE.search(value) and not any(map(str.isdigit, value))


def stands_in(value: str, text: str) -> bool:
    """Whether a value stands in a text as a word of its own, however it is capitalised."""
    at, value, text = -1, value.casefold(), text.casefold()
    while (at := text.find(value, at + 1)) >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(value) : at + len(value) + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            return True
    return False

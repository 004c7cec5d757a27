"""A whole file at once: what it describes, or everything that is wrong with it."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from lib.errors import AuditError
from lib.yaml_files.fields import ID, MAX_PROBLEMS, Field, Problem, TooManyProblems
from lib.yaml_files.lines import YamlProblem, load

LIMIT_BYTES = 1_000_000


class Written(Protocol):
    """What such a file describes: a dataclass that keeps the text it was read from, and its SHA-256 in hex."""

    @property
    def id(self) -> str:
        """Its id, which its file is named after."""

    @property
    def text(self) -> str:
        """The YAML as it was read."""


W = TypeVar("W", bound=Written)


@dataclass(frozen=True, slots=True)
class Sort(Generic[W]):
    """One sort of file.

    `noun` is what messages call it, `key` the key that holds its id, `error` what they are raised as. `read` makes it
    from the fields and notes what is wrong.
    """

    noun: str
    key: str
    error: type[AuditError]
    read: Callable[[Field], W]


def examine(sort: Sort[W], text: str | bytes, name: str, stem: str = "") -> tuple[W | None, list[Problem]]:
    """What the text describes as far as it can be read, and what is wrong with it; without problems it is whole.

    Args:
        name: the file's name, for messages.
        stem: what the id must be, where the file's name says so.
    """
    try:
        node = load(text, name, limit_bytes=LIMIT_BYTES)
    except YamlProblem as error:
        return None, [Problem(error.line, error.column, "", error.cause, error.remedy)]
    problems: list[Problem] = []
    found = None
    with suppress(TooManyProblems):
        root = Field(node, (), problems)
        found = sort.read(root)
        if stem and found.id and found.id != stem:
            cause = f"the file is named after {stem[:40]!r}, not after its {sort.key}"
            root.at(sort.key).note(cause, _same_name(sort, found.id, stem))
        written = _as_written(text)
        found = replace(found, text=written, digest=hashlib.sha256(written.encode()).hexdigest())  # type: ignore[type-var]  # a dataclass
    return found, sorted(problems)


def parse(sort: Sort[W], text: str | bytes, name: str, *, stem: str = "") -> W:
    """What the text describes; arguments as for `examine`.

    Raises:
        AuditError: of the sort, naming the file, the line, the cause and the remedy of the first problem.
    """
    found, problems = examine(sort, text, name, stem)
    if found is None or problems:
        raise _error(sort, problems, name)
    return found


def _same_name(sort: Sort[W], id: str, stem: str) -> str:
    return f"Name the file {id[:40]}.yaml" + (f", or write {sort.key}: {stem}." if ID.fullmatch(stem) else ".")


def _as_written(text: str | bytes) -> str:
    """The text without a byte order mark and with plain line ends, so that its digest is the same everywhere."""
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _error(sort: Sort[W], problems: list[Problem], name: str) -> AuditError:
    """The first problem as an error that says how many more there are."""
    first = problems[0]
    place = f"{sort.noun} {name}, line {first.line}" + (f" ({first.place})" if first.place else "")
    return sort.error(place, first.cause, first.remedy + _how_many(len(problems) - 1))


def _how_many(more: int) -> str:
    if not more:
        return ""
    if more == 1:
        return " There is one more problem in this file."
    at_least = "at least " if more + 1 == MAX_PROBLEMS else ""
    return f" There are {at_least}{more} more problems in this file."

"""Names of people in what was typed: pseudonyms stand for who did something, not for who is spoken of."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lib.store.audit_files import AUDIT, TEXTS, read_json, read_lines
from lib.store.record import DESCRIPTION
from lib.workflows.workbench import Workbench

SHORTEST = 3
"""Letters of a part of a name, such as a first name, that is looked for by itself."""
MOST_NAMED = 10

_PSEUDONYM = re.compile(r"(Annotator|Author) [1-9][0-9]*( \(.*\))?")
_SAID_BY = ("annotator", "author", "submission")
"""What pseudonyms stand in already."""

_TYPED = ("assignments/*/assignment.json", "assignments/*/history.jsonl", "codebooks/*", "maps/*/map.json")
_MORE_TYPED = ("selections.jsonl", TEXTS, AUDIT, DESCRIPTION)


def people(workbench: Workbench, run_id: str) -> list[str]:
    """Everybody who is known here by name: who annotated or decided anything, and who wrote in this audit's reports."""
    authors = [each.author for each in workbench.store.reports.history(run_id)]
    known = dict.fromkeys([*workbench.store.annotators.names(), *authors])
    return [name for name in known if name.strip() and not _PSEUDONYM.fullmatch(name)]


def names_typed(folder: Path, names: Iterable[str]) -> list[str]:
    """Where names of people stand in the typed texts of an audit's files, in words; none for a folder without any."""
    looked_for = [(name, _pattern(name)) for name in names]
    found = [
        f"{place} names {name}"
        for place, text in _typed(folder)
        for name, pattern in looked_for
        if pattern.search(text)
    ]
    found = list(dict.fromkeys(found))
    more = len(found) - MOST_NAMED
    return found[:MOST_NAMED] + ([f"{more:,} more places name somebody"] if more > 0 else [])


def _pattern(name: str) -> re.Pattern[str]:
    """The whole name in any case, or a part of it as it is written."""
    parts = [part for part in re.split(r"[\s,._-]+", name) if len(part) >= SHORTEST]
    either = [f"(?i:{re.escape(name.strip())})", *(re.escape(part) for part in parts)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)")


def _typed(folder: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that people typed."""
    paths = [path for pattern in _TYPED for path in sorted(folder.glob(pattern))]
    for path in (*paths, *(folder / name for name in _MORE_TYPED)):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".jsonl":
            for number, line in enumerate(read_lines(path), start=1):
                yield from ((f"{name}, line {number},", text) for text in _texts(line))
        elif path.suffix == ".json":
            told = read_json(path)
            typed = {"name": told["name"]} if path.name == DESCRIPTION else told
            yield from ((name, text) for text in _texts(typed))
        else:
            for number, text in enumerate(path.read_bytes().decode("utf-8").splitlines(), start=1):
                yield f"{name}, line {number},", text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in _SAID_BY:
                yield from _texts(each)

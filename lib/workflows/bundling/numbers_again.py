"""Compute every number of a bundle's report again, and name each that comes out otherwise.

Code or libraries of another version may know other facts, lay tables out otherwise and word things otherwise. What
only one of the two has, and words that are not the same, then accuse nobody, but are not passed over either: they could
not be compared. A number that both have has to be the same, whatever made it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lib.store.audit_files import read_json
from lib.types import Json
from lib.workflows.bundling.numbers import DOCUMENT, FACTS, numbers
from lib.workflows.bundling.verification import Protocol, alike
from lib.workflows.workbench import Workbench

_NUMBERS = ("value", "low", "high", "n")
_WORDS = ("unit", "how")
_ABOUT = ("caption", "note", "columns")
OTHER = "another version of Evenhand or of its libraries wrote it"

_Said = tuple[str, str]  # where, and what


@dataclass
class _Differences:
    """What differs: surely wrong, or only not comparable."""

    tolerance: float
    wrong: list[_Said] = field(default_factory=list)
    unclear: list[_Said] = field(default_factory=list)
    compared: int = 0

    def told(self, where: str, said: str) -> None:
        """Something differs that other code may have made otherwise."""
        if self.tolerance:
            self.unclear.append((where, f"{said}; {OTHER}"))
        else:
            self.wrong.append((where, said))


def check_numbers(workbench: Workbench, run_id: str, folder: Path, tolerance: float, protocol: Protocol) -> None:
    """Compare the facts, the tables and the text of the report.

    Args:
        tolerance: 0 where the same code and libraries made them, so that all has to be the same.
    """
    recorded: Json = {"facts": [], "tables": []} | read_json(folder / FACTS)
    computed, document = numbers(workbench, run_id)
    found = _Differences(tolerance)
    if bool(recorded.get("problem")) != bool(computed.get("problem")):
        said = f"it says {recorded.get('problem')!r}, and this code {computed.get('problem')!r}"
        found.wrong.append((FACTS, said))
    elif recorded.get("problem") != computed.get("problem"):
        found.told(FACTS, f"it says {recorded.get('problem')!r}, and this code {computed.get('problem')!r}")
    if more := sorted(set(recorded) - {"facts", "tables", "problem"}):
        found.told(FACTS, f"it holds {more[0]!r}, which this code does not know")
    _compare_facts(*_matched("fact", recorded["facts"], computed["facts"], found), found)
    _compare_tables(*_matched("table", recorded["tables"], computed["tables"], found), found)
    for place, said in _other(read_json(folder / DOCUMENT), document):
        found.told(f"{DOCUMENT}, {place or 'as a whole'}", said)
    protocol.count("numbers", found.compared)
    for where in (FACTS, DOCUMENT):
        protocol.found_many("number", where, _within(where, found.wrong))
        protocol.not_compared_many("number", where, _within(where, found.unclear))


def _within(file: str, each: list[_Said]) -> list[_Said]:
    return [(where, said) for where, said in each if where.startswith(file)]


def _compare_facts(there: dict[str, Json], here: dict[str, Json], found: _Differences) -> None:
    for name in (each for each in there if each in here):
        place, one, other = f"{FACTS}, {name}", there[name], here[name]
        found.compared += 1
        for part in _NUMBERS:
            if not alike(was := one.get(part), now := other.get(part), found.tolerance):
                said = f"its {part} is {was!r}, and comes out as {now!r}"
                if isinstance(was, str) and isinstance(now, str):  # a sentence
                    found.told(place, said)
                else:
                    found.wrong.append((place, said))
        for part in _WORDS:
            if (was := one.get(part)) != (now := other.get(part)):
                found.told(place, f"its {part} is {was!r}, and comes out as {now!r}")
        if set(one) != set(other):
            found.told(place, "it has other parts than a fact has")


def _compare_tables(there: dict[str, Json], here: dict[str, Json], found: _Differences) -> None:
    for name in (each for each in there if each in here):
        _compare_table(f"{FACTS}, table {name}", there[name], here[name], found)


def _matched(
    kind: str, recorded: list[Json], computed: list[Json], found: _Differences
) -> tuple[dict[str, Json], dict[str, Json]]:
    """Both by their ids; says which only one of the two has."""
    there, here = _by_id(recorded), _by_id(computed)
    if len(there) != len(recorded):
        found.wrong.append((FACTS, f"it has a {kind} twice"))
    if here and not there:  # no version of Evenhand writes a report without any
        found.wrong.append((FACTS, f"it has no {kind}s, though the data give {len(here):,}"))
        return there, here
    for name in sorted(set(there) - set(here)):
        found.told(f"{FACTS}, {kind} {name}", "the data do not give it")
    for name in sorted(set(here) - set(there)):
        found.told(f"{FACTS}, {kind} {name}", "it is missing, though the data give it")
    return there, here


def _compare_table(place: str, one: Json, other: Json, found: _Differences) -> None:
    if [one[each] for each in _ABOUT] != [other[each] for each in _ABOUT]:
        found.told(place, "its caption, note or columns come out otherwise")
    if _titles(one) != _titles(other) or len(one["rows"]) != len(other["rows"]):
        found.told(place, f"it has {_size(one)}, and comes out with {_size(other)}")
        return
    for n, (row, anew) in enumerate(zip(one["rows"], other["rows"], strict=True), start=1):
        if len(row) != len(anew):
            found.told(f"{place}, row {n}", "it has another number of values")
        else:
            _compare_row(f"{place}, row {n}", _titles(one), row, anew, found)


def _compare_row(place: str, titles: list[str], row: list[Any], anew: list[Any], found: _Differences) -> None:
    words = [(was, now) for was, now in zip(row, anew, strict=True) if isinstance(was, str) or isinstance(now, str)]
    same_row = all(was == now for was, now in words)
    for title, was, now in zip(titles, row, anew, strict=True):
        found.compared += 1
        if alike(was, now, found.tolerance):
            continue
        said = f"it is {was!r}, and comes out as {now!r}"
        if same_row:
            found.wrong.append((f"{place}, {title}", said))
        else:  # it may be a row about something else
            found.told(f"{place}, {title}", said)


def _titles(table: Json) -> list[str]:
    return [column["title"] for column in table["columns"]]


def _size(table: Json) -> str:
    return f"{len(table['rows'])} rows of {', '.join(_titles(table))}"


def _by_id(values: list[Json]) -> dict[str, Json]:
    return {value["id"]: value for value in values}


def _other(one: Any, other: Any, place: str = "") -> Iterator[_Said]:
    """Where two JSON values differ: (place, what stands there and what should)."""
    if isinstance(one, dict) and isinstance(other, dict) and set(one) == set(other):
        for name in one:
            yield from _other(one[name], other[name], f"{place}.{name}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (left, right) in enumerate(zip(one, other, strict=True), start=1):
            yield from _other(left, right, f"{place}[{n}]")
    elif type(one) is not type(other) or one != other:
        yield place, f"it is {str(one)[:200]!r}, and comes out as {str(other)[:200]!r}"

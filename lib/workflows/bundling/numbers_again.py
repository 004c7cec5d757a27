"""Compute every number of a bundle's report again, and name each that comes out otherwise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.store.audit_files import read_json
from lib.types import Json
from lib.workflows.bundling.numbers import DOCUMENT, FACTS, numbers
from lib.workflows.bundling.verification import Protocol, alike
from lib.workflows.workbench import Workbench

_NUMBERS = ("value", "low", "high", "n")
_WORDS = ("unit", "how")


def check_numbers(
    workbench: Workbench, run_id: str, folder: Path, tolerance: float, *, same_code: bool, protocol: Protocol
) -> None:
    """Compare the facts, the tables and the text of the report.

    Other code may word things otherwise and know other facts: then only numbers that both have are compared.
    """
    recorded: Json = {"facts": [], "tables": []} | read_json(folder / FACTS)
    computed, document = numbers(workbench, run_id)
    if recorded.get("problem") != computed.get("problem"):
        said = f"it says {recorded.get('problem')!r}, and this code {computed.get('problem')!r}"
        protocol.found("number", FACTS, said)
    facts = list(_facts(recorded, computed, tolerance, same_code, protocol))
    protocol.found_many("number", FACTS, facts)
    tables = list(_tables(recorded, computed, tolerance, same_code, protocol))
    protocol.found_many("number", FACTS, tables)
    if same_code:
        wrong = [
            (f"{DOCUMENT}, {place or 'as a whole'}", said)
            for place, said in _other(read_json(folder / DOCUMENT), document)
        ]
        protocol.found_many("number", DOCUMENT, wrong)
    else:
        protocol.note("The report's words were not compared: another version of Evenhand wrote them.")


def _facts(
    recorded: Json, computed: Json, tolerance: float, same_code: bool, protocol: Protocol
) -> Iterator[tuple[str, str]]:
    there, here = _by_id(recorded["facts"]), _by_id(computed["facts"])
    if len(there) != len(recorded["facts"]):
        yield FACTS, "it has a fact twice"
    yield from _unmatched("fact", set(there), set(here), same_code, protocol)
    for name in (each for each in there if each in here):
        protocol.count("numbers", 1)
        for part in (*_NUMBERS, *(_WORDS if same_code else ())):
            was, now = there[name].get(part), here[name].get(part)
            if not alike(was, now, tolerance):
                yield f"{FACTS}, {name}", f"its {part} is {was!r}, and comes out as {now!r}"
        if same_code and set(there[name]) != set(here[name]):
            yield f"{FACTS}, {name}", "it has other parts than a fact has"


def _tables(
    recorded: Json, computed: Json, tolerance: float, same_code: bool, protocol: Protocol
) -> Iterator[tuple[str, str]]:
    there, here = _by_id(recorded["tables"]), _by_id(computed["tables"])
    yield from _unmatched("table", set(there), set(here), same_code, protocol)
    for name in (each for each in there if each in here):
        one, other = there[name], here[name]
        if not same_code and _laid_out(one) != _laid_out(other):
            protocol.note(f"Table {name} was not compared: another version of Evenhand lays it out otherwise.")
        else:
            yield from _table(f"{FACTS}, table {name}", one, other, tolerance, same_code, protocol)


def _laid_out(table: Json) -> tuple[Any, ...]:
    """What a table's numbers stand beside: its columns, and the words of each row."""
    titles = [column["title"] for column in table["columns"]]
    return titles, [[value for value in row if isinstance(value, str)] for row in table["rows"]]


def _table(
    place: str, one: Json, other: Json, tolerance: float, same_code: bool, protocol: Protocol
) -> Iterator[tuple[str, str]]:
    about = ("caption", "note", "columns")
    if same_code and [one[each] for each in about] != [other[each] for each in about]:
        yield place, "its caption, note or columns come out otherwise"
    if len(one["rows"]) != len(other["rows"]):
        yield place, f"it has {len(one['rows'])} rows, and comes out with {len(other['rows'])}"
        return
    for n, (row, anew) in enumerate(zip(one["rows"], other["rows"], strict=True), start=1):
        for column, was, now in zip(one["columns"], row, anew, strict=False):
            protocol.count("numbers", 1)
            if (same_code or isinstance(was, (int, float))) and not alike(was, now, tolerance):
                yield f"{place}, row {n}, {column['title']}", f"it is {was!r}, and comes out as {now!r}"
        if len(row) != len(anew):
            yield f"{place}, row {n}", "it has another number of values"


def _unmatched(
    kind: str, there: set[str], here: set[str], same_code: bool, protocol: Protocol
) -> Iterator[tuple[str, str]]:
    if same_code:
        yield from ((f"{FACTS}, {kind} {name}", "the data do not give it") for name in sorted(there - here))
        yield from (
            (f"{FACTS}, {kind} {name}", "it is missing, though the data give it") for name in sorted(here - there)
        )
    elif there != here:
        told = f"{len(there - here)} {kind}s of the bundle are not known here, and {len(here - there)} others are"
        protocol.note(f"{told}: another version of Evenhand wrote them.")


def _by_id(values: list[Json]) -> dict[str, Json]:
    return {value["id"]: value for value in values}


def _other(one: Any, other: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where two JSON values differ: (place, what stands there and what should)."""
    if isinstance(one, dict) and isinstance(other, dict) and set(one) == set(other):
        for name in one:
            yield from _other(one[name], other[name], f"{place}.{name}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (left, right) in enumerate(zip(one, other, strict=True), start=1):
            yield from _other(left, right, f"{place}[{n}]")
    elif type(one) is not type(other) or one != other:
        yield place, f"it is {str(one)[:200]!r}, and comes out as {str(other)[:200]!r}"

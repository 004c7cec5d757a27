"""JSON in files that anybody may have written: one object a line, or one list of objects."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from lib.annotation.formats.record import Flaw, Reading

LONGEST_LINE = 10_000_000
USUAL_LENGTH = 50_000
"""Characters of a value of a list, which few exceed."""

REPAIR = "Write the file again with the tool it comes from."


def _no_number(name: str) -> NoReturn:
    raise Flaw(f"{name} is no JSON number", "Leave the value out, or write a number.")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def objects_by_line(text: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's object with its place; lines that hold none are noted. Empty lines are passed over."""
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        place, line = f"line {number}", slice(start, end)
        start = end + 1
        if line.stop - line.start > LONGEST_LINE:
            reading.refuse(place, f"it is longer than {LONGEST_LINE // 1_000_000} million characters", "Shorten it.")
            continue
        written = text[line].strip()
        if not written:
            continue
        try:
            yield place, _object(decoded(written))
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)


def objects_in_list(text: str, noun: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a JSON list with its place, such as “task 3”; reading ends where the JSON is broken."""
    position, number = skip_space(text, 0) + 1, 0
    while True:
        position = skip_space(text, position)
        if text[position : position + 1] == "]":
            return
        number += 1
        place = f"{noun} {number}"
        try:
            value, position = _element(text, position)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, f"{flaw.remedy} What comes after it was not read.")
            return
        try:
            yield place, _object(value)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
        position = skip_space(text, position)
        if text[position : position + 1] == ",":
            position += 1
        elif text[position : position + 1] != "]":
            reading.refuse(place, f"the list ends or breaks off after it ({_place(text, position)})", REPAIR)
            return


def first_object(text: str) -> dict[str, Any]:
    """The first object of a JSON list, empty when there is none."""
    try:
        value, _ = _element(text, skip_space(text, skip_space(text, 0) + 1))
    except Flaw:
        return {}
    return value if isinstance(value, dict) else {}


def decoded(text: str) -> Any:
    """The one JSON value a text holds; raises Flaw when there is none, or more than one."""
    value, end = _raw(text, 0)
    if text[end:].strip():
        raise Flaw(f"something stands after the JSON ({_place(text, end)})", "Write one object a line.")
    return value


def skip_space(text: str, position: int) -> int:
    """The place of the next character that is no white space of JSON."""
    while text[position : position + 1] in (" ", "\t", "\n", "\r"):
        position += 1
    return position


def _element(text: str, position: int) -> tuple[Any, int]:
    """A value of a list and where it ends. Only so much is read at once that no value can fill the memory."""
    for size in (USUAL_LENGTH, LONGEST_LINE):
        piece = text[position : position + size]
        try:
            value, end = _raw(piece, 0)
        except Flaw:
            if len(piece) < size:
                return _raw(text, position)  # for the right place in its message
            continue
        return value, position + end
    raise Flaw(f"it is broken, or longer than {LONGEST_LINE // 1_000_000} million characters", REPAIR)


def _raw(text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise Flaw(f"it is no JSON ({_place(text, error.pos)}: {error.msg.lower()})", REPAIR) from None
    except (ValueError, RecursionError):
        raise Flaw("it holds a huge number, or is nested too deeply", REPAIR) from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Flaw("it is no object", "Write {…} for each.")
    return value


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return f"line {line}, column {column}"

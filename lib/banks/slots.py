"""The slots of a template: from "a letter for {gender|cap}" to literals and `Slot`s."""

import re

from lib.types import Slot

FILTERS = ("a", "cap")

_BRACE = re.compile(r"\{\{|\}\}|[{}]")
_SLOT = re.compile(
    r"(?P<name>[a-z0-9_]{1,60})(?:\#(?P<number>[12]))?(?:\.(?P<role>[a-z0-9_]{1,60}))?(?P<filters>(?:\|[a-z]+)*)"
)
_FORMS = "Write {name}, {name.role}, {name#1} or {name|filter}, in small letters, digits and _"


class SlotProblem(ValueError):
    """A template text that cannot be cut into literals and slots; `args` are cause and remedy."""


def cut(text: str) -> tuple[str | Slot, ...]:
    """The literals and slots of `text`, in order; `{{` and `}}` are literal braces.

    Raises:
        SlotProblem: at the first brace or slot that cannot be read.
    """
    parts: list[str | Slot] = []
    literal = ""
    at = 0
    while found := _BRACE.search(text, at):
        literal += text[at : found.start()]
        at = found.end()
        if found[0] in ("{{", "}}"):
            literal += found[0][0]
            continue
        if found[0] == "}":
            raise SlotProblem(
                f"a closing brace has no opening one, in {_around(text, found.start())}",
                "Write }} where a brace is meant literally.",
            )
        slot, at = _slot_at(text, at)
        parts += [literal, slot] if literal else [slot]
        literal = ""
    literal += text[at:]
    return (*parts, literal) if literal else tuple(parts)


def _slot_at(text: str, start: int) -> tuple[Slot, int]:
    """The slot whose opening brace stands before `start`, and where the text goes on."""
    end = _BRACE.search(text, start)
    if end is None or not end[0].startswith("}"):
        raise SlotProblem(
            f"an opening brace is never closed, in {_around(text, start - 1)}",
            "Close the slot with }, or write {{ where a brace is meant literally.",
        )
    inside = text[start : end.start()]
    found = _SLOT.fullmatch(inside)
    if found is None:
        raise SlotProblem(f"{{{inside[:40]}}} is not a slot", f"{_FORMS}; {{{{ is a literal brace.")
    filters = tuple(found["filters"].split("|")[1:])
    if unknown := [name for name in filters if name not in FILTERS]:
        raise SlotProblem(
            f"{{{inside[:40]}}} asks for the filter {unknown[0]!r}, which does not exist",
            f"Use one of {', '.join(FILTERS)}: a puts the indefinite article in front, cap makes the first letter big.",
        )
    slot = Slot(found["name"], found["role"] or "", int(found["number"] or 0), filters)
    return slot, end.start() + 1


def _around(text: str, at: int) -> str:
    """A short stretch of the text at a brace, quoted, for messages."""
    return repr(text[max(0, at - 15) : at + 25])

"""Prompt banks from YAML text, or an error that names the line."""

from lib.banks.check import examine
from lib.banks.fields import MAX_PROBLEMS, Problem
from lib.errors import BankError
from lib.types import Bank


def parse_bank(text: str | bytes, name: str, *, stem: str = "") -> Bank:
    """The prompt bank written in `text`.

    Args:
        text: YAML as prompt_banks/README.md describes it; bytes are read as UTF-8.
        name: the file's name, for messages.
        stem: what the bank's id must be, where the file's name says so.

    Raises:
        BankError: naming the file, the line, the cause and the remedy of the first problem.
    """
    bank, problems = examine(text, name, stem)
    if bank is None or problems:
        raise _error(problems, name)
    return bank


def _error(problems: list[Problem], name: str) -> BankError:
    """The first problem as an error that says how many more there are."""
    first = problems[0]
    place = f"prompt bank {name}, line {first.line}" + (f" ({first.place})" if first.place else "")
    return BankError(place, first.cause, first.remedy + _how_many(len(problems) - 1))


def _how_many(more: int) -> str:
    if not more:
        return ""
    if more == 1:
        return " There is one more problem in this file."
    at_least = "at least " if more + 1 == MAX_PROBLEMS else ""
    return f" There are {at_least}{more} more problems in this file."

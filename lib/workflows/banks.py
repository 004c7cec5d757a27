"""Prompt banks: list, check while typing, keep, delete, import from a spreadsheet."""

from lib.banks.check import Problem, check_bank
from lib.banks.from_csv import bank_from_csv
from lib.banks.read import parse_bank
from lib.errors import AuditError
from lib.types import Bank
from lib.workflows.workbench import Workbench

__all__ = ["Problem", "bank", "banks", "check", "delete", "from_csv", "parse", "problems", "save"]


def banks(workbench: Workbench) -> list[Bank]:
    """Every bank that loads, by id."""
    return workbench.shelf.all()


def bank(workbench: Workbench, bank_id: str) -> Bank:
    """One bank; raises BankError with the nearest names when there is none."""
    return workbench.shelf.get(bank_id)


def problems(workbench: Workbench) -> list[AuditError]:
    """Why the files that do not load do not."""
    return workbench.shelf.problems()


def check(text: str | bytes, name: str) -> list[Problem]:
    """Everything wrong with a bank's YAML, by line; empty when it can be used."""
    return check_bank(text, name)


def parse(text: str | bytes, name: str) -> Bank:
    """The bank a YAML text describes; raises BankError naming file and line."""
    return parse_bank(text, name)


def save(workbench: Workbench, text: str, *, replace: bool = False) -> Bank:
    """Keep a bank as a file of its own; raises BankError when it is wrong, or there and not to be replaced."""
    return workbench.shelf.save(text, replace=replace)


def delete(workbench: Workbench, bank_id: str) -> None:
    """Delete a bank's file. Runs keep their own copy of the bank they were made from."""
    workbench.shelf.delete(bank_id)


def from_csv(text: str | bytes, name: str) -> str:
    """A spreadsheet of finished prompts as bank YAML; raises BankError naming the line."""
    return bank_from_csv(text, name)

"""Everything that is wrong with a bank, at once: what an editor shows while somebody types."""

from lib.banks.coherence import incoherences
from lib.banks.schema import read_bank
from lib.errors import BankError
from lib.types import Bank
from lib.yaml_files.fields import Field, Problem
from lib.yaml_files.reading import Sort, examine

__all__ = ["BANK", "Problem", "check_bank"]


def check_bank(text: str | bytes, name: str) -> list[Problem]:
    """What is wrong with the bank in `text`, in the order of its lines; empty when all is well."""
    return examine(BANK, text, name)[1]


def read_whole(root: Field) -> Bank:
    """The bank as far as it can be read, with what does not fit together noted, of parts that are whole."""
    bank = read_bank(root)
    if not root.problems:
        for found in incoherences(bank):
            root.at(*found.path).note(found.cause, found.remedy)
    return bank


BANK = Sort("prompt bank", "bank", BankError, read_whole)
"""Prompt banks as a sort of file; prompt_banks/README.md describes it."""

"""Prompt banks from YAML text, or an error that names the line."""

from lib.banks.check import BANK
from lib.types import Bank
from lib.yaml_files.reading import parse


def parse_bank(text: str | bytes, name: str, *, stem: str = "") -> Bank:
    """The prompt bank written in `text`.

    Args:
        text: YAML as prompt_banks/README.md describes it; bytes are read as UTF-8.
        name: the file's name, for messages.
        stem: what the bank's id must be, where the file's name says so.

    Raises:
        BankError: naming the file, the line, the cause and the remedy of the first problem.
    """
    return parse(BANK, text, name, stem=stem)

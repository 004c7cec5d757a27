"""Everything that is wrong with a bank, at once: what an editor shows while somebody types."""

import hashlib
from contextlib import suppress
from dataclasses import replace

from lib.banks.coherence import incoherences
from lib.banks.fields import ID, Field, Problem, TooManyProblems
from lib.banks.schema import read_bank
from lib.types import Bank
from lib.yaml_lines import YamlProblem, load

__all__ = ["LIMIT_BYTES", "Problem", "check_bank", "examine"]

LIMIT_BYTES = 1_000_000


def check_bank(text: str | bytes, name: str) -> list[Problem]:
    """What is wrong with the bank in `text`, in the order of its lines; empty when all is well."""
    return examine(text, name)[1]


def examine(text: str | bytes, name: str, stem: str = "") -> tuple[Bank | None, list[Problem]]:
    """The bank as far as it can be read, and what is wrong with it; without problems it is whole.

    `stem`, when given, is what the bank's id must be.
    """
    try:
        node = load(text, name, limit_bytes=LIMIT_BYTES)
    except YamlProblem as error:
        return None, [Problem(error.line, error.column, "", error.cause, error.remedy)]
    problems: list[Problem] = []
    bank = None
    with suppress(TooManyProblems):
        root = Field(node, (), problems)
        bank = read_bank(root)
        if stem and bank.id and bank.id != stem:
            root.at("bank").note(
                f"the file is named after {stem[:40]!r}, not after its bank", _same_name(bank.id, stem)
            )
        if not problems:  # what does not fit together is only worth saying of parts that are whole
            for found in incoherences(bank):
                root.at(*found.path).note(found.cause, found.remedy)
        written = _as_written(text)
        bank = replace(bank, text=written, digest=hashlib.sha256(written.encode()).hexdigest())
    return bank, sorted(problems)


def _same_name(bank_id: str, stem: str) -> str:
    return f"Name the file {bank_id[:40]}.yaml" + (f", or write bank: {stem}." if ID.fullmatch(stem) else ".")


def _as_written(text: str | bytes) -> str:
    """The text without a byte order mark and with plain line ends, so that its digest is the same everywhere."""
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")

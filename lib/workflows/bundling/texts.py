"""What a bundle says of its bank and its codebooks, held against their own texts.

Both are kept once in a database, by their digest: a false word about one would be shown with one's own audits.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from lib.annotation.codebook import parse_codebook
from lib.banks.read import parse_bank
from lib.codec import from_json
from lib.errors import AuditError, BundleError
from lib.store.audit_files import read_json
from lib.store.banks import KeptBank
from lib.store.record import DESCRIPTION
from lib.types import Json

BANK = "bank.yaml"
_OF_A_CODEBOOK = ("id", "title", "question", "source", "licence")


def false_words(folder: Path, about: Json) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) of a bank or codebook that is not its digest's, or of which other things are said."""
    kept = from_json(KeptBank, read_json(folder / DESCRIPTION)["bank"])
    if sha256_of(kept.text) != kept.digest:
        yield BANK, "its text is not the one its digest is of"
    else:
        yield from _bank_words(kept)
    for told in about["codebooks"]:
        text = (folder / told["file"]).read_bytes().decode("utf-8")
        if sha256_of(text) != told["digest"]:
            yield told["file"], "its text is not the one its digest is of"
        else:
            yield from _codebook_words(text, told)


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in hex, as banks and codebooks go by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def refuse_false_words(folder: Path, about: Json) -> None:
    """Raise BundleError where a bank or codebook is not what is said of it."""
    for file, said in false_words(folder, about):
        raise BundleError(f"{file} of the bundle", said, "Get a fresh copy of the bundle.")


def _bank_words(kept: KeptBank) -> Iterator[tuple[str, str]]:
    try:
        bank = parse_bank(kept.text, kept.id)
    except AuditError as problem:
        yield BANK, str(problem)
        return
    for name in (field.name for field in fields(KeptBank)):
        if (said := getattr(kept, name)) != (true := str(getattr(bank, name))):
            yield DESCRIPTION, f"it says that the {name} of the prompt bank is {said!r}, and the bank says {true!r}"


def _codebook_words(text: str, told: Json) -> Iterator[tuple[str, str]]:
    try:
        book = parse_codebook(text, told["file"])
    except AuditError as problem:
        yield told["file"], str(problem)
        return
    for name in _OF_A_CODEBOOK:
        if told[name] != getattr(book, name):
            yield told["file"], f"its {name} is {getattr(book, name)!r}, not {told[name]!r}"

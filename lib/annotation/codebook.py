"""From the text of a codebook file to a `Codebook`, or everything that is wrong with it.

codebooks/README.md describes the format. What a person will read or type has limits here, so that
no file can ask for a card that fits no screen.
"""

from lib.annotation.coherence import note_incoherences
from lib.annotation.labels import COMMANDS, MAX_TEXT, MAX_TITLE, labels_of, note_same, short_text, title_of
from lib.errors import CodebookError
from lib.types import Codebook, CodebookField, FieldKind
from lib.yaml_files.fields import Field, Problem
from lib.yaml_files.reading import Sort, examine, parse

__all__ = ["CODEBOOK", "COMMANDS", "check_codebook", "parse_codebook"]

REQUIRED = ("codebook", "title", "question", "source", "licence", "fields")
OPTIONAL = ("confidence", "discard_reasons")
FIELD_OPTIONAL = ("title", "required", "help", "labels", "when")
DISCARD_REASONS = ("Not readable", "Not about a person", "Should not be shown")
MAX_FIELDS = 50
MAX_REASONS = 20


def check_codebook(text: str | bytes, name: str) -> list[Problem]:
    """What is wrong with the codebook in `text`, in the order of its lines; empty when all is well."""
    return examine(CODEBOOK, text, name)[1]


def parse_codebook(text: str | bytes, name: str) -> Codebook:
    """The codebook written in `text`; raises CodebookError naming file, line, cause and remedy."""
    return parse(CODEBOOK, text, name)


def read_codebook(root: Field) -> Codebook:
    """The codebook as far as it can be read; only to be trusted when no problem was noted."""
    keys = root.keys(REQUIRED, OPTIONAL)
    codebook_id = short_text(keys, "codebook", MAX_TITLE)
    if codebook_id:
        keys["codebook"].check_id(codebook_id)
    codebook = Codebook(
        id=codebook_id,
        title=short_text(keys, "title", MAX_TITLE),
        question=short_text(keys, "question", MAX_TEXT),
        source=short_text(keys, "source", MAX_TEXT),
        licence=short_text(keys, "licence", MAX_TITLE),
        fields=_fields(keys["fields"]) if "fields" in keys else (),
        confidence="confidence" not in keys or keys["confidence"].flag(),
        discard_reasons=_reasons(keys["discard_reasons"]) if "discard_reasons" in keys else DISCARD_REASONS,
    )
    if not root.problems:
        note_incoherences(codebook, root)
    return codebook


def _fields(field: Field) -> tuple[CodebookField, ...]:
    below = field.entries()
    if len(below) > MAX_FIELDS:
        field.note(f"there are {len(below)} fields, more than {MAX_FIELDS}", "Split them into several codebooks.")
        return ()
    found = tuple(_field(name, entry) for name, entry in below.items())
    note_same(list(below.values()), [entry.title for entry in found], "title")
    return found


def _field(name: str, field: Field) -> CodebookField:
    keys = field.keys(("kind",), FIELD_OPTIONAL)
    kind = FieldKind(keys["kind"].choice(tuple(FieldKind))) if "kind" in keys else FieldKind.TEXT
    return CodebookField(
        id=name,
        title=title_of(name, keys),
        kind=kind,
        labels=labels_of(kind, field, keys) if "kind" in keys else (),
        required="required" in keys and keys["required"].flag(),
        help=short_text(keys, "help", MAX_TEXT),
        when=_when(keys["when"]) if "when" in keys else {},
    )


def _when(field: Field) -> dict[str, tuple[str, ...]]:
    """The labels that other fields must have; an id is taken as written, so that `yes` needs no quotes."""
    return {
        name: tuple(item.node.raw or item.text() for item in labels.items()) for name, labels in field.entries().items()
    }


def _reasons(field: Field) -> tuple[str, ...]:
    items = field.items()
    if len(items) > MAX_REASONS:
        field.note(f"there are {len(items)} reasons, more than {MAX_REASONS}", "Keep those that people will use.")
        return ()
    reasons = [short_text({"": item}, "", MAX_TITLE) for item in items]
    note_same(items, reasons, "reason")
    return tuple(reasons)


CODEBOOK = Sort("codebook", "codebook", CodebookError, read_codebook)
"""Codebooks as a sort of file; codebooks/README.md describes it."""

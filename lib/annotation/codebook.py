"""From the fields of a codebook file to a `Codebook`, noting whatever is missing, misplaced or mistyped."""


from lib.errors import CodebookError
from lib.types import Codebook, FieldKind
from lib.yaml_files.fields import Field, Problem
from lib.yaml_files.reading import Sort, examine, parse

REQUIRED = ("codebook", "title", "question", "source", "licence", "fields")
OPTIONAL = ("confidence", "discard_reasons")
COMMANDS = ("u", "s", "n", "d", "h", "z", "m")
"""Letters that are commands of the Annotate page until an annotator changes them; no label's key may be one."""

CHOICES = (FieldKind.SINGLE, FieldKind.MULTIPLE, FieldKind.SCALE)


def check_codebook(text: str | bytes, name: str) -> list[Problem]:
    """What is wrong with the codebook in `text`, in the order of its lines; empty when all is well."""
    return examine(CODEBOOK, text, name)[1]


def parse_codebook(text: str | bytes, name: str) -> Codebook:
    """The codebook written in `text`; raises CodebookError naming file, line, cause and remedy."""
    return parse(CODEBOOK, text, name)


def read_codebook(root: Field) -> Codebook:
    """The codebook as far as it can be read; only to be trusted when no problem was noted."""
    raise NotImplementedError


CODEBOOK = Sort("codebook", "codebook", CodebookError, read_codebook)
"""Codebooks as a sort of file; codebooks/README.md describes it."""

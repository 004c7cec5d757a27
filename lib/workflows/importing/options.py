"""What a person says about a file of outputs when it is imported."""

import re
from dataclasses import dataclass, field

from lib.errors import InterchangeError
from lib.types import Severity

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,6}")
"""A language tag as far as its form goes (BCP 47)."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Choices beside the mapping of columns.

    Attributes:
        name: what the audit is called; the file's name where it is empty.
        neutral: groups, as the file writes them, whose wording signals no group; "" where outputs without one are.
        categories: further columns held fixed in a matched set, and offered to split comparisons by.
        licence, notice: what is known of the outputs; "" where nothing is.
        language: that of the prompts, as a tag such as "en" or "pt-BR"; "" where nobody says.
    """

    name: str = ""
    neutral: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""
    severity: Severity = Severity.MODERATE
    language: str = ""

    def __post_init__(self) -> None:
        """Raises InterchangeError for a language that is no tag."""
        if self.language and not TAG.fullmatch(self.language):
            cause = "it is no language tag"
            raise InterchangeError(f"language {self.language[:40]!r}", cause, "Write it as en, de or pt-BR.")


@dataclass(frozen=True, slots=True)
class Source:
    """Where outputs come from: the file's name, format and digest, and the ids and choices of their import."""

    file: str
    format: str
    sha256: str
    bank: str
    name: str
    options: ImportOptions = field(default_factory=ImportOptions)

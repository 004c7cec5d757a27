"""What a person says about a file of outputs when it is imported."""

from dataclasses import dataclass, field

from lib.types import Severity


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Choices beside the mapping of columns.

    Attributes:
        name: what the audit is called; the file's name where it is empty.
        neutral: groups, as the file writes them, whose wording signals no group; "" where outputs without one are.
        categories: further columns held fixed in a matched set, and offered to split comparisons by.
        licence, notice: what is known of the outputs; "" where nothing is.
    """

    name: str = ""
    neutral: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""
    severity: Severity = Severity.MODERATE


@dataclass(frozen=True, slots=True)
class Source:
    """Where outputs come from: the file's name, format and digest, and the ids and choices of their import."""

    file: str
    format: str
    sha256: str
    bank: str
    name: str
    options: ImportOptions = field(default_factory=ImportOptions)

"""The one family of errors a person may see.

Each names the thing, the cause and the remedy, so that no screen and no terminal ever has
to guess what to tell its reader.
"""


class AuditError(Exception):
    """Something went wrong that the reader can understand and act on.

    Args:
        thing: what was being handled ("prompt bank hiring.yaml, line 12").
        cause: what is wrong with it, in one clause.
        remedy: what to do about it, as an instruction.
    """

    def __init__(self, thing: str, cause: str, remedy: str) -> None:
        super().__init__(thing, cause, remedy)
        self.thing = thing
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.thing}: {self.cause}. {self.remedy}"


class BankError(AuditError):
    """A prompt bank that cannot be used."""


class GridError(AuditError):
    """A prompt grid that cannot be expanded or read."""


class ModelError(AuditError):
    """A model that cannot be found, is refused, or does not load."""


class RunError(AuditError):
    """A run that cannot be started, continued or found."""


class StoreError(AuditError):
    """The database cannot be opened, read or written."""


class ExportError(AuditError):
    """A file that cannot be written or read back."""


class ScorerError(AuditError):
    """A scorer that cannot be used: its weights are missing, its options or its lexicon are wrong."""


class CodebookError(AuditError):
    """A codebook that cannot be used."""


class AnnotationError(AuditError):
    """An annotation, an assignment or an annotator's name that cannot be taken as it is."""


class MapError(AuditError):
    """A map that cannot be made, found or changed; a selection likewise."""


class ReportError(AuditError):
    """A report that cannot be made or written as it was asked for."""


class BundleError(AuditError):
    """A bundle that cannot be made, opened or trusted."""


class InterchangeError(AuditError):
    """A file of another program that cannot be taken in as it is."""


class StatsError(AuditError):
    """A comparison that the data do not support, such as one group only or too few matched sets."""

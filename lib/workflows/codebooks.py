"""Codebooks: list, check while typing, keep, delete, and the versions that assignments were made with."""

from datetime import datetime

from lib.annotation.codebook import check_codebook, parse_codebook
from lib.errors import AuditError
from lib.types import Codebook
from lib.workflows.workbench import Workbench
from lib.yaml_files.fields import Problem

__all__ = [
    "Problem",
    "check",
    "codebook",
    "codebooks",
    "delete",
    "of_digest",
    "parse",
    "problems",
    "save",
    "versions",
]


def codebooks(workbench: Workbench) -> list[Codebook]:
    """Every codebook that loads, by id."""
    return workbench.codebooks.all()


def codebook(workbench: Workbench, codebook_id: str) -> Codebook:
    """One codebook as its file now is; raises CodebookError with the nearest ids when there is none."""
    return workbench.codebooks.get(codebook_id)


def problems(workbench: Workbench) -> list[AuditError]:
    """Why the files that do not load do not."""
    return workbench.codebooks.problems()


def check(text: str | bytes, name: str) -> list[Problem]:
    """Everything wrong with a codebook's YAML, by line; empty when it can be used."""
    return check_codebook(text, name)


def parse(text: str | bytes, name: str) -> Codebook:
    """The codebook a YAML text describes; raises CodebookError naming file and line."""
    return parse_codebook(text, name)


def save(workbench: Workbench, text: str, *, replace: bool = False) -> Codebook:
    """Keep a codebook as a file of its own; raises CodebookError when it is wrong, or there and not to be replaced."""
    return workbench.codebooks.save(text, replace=replace)


def delete(workbench: Workbench, codebook_id: str) -> None:
    """Delete a codebook's file. Assignments keep the version they were made with."""
    workbench.codebooks.delete(codebook_id)


def of_digest(workbench: Workbench, digest: str) -> Codebook:
    """The version of that digest, which an assignment was made with; raises AnnotationError when it is unknown."""
    return parse_codebook(workbench.store.codebooks.text(digest), "kept with an assignment")


def versions(workbench: Workbench, codebook_id: str) -> list[tuple[str, datetime]]:
    """The digests under which assignments used a codebook, and when each was first used; the oldest first."""
    return workbench.store.codebooks.versions(codebook_id)

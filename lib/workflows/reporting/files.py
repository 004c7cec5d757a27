"""Reports as files: a document in a format, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

from lib.errors import ReportError
from lib.reports import walk
from lib.reports.base import FORMATS, Format
from lib.store.export import write_whole
from lib.types import Document, ReportKind
from lib.workflows.reporting.documents import document
from lib.workflows.reporting.evidence import gather
from lib.workflows.workbench import Workbench

AVID = "avid"
"""The record for the AI Vulnerability Database, which is JSON and takes no other format."""


def formats() -> list[Format]:
    """The formats that documents can be written in."""
    return list(FORMATS)


def check(format_ids: list[str]) -> None:
    """Raise AuditError for a format that does not exist, before anything long is begun."""
    for format_id in format_ids:
        FORMATS.get(format_id)


def as_bytes(document: Document, format_id: str) -> bytes:
    """A document as the bytes of a file, for a download button.

    Raises:
        AuditError: there is no such format. ReportError, ExportError: it cannot be made of this document.
    """
    return FORMATS.get(format_id).write(document)


def missing(document: Document) -> list[str]:
    """The titles of the fields nobody has written yet, in reading order."""
    return [gap.title for gap in walk.missing(document)]


def compose(workbench: Workbench, run_id: str, kind: ReportKind) -> Document:
    """The document of one kind about an audit, from what is stored now; raises as `gather` does."""
    return document(gather(workbench, run_id), kind)


def write(workbench: Workbench, run_id: str, kind: ReportKind, format_id: str, folder: Path) -> Path:
    """Write a report about an audit to "<run id>-<kind>.<ending>" in a folder, which is made when missing.

    Raises:
        RunError, ReportError: as `gather` does. AuditError: there is no such format.
        ExportError: the file cannot be written.
    """
    return save(compose(workbench, run_id, kind), format_id, folder)


def save(document: Document, format_id: str, folder: Path) -> Path:
    """Write a document that is made already; as `write` otherwise."""
    format = FORMATS.get(format_id)
    path = folder / f"{document.run}-{document.kind.value}.{format.ending}"
    return put(path, lambda: format.write(document))


def save_avid(workbench: Workbench, run_id: str, folder: Path) -> Path:
    """Write the record of an audit for the AI Vulnerability Database; raises as `write` does."""
    from lib.workflows.reporting import avid

    record = avid.record(gather(workbench, run_id))
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    return put(folder / f"{run_id}-{AVID}.json", lambda: text.encode("utf-8", "backslashreplace"))


def put(path: Path, make: Callable[[], bytes]) -> Path:
    """Make the folder, then the file's bytes, then the file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        cause = f"it cannot be made ({trouble.strerror or trouble})"
        raise ReportError(f"folder {path.parent}", cause, "Choose another place.") from trouble
    data = make()
    write_whole(path, lambda partial: partial.write_bytes(data))
    return path

"""Annotations as files: out to spreadsheets and other tools, and in from them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from lib.annotation.formats.argilla import write_argilla
from lib.annotation.formats.argilla_settings import write_settings
from lib.annotation.formats.csv_rows import write_csv
from lib.annotation.formats.label_studio import write_label_studio
from lib.annotation.formats.label_studio_config import write_config
from lib.annotation.formats.reading import MAX_BYTES
from lib.annotation.formats.record import ADJUDICATE, Export, Record, Subject
from lib.annotation.formats.table import write_jsonl, write_parquet
from lib.errors import AnnotationError
from lib.store.annotators import folded
from lib.store.export import write_whole
from lib.types import Act, AnnotationEvent, Assignment, Decision
from lib.workflows.annotation_import import ImportResult, import_annotations
from lib.workflows.annotators import pseudonyms
from lib.workflows.workbench import Workbench

__all__ = ["AnnotationFormat", "ImportResult", "export", "import_annotations", "import_file", "write"]

AT_ONCE = 2_000


class AnnotationFormat(StrEnum):
    """What can be written of an assignment: its annotations, or what stands beside them."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    LABEL_STUDIO = "label-studio"
    LABEL_STUDIO_CONFIG = "label-studio-config"  # what Label Studio's page asks
    ARGILLA = "argilla"
    ARGILLA_SETTINGS = "argilla-settings"  # what Argilla's page asks
    CODEBOOK = "codebook"  # the version that the assignment was made with


_WRITERS: dict[AnnotationFormat, Callable[[Export], bytes]] = {
    AnnotationFormat.CSV: write_csv,
    AnnotationFormat.JSONL: write_jsonl,
    AnnotationFormat.PARQUET: write_parquet,
    AnnotationFormat.LABEL_STUDIO: write_label_studio,
    AnnotationFormat.ARGILLA: write_argilla,
}


def export(workbench: Workbench, assignment_id: str, format: str, *, names: bool = False) -> bytes:
    """An assignment's annotations as a file: every version of each, and every decision, in order.

    Files for other tools hold every item, annotated or not. Texts are without masks, and the prompt is there where
    annotators see it. Without `names`, people are “Annotator 1” and so on, the same throughout one file.

    Args:
        format: one of AnnotationFormat.

    Raises:
        AnnotationError: there is no such assignment.
    """
    format = AnnotationFormat(format)
    work = workbench.desks.open(assignment_id)
    if format is AnnotationFormat.LABEL_STUDIO_CONFIG:
        return write_config(work.codebook, with_prompt=work.assignment.spec.show_prompt)
    if format is AnnotationFormat.ARGILLA_SETTINGS:
        return write_settings(work.codebook)
    if format is AnnotationFormat.CODEBOOK:
        return work.codebook.text.encode()
    subjects = subjects_of(workbench, workbench.store.assignments.get(assignment_id), work.codebook.id)
    found = Export(work.codebook, list(subjects.values()), records_of(workbench, assignment_id, subjects, names=names))
    return _WRITERS[format](found)


def write(data: bytes, path: Path) -> None:
    """Write an export to a file, whole or not at all; raises ExportError when it cannot be written."""
    write_whole(path, lambda partial: partial.write_bytes(data))


def import_file(workbench: Workbench, assignment_id: str, path: Path) -> ImportResult:
    """As `import_annotations`, from a file.

    Raises:
        AnnotationError: the file cannot be read, also because it is too large.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            cause = f"it has {path.stat().st_size // 1_000_000:,} MB"
            raise AnnotationError(f"file {path}", cause, f"Import it in parts of at most {MAX_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        cause = f"it cannot be read ({error.strerror or error})"
        raise AnnotationError(f"file {path}", cause, "Check the name.") from error
    return import_annotations(workbench, assignment_id, data, path.name)


def subjects_of(workbench: Workbench, assignment: Assignment, codebook_id: str) -> dict[int, Subject]:
    """What each item shows, by its number."""
    items = workbench.store.assignments.items(assignment.id)
    cells = sorted({(item.run, item.cell) for item in items})
    stored = {
        (each.run, each.no): each
        for first in range(0, len(cells), AT_ONCE)
        for each in workbench.store.responses.some(cells[first : first + AT_ONCE])
    }
    subjects = {}
    for item in items:
        shown = stored[item.run, item.cell]
        text = shown.response.text if shown.response else ""
        prompt = item.prompt or shown.cell.prompt
        subjects[item.no] = Subject(
            assignment=assignment.id,
            assignment_name=assignment.spec.name,
            codebook=codebook_id,
            digest=assignment.codebook,
            item=item.no,
            kind=item.kind.value,
            of=item.of,
            run=item.run,
            cell=item.cell,
            cell_id=shown.cell.id,
            set_id=item.set_id,
            prompt=prompt if assignment.spec.show_prompt else "",
            text=text if item.text is None else item.text,
        )
    return subjects


def records_of(workbench: Workbench, assignment_id: str, subjects: dict[int, Subject], *, names: bool) -> list[Record]:
    """Every annotation and every decision of an assignment, in the order in which they were made."""
    store = workbench.store
    events, decisions = store.annotations.history(assignment_id), store.adjudications.history(assignment_id)
    last = {(each.item, each.annotator): each for each in events}
    current = {each.event for each in last.values() if each.act is not Act.WITHDRAW}
    current |= {each.event for each in {each.item: each for each in decisions}.values()}
    people = {event.annotator for event in events} | {decision.adjudicator for decision in decisions}
    ordered = [name for name in store.annotators.names() if name in people]
    shown = {name: name for name in ordered} if names else pseudonyms(ordered)
    made = [(each.event, annotation(each, subjects[each.item], shown[each.annotator])) for each in events]
    made += [(each.event, adjudication(each, subjects[each.item], shown[each.adjudicator])) for each in decisions]
    return [
        replace(record, current=event in current, submission=unnamed(record.submission, event, people, names=names))
        for event, record in sorted(made, key=lambda pair: pair[0])
    ]


def unnamed(submission: str, event: int, people: Iterable[str], *, names: bool) -> str:
    """The id of a submission; another one where it would name somebody who has a pseudonym.

    An annotation that was imported keeps the id it had, which may be anything.
    """
    betrays = not names and any(folded(name) in folded(submission) for name in people)
    return f"event-{event}" if betrays else submission


def annotation(event: AnnotationEvent, subject: Subject, name: str) -> Record:
    """An annotator's event as a record."""
    return Record(
        subject=subject,
        annotator=name,
        act=event.act.value,
        answer=event.answer,
        submission=event.submission,
        seconds=event.seconds,
        suggestion=event.suggestion,
        suggested=event.suggested,
        masked=event.masked,
        unblinded=event.unblinded,
        created=event.created,
    )


def adjudication(decision: Decision, subject: Subject, name: str) -> Record:
    """A decision as a record."""
    return Record(
        subject=subject,
        annotator=name,
        act=ADJUDICATE,
        answer=decision.answer,
        submission=decision.submission,
        created=decision.created,
        reason=decision.reason,
    )

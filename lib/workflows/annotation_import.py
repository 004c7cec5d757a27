"""Annotations from a file into an assignment: every record whole or not at all, nothing twice."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lib.annotation.answers import checked
from lib.annotation.formats.reading import read_annotations
from lib.annotation.formats.record import ADJUDICATE, Flaw, Problem, Record, Subject
from lib.codec import to_json
from lib.errors import AuditError
from lib.store.outcomes import storable
from lib.types import Act, AnnotationEvent, AnnotationItem, Answer, Assignment, Codebook, Decision, ItemKind
from lib.workflows.adjudicate import checked_reason, without_confidence
from lib.workflows.annotators import checked_name
from lib.workflows.workbench import Workbench

EPOCH = datetime.fromtimestamp(0, UTC)
SAME_FILE = "Import it into the assignment that has it, or make one that does."


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: records stored now, those that were there already, and those that could not be taken."""

    stored: int
    already_there: int
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Target:
    """The assignment that records are for, its items by number and by the response they show."""

    assignment: Assignment
    codebook: Codebook
    items: dict[int, AnnotationItem]
    plain: dict[tuple[str, int], AnnotationItem]
    texts: dict[int, str]


def import_annotations(workbench: Workbench, assignment_id: str, data: bytes, filename: str) -> ImportResult:
    """Take the annotations in a file that Evenhand, Label Studio or Argilla wrote; importing it again changes nothing.

    A record names its item by the assignment and the number, or by the run and the cell of the response. All good
    records are stored together, in the order in which they were made (those that do not say when: last, as they stand
    in the file); the others are told with their places.

    Raises:
        AnnotationError: the file as a whole cannot be read, or the assignment is unknown, or closed while the file
            holds something new. Nothing is stored then.
    """
    workbench.refuse_when_read_only("import annotations")
    target = read_target(workbench, assignment_id)
    reading = read_annotations(data, filename, target.codebook)
    items = {}
    for number, (place, record) in enumerate(reading.records):
        try:
            items[number] = item_of(record.subject, target)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
    read_texts(workbench, target, set(items.values()))
    known = known_here(workbench, assignment_id)
    said_here = {(each.item, each.submission): said(each) for each in known}
    made: list[AnnotationEvent | Decision] = []
    for number, item in items.items():
        place, record = reading.records[number]
        try:
            one = made_of(record, item, target)
            refuse_edited(one, said_here)
            made.append(one)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
        except AuditError as error:
            reading.refuse(place, f"{error.thing}: {error.cause}", error.remedy)
    made.sort(key=lambda each: (each.created is None, each.created or EPOCH))
    stored = store(workbench, assignment_id, made, known)
    if reading.more:
        remedy = "Mend those first and import the file again."
        reading.problems.append(Problem("further on", f"{reading.more:,} more records could not be taken", remedy))
    return ImportResult(stored, len(made) - stored, reading.problems)


def read_target(workbench: Workbench, assignment_id: str) -> Target:
    """What an assignment holds; raises AnnotationError when there is none of that id."""
    work = workbench.desks.open(assignment_id)
    items = workbench.store.assignments.items(assignment_id)
    plain = {(item.run, item.cell): item for item in items if item.kind is ItemKind.PLAIN}
    return Target(work.assignment, work.codebook, {item.no: item for item in items}, plain, {})


def read_texts(workbench: Workbench, target: Target, items: set[AnnotationItem]) -> None:
    """Note in the target what these items show."""
    cells: dict[str, list[int]] = {}
    for item in items:
        cells.setdefault(item.run, []).append(item.cell)
    stored = {(run, no): text for run, nos in cells.items() for no, text in workbench.store.scores.texts(run, nos)}
    target.texts.update(
        {item.no: stored.get((item.run, item.cell), "") if item.text is None else item.text for item in items}
    )


def item_of(subject: Subject, target: Target) -> AnnotationItem:
    """The item that a record is about; raises Flaw when this assignment has none such."""
    here = target.assignment
    if subject.digest and subject.digest != here.codebook:
        cause = f"it was made with another version of the codebook (“{subject.codebook[:60]}”)"
        raise Flaw(cause, "Import it into an assignment that was made with that version.")
    if subject.item is not None and (subject.assignment == here.id or not (subject.assignment or subject.run)):
        item = target.items.get(subject.item)
        if item is None:
            raise Flaw(f"the assignment has no item {subject.item}", SAME_FILE)
        if subject.run and (subject.run, subject.cell) != (item.run, item.cell):
            raise Flaw(f"item {subject.item} shows another response here", SAME_FILE)
        return item
    if not subject.run or subject.cell is None:
        raise Flaw("it does not say which item it is about", "Keep “assignment” and “item”, or “run” and “cell”.")
    if subject.kind not in ("", ItemKind.PLAIN):
        raise Flaw(f"it is about a {subject.kind[:20]} item of another assignment", "Import it there.")
    found = target.plain.get((subject.run, subject.cell))
    if found is None:
        raise Flaw(f"response {subject.cell} of run {subject.run[:60]} is not in this assignment", SAME_FILE)
    return found


def made_of(record: Record, item: AnnotationItem, target: Target) -> AnnotationEvent | Decision:
    """A record as it is stored.

    Raises:
        AnnotationError: the answer does not fit the codebook or the text, or a name or a reason is none.
        Flaw: it is about another text, or something else is missing.
    """
    refuse_other_text(record, target.texts[item.no])
    name = checked_name(record.annotator)
    make = decision_of if record.act == ADJUDICATE else event_of
    return make(record, name, item, target)


def event_of(record: Record, name: str, item: AnnotationItem, target: Target) -> AnnotationEvent:
    """An annotator's record as an event; raises as `made_of`."""
    silent = record.act in (Act.SKIP, Act.WITHDRAW)
    answer = Answer() if silent else checked(record.answer, target.codebook, len(target.texts[item.no]))
    if record.act == Act.DISCARD and not answer.discard:
        raise Flaw("it is a discard without a reason", "Write one of the codebook's reasons in “discard”.")
    return AnnotationEvent(
        item=item.no,
        annotator=name,
        act=Act.DISCARD if answer.discard else Act(record.act),
        answer=answer,
        submission=record.submission or submission_of(record, item, name, answer),
        seconds=record.seconds,
        suggestion=record.suggestion,
        suggested=record.suggested,
        masked=record.masked,
        unblinded=record.unblinded,
        created=record.created,
    )


def decision_of(record: Record, name: str, item: AnnotationItem, target: Target) -> Decision:
    """An adjudicator's record as a decision, under the rules of `adjudicate.decide`; raises as `made_of`."""
    if item.kind is not ItemKind.PLAIN:
        raise Flaw("it is a decision on a repeat or a swapped text", "Decide on the response itself.")
    reason = checked_reason(record.reason)
    bare = replace(record.answer, note="", unsure=False)
    answer = checked(bare, without_confidence(target.codebook), len(target.texts[item.no]))
    submission = record.submission or submission_of(record, item, name, answer)
    return Decision(item.no, name, answer, reason, submission, record.created)


def refuse_other_text(record: Record, text: str) -> None:
    """Raise Flaw when a record was made on another text than the one that is stored here.

    Spreadsheets change line ends, which matters where characters are counted.
    """
    theirs = record.subject.text
    if not theirs or theirs == text:
        return
    if record.answer.spans or theirs.split() != text.split():
        raise Flaw("its text is not the one that is stored here", "Leave the text as it was exported.")


def submission_of(record: Record, item: AnnotationItem, name: str, answer: Answer) -> str:
    """What tells a record that has no submission from every other, the same whenever it is imported."""
    created = record.created.isoformat() if record.created else None
    said = [item.no, name.casefold(), record.act, to_json(answer), record.reason, created]
    return f"import:{hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()}"


def known_here(workbench: Workbench, assignment_id: str) -> list[AnnotationEvent | Decision]:
    """Everything that was ever said in an assignment."""
    return [
        *workbench.store.annotations.history(assignment_id),
        *workbench.store.adjudications.history(assignment_id),
    ]


def refuse_edited(made: AnnotationEvent | Decision, said_here: Mapping[tuple[int, str], str]) -> None:
    """Raise Flaw when a record says something else than what is stored under its submission."""
    if said_here.get((made.item, made.submission), said(made)) != said(made):
        raise Flaw("it was changed after it was exported", "Correct it on the page: there both versions are kept.")


def store(
    workbench: Workbench,
    assignment_id: str,
    made: list[AnnotationEvent | Decision],
    known: list[AnnotationEvent | Decision],
) -> int:
    """Store what is new, all or nothing; gives how much that is."""
    there = {fingerprint(each) for each in known}
    new = [each for each in made if fingerprint(each) not in there]
    with workbench.store.transaction():
        stored = workbench.store.annotations.add(assignment_id, [e for e in new if isinstance(e, AnnotationEvent)])
        for each in new:
            if isinstance(each, Decision):
                stored += workbench.store.adjudications.add(assignment_id, each)
    workbench.desks.forget(assignment_id)
    return stored


def fingerprint(made: AnnotationEvent | Decision) -> tuple[int, str, str, str]:
    """What an event keeps when it is exported under a pseudonym, so that it does not come back as somebody else's."""
    by = made.annotator if isinstance(made, AnnotationEvent) else made.adjudicator
    return made.item, made.submission, said(made), made.created.isoformat() if made.created else by


def said(made: AnnotationEvent | Decision) -> str:
    """What an event says, whoever said it and when."""
    act = made.act.value if isinstance(made, AnnotationEvent) else ADJUDICATE
    return storable(json.dumps([act, to_json(made.answer)], sort_keys=True, ensure_ascii=False))

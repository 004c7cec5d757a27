"""What every file of annotations holds, whatever its format: one record for each thing somebody did with an item."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from lib.codec import to_json
from lib.types import Answer, Codebook

ADJUDICATE = "adjudicate"
"""The act of a record that holds an adjudicator's decision; the others are those of `Act`."""

MAX_PROBLEMS = 500
NOTHING = Answer()


@dataclass(frozen=True, slots=True)
class Subject:
    """What was annotated: an item of an assignment, and the response it shows.

    `digest` is that of the codebook's version. `kind` and `of` are the item's; `cell` is the response's number in its
    run. `text` is what spans count in: without the mask that annotators may have seen over it. A file from elsewhere
    may say no more than the assignment and the item, or the run and the cell.
    """

    assignment: str = ""
    assignment_name: str = ""
    codebook: str = ""
    digest: str = ""
    item: int | None = None
    kind: str = ""
    of: int | None = None
    run: str = ""
    cell: int | None = None
    cell_id: str = ""
    set_id: str = ""
    prompt: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing somebody did with an item: an annotator's event or an adjudicator's decision.

    `act` is one of `Act`, or ADJUDICATE with its `reason`. `current` says whether it counts still. The other fields are
    those of `AnnotationEvent`.
    """

    subject: Subject
    annotator: str
    act: str
    answer: Answer = NOTHING
    submission: str = ""
    seconds: float = 0.0
    suggestion: str = ""
    suggested: bool = False
    masked: bool = False
    unblinded: bool = False
    created: datetime | None = None
    reason: str = ""
    current: bool = True


@dataclass(frozen=True, slots=True)
class Export:
    """A whole assignment on its way out: every item, annotated or not, and every record, in order."""

    codebook: Codebook
    subjects: list[Subject]
    records: list[Record]

    def by_subject(self) -> list[tuple[Subject, list[Record]]]:
        """Each item with its records, both in order."""
        found: dict[int | None, list[Record]] = {subject.item: [] for subject in self.subjects}
        for record in self.records:
            found[record.subject.item].append(record)
        return [(subject, found[subject.item]) for subject in self.subjects]


@dataclass(frozen=True, slots=True)
class Problem:
    """One record that could not be taken: where it is in the file, why, and what to do."""

    place: str
    cause: str
    remedy: str


@dataclass(slots=True)
class Reading:
    """What a file holds: records with their places, and what could not be read.

    At most MAX_PROBLEMS are kept; `more` counts the others.
    """

    records: list[tuple[str, Record]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def refuse(self, place: str, cause: str, remedy: str) -> None:
        """Note that the record at a place cannot be taken."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(place, cause, remedy))
        else:
            self.more += 1


SUBJECT_FIELDS = tuple(each.name for each in fields(Subject))
RECORD_FIELDS = tuple(each.name for each in fields(Record) if each.name != "subject")


class Flaw(Exception):
    """Why a record cannot be taken, and what to do; whoever catches it knows the place."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause, remedy)
        self.cause = cause
        self.remedy = remedy


def flat(record: Record) -> dict[str, Any]:
    """A record as one level of names, its answer nested, in plain JSON values."""
    row = {name: getattr(record.subject, name) for name in SUBJECT_FIELDS}
    row |= {name: getattr(record, name) for name in RECORD_FIELDS}
    created = record.created.isoformat() if record.created else None
    return row | {"answer": to_json(record.answer), "created": created}

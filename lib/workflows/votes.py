"""Who said what, as the tables that agreement is computed from."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.annotation.answers import asked
from lib.annotation.labels import CHOICES
from lib.types import (
    Act,
    AnnotationEvent,
    AnnotationItem,
    Answer,
    Assignment,
    Codebook,
    CodebookField,
    FieldKind,
    ItemKind,
)
from lib.workflows.annotators import pseudonyms
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    from lib.stats.observations import Floats
    from lib.stats.span_agreement import Marks

EVERYBODY = "All\u00a0together"
"""Stands for all annotators, in place of a name: which no name can be, as names have no such space."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What everybody says of an assignment's items now.

    Attributes:
        items: by number. said: the answers given, in the order in which they were last given.
        names: how each annotator is shown, in the order in which they began.
        discarded, skipped: current discards and skips of plain items; they are not among `said`.
    """

    assignment: Assignment
    codebook: Codebook
    items: Mapping[int, AnnotationItem]
    said: Sequence[AnnotationEvent]
    names: Mapping[str, str]
    discarded: int
    skipped: int

    def of_kind(self, kind: ItemKind) -> list[AnnotationEvent]:
        """The answers on items of one kind; only those on plain ones are votes."""
        return [event for event in self.said if self.items[event.item].kind is kind]

    @property
    def choices(self) -> list[CodebookField]:
        """The fields that ask for labels of the whole response."""
        return [field for field in self.codebook.fields if field.kind in CHOICES]


def read(workbench: Workbench, assignment_id: str, *, pseudonymous: bool = False) -> Votes:
    """The current answers of an assignment.

    Args:
        pseudonymous: show “Annotator 1” and so on in place of names.

    Raises:
        AnnotationError: there is no such assignment.
    """
    work = workbench.desks.open(assignment_id)
    items = {item.no: item for item in workbench.store.assignments.items(assignment_id)}
    events = workbench.store.annotations.current(assignment_id)
    plain = [event.act for event in events if items[event.item].kind is ItemKind.PLAIN]
    said = [event for event in events if event.act is Act.SUBMIT]
    began = [name for name in workbench.store.annotators.names() if name in {event.annotator for event in said}]
    return Votes(
        assignment=work.assignment,
        codebook=work.codebook,
        items=items,
        said=said,
        names=pseudonyms(began) if pseudonymous else {name: name for name in began},
        discarded=plain.count(Act.DISCARD),
        skipped=plain.count(Act.SKIP),
    )


def chosen(answer: Answer, field: CodebookField) -> tuple[str, ...] | None:
    """The labels somebody chose in a field, none of them being an answer too; None where it was not answered."""
    labels = answer.labels.get(field.id)
    return None if labels is None or (field.kind is not FieldKind.MULTIPLE and not labels) else labels


def matrix(events: Sequence[AnnotationEvent], field: CodebookField, names: Sequence[str]) -> tuple["Floats", int]:
    """The number of the label each person chose, and how many there are to choose from.

    Of a multiple choice each set of labels that occurs counts as a label, besides one that does not occur, so that
    there are always two. Who was not asked, or left the field open, has no vote.

    Returns:
        Shape (items, annotators) in the order of items' numbers and `names`; NaN where there is no vote.
    """
    answers = {(event.item, event.annotator): chosen(event.answer, field) for event in events}
    if field.kind is FieldKind.MULTIPLE:
        sets = dict.fromkeys(labels for labels in answers.values() if labels is not None)
        numbers = {labels: place for place, labels in enumerate(sets)}
        possible = max(2, min(len(sets) + 1, 2 ** len(field.labels)))
    else:
        numbers = {(label.id,): place for place, label in enumerate(field.labels)}
        possible = max(2, len(numbers))
    codes = {key: float(numbers.get(labels, math.nan)) for key, labels in answers.items() if labels is not None}
    return table(codes, names), possible


def label_matrix(events: Sequence[AnnotationEvent], field: CodebookField, label: str, names: Sequence[str]) -> "Floats":
    """Whether each person chose one label, 1 or 0; as `matrix` otherwise."""
    answers = {(event.item, event.annotator): chosen(event.answer, field) for event in events}
    return table({key: float(label in labels) for key, labels in answers.items() if labels is not None}, names)


def table(codes: Mapping[tuple[int, str], float], names: Sequence[str]) -> "Floats":
    """Numbers by item and annotator as an array, NaN where there is none."""
    import numpy as np

    rows = {item: row for row, item in enumerate(sorted({item for item, _ in codes}))}
    columns = {name: column for column, name in enumerate(names)}
    found = np.full((len(rows), len(columns)), np.nan)
    for (item, name), code in codes.items():
        found[rows[item], columns[name]] = code
    return found


def marks(events: Sequence[AnnotationEvent], field: CodebookField, codebook: Codebook) -> list[list["Marks"]]:
    """For each item what everybody marked who was asked, which may be nothing; labels by number."""
    numbers = {label.id: place for place, label in enumerate(field.labels)}
    people: dict[int, list[Marks]] = {}
    for event in sorted(events, key=lambda event: event.item):
        if field in asked(codebook, event.answer.labels):
            spans = event.answer.spans.get(field.id, ())
            found = [(span.start, span.end, numbers[span.label]) for span in spans if span.label in numbers]
            people.setdefault(event.item, []).append(found)
    return list(people.values())

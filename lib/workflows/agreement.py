"""Agreement: how far annotators say the same, field by field and label by label.

How each of them works (against themselves, over time, on swapped duplicates, with suggestions) is in
`lib.workflows.people`; how scorers do against gold, in `lib.workflows.instruments`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.annotation.labels import CHOICES
from lib.stats.agreement import Coefficients, agreement
from lib.stats.span_agreement import SpanAgreement, span_agreement
from lib.types import Assignment, CodebookField, FieldKind, ItemKind
from lib.workflows import agreement_words, votes
from lib.workflows.votes import Votes
from lib.workflows.workbench import Workbench

if TYPE_CHECKING:
    from lib.stats.observations import Floats


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one label against all others. `prevalence` is its share of the answers; NaN without any."""

    label: str
    title: str
    prevalence: float
    coefficients: Coefficients


@dataclass(frozen=True, slots=True)
class SpanLabelAgreement:
    """Agreement on where one label stands."""

    label: str
    title: str
    agreement: SpanAgreement


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field of the codebook.

    Attributes:
        overall: of a choice; of a multiple choice, on the whole set of labels. None for spans.
        labels: one against the rest, in the codebook's order; empty for spans.
        spans, span_labels: of stretches of text; None and empty for choices.
        votes: the number of each person's label in the order of `labels`, shape (items, annotators), NaN where there
            is none: what a confusion matrix counts. Empty unless one label is chosen.
        reading: what the number allows one to claim.
    """

    field: CodebookField
    overall: Coefficients | None
    labels: tuple[LabelAgreement, ...]
    spans: SpanAgreement | None
    span_labels: tuple[SpanLabelAgreement, ...]
    votes: "Floats | None"
    reading: str


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreement in one assignment.

    Attributes:
        annotators: as they are shown, in the order of the columns of each field's votes.
        plain: items that are not doubles; `answered` of them by somebody, `shared` by at least two.
        by_item: how many plain items have how many answers.
        unsure, discarded, skipped: answers marked unsure, which vote; discards and skips, which do not.
        reading: what was counted.
    """

    assignment: Assignment
    annotators: tuple[str, ...]
    plain: int
    answered: int
    shared: int
    by_item: Mapping[int, int]
    unsure: int
    discarded: int
    skipped: int
    fields: tuple[FieldAgreement, ...]
    reading: str

    def field(self, id: str) -> FieldAgreement:
        """One field by its id."""
        return next(each for each in self.fields if each.field.id == id)


def read(workbench: Workbench, assignment_id: str, *, pseudonymous: bool = False) -> Agreements:
    """Agreement on every field but free text, over everybody's current answers on plain items.

    Args:
        pseudonymous: show “Annotator 1” and so on in place of names.

    Raises:
        AnnotationError: there is no such assignment.
    """
    said = votes.read(workbench, assignment_id, pseudonymous=pseudonymous)
    events = said.of_kind(ItemKind.PLAIN)
    answers = Counter(event.item for event in events)
    by_item = Counter(answers.values())
    unsure = sum(event.answer.unsure for event in events)
    shared = sum(number for people, number in by_item.items() if people > 1)
    return Agreements(
        assignment=said.assignment,
        annotators=tuple(said.names.values()),
        plain=sum(item.kind is ItemKind.PLAIN for item in said.items.values()),
        answered=len(answers),
        shared=shared,
        by_item=dict(sorted(by_item.items())),
        unsure=unsure,
        discarded=said.discarded,
        skipped=said.skipped,
        fields=tuple(of_field(said, field) for field in said.codebook.fields if field.kind is not FieldKind.TEXT),
        reading=agreement_words.counted(len(said.names), len(answers), shared, unsure, said.discarded, said.skipped),
    )


def of_field(said: Votes, field: CodebookField) -> FieldAgreement:
    """Agreement on one field."""
    return of_choice(said, field) if field.kind in CHOICES else of_spans(said, field)


def of_choice(said: Votes, field: CodebookField) -> FieldAgreement:
    """Agreement on labels of the whole response."""
    events, names = said.of_kind(ItemKind.PLAIN), list(said.names)
    codes, possible = votes.matrix(events, field, names)
    overall = agreement(codes, possible, ordinal=field.kind is FieldKind.SCALE)
    labels = tuple(of_label(said, field, label.id, label.title) for label in field.labels)
    several = field.kind is FieldKind.MULTIPLE
    reading = agreement_words.of_choice(overall, [(each.title, each.prevalence, each.coefficients) for each in labels])
    return FieldAgreement(field, overall, labels, None, (), None if several else codes, reading)


def of_label(said: Votes, field: CodebookField, label: str, title: str) -> LabelAgreement:
    """Agreement on one label against the rest."""
    import numpy as np

    chosen = votes.label_matrix(said.of_kind(ItemKind.PLAIN), field, label, list(said.names))
    known = chosen[~np.isnan(chosen)]
    return LabelAgreement(label, title, float(known.mean()) if len(known) else np.nan, agreement(chosen, 2))


def of_spans(said: Votes, field: CodebookField) -> FieldAgreement:
    """Agreement on stretches of text."""
    marked = votes.marks(said.of_kind(ItemKind.PLAIN), field, said.codebook)
    overall = span_agreement(marked)
    labels = tuple(
        SpanLabelAgreement(label.id, label.title, span_agreement(marked, place))
        for place, label in enumerate(field.labels)
    )
    return FieldAgreement(field, None, (), overall, labels, None, agreement_words.of_spans(overall))

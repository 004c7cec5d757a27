"""Gold: what a response is taken to be, from the decision of an adjudicator, else from the majority of the votes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lib.annotation.answers import asked
from lib.types import Answer, Codebook, CodebookField, FieldKind, GoldSource, Span

Vote = tuple[str, Answer]
"""An annotator's name and what they say."""

_Heard = tuple[Answer, frozenset[str]]
"""An answer, and the ids of the fields that were asked for it."""


@dataclass(frozen=True, slots=True)
class GoldField:
    """The gold of one field.

    Attributes:
        value: labels in the codebook's order; empty where it is none of them, or where the field does not apply. For
            SPANS the labels that occur. None where it is unresolved.
        votes: how many people answered the field or were not asked it; a majority of one vote is one person's word.
        agreeing: how many of those say exactly this; 0 where it is unresolved.
        spans: the stretches, for SPANS.
    """

    value: tuple[str, ...] | None
    source: GoldSource
    votes: int
    agreeing: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one response by the field's id, without fields of free words; none at all when it is discarded."""

    fields: Mapping[str, GoldField] = field(default_factory=dict)
    discarded: bool = False


def gold(votes: Sequence[Vote], decision: Answer | None, codebook: Codebook) -> Gold:
    """The gold of one response.

    A decision settles every field, except a single choice or a scale that it leaves open. Without one, a label of a
    single choice or a scale needs more than half of the votes; somebody who was not asked the field votes for that.
    Of a multiple choice each label is put to the vote, and one tie leaves the field unresolved. Spans are not voted
    on: they are gold when all have marked the same. An answer that leaves a choice open is no vote on it.

    Args:
        votes: each annotator's answer as `answers.checked` gives it.
        decision: what an adjudicator decided, None without one.
    """
    set_aside = bool(decision.discard) if decision else discarded(votes)
    if set_aside:
        return Gold(discarded=True)
    heard = _heard([answer for _, answer in votes], codebook)
    decided = _heard([decision] if decision else [], codebook)
    return Gold(
        {
            each.id: (_spans_settled if each.kind is FieldKind.SPANS else _choice_settled)(each, heard, decided)
            for each in codebook.fields
            if each.kind is not FieldKind.TEXT
        }
    )


def discarded(votes: Sequence[Vote]) -> bool:
    """Whether more than half of the annotators set the response aside; at a tie the others' votes count."""
    return 2 * sum(bool(answer.discard) for _, answer in votes) > len(votes)


def disagrees(votes: Sequence[Vote], codebook: Codebook) -> list[str]:
    """Ids of the fields with labels in which the annotators do not all say the same, in the codebook's order.

    Not being asked a field differs from any answer to it; leaving it open does not. Who discarded the response has no
    say in this.
    """
    heard = _heard([answer for _, answer in votes], codebook)
    return [
        each.id
        for each in codebook.fields
        if each.kind is not FieldKind.TEXT
        and len(set(_spans(each, heard) if each.kind is FieldKind.SPANS else _labels(each, heard))) > 1
    ]


def _heard(answers: Sequence[Answer], codebook: Codebook) -> list[_Heard]:
    return [
        (answer, frozenset(each.id for each in asked(codebook, answer.labels)))
        for answer in answers
        if not answer.discard
    ]


def _labels(asking: CodebookField, heard: Sequence[_Heard]) -> list[tuple[str, ...] | None]:
    """The labels of each answer, None where the field was not asked; answers that leave it open are left out."""
    found: list[tuple[str, ...] | None] = []
    for answer, fields in heard:
        labels = answer.labels.get(asking.id)
        if asking.id not in fields:
            found.append(None)
        elif labels or (labels is not None and asking.kind is FieldKind.MULTIPLE):
            found.append(labels)
    return found


def _spans(asking: CodebookField, heard: Sequence[_Heard]) -> list[tuple[Span, ...] | None]:
    """The spans of each answer, None where the field was not asked."""
    return [answer.spans.get(asking.id, ()) if asking.id in fields else None for answer, fields in heard]


def _choice_settled(asking: CodebookField, heard: Sequence[_Heard], decided: Sequence[_Heard]) -> GoldField:
    said = _labels(asking, heard)
    decision = _labels(asking, decided)
    value = decision[0] or () if decision else _majority(asking, said)
    if value is None:
        return GoldField(None, GoldSource.UNRESOLVED, len(said), 0)
    source = GoldSource.ADJUDICATED if decision else GoldSource.MAJORITY
    return GoldField(value, source, len(said), sum((labels or ()) == value for labels in said))


def _spans_settled(asking: CodebookField, heard: Sequence[_Heard], decided: Sequence[_Heard]) -> GoldField:
    said = _spans(asking, heard)
    settled = _spans(asking, decided) or list(dict.fromkeys(said))
    if len(settled) != 1:
        return GoldField(None, GoldSource.UNRESOLVED, len(said), 0)
    spans = settled[0] or ()
    source = GoldSource.ADJUDICATED if decided else GoldSource.MAJORITY
    labels = tuple(label.id for label in asking.labels if label.id in {span.label for span in spans})
    return GoldField(labels, source, len(said), sum((marked or ()) == spans for marked in said), spans)


def _majority(asking: CodebookField, said: Sequence[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """What more than half say, empty when that is that the field does not apply; None when there is no such thing."""
    if not said:
        return None
    if asking.kind is not FieldKind.MULTIPLE:
        labels, count = Counter(said).most_common(1)[0]
        return (labels or ()) if 2 * count > len(said) else None
    counts = [sum(label.id in (labels or ()) for labels in said) for label in asking.labels]
    if any(2 * count == len(said) for count in counts):
        return None
    return tuple(label.id for label, count in zip(asking.labels, counts, strict=True) if 2 * count > len(said))

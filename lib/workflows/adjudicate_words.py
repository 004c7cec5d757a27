"""What somebody says of a response, in words, for whoever decides between several answers."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lib.annotation.answers import asked
from lib.types import Answer, Codebook, CodebookField, FieldKind

DISCARDED = "Discarded"
"""Stands for a field when some set a response aside and others answer."""

OPEN = "left open"
NONE_OF_THEM = "none of these"
NOT_ASKED = "not asked"
NOTHING_MARKED = "nothing marked"


@dataclass(frozen=True, slots=True)
class Line:
    """A field's title with what was said; `differs` where others say something else."""

    title: str
    said: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What one person says, without their name. `note` holds what they add: unsure, confidence, a note."""

    name: str
    lines: tuple[Line, ...]
    note: str


def versions(
    answers: Sequence[tuple[str, Answer]], text: str, differing: Collection[str], codebook: Codebook
) -> tuple[Version, ...]:
    """Answers by name in words; where people differ, what more than half of them say is not marked.

    Args:
        text: in which the answers' spans count.
        differing: ids of the fields in which annotators differ; DISCARDED for the response as a whole.
    """
    told = [list(lines(answer, text, differing, codebook)) for _, answer in answers]
    often = Counter((id, said) for its in told for id, _, said in its)
    return tuple(
        Version(
            name,
            tuple(Line(title, said, id in differing and 2 * often[id, said] <= len(told)) for id, title, said in its),
            note_of(answer),
        )
        for (name, answer), its in zip(answers, told, strict=True)
    )


def lines(answer: Answer, text: str, differing: Collection[str], codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """Id, title and words of each field that was answered, or in which annotators differ."""
    if answer.discard:
        yield DISCARDED, DISCARDED, answer.discard
        return
    fields = {field.id for field in asked(codebook, answer.labels)}
    for field in codebook.fields:
        said = in_words(field, answer, text) if field.id in fields else NOT_ASKED
        if field.id in differing or said not in (OPEN, NOT_ASKED, NOTHING_MARKED):
            yield field.id, field.title, said


def in_words(field: CodebookField, answer: Answer, text: str) -> str:
    """What an answer says in one field that was asked."""
    titles = {label.id: label.title for label in field.labels}
    if field.kind is FieldKind.TEXT:
        return answer.texts.get(field.id) or OPEN
    if field.kind is FieldKind.SPANS:
        marked = [
            f"“{text[span.start : span.end]}” {titles.get(span.label, span.label)}"
            for span in answer.spans.get(field.id, ())
        ]
        return "; ".join(marked) or NOTHING_MARKED
    chosen = answer.labels.get(field.id)
    if not chosen:
        return NONE_OF_THEM if chosen is not None and field.kind is FieldKind.MULTIPLE else OPEN
    return ", ".join(titles.get(label, label) for label in chosen)


def note_of(answer: Answer) -> str:
    """What somebody adds to their answer."""
    parts = ["unsure"] if answer.unsure else []
    if answer.confidence is not None:
        parts.append(f"confidence {answer.confidence} of 5")
    if answer.note:
        parts.append(f"“{answer.note}”")
    return " · ".join(parts)


def words(answer: Answer, text: str, codebook: Codebook) -> str:
    """A whole answer in one line."""
    return "; ".join(f"{title}: {said}" for _, title, said in lines(answer, text, (), codebook))

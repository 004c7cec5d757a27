"""Answers as the values of Argilla's questions, and back."""

from collections.abc import Mapping
from typing import Any

from lib.annotation.formats.fields import kind, spans, text, texts, whole
from lib.annotation.formats.offsets import refuse_ambiguous
from lib.annotation.formats.outside import CONFIDENCE, DISCARD, NOTE, UNSURE, field_named, outside_name
from lib.annotation.formats.record import Flaw
from lib.annotation.labels import CHOICES
from lib.types import Answer, Codebook, CodebookField, FieldKind, Span

UNSURE_VALUES = ("sure", "unsure")


def values(answer: Answer, codebook: Codebook) -> dict[str, Any]:
    """The value of every question that has one; a multiple choice of nothing has the empty list."""
    found: dict[str, Any] = {}
    for field in codebook.fields:
        name = outside_name(field.id)
        if field.id in answer.labels:
            labels = list(answer.labels[field.id])
            found[name] = labels if field.kind is FieldKind.MULTIPLE else labels[0]
        elif field.id in answer.spans:
            stretches = answer.spans[field.id]
            found[name] = [{"label": span.label, "start": span.start, "end": span.end} for span in stretches]
        elif field.id in answer.texts:
            found[name] = answer.texts[field.id]
    found[UNSURE] = UNSURE_VALUES[answer.unsure]
    own = {CONFIDENCE: answer.confidence, DISCARD: answer.discard or None, NOTE: answer.note or None}
    return found | {name: value for name, value in own.items() if value is not None}


def answer_from(said: Mapping[str, Any], codebook: Codebook, shown: str) -> Answer:
    """The answer that a user's values make; raises Flaw for a question or a value that no field has."""
    labels: dict[str, tuple[str, ...]] = {}
    stretches: dict[str, tuple[Span, ...]] = {}
    words: dict[str, str] = {}
    for name, value in said.items():
        if name in (CONFIDENCE, UNSURE, DISCARD, NOTE) or value is None:
            continue
        field = field_named(name, codebook)
        if field.kind in CHOICES:
            labels[field.id] = _labels(field, value)
        elif field.kind is FieldKind.SPANS:
            stretches[field.id] = tuple(spans(value, name))
            for span in stretches[field.id]:
                refuse_ambiguous(shown, span.end)
        else:
            words[field.id] = text(said, name)
    return Answer(
        labels=labels,
        spans=stretches,
        texts=words,
        confidence=whole(said, CONFIDENCE),
        unsure=text(said, UNSURE) == "unsure",
        note=text(said, NOTE),
        discard=text(said, DISCARD),
    )


def _labels(field: CodebookField, value: Any) -> tuple[str, ...]:
    """The labels chosen; a rating stands for a step of a scale, from 1 on."""
    if isinstance(value, str | list):
        return tuple(texts(value, field.id))
    if field.kind is FieldKind.SCALE and isinstance(value, int) and 1 <= value <= len(field.labels):
        return (field.labels[value - 1].id,)
    raise Flaw(f"“{field.title}” is {kind(value)}, which is none of its labels", "Choose one of its labels.")

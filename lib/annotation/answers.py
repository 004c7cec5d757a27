"""An answer held against its codebook: what is missing or impossible is refused, the rest put in order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from lib.annotation.labels import CHOICES
from lib.errors import AnnotationError
from lib.registry import suggest
from lib.types import Answer, Codebook, CodebookField, FieldKind, Span

LIMIT = 10_000
"""Characters of a note or of a field of free words."""

SHOWN = 60
CONFIDENCES = range(1, 6)

_HOW = {
    FieldKind.SINGLE: "Choose one of its labels.",
    FieldKind.SCALE: "Choose one of its steps.",
    FieldKind.MULTIPLE: "Choose at least one of its labels, or none of them.",
    FieldKind.SPANS: "Mark at least one stretch of the text.",
    FieldKind.TEXT: "Write a few words.",
}


def checked(answer: Answer, codebook: Codebook, text_length: int) -> Answer:
    """An answer as it is kept: labels in the codebook's order, spans by place, texts without space around them.

    What stands in fields that are not asked is left out. A multiple choice without labels stays as "none of them",
    which also answers a required one; other empty fields are left out. With a discard nothing is required.

    Args:
        text_length: of the response, in code points.

    Raises:
        AnnotationError: a required field that is asked has no answer, or something is said that the codebook or the
            text does not allow. It names the field by its title.
    """
    _refuse_unknown_fields(answer, codebook)
    if answer.discard and answer.discard not in codebook.discard_reasons:
        reasons = ", ".join(f"“{reason}”" for reason in codebook.discard_reasons)
        remedy = f"Choose one of {reasons}." if reasons else "This codebook has no reasons to discard; skip it instead."
        raise AnnotationError("discard", f"“{answer.discard[:SHOWN]}” is none of the reasons", remedy)
    labels: dict[str, tuple[str, ...]] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    texts: dict[str, str] = {}
    for field in asked(codebook, answer.labels):
        if field.kind in CHOICES:
            said = field.id in answer.labels
            chosen = _labels(field, answer.labels.get(field.id, ()))
            if chosen or (said and field.kind is FieldKind.MULTIPLE):
                labels[field.id] = chosen
        elif field.kind is FieldKind.SPANS:
            if found := _spans(field, answer.spans.get(field.id, ()), text_length):
                spans[field.id] = found
        elif text := _text(f"“{field.title}”", answer.texts.get(field.id, "")):
            texts[field.id] = text
        if field.required and not answer.discard and field.id not in labels | spans | texts:
            raise AnnotationError(f"“{field.title}”", "it needs an answer", _HOW[field.kind])
    confidence = _confidence(answer.confidence) if codebook.confidence else None
    note = _text("note", answer.note)
    return replace(answer, labels=labels, spans=spans, texts=texts, confidence=confidence, note=note)


def asked(codebook: Codebook, labels: Mapping[str, tuple[str, ...]]) -> list[CodebookField]:
    """The fields to ask when `labels` are chosen so far; what is chosen in a field that is not asked opens no other.

    A codebook's fields depend only on fields that stand before them.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    found = []
    for field in codebook.fields:
        if all(set(opening) & set(chosen.get(other, ())) for other, opening in field.when.items()):
            chosen[field.id] = labels.get(field.id, ())
            found.append(field)
    return found


def _refuse_unknown_fields(answer: Answer, codebook: Codebook) -> None:
    kinds = ((answer.labels, CHOICES), (answer.spans, (FieldKind.SPANS,)), (answer.texts, (FieldKind.TEXT,)))
    for said, kind in kinds:
        known = [field.id for field in codebook.fields if field.kind in kind]
        for name in said:
            if name not in known:
                cause = f"the codebook “{codebook.title}” asks nothing of that name in this way"
                raise AnnotationError(f"field “{name[:SHOWN]}”", cause, suggest(name[:SHOWN], known))


def _refuse_unknown_labels(field: CodebookField, labels: Iterable[str]) -> None:
    known = [label.id for label in field.labels]
    for label in labels:
        if label not in known:
            cause = f"it has no label “{label[:SHOWN]}”"
            raise AnnotationError(f"“{field.title}”", cause, suggest(label[:SHOWN], known))


def _labels(field: CodebookField, said: tuple[str, ...]) -> tuple[str, ...]:
    _refuse_unknown_labels(field, said)
    chosen = tuple(label.id for label in field.labels if label.id in said)
    if field.kind is not FieldKind.MULTIPLE and len(chosen) > 1:
        raise AnnotationError(f"“{field.title}”", f"it has {len(chosen)} labels", "Keep one of them.")
    return chosen


def _spans(field: CodebookField, said: tuple[Span, ...], text_length: int) -> tuple[Span, ...]:
    _refuse_unknown_labels(field, (span.label for span in said))
    places = {label.id: place for place, label in enumerate(field.labels)}
    for span in said:
        where = f"characters {span.start} to {span.end}"
        if span.start >= span.end:
            raise AnnotationError(f"“{field.title}”", f"a stretch is empty ({where})", "Mark at least one character.")
        if span.start < 0 or span.end > text_length:
            cause = f"a stretch is outside the text ({where} of {text_length})"
            raise AnnotationError(f"“{field.title}”", cause, "Mark a part of the text.")
    for one, other in pairwise(sorted(said, key=lambda span: (span.label, span.start, span.end))):
        if one.label == other.label and other.start < one.end:
            cause = f"two stretches of one label overlap at character {other.start}"
            raise AnnotationError(f"“{field.title}”", cause, "Take one of them away, or mark both as one.")
    return tuple(sorted(said, key=lambda span: (span.start, span.end, places[span.label])))


def _text(thing: str, text: str) -> str:
    text = text.strip()
    if len(text) > LIMIT:
        raise AnnotationError(thing, f"it has {len(text):,} characters, more than {LIMIT:,}", "Shorten it.")
    return text


def _confidence(said: int | None) -> int | None:
    if said is not None and said not in CONFIDENCES:
        raise AnnotationError("confidence", f"it is {said}", "Choose 1 (a guess) to 5 (certain).")
    return said

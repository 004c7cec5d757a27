"""Answers as the parts of a Label Studio result, one a control, and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from lib.annotation.formats.fields import kind, texts, whole
from lib.annotation.formats.offsets import found_place
from lib.annotation.formats.outside import CONFIDENCE, DISCARD, NOTE, TEXT, UNSURE, field_named, outside_name
from lib.annotation.formats.record import Flaw
from lib.annotation.labels import CHOICES
from lib.types import Answer, Codebook, CodebookField, FieldKind, Span

Part = Mapping[str, Any]

AGAIN = "Export the annotation again with the configuration that came with the tasks."


def results(answer: Answer, codebook: Codebook, text: str, mark: str) -> list[dict[str, Any]]:
    """The parts of a result; the id of each begins with `mark`. Spans count in code points, and quote the words."""
    return [
        {
            "id": f"{mark}-{number}",
            "from_name": name,
            "to_name": TEXT,
            "type": type,
            "value": value,
        }
        for number, (name, type, value) in enumerate(_parts(answer, codebook, text))
    ]


def _parts(answer: Answer, codebook: Codebook, text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for field in codebook.fields:
        name = outside_name(field.id)
        if labels := answer.labels.get(field.id):
            yield name, "choices", {"choices": list(labels)}
        for span in answer.spans.get(field.id, ()):
            place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
            yield name, "labels", place | {"labels": [span.label]}
        if words := answer.texts.get(field.id):
            yield name, "textarea", {"text": [words]}
    if answer.confidence is not None:
        yield CONFIDENCE, "rating", {"rating": answer.confidence}
    if answer.unsure:
        yield UNSURE, "choices", {"choices": ["unsure"]}
    if answer.discard:
        yield DISCARD, "choices", {"choices": [answer.discard]}
    if answer.note:
        yield NOTE, "textarea", {"text": [answer.note]}


def answer_from(parts: Any, codebook: Codebook, text: str) -> Answer:
    """The answer that a result's parts make; raises Flaw for a control or a value that no field has."""
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        raise Flaw("its “result” is no list of objects", AGAIN)
    labels: dict[str, tuple[str, ...]] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    words: dict[str, str] = {}
    own: dict[str, Any] = {}
    for part in parts:
        name, value = str(part.get("from_name", "")), part.get("value")
        if part.get("type") == "relation":
            continue
        if not isinstance(value, Mapping):
            raise Flaw(f"“{name[:40]}” has no value", AGAIN)
        if name in (CONFIDENCE, UNSURE, DISCARD, NOTE):
            own[name] = value
            continue
        field = field_named(name, codebook)
        if field.kind in CHOICES:
            labels[field.id] = labels.get(field.id, ()) + _labels(field, value)
        elif field.kind is FieldKind.SPANS:
            spans[field.id] = spans.get(field.id, ()) + _spans(value, name, text)
        else:
            words[field.id] = "\n".join(
                [*([words[field.id]] if field.id in words else []), *_list(value, "text", name)]
            )
    return Answer(
        labels=labels,
        spans=spans,
        texts=words,
        confidence=whole(own.get(CONFIDENCE, {}), "rating"),
        unsure=bool(_list(own.get(UNSURE, {}), "choices", UNSURE)),
        note="\n".join(_list(own.get(NOTE, {}), "text", NOTE)),
        discard="".join(_list(own.get(DISCARD, {}), "choices", DISCARD)[:1]),
    )


def short_results(row: Part, codebook: Codebook) -> list[dict[str, Any]]:
    """The parts of an object of JSON-MIN, in which every control has a value of its own shape."""
    types = {outside_name(field.id): _type(field) for field in codebook.fields}
    types |= {CONFIDENCE: "rating", UNSURE: "choices", DISCARD: "choices", NOTE: "text"}
    parts = []
    for name, type in types.items():
        said = row.get(name)
        for value in said if isinstance(said, list) else [] if said is None else [said]:
            parts.append({"from_name": name, "value": value if isinstance(value, Mapping) else {type: value}})
    return parts


def _type(field: CodebookField) -> str:
    """The key of a field's value."""
    if field.kind in CHOICES:
        return "choices"
    return "labels" if field.kind is FieldKind.SPANS else "text"


def _labels(field: CodebookField, value: Part) -> tuple[str, ...]:
    """The labels chosen; stars stand for the steps of a scale, from 1 on."""
    stars = value.get("rating")
    if stars is None:
        return tuple(_list(value, "choices", field.id))
    if field.kind is not FieldKind.SCALE or not isinstance(stars, int) or not 1 <= stars <= len(field.labels):
        raise Flaw(f"“{field.title}” is {kind(stars)} stars", f"It takes the {len(field.labels)} labels it has.")
    return (field.labels[stars - 1].id,)


def _spans(value: Part, name: str, text: str) -> tuple[Span, ...]:
    start, end, quoted = whole(value, "start"), whole(value, "end"), value.get("text")
    if start is None or end is None:
        raise Flaw(f"a span of “{name[:40]}” has no start or no end", AGAIN)
    start, end = found_place(text, start, end, quoted if isinstance(quoted, str) else None)
    return tuple(Span(start, end, label) for label in dict.fromkeys(_list(value, "labels", name)))


def _list(value: Part, key: str, name: str) -> list[str]:
    return texts(value.get(key) or [], name)

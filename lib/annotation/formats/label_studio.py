"""Label Studio's tasks with annotations, in its full JSON, and the import of that and of its short JSON-MIN.

The tasks show what is current. Everything else rides along in `data.evenhand`, so that our own round trip is whole.
`completed_by` is written for names that are e-mail addresses: Label Studio refuses a file that names somebody who is no
member of its project, and gives annotations without a name to whoever imports them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from lib.annotation.formats.fields import moment, seconds, subject_of
from lib.annotation.formats.label_studio_results import answer_from, results, short_results
from lib.annotation.formats.lines import objects_in_list
from lib.annotation.formats.outside import LUGGAGE, PROMPT, TEXT, alike, answered, luggage, mark, unpacked
from lib.annotation.formats.record import Export, Flaw, Reading, Record, Subject
from lib.types import Act, Answer, Codebook


def write_label_studio(export: Export) -> bytes:
    """A JSON list of tasks, one an item, UTF-8."""
    numbers = count(1)
    tasks = [
        {"id": number} | _task(subject, records, export.codebook, numbers)
        for number, (subject, records) in enumerate(export.by_subject(), 1)
    ]
    return json.dumps(tasks, ensure_ascii=False).encode("utf-8", "replace")


def read_label_studio(text: str, codebook: Codebook) -> Reading:
    """The records of a list of tasks, or of JSON-MIN, where every annotation is an object of its own."""
    reading = Reading()
    for place, row in objects_in_list(text, "task", reading):
        short = "data" not in row
        data = row if short else row["data"]
        try:
            subject, carried = _subject(data)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
            continue
        reading.records.extend((place, record) for record in carried)
        for where, annotation in _annotations(place, row, short=short, codebook=codebook, reading=reading):
            try:
                record = _record(subject, annotation, codebook, str(data.get(TEXT, "")))
            except Flaw as flaw:
                reading.refuse(where, flaw.cause, flaw.remedy)
                continue
            if not _carried(record, annotation, carried):
                reading.records.append((where, record))
    return reading


def _task(subject: Subject, records: list[Record], codebook: Codebook, numbers: Iterator[int]) -> dict[str, Any]:
    data = {TEXT: subject.text, PROMPT: subject.prompt, LUGGAGE: luggage(subject, records)}
    annotations = [{"id": next(numbers)} | _annotation(record, codebook) for record in answered(records)]
    return {"data": data, "annotations": annotations, "predictions": []}


def _annotation(record: Record, codebook: Codebook) -> dict[str, Any]:
    created = record.created.isoformat() if record.created else None
    by = {"completed_by": {"email": record.annotator}} if "@" in record.annotator else {}
    return by | {
        "result": results(record.answer, codebook, record.subject.text, mark(record)),
        "was_cancelled": record.act == Act.SKIP,
        "ground_truth": False,
        "created_at": created,
        "updated_at": created,
        "lead_time": record.seconds,
    }


def _subject(data: Any) -> tuple[Subject, list[Record]]:
    if not isinstance(data, Mapping):
        raise Flaw("its “data” is no object", "Export the tasks again.")
    packed = data.get(LUGGAGE)
    if isinstance(packed, Mapping):
        subject, carried = unpacked(packed)
        text, prompt = data.get(TEXT), data.get(PROMPT)
        subject = replace(subject, text=text if isinstance(text, str) else "", prompt=str(prompt or ""))
        return subject, [replace(record, subject=subject) for record in carried]
    known = {name: data.get(name) for name in ("item", "run", "cell", TEXT)}
    return subject_of(known), []


def _annotations(
    place: str, row: Mapping[str, Any], *, short: bool, codebook: Codebook, reading: Reading
) -> list[tuple[str, Mapping[str, Any]]]:
    if short and row.get("annotation_id") is None:
        return []
    if short:
        return [(place, {**row, "result": short_results(row, codebook)})]
    listed = row.get("annotations", row.get("completions")) or []
    if not isinstance(listed, list):
        reading.refuse(place, "its “annotations” are no list", "Export the tasks again.")
        return []
    places = [place] if len(listed) == 1 else [f"{place}, annotation {number}" for number in range(1, len(listed) + 1)]
    return list(zip(places, listed, strict=True))


def _record(subject: Subject, annotation: Any, codebook: Codebook, text: str) -> Record:
    if not isinstance(annotation, Mapping):
        raise Flaw("the annotation is no object", "Export the tasks again.")
    cancelled = annotation.get("was_cancelled") is True
    answer = Answer() if cancelled else answer_from(annotation.get("result"), codebook, text)
    act = Act.SKIP if cancelled else Act.DISCARD if answer.discard else Act.SUBMIT
    return Record(
        subject=subject,
        annotator=_annotator(annotation.get("completed_by", annotation.get("annotator"))),
        act=act.value,
        answer=answer,
        seconds=seconds(annotation.get("lead_time")),
        created=moment(annotation.get("updated_at") or annotation.get("created_at")),
    )


def _carried(record: Record, annotation: Mapping[str, Any], carried: list[Record]) -> bool:
    """Whether an annotation is one that we exported, and nobody changed.

    A skip has nothing that could be marked, and nothing that could be lost.
    """
    parts = annotation.get("result")
    marks = (
        {str(part.get("id"))[:12] for part in parts if isinstance(part, Mapping)} if isinstance(parts, list) else set()
    )
    return any(
        alike(record, known)
        and (record.act == Act.SKIP or mark(known) in marks or (known.created and known.created == record.created))
        for known in answered(carried)
    )


def _annotator(by: Any) -> str:
    """A name for whoever annotated: an e-mail address, or Label Studio's number for them."""
    if isinstance(by, Mapping):
        by = by.get("email") or by.get("id")
    if isinstance(by, str):
        return by
    return f"label-studio-{by}" if isinstance(by, int) and not isinstance(by, bool) else ""

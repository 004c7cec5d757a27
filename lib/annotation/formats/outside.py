"""What files for other annotation tools share: names, what rides along unseen, and which answers are new."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lib.annotation.formats.fields import Row, mapping, record_of, subject_of
from lib.annotation.formats.record import Flaw, Record, Subject, flat
from lib.codec import to_json
from lib.types import Act, Answer, Codebook, CodebookField

LUGGAGE = "evenhand"
"""The key under which a task carries what the other tool has no place for: the item, and every record of it."""

OWN = "x-"
"""Begins names that are ours; no codebook's field has a hyphen in its id."""

TEXT, PROMPT = "text", "prompt"
CONFIDENCE, UNSURE, NOTE, DISCARD = f"{OWN}confidence", f"{OWN}unsure", f"{OWN}note", f"{OWN}discard"
SURE_ENOUGH = 5
"""Confidence goes from 1 to this."""

TASK_KEYS = {TEXT, PROMPT, LUGGAGE, "id", "annotator", "annotation_id", "agreement", "lead_time"}
TAKEN = TASK_KEYS | {"created_at", "updated_at"} | {"add", "count", "index", "remove", "serialize"}
"""What a task's data and Label Studio's short export use, and the methods of Argilla's lists."""


def outside_name(field: str) -> str:
    """A codebook field's name elsewhere: its id, unless the other tools use that themselves."""
    return OWN + field if field in TAKEN or field.startswith("_") else field


def field_named(name: str, codebook: Codebook) -> CodebookField:
    """The field of a name from elsewhere; raises Flaw when there is none."""
    for field in codebook.fields:
        if outside_name(field.id) == name:
            return field
    known = ", ".join(field.id for field in codebook.fields)
    raise Flaw(
        f"the codebook “{codebook.title}” has no field “{name[:40]}”", f"Rename it to one of {known}, or take it out."
    )


def luggage(subject: Subject, records: Sequence[Record]) -> dict[str, Any]:
    """What a task carries for us: the item (but its texts, which the task shows) and every record in full."""
    row: dict[str, Any] = to_json(replace(subject, prompt="", text=""))
    own = set(row)
    return row | {"records": [{key: value for key, value in flat(each).items() if key not in own} for each in records]}


def unpacked(row: Row) -> tuple[Subject, list[Record]]:
    """What `luggage` packed; raises Flaw when somebody broke it."""
    carried = row.get("records") or []
    if not isinstance(carried, list):
        raise Flaw(f"“records” under “{LUGGAGE}” is no list", "Leave what stands there as it was exported.")
    subject = subject_of(row)
    rows = [mapping({"record": each}, "record") for each in carried]
    return subject, [replace(record_of(each), subject=subject) for each in rows]


def answered(records: Sequence[Record]) -> list[Record]:
    """The records that other tools show: what each annotator says now."""
    return [record for record in records if record.current and record.act in (Act.SUBMIT, Act.DISCARD, Act.SKIP)]


def essence(answer: Answer) -> Answer:
    """An answer without what other tools cannot write: that none of some labels was chosen."""
    kept = {field: labels for field, labels in answer.labels.items() if labels}
    ordered = {field: tuple(sorted(labels)) for field, labels in kept.items()}
    marked = {
        field: tuple(sorted(spans, key=lambda span: (span.start, span.end, span.label)))
        for field, spans in answer.spans.items()
        if spans
    }
    texts = {field: text.strip() for field, text in answer.texts.items() if text.strip()}
    return replace(answer, labels=ordered, spans=marked, texts=texts, note=answer.note.strip())


def alike(one: Record, other: Record) -> bool:
    """Whether two records say the same, by whomever and whenever."""
    return one.act == other.act and essence(one.answer) == essence(other.answer)


def mark(record: Record) -> str:
    """A short name for a record that another tool keeps beside each part of its answer."""
    return hashlib.sha256(f"{record.annotator}\x1f{record.submission}".encode(errors="replace")).hexdigest()[:12]

"""Argilla 2 records with responses, as its Python library reads and writes them, and the settings of their dataset.

A record shows what is current; the item and every record of it ride along in its metadata, so that our own round trip
is whole. Argilla knows its users by UUIDs: ours are made from the names and found again through the metadata.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from lib.annotation.formats.argilla_values import answer_from, values
from lib.annotation.formats.lines import decoded, objects_in_list
from lib.annotation.formats.outside import LUGGAGE, PROMPT, TEXT, alike, answered, luggage, unpacked
from lib.annotation.formats.record import Export, Flaw, Reading, Record, Subject
from lib.types import Act, Answer, Codebook

PEOPLE = UUID("6c1f5a52-7a3c-4b5e-9d0e-3f8f6f1d2a41")
DISCARDED = "discarded"


def write_argilla(export: Export) -> bytes:
    """A JSON list of records, one an item, UTF-8."""
    rows = [_row(subject, records, export.codebook) for subject, records in export.by_subject()]
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace")


def read_argilla(text: str, codebook: Codebook) -> Reading:
    """The records of a JSON list that Argilla's library or `write_argilla` wrote."""
    reading = Reading()
    for place, row in objects_in_list(text, "record", reading):
        try:
            subject, carried = _subject(row)
            users = _users(row)
        except Flaw as flaw:
            reading.refuse(place, flaw.cause, flaw.remedy)
            continue
        reading.records.extend((place, record) for record in carried)
        for user, said in users.items():
            try:
                record = _record(subject, user, said, codebook, carried)
            except Flaw as flaw:
                reading.refuse(f"{place}, user {user[:40]}", flaw.cause, flaw.remedy)
                continue
            if record:
                reading.records.append((place, record))
    return reading


def user_of(name: str) -> str:
    """The UUID of an annotator."""
    return str(uuid5(PEOPLE, name))


def _row(subject: Subject, records: list[Record], codebook: Codebook) -> dict[str, Any]:
    responses: dict[str, list[dict[str, Any]]] = {}
    for record in answered(records):
        status = DISCARDED if record.act == Act.DISCARD else "submitted"
        for question, value in values(record.answer, codebook).items():
            said = {"value": value, "user_id": user_of(record.annotator), "status": status}
            responses.setdefault(question, []).append(said)
    return {
        "id": f"{subject.assignment}-{subject.item}",
        "fields": {PROMPT: subject.prompt, TEXT: subject.text},
        "metadata": {LUGGAGE: json.dumps(luggage(subject, records), ensure_ascii=False)},
        "suggestions": {},
        "responses": responses,
        "vectors": {},
        "status": "completed" if responses else "pending",
        "_server_id": None,
    }


def _subject(row: Mapping[str, Any]) -> tuple[Subject, list[Record]]:
    shown, metadata = row.get("fields") or {}, row.get("metadata") or {}
    if not isinstance(shown, Mapping) or not isinstance(metadata, Mapping):
        raise Flaw("its “fields” or its “metadata” are no object", "Export the records again.")
    packed = metadata.get(LUGGAGE)
    packed = decoded(packed) if isinstance(packed, str) else metadata
    if not isinstance(packed, Mapping):
        raise Flaw(f"“{LUGGAGE}” in its metadata is no object", "Leave it as it was exported.")
    subject, carried = unpacked(packed)
    text, prompt = shown.get(TEXT), shown.get(PROMPT)
    subject = replace(subject, text=text if isinstance(text, str) else "", prompt=str(prompt or ""))
    return subject, [replace(record, subject=subject) for record in carried]


def _users(row: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What each user said, by question; "status" holds how it was handed in."""
    responses = row.get("responses") or {}
    if not isinstance(responses, Mapping):
        raise Flaw("its “responses” are no object", "Export the records again.")
    users: dict[str, dict[str, Any]] = {}
    for question, listed in responses.items():
        for said in listed if isinstance(listed, list) else [listed]:
            if not isinstance(said, Mapping) or "value" not in said:
                raise Flaw(f"a response to “{str(question)[:40]}” has no value", "Export the records again.")
            its = users.setdefault(str(said.get("user_id") or ""), {"status": None, "values": {}})
            its["values"][str(question)] = said["value"]
            its["status"] = said.get("status") or its["status"]
    return users


def _record(
    subject: Subject, user: str, said: dict[str, Any], codebook: Codebook, carried: list[Record]
) -> Record | None:
    """What a user said, as a record; None when it rode along already, or is a draft."""
    names = {user_of(record.annotator): record.annotator for record in carried}
    name = names.get(user, user)
    known = [record for record in answered(carried) if record.annotator == name]
    if said["status"] == "draft" or any(values(record.answer, codebook) == said["values"] for record in known):
        return None
    answer: Answer = answer_from(said["values"], codebook, subject.text)
    act = Act.DISCARD if answer.discard else Act.SKIP if said["status"] == DISCARDED else Act.SUBMIT
    answer = Answer() if act is Act.SKIP else answer
    record = Record(subject=subject, annotator=name, act=act.value, answer=answer)
    return None if any(alike(record, other) for other in known) else record

"""What people did in one audit, in order: annotations, adjudications and unblindings, carried out and back in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from pathlib import Path
from typing import Any

import pyarrow as pa

from lib.codec import dump, from_json
from lib.store.annotation_events import next_events
from lib.store.annotators import annotator_names, joined
from lib.store.audit_files import read_lines, time_in, time_out
from lib.store.audit_people import People, here
from lib.store.database import Database, batch_of
from lib.store.outcomes import storable
from lib.types import Act, Answer, Json

_KINDS = {"annotation": "annotations", "adjudication": "adjudications", "unblinding": "unblindings"}

_COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "annotation": {
        "act": pa.string(),
        "answer": pa.string(),
        "submission": pa.string(),
        "seconds": pa.float64(),
        "suggestion": pa.string(),
        "suggested": pa.bool_(),
        "masked": pa.bool_(),
        "unblinded": pa.bool_(),
        "created": pa.timestamp("us"),
    },
    "adjudication": {
        "answer": pa.string(),
        "reason": pa.string(),
        "submission": pa.string(),
        "created": pa.timestamp("us"),
    },
    "unblinding": {"created": pa.timestamp("us")},
}
"""What is said of each kind beside event, assignment, item and annotator."""

_OF_A_RUN = """
SELECT e.event, e.assignment, e.item, e.annotator, {columns}
FROM {table} e SEMI JOIN (SELECT assignment, item FROM annotation_items WHERE run_no = ?) i
    ON i.assignment = e.assignment AND i.item = e.item
ORDER BY e.event
"""


def read_events(database: Database, run_no: int) -> list[Json]:
    """Everything that people did with a run's responses, in order; `event` counts from 1, `annotator` is a name.

    `assignment` is its number here.
    """
    names = annotator_names(database)
    found = merge(*(_events(database, run_no, kind) for kind in _KINDS), key=lambda event: event["event"])
    return [event | {"event": n, "annotator": names[event["annotator"]]} for n, event in enumerate(found, start=1)]


def history_out(events: Sequence[Json], people: People, assignment: int) -> Iterator[Json]:
    """The events of one assignment as they are carried out."""
    for event in events:
        if event["assignment"] == assignment:
            told = {key: value for key, value in event.items() if key != "assignment"}
            told["annotator"] = people.label(event["annotator"])
            if people.betrayed(told.get("submission", "")):
                told["submission"] = f"event-{event['event']}"
            yield told


def load_events(database: Database, histories: Mapping[int, Path], run_id: str, *, beside: bool) -> None:
    """Store what people did, from one file for each number of an assignment, in the order in which they did it.

    Args:
        beside: whether people get names that nobody else here can have.

    Raises:
        ValueError: an event is malformed, out of order, or of an item that its assignment does not have.
    """
    told = [(number, event) for number, path in histories.items() for event in read_lines(path)]
    told.sort(key=lambda each: each[1]["event"])
    if [event["event"] for _, event in told] != list(range(1, len(told) + 1)):
        raise ValueError("the events of its histories are not numbered one after the other")
    _refuse_strays(database, told)
    names = [here(event["annotator"], run_id) if beside else event["annotator"] for _, event in told]
    numbers = joined(database, names)
    rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in _KINDS}
    for event, (assignment, said), name in zip(next_events(database, len(told)), told, names, strict=True):
        kind = said["said"]
        rows[kind].append((event, assignment, said["item"], numbers[name], *_values(kind, said)))
    for kind, its in rows.items():
        if its:
            sql = f"INSERT INTO {_KINDS[kind]} BY NAME SELECT * FROM batch"  # noqa: S608 - our own names
            database.write_batch(sql, batch_of(its, _schema(kind)))


def _events(database: Database, run_no: int, kind: str) -> Iterator[Json]:
    columns = ", ".join(f"e.{column}" for column in _COLUMNS[kind])
    for row in database.dicts(_OF_A_RUN.format(columns=columns, table=_KINDS[kind]), (run_no,)):
        said = {"event": row["event"], "assignment": row["assignment"], "said": kind} | row
        if "answer" in said:
            said["answer"] = json.loads(said["answer"])
        said["created"] = time_out(said["created"])
        yield said


def _values(kind: str, said: Json) -> Iterator[Any]:
    for column, type_ in _COLUMNS[kind].items():
        value = said[column]
        if column == "answer":
            yield storable(dump(from_json(Answer, value)))
        elif column == "created":
            yield time_in(value)
        elif column == "act":
            yield Act(value).value
        else:
            yield storable(value) if type_ == pa.string() else value


def _schema(kind: str) -> pa.Schema:
    key = {"event": pa.int64(), "assignment": pa.int32(), "item": pa.int32(), "annotator": pa.int32()}
    return pa.schema(key | _COLUMNS[kind])


def _refuse_strays(database: Database, told: Sequence[tuple[int, Json]]) -> None:
    for assignment in {number for number, _ in told}:
        known = {
            item for (item,) in database.rows("SELECT item FROM annotation_items WHERE assignment = ?", (assignment,))
        }
        if stray := [event["item"] for number, event in told if number == assignment and event["item"] not in known]:
            raise ValueError(f"a history speaks of item {stray[0]}, which its assignment does not have")

"""What people do with items is kept as numbered events: added once each, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lib.errors import AnnotationError
from lib.store.database import Database, batch_of

KEY = {"item": pa.int32(), "annotator": pa.int32(), "submission": pa.string()}


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table of events with a submission. The columns of a row are those of KEY, then those of `more`."""

    name: str
    more: dict[str, pa.DataType]

    @property
    def schema(self) -> pa.Schema:
        """The columns of a numbered row."""
        return pa.schema({"event": pa.int64(), **KEY, **self.more})


def append(database: Database, table: EventTable, assignment: int, rows: Sequence[tuple[Any, ...]]) -> int:
    """Store rows, in order, but for those whose key is there already; gives how many were stored.

    Call it inside a transaction: writers take turns, so that between looking for a submission and
    storing it nobody else can store it.

    Raises:
        AnnotationError: the assignment has no such item (any more).
    """
    by_key: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        by_key.setdefault(row[: len(KEY)], row)
    items = sorted({row[0] for row in rows})
    taken = set(
        database.rows(
            f"""
            SELECT {", ".join(KEY)} FROM {table.name}
            WHERE assignment = $assignment AND item IN (SELECT unnest($items))
            """,  # noqa: S608 - our own names
            {"assignment": assignment, "items": items},
        )
    )
    new = [row for key, row in by_key.items() if key not in taken]
    if new:
        refuse_unknown(database, assignment, items)
        numbered = [(number, *row) for number, row in zip(next_events(database, len(new)), new, strict=True)]
        database.write_batch(
            f"INSERT INTO {table.name} BY NAME SELECT $assignment AS assignment, * FROM batch",  # noqa: S608 - our own names
            batch_of(numbered, table.schema),
            {"assignment": assignment},
        )
    return len(new)


def refuse_unknown(database: Database, assignment: int, items: Sequence[int]) -> None:
    """Raise AnnotationError when one of the items is not in the assignment."""
    stray = database.value(
        """
        SELECT min(i.item) FROM (SELECT unnest($items) AS item) i
        ANTI JOIN (SELECT item FROM annotation_items WHERE assignment = $assignment) known ON known.item = i.item
        """,
        {"assignment": assignment, "items": list(items)},
    )
    if stray is not None:
        raise AnnotationError(
            f"item {stray}",
            "the assignment has none of that number; its audit may have been deleted",
            "Go on with the next one.",
        )


def next_events(database: Database, count: int) -> list[int]:
    """That many new event numbers, rising."""
    return sorted(number for (number,) in database.rows("SELECT nextval('annotation_events') FROM range(?)", (count,)))

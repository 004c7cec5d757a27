"""Annotations: everything annotators did with items, as events that are only ever added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from lib.codec import dump, parse
from lib.errors import AnnotationError
from lib.store.annotation_events import EventTable, append, next_events, refuse_unknown
from lib.store.annotators import annotator_names, annotator_number, joined
from lib.store.clock import aware, now, stored
from lib.store.database import Database
from lib.store.lookup import assignment_number
from lib.store.outcomes import storable
from lib.types import Act, AnnotationEvent, Answer, ItemState

_TABLE = EventTable(
    "annotations",
    {
        "act": pa.string(),
        "answer": pa.string(),
        "seconds": pa.float64(),
        "suggestion": pa.string(),
        "suggested": pa.bool_(),
        "masked": pa.bool_(),
        "unblinded": pa.bool_(),
        "created": pa.timestamp("us"),
    },
)

_COLUMNS = """
item, annotator, act, answer, submission, seconds, suggestion, suggested, masked, unblinded, created, event
"""

_STATES = """
SELECT item, annotator,
    CASE act WHEN 'skip' THEN 'skipped' WHEN 'discard' THEN 'discarded'
        ELSE if((answer->>'unsure')::BOOLEAN, 'flagged', 'done') END
FROM current_annotations WHERE assignment = ? ORDER BY event
"""

# Undoing and importing take no time on the screen, and would make everybody look fast.
_PACE = """
SELECT annotator, min(first), max(last), coalesce(median(seconds) FILTER (seconds > 0), 0)
FROM (
    SELECT annotator, item, min(event) AS event, min(created) AS first, max(created) AS last, sum(seconds) AS seconds
    FROM annotations WHERE assignment = ? GROUP BY annotator, item
)
GROUP BY annotator ORDER BY min(event)
"""


class Annotations:
    """Annotations by assignment. All raise AnnotationError with the nearest ids when there is none of that id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, assignment_id: str, events: Sequence[AnnotationEvent]) -> int:
        """Store events, in order: on disk when this returns, all or nothing. Gives how many were new.

        An event whose item, annotator and submission are stored already is left out, so handing one in
        twice changes nothing. Annotators who never took part are made known. `created` is kept where it is
        given; `event` is not. Runs that may only be read can be annotated: their responses stay as they are.

        Raises:
            AnnotationError: something is new, and the assignment is closed or has no such item (any more).
        """
        if not events:
            return 0
        with self._database.transaction():
            number = assignment_number(self._database, assignment_id)
            people = joined(self._database, (event.annotator for event in events))
            time = now()
            rows = [_row(event, people[event.annotator], time) for event in events]
            count = append(self._database, _TABLE, number, rows)
            if count:
                self._refuse_closed(assignment_id, number)
        return count

    def current(self, assignment_id: str, annotator: str | None = None) -> list[AnnotationEvent]:
        """The last event of each item and annotator, or of one annotator, in order; those taken back are left out."""
        return self._events("current_annotations", assignment_id, None, annotator)

    def history(
        self, assignment_id: str, item: int | None = None, annotator: str | None = None
    ) -> list[AnnotationEvent]:
        """Every event, or those of one item, one annotator or both, in order."""
        return self._events("annotations", assignment_id, item, annotator)

    def states(self, assignment_id: str) -> list[tuple[int, str, ItemState]]:
        """(item, annotator, state) of all but what is pending, in the order of the last events."""
        number = assignment_number(self._database, assignment_id)
        names = annotator_names(self._database)
        rows = self._database.rows(_STATES, (number,))
        return [(item, names[annotator], ItemState(state)) for item, annotator, state in rows]

    def pace(self, assignment_id: str) -> list[tuple[str, datetime, datetime, float]]:
        """(annotator, first event, last event, median seconds an item) in the order in which they began.

        The seconds are 0 where no time was measured, as with annotations that were imported.
        """
        number = assignment_number(self._database, assignment_id)
        names = annotator_names(self._database)
        rows = self._database.rows(_PACE, (number,))
        return [(names[annotator], aware(first), aware(last), seconds) for annotator, first, last, seconds in rows]

    def unblind(self, assignment_id: str, item: int, annotator: str) -> None:
        """Put on record that an annotator looked up where a response comes from.

        Raises:
            AnnotationError: the assignment has no such item (any more).
        """
        with self._database.transaction():
            number = assignment_number(self._database, assignment_id)
            person = joined(self._database, [annotator])[annotator]
            refuse_unknown(self._database, number, [item])
            [event] = next_events(self._database, 1)
            self._database.write("INSERT INTO unblindings VALUES (?, ?, ?, ?, ?)", (event, number, item, person, now()))

    def unblindings(self, assignment_id: str) -> list[tuple[int, str, datetime]]:
        """(item, annotator, when) of every time someone looked up where a response comes from, in order."""
        number = assignment_number(self._database, assignment_id)
        names = annotator_names(self._database)
        rows = self._database.rows(
            "SELECT item, annotator, created FROM unblindings WHERE assignment = ? ORDER BY event", (number,)
        )
        return [(item, names[annotator], aware(created)) for item, annotator, created in rows]

    def _events(
        self, source: str, assignment_id: str, item: int | None, annotator: str | None
    ) -> list[AnnotationEvent]:
        place = {"assignment": assignment_number(self._database, assignment_id)}
        if item is not None:
            place["item"] = item
        if annotator is not None:
            person = annotator_number(self._database, annotator)
            if person is None:
                return []
            place["annotator"] = person
        names = annotator_names(self._database)
        condition = " AND ".join(f"{column} = ${column}" for column in place)
        sql = f"SELECT {_COLUMNS} FROM {source} WHERE {condition} ORDER BY event"  # noqa: S608 - our own names
        return [_event(row, names) for row in self._database.rows(sql, place)]

    def _refuse_closed(self, assignment_id: str, number: int) -> None:
        if self._database.value("SELECT closed FROM assignments WHERE assignment = ?", (number,)):
            raise AnnotationError(
                f"assignment {assignment_id}", "it is closed", "Ask whoever leads it to open it again."
            )


def _row(event: AnnotationEvent, annotator: int, time: datetime) -> tuple[Any, ...]:
    return (
        event.item,
        annotator,
        storable(event.submission),
        event.act.value,
        storable(dump(event.answer)),
        event.seconds,
        storable(event.suggestion),
        event.suggested,
        event.masked,
        event.unblinded,
        stored(event.created) if event.created else time,
    )


def _event(row: tuple[Any, ...], names: dict[int, str]) -> AnnotationEvent:
    item, annotator, act, answer, submission, seconds, suggestion, suggested, masked, unblinded, created, event = row
    return AnnotationEvent(
        item=item,
        annotator=names[annotator],
        act=Act(act),
        answer=parse(Answer, answer),
        submission=submission,
        seconds=seconds,
        suggestion=suggestion,
        suggested=suggested,
        masked=masked,
        unblinded=unblinded,
        created=aware(created),
        event=event,
    )

"""Adjudications: what was decided on items that annotators see differently, as events that are only ever added."""

from typing import Any

import pyarrow as pa

from lib.codec import dump, parse
from lib.store.annotation_events import EventTable, append
from lib.store.annotators import annotator_names, joined
from lib.store.clock import aware, now, stored
from lib.store.database import Database
from lib.store.lookup import assignment_number
from lib.store.outcomes import storable
from lib.types import Answer, Decision

_TABLE = EventTable("adjudications", {"answer": pa.string(), "reason": pa.string(), "created": pa.timestamp("us")})


class Adjudications:
    """Decisions by assignment. All raise AnnotationError with the nearest ids when there is none of that id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, assignment_id: str, decision: Decision) -> int:
        """Store a decision, on disk when this returns; gives 1, or 0 when its submission is stored already.

        An assignment that is closed can be adjudicated. `created` is kept where it is given; `event` is not.

        Raises:
            AnnotationError: the assignment has no such item (any more).
        """
        with self._database.transaction():
            number = assignment_number(self._database, assignment_id)
            person = joined(self._database, [decision.adjudicator])[decision.adjudicator]
            created = stored(decision.created) if decision.created else now()
            answer, reason = storable(dump(decision.answer)), storable(decision.reason)
            row = (decision.item, person, storable(decision.submission), answer, reason, created)
            return append(self._database, _TABLE, number, [row])

    def current(self, assignment_id: str) -> list[Decision]:
        """The last decision on each item, in the order in which they were made."""
        return self._read("current_adjudications", assignment_id)

    def history(self, assignment_id: str) -> list[Decision]:
        """Every decision, in the order in which they were made."""
        return self._read("adjudications", assignment_id)

    def _read(self, source: str, assignment_id: str) -> list[Decision]:
        number = assignment_number(self._database, assignment_id)
        names = annotator_names(self._database)
        columns = "item, annotator, answer, reason, submission, created, event"
        sql = f"SELECT {columns} FROM {source} WHERE assignment = ? ORDER BY event"  # noqa: S608 - our own names
        return [_decision(row, names) for row in self._database.rows(sql, (number,))]


def _decision(row: tuple[Any, ...], names: dict[int, str]) -> Decision:
    item, annotator, answer, reason, submission, created, event = row
    return Decision(item, names[annotator], parse(Answer, answer), reason, submission, aware(created), event)

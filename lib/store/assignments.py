"""Assignments: responses to be annotated with one version of a codebook."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lib.codec import dump, parse
from lib.errors import AnnotationError
from lib.store.annotation_items import delete_assignment, read_item, read_items, read_some, touching, write_items
from lib.store.clock import aware, now
from lib.store.codebooks import Codebooks
from lib.store.database import Database
from lib.store.lookup import assignment_number, run_number
from lib.store.naming import run_id as new_id
from lib.store.outcomes import storable
from lib.types import AnnotationItem, Assignment, AssignmentSpec, Codebook

_SELECT = """
SELECT a.id, a.name, a.spec, a.codebook, c.title, coalesce(i.items, 0), a.closed, a.created
FROM assignments a
JOIN codebooks c ON c.digest = a.codebook
LEFT JOIN (SELECT assignment, count(*) AS items FROM annotation_items GROUP BY assignment) i
    ON i.assignment = a.assignment
"""


class Assignments:
    """Assignments by id. All that takes one raises AnnotationError with the nearest ids when there is none of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._codebooks = Codebooks(database)

    def create(self, spec: AssignmentSpec, codebook: Codebook, items: Sequence[AnnotationItem]) -> str:
        """Store an assignment with its items and the codebook it is made with, all or nothing; gives its id.

        Raises:
            RunError: the run of an item is gone.
        """
        created = now()
        assignment_id = new_id(spec.name, created)
        with self._database.transaction():
            self._codebooks.keep(codebook)
            number = self._database.value("SELECT nextval('assignment_numbers')")
            self._database.write(
                "INSERT INTO assignments VALUES (?, ?, ?, ?, ?, false, ?)",
                (number, assignment_id, storable(spec.name), storable(dump(spec)), codebook.digest, created),
            )
            write_items(self._database, number, items)
        return assignment_id

    def get(self, assignment_id: str) -> Assignment:
        """One assignment."""
        number = self._number(assignment_id)
        return _assignment(self._database.rows(f"{_SELECT} WHERE a.assignment = ?", (number,))[0])

    def all(self) -> list[Assignment]:
        """Every assignment, the newest first."""
        return [_assignment(row) for row in self._database.rows(f"{_SELECT} ORDER BY a.assignment DESC")]

    def items(self, assignment_id: str) -> list[AnnotationItem]:
        """Every item, in order. Numbers are missing where a run was deleted."""
        return read_items(self._database, self._number(assignment_id))

    def some(self, assignment_id: str, nos: Sequence[int]) -> list[AnnotationItem]:
        """Those of these items that are there, in the order given."""
        return read_some(self._database, self._number(assignment_id), nos)

    def item(self, assignment_id: str, no: int) -> AnnotationItem:
        """One item; raises AnnotationError when there is none of that number."""
        found = read_item(self._database, self._number(assignment_id), no)
        if found is None:
            raise AnnotationError(
                f"item {no} of assignment {assignment_id}",
                "there is none of that number; its audit may have been deleted",
                "Go on with the next one.",
            )
        return found

    def close(self, assignment_id: str, closed: bool) -> None:
        """Take no more annotations, or take them again."""
        number = self._number(assignment_id)
        self._database.write("UPDATE assignments SET closed = ? WHERE assignment = ?", (closed, number))

    def rename(self, assignment_id: str, name: str) -> None:
        """Give an assignment another name; its id stays."""
        number = self._number(assignment_id)
        self._database.write("UPDATE assignments SET name = ? WHERE assignment = ?", (storable(name), number))

    def delete(self, assignment_id: str) -> None:
        """Delete an assignment with everything that was said in it; its codebook and annotators stay known."""
        delete_assignment(self._database, self._number(assignment_id))

    def of_run(self, run_id: str) -> tuple[int, int]:
        """(assignments, annotations) with a response of a run: what deleting it touches. Raises RunError."""
        return touching(self._database, run_number(self._database, run_id))

    def _number(self, assignment_id: str) -> int:
        return assignment_number(self._database, assignment_id)


def _assignment(row: tuple[str, str, str, str, str, int, bool, datetime]) -> Assignment:
    assignment_id, name, spec, codebook, title, items, closed, created = row
    kept = replace(parse(AssignmentSpec, spec), name=name)
    return Assignment(assignment_id, kept, codebook, title, items, closed, aware(created))

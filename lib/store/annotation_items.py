"""The items of assignments: which responses are annotated, and what goes when a run or an assignment is deleted."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from lib.store.database import Database, batch_of
from lib.store.lookup import run_number
from lib.store.outcomes import storable
from lib.types import AnnotationItem, ItemKind

_EVENTS = ("annotations", "adjudications", "unblindings")

_SCHEMA = pa.schema(
    {
        "item": pa.int32(),
        "run_no": pa.int32(),
        "no": pa.int32(),
        "set_id": pa.string(),
        "kind": pa.string(),
        "doubles": pa.int32(),
        "wanted": pa.int32(),
        "probability": pa.float64(),
        "prompt": pa.string(),
        "text": pa.string(),
    }
)

_SELECT = """
SELECT item, run_no, no, set_id, kind, doubles, wanted, probability, prompt, text
FROM annotation_items WHERE assignment = $assignment
"""


def write_items(database: Database, assignment: int, items: Sequence[AnnotationItem]) -> None:
    """Store the items of a new assignment; raises RunError when the run of one is gone."""
    runs = {run: run_number(database, run) for run in dict.fromkeys(item.run for item in items)}
    if items:
        batch = batch_of([_row(item, runs[item.run]) for item in items], _SCHEMA)
        database.write_batch(
            "INSERT INTO annotation_items BY NAME SELECT $assignment AS assignment, * FROM batch",
            batch,
            {"assignment": assignment},
        )


def read_items(database: Database, assignment: int) -> list[AnnotationItem]:
    """Every item of an assignment, in order."""
    rows = database.rows(f"{_SELECT} ORDER BY item", {"assignment": assignment})
    runs = dict(database.rows("SELECT run_no, id FROM runs"))
    return [_item(row, runs[row[1]]) for row in rows]


def read_some(database: Database, assignment: int, nos: Sequence[int]) -> list[AnnotationItem]:
    """Those of these items that are there, in the order given."""
    sql = f"{_SELECT} AND item IN (SELECT unnest($items))"
    rows = {row[0]: row for row in database.rows(sql, {"assignment": assignment, "items": list(nos)})}
    runs = dict(database.rows("SELECT run_no, id FROM runs"))
    return [_item(rows[no], runs[rows[no][1]]) for no in nos if no in rows]


def read_item(database: Database, assignment: int, no: int) -> AnnotationItem | None:
    """One item; None when the assignment has none of that number."""
    rows = database.rows(f"{_SELECT} AND item = $item", {"assignment": assignment, "item": no})
    if not rows:
        return None
    return _item(rows[0], database.value("SELECT id FROM runs WHERE run_no = ?", (rows[0][1],)))


def touching(database: Database, run_no: int) -> tuple[int, int]:
    """(assignments, annotations) with a response of a run."""
    [(assignments, annotations)] = database.rows(
        """
        WITH i AS (SELECT assignment, item FROM annotation_items WHERE run_no = $run_no)
        SELECT (SELECT count(DISTINCT assignment) FROM i),
            (SELECT count(*) FROM annotations a SEMI JOIN i ON a.assignment = i.assignment AND a.item = i.item)
        """,
        {"run_no": run_no},
    )
    return assignments, annotations


def delete_items_of_run(database: Database, run_no: int) -> None:
    """Delete a run's items with all that was said of them, and the assignments that are left without any."""
    touched = [
        assignment
        for (assignment,) in database.rows(
            "SELECT DISTINCT assignment FROM annotation_items WHERE run_no = ?", (run_no,)
        )
    ]
    if not touched:
        return
    with database.transaction():
        for table in _EVENTS:
            database.write(
                f"""
                DELETE FROM {table} WHERE (assignment, item) IN
                    (SELECT (assignment, item) FROM annotation_items WHERE run_no = ?)
                """,  # noqa: S608 - our own table names
                (run_no,),
            )
        database.write("DELETE FROM annotation_items WHERE run_no = ?", (run_no,))
        database.write(
            """
            DELETE FROM assignments WHERE assignment IN (SELECT unnest($touched))
                AND assignment NOT IN (SELECT assignment FROM annotation_items)
            """,
            {"touched": touched},
        )


def delete_assignment(database: Database, assignment: int) -> None:
    """Delete an assignment with its items and all that was said of them."""
    with database.transaction():
        for table in (*_EVENTS, "annotation_items", "assignments"):
            database.write(f"DELETE FROM {table} WHERE assignment = ?", (assignment,))  # noqa: S608 - our own table names


def _row(item: AnnotationItem, run_no: int) -> tuple[Any, ...]:
    return (
        item.no,
        run_no,
        item.cell,
        storable(item.set_id),
        item.kind.value,
        item.of,
        item.wanted,
        item.probability,
        None if item.prompt is None else storable(item.prompt),
        None if item.text is None else storable(item.text),
    )


def _item(row: tuple[Any, ...], run: str) -> AnnotationItem:
    no, _, cell, set_id, kind, *rest = row
    return AnnotationItem(no, run, cell, set_id, ItemKind(kind), *rest)

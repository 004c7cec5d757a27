"""Selections: responses that somebody picked out. A filter names one by its id."""

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from lib.errors import MapError
from lib.store.clock import aware, now
from lib.store.database import Database, batch_of
from lib.store.lookup import run_number
from lib.store.naming import run_id as new_id
from lib.store.outcomes import storable
from lib.types import Selection

_SELECT = """
SELECT s.id, s.name, s.map, coalesce(c.cells, 0), s.created FROM selections s
LEFT JOIN (SELECT selection, count(*) AS cells FROM selection_cells GROUP BY selection) c ON c.selection = s.selection
"""


class Selections:
    """Selections by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, map_id: str, cells: Sequence[tuple[str, int]]) -> str:
        """Keep some (run, cell); gives the selection's id. Raises RunError when a run is gone."""
        created = now()
        selection_id = new_id(name, created)
        runs = {run: run_number(self._database, run) for run in {run for run, _ in cells}}
        rows = [(runs[run], no) for run, no in cells]
        with self._database.transaction():
            number = self._database.value("SELECT nextval('selection_numbers')")
            self._database.write(
                "INSERT INTO selections VALUES (?, ?, ?, ?, ?)",
                (number, selection_id, storable(name), map_id, created),
            )
            if rows:
                batch = batch_of(rows, pa.schema({"run_no": pa.int32(), "no": pa.int32()}))
                sql = "INSERT INTO selection_cells SELECT $selection, run_no, no FROM batch"
                self._database.write_batch(sql, batch, {"selection": number})
        return selection_id

    def get(self, selection_id: str) -> Selection:
        """One selection; raises MapError when there is none of that id."""
        rows = self._database.rows(f"{_SELECT} WHERE s.id = ?", (selection_id,))
        if not rows:
            raise MapError(
                f"selection {selection_id}", "there is none of that id; its audit may be deleted", "Select anew."
            )
        return _selection(*rows[0])

    def cells(self, selection_id: str) -> list[tuple[str, int]]:
        """(run, cell) of everything in a selection, by run and in the order of the grid."""
        return self._database.rows(
            """
            SELECT r.id, c.no FROM selection_cells c JOIN selections s USING (selection) JOIN runs r USING (run_no)
            WHERE s.id = ? ORDER BY c.run_no, c.no
            """,
            (selection_id,),
        )

    def all(self) -> list[Selection]:
        """Every selection, the newest first."""
        return [_selection(*row) for row in self._database.rows(f"{_SELECT} ORDER BY s.selection DESC")]


def delete_empty_selections(database: Database) -> None:
    """Delete the selections that have lost every response, as when their run was deleted."""
    database.write("DELETE FROM selections WHERE selection NOT IN (SELECT selection FROM selection_cells)")


def _selection(id: str, name: str, map_id: str, size: int, created: datetime) -> Selection:
    return Selection(id, name, map_id, size, aware(created))

"""Grids that people saved under a name."""

from dataclasses import dataclass, replace
from datetime import datetime

from lib.codec import dump, parse
from lib.errors import GridError
from lib.registry import suggest
from lib.store.clock import aware, now
from lib.store.database import Database
from lib.store.naming import grid_id as new_grid_id
from lib.types import GridSpec


@dataclass(frozen=True, slots=True)
class SavedGrid:
    """A grid with its id and when it was first and last saved."""

    id: str
    spec: GridSpec
    created: datetime
    updated: datetime


class Grids:
    """Saved grids by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, spec: GridSpec, grid_id: str = "") -> str:
        """Save a grid under its id, or under a new one where `grid_id` is empty; gives the id."""
        grid_id, time = grid_id or new_grid_id(spec.name), now()
        self._database.write(
            """
            INSERT INTO grids VALUES ($id, $spec, $time, $time)
            ON CONFLICT (id) DO UPDATE SET spec = excluded.spec, updated = excluded.updated
            """,
            {"id": grid_id, "spec": dump(spec), "time": time},
        )
        return grid_id

    def all(self) -> list[SavedGrid]:
        """Every saved grid, the one saved last first."""
        rows = self._database.rows("SELECT id, spec, created, updated FROM grids ORDER BY updated DESC, id")
        return [
            SavedGrid(grid_id, parse(GridSpec, spec), aware(created), aware(updated))
            for grid_id, spec, created, updated in rows
        ]

    def get(self, grid_id: str) -> SavedGrid:
        """One grid; raises GridError with the nearest ids when there is none."""
        grids = {grid.id: grid for grid in self.all()}
        if grid_id not in grids:
            raise GridError(f"grid {grid_id}", "there is none of that id", suggest(grid_id, grids))
        return grids[grid_id]

    def duplicate(self, grid_id: str) -> str:
        """Save a copy under a name that says so; gives its id."""
        spec = self.get(grid_id).spec
        return self.save(replace(spec, name=f"{spec.name} (copy)"))

    def delete(self, grid_id: str) -> None:
        """Forget a grid; raises GridError when there is none."""
        self.get(grid_id)
        self._database.write("DELETE FROM grids WHERE id = ?", (grid_id,))

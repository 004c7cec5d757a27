"""How fast models answered here before, for time estimates."""

from lib.store.clock import aware, stored
from lib.store.database import Database
from lib.types import Rate


class Rates:
    """Measured rates; every measurement is kept, the latest counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, rate: Rate) -> None:
        """Keep a measurement."""
        self._database.write(
            "INSERT INTO rates VALUES (?, ?, ?, ?, ?)",
            (rate.model, rate.dtype, rate.cells_per_second, rate.tokens_per_second, stored(rate.measured)),
        )

    def latest(self) -> dict[tuple[str, str], Rate]:
        """The latest rate by model id and dtype."""
        rows = self._database.rows(
            "SELECT * FROM rates QUALIFY row_number() OVER (PARTITION BY model, dtype ORDER BY measured DESC) = 1"
        )
        return {
            (model, dtype): Rate(model, dtype, cells, tokens, aware(measured))
            for model, dtype, cells, tokens, measured in rows
        }

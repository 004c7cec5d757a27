"""Store a run whose responses are there already, made elsewhere: cells and outcomes as one transaction, read-only."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lib.store.clock import now, stored
from lib.store.database import Database
from lib.store.outcomes import write_outcomes
from lib.store.runs import Runs
from lib.types import Bank, Cell, GridSpec, Json, ModelEntry, Response, RunStatus

Outcomes = Iterable[Sequence[tuple[Response, datetime | None]]]


def take_in(
    database: Database,
    run_id: str,
    name: str,
    spec: GridSpec,
    bank: Bank,
    cells: Iterable[Cell],
    entries: list[ModelEntry],
    environment: Json,
    outcomes: Outcomes,
    note: str,
) -> None:
    """See `Exchange.take_in`."""
    time = now()
    with database.transaction():
        Runs(database).create(name, spec, bank, cells, entries, environment, run_id=run_id, status=RunStatus.DONE)
        run_no = database.value("SELECT run_no FROM runs WHERE id = ?", (run_id,))
        for batch in outcomes:
            times = [stored(made) if made else time for _, made in batch]
            write_outcomes(database, run_no, [response for response, _ in batch], times)
        database.write(
            "UPDATE runs SET started = ?, finished = ?, note = ?, read_only = true WHERE run_no = ?",
            (time, time, note, run_no),
        )

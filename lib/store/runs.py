"""Runs: grids being executed, in the order of the queue, with what they were made from."""

import json
from collections.abc import Iterable
from typing import Any

from lib.codec import dump, parse
from lib.store.annotation_items import delete_items_of_run
from lib.store.banks import Banks, KeptBank
from lib.store.cells import pending_jobs, write_cells
from lib.store.clock import aware, aware_or_none, now
from lib.store.database import Database
from lib.store.lookup import changeable_run, run_number
from lib.store.maps import delete_empty_maps
from lib.store.naming import run_id as new_run_id
from lib.store.outcomes import clear_failures, failure_reasons
from lib.store.selections import delete_empty_selections
from lib.types import Bank, Cell, GridSpec, Job, Json, ModelEntry, ModelFacts, RunInfo, RunStatus

_INFO = """
SELECT r.*, b.title AS bank_title, coalesce(d.cells, 0) AS done, coalesce(f.cells, 0) AS failed
FROM runs r
JOIN banks b ON b.digest = r.bank_digest
LEFT JOIN (SELECT run_no, count(*) AS cells FROM responses GROUP BY run_no) d ON d.run_no = r.run_no
LEFT JOIN (SELECT run_no, count(*) AS cells FROM open_failures GROUP BY run_no) f ON f.run_no = r.run_no
"""

_OF_A_RUN = (
    *("map_points", "selection_cells", "scores", "responses", "failures", "clearings", "cells", "strata"),
    *("report_settings", "report_texts", "origins", "run_models", "runs"),
)


class Runs:
    """Runs by id."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._banks = Banks(database)

    def create(
        self,
        name: str,
        spec: GridSpec,
        bank: Bank | KeptBank,
        cells: Iterable[Cell],
        entries: list[ModelEntry],
        environment: Json,
        *,
        run_id: str = "",
        status: RunStatus = RunStatus.QUEUED,
    ) -> str:
        """Store a run with all its cells pending, last in the queue; gives its id.

        One transaction: when `cells` raises on the way, nothing stays.
        """
        created = now()
        run_id = run_id or new_run_id(name, created)
        with self._database.transaction():
            self._banks.keep(bank)
            run_no = self._database.value("SELECT nextval('run_numbers')")
            total = write_cells(self._database, run_no, cells)
            self._database.write(
                """
                INSERT INTO runs (run_no, id, name, status, grid, bank, bank_digest, total, position, created,
                    environment, note, read_only)
                SELECT $run_no, $id, $name, $status, $grid, $bank, $digest, $total,
                    coalesce(max(position) + 1, 0), $created, $environment, '', false
                FROM runs
                """,
                {
                    "run_no": run_no,
                    "id": run_id,
                    "name": name,
                    "status": status.value,
                    "grid": dump(spec),
                    "bank": bank.id,
                    "digest": bank.digest,
                    "total": total,
                    "created": created,
                    "environment": dump(environment),
                },
            )
            for position, entry in enumerate(entries):
                self._database.write(
                    "INSERT INTO run_models VALUES (?, ?, ?, ?, NULL)", (run_no, position, entry.id, dump(entry))
                )
        return run_id

    def get(self, run_id: str) -> RunInfo:
        """One run; raises RunError with the nearest ids when there is none."""
        [found] = self._database.dicts(f"{_INFO} WHERE r.run_no = ?", (run_number(self._database, run_id),))
        return _info(found)

    def all(self) -> list[RunInfo]:
        """Every run, in the order of the queue."""
        return [_info(row) for row in self._database.dicts(f"{_INFO} ORDER BY r.position, r.created")]

    def set_status(self, run_id: str, status: RunStatus, note: str = "") -> None:
        """Note where a run stands; its first RUNNING is its start, DONE and STOPPED are its end."""
        ended = status in (RunStatus.DONE, RunStatus.STOPPED)
        self._database.write(
            """
            UPDATE runs SET status = $status, note = $note,
                started = CASE WHEN $status = 'running' THEN coalesce(started, $time) ELSE started END,
                finished = CASE WHEN $ended THEN $time END
            WHERE run_no = $run_no
            """,
            {
                "status": status.value,
                "note": note,
                "ended": ended,
                "time": now(),
                "run_no": changeable_run(self._database, run_id),
            },
        )

    def mark_interrupted(self) -> int:
        """Whoever ran what is RUNNING is gone: call this once after opening. Gives how many runs there were."""
        interrupted = self._database.rows("SELECT id FROM runs WHERE status = 'running'")
        for (run_id,) in interrupted:
            self.set_status(run_id, RunStatus.INTERRUPTED, "Evenhand ended while it ran.")
        return len(interrupted)

    def move(self, run_id: str, delta: int) -> None:
        """Move a run `delta` places back in the queue, or forward when negative, as far as there are places."""
        run_no = run_number(self._database, run_id)
        with self._database.transaction():
            order = [number for (number,) in self._database.rows("SELECT run_no FROM runs ORDER BY position, created")]
            place = order.index(run_no)
            order.insert(max(0, place + delta), order.pop(place))
            for position, number in enumerate(order):
                self._database.write("UPDATE runs SET position = ? WHERE run_no = ?", (position, number))

    def rename(self, run_id: str, name: str) -> None:
        """Give a run another name; its id stays."""
        run_no = changeable_run(self._database, run_id)
        self._database.write("UPDATE runs SET name = ? WHERE run_no = ?", (name, run_no))

    def delete(self, run_id: str) -> None:
        """Delete a run with all its cells, responses and scores, what annotators said, and its place on maps."""
        run_no = run_number(self._database, run_id)
        with self._database.transaction():
            delete_items_of_run(self._database, run_no)
            for table in _OF_A_RUN:
                self._database.write(f"DELETE FROM {table} WHERE run_no = ?", (run_no,))  # noqa: S608 - our own table names
            delete_empty_maps(self._database)
            delete_empty_selections(self._database)

    def entries(self, run_id: str) -> list[ModelEntry]:
        """The catalogue entries of a run's models as they were when it was created."""
        rows = self._database.rows(
            "SELECT entry FROM run_models WHERE run_no = ? ORDER BY position", (run_number(self._database, run_id),)
        )
        return [parse(ModelEntry, entry) for (entry,) in rows]

    def record_facts(self, run_id: str, facts: ModelFacts) -> None:
        """Keep what was really loaded for one of the run's models; the latest load counts."""
        self._database.write(
            "UPDATE run_models SET facts = ? WHERE run_no = ? AND model = ?",
            (dump(facts), changeable_run(self._database, run_id), facts.model),
        )

    def bank(self, run_id: str) -> KeptBank:
        """The bank a run was made from, as it was then."""
        run_no = run_number(self._database, run_id)
        return self._banks.get(self._database.value("SELECT bank_digest FROM runs WHERE run_no = ?", (run_no,)))

    def facts(self, run_id: str) -> list[ModelFacts]:
        """What was really loaded, for those of the run's models that were."""
        rows = self._database.rows(
            "SELECT facts FROM run_models WHERE run_no = ? AND facts IS NOT NULL ORDER BY position",
            (run_number(self._database, run_id),),
        )
        return [parse(ModelFacts, facts) for (facts,) in rows]

    def environment(self, run_id: str) -> Json:
        """Code, libraries and machine a run was created with."""
        run_no = run_number(self._database, run_id)
        environment: Json = json.loads(self._database.value("SELECT environment FROM runs WHERE run_no = ?", (run_no,)))
        return environment

    def pending(self, run_id: str, model: str) -> list[Job]:
        """The cells of one model with neither a response nor an open failure, by number."""
        return pending_jobs(self._database, run_number(self._database, run_id), model)

    def failures(self, run_id: str) -> list[tuple[str, int]]:
        """The reasons of open failures with how many cells have each, the most frequent first."""
        return failure_reasons(self._database, run_number(self._database, run_id))

    def retry_failed(self, run_id: str) -> int:
        """Make failed cells pending again; gives how many there were."""
        return clear_failures(self._database, changeable_run(self._database, run_id))


def _info(row: dict[str, Any]) -> RunInfo:
    return RunInfo(
        id=row["id"],
        name=row["name"],
        status=RunStatus(row["status"]),
        grid=parse(GridSpec, row["grid"]),
        bank_title=row["bank_title"],
        total=row["total"],
        done=row["done"],
        failed=row["failed"],
        position=row["position"],
        created=aware(row["created"]),
        started=aware_or_none(row["started"]),
        finished=aware_or_none(row["finished"]),
        note=row["note"],
        read_only=row["read_only"],
    )

"""Bring a recorded run back in: checked before anything is stored, stored as one transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lib.codec import from_json
from lib.errors import ExportError
from lib.store.banks import KeptBank
from lib.store.clock import stored
from lib.store.database import Database
from lib.store.export import CELLS_AT_ONCE, SCHEMA
from lib.store.outcomes import write_outcomes
from lib.store.record import DESCRIPTION, RESPONSES, VERSION, digest_of
from lib.store.rows import UNRECORDED, cell_of, response_of
from lib.store.runs import Runs
from lib.types import GridSpec, Json, ModelEntry, RunStatus


def load_run(database: Database, folder: Path, *, read_only: bool) -> str:
    """Load the run recorded in `folder` and give its id; one that is here already stays as it is.

    Raises:
        ExportError: the recording is damaged, incomplete or newer than this code.
    """
    with _reading_explained(folder):
        description = _checked(folder)
        run_id: str = description["id"]
        if database.value("SELECT 1 FROM runs WHERE id = ?", (run_id,)) is None:
            _store(database, description, folder / RESPONSES, read_only=read_only)
    return run_id


def _checked(folder: Path) -> Json:
    """The description of a recording whose rows are the ones it was written with."""
    description: Json = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    if description["recording"] > VERSION:
        raise ExportError(f"recorded run {folder.name}", "a newer Evenhand wrote it", "Update Evenhand.")
    if digest_of(folder / RESPONSES) != description["responses_sha256"]:
        raise _damaged(folder, f"{RESPONSES} is not the file that was recorded")
    if not pq.read_schema(folder / RESPONSES).equals(SCHEMA):
        raise _damaged(folder, f"{RESPONSES} has other columns than a recording has")
    return description


def _store(database: Database, description: Json, responses: Path, *, read_only: bool) -> None:
    runs = Runs(database)
    with database.transaction():
        run_id = runs.create(
            description["name"],
            from_json(GridSpec, description["grid"]),
            from_json(KeptBank, description["bank"]),
            (cell_of(row) for batch in _batches(responses) for row in batch),
            [from_json(ModelEntry, model["entry"]) for model in description["models"]],
            description["environment"],
            run_id=description["id"],
            status=_settled(RunStatus(description["status"])),
        )
        run_no = database.value("SELECT run_no FROM runs WHERE id = ?", (run_id,))
        for batch in _batches(responses):
            if answered := [row for row in batch if row["finish"]]:
                times = [stored(row["created"]) for row in answered]
                write_outcomes(database, run_no, [response_of(row) for row in answered], times)
        for model in description["models"]:
            facts = json.dumps(model["facts"], ensure_ascii=False) if model["facts"] else None
            database.write(
                "UPDATE run_models SET facts = ? WHERE run_no = ? AND model = ?", (facts, run_no, model["entry"]["id"])
            )
        database.write(
            "UPDATE runs SET created = ?, started = ?, finished = ?, note = ?, read_only = ? WHERE run_no = ?",
            (
                *(_time(description[name]) for name in ("created", "started", "finished")),
                description["note"],
                read_only,
                run_no,
            ),
        )


def _settled(status: RunStatus) -> RunStatus:
    """What was going on or waiting elsewhere is neither here."""
    return RunStatus.INTERRUPTED if status in (RunStatus.RUNNING, RunStatus.QUEUED) else status


def _batches(path: Path) -> Iterator[list[dict[str, Any]]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(CELLS_AT_ONCE):
            yield [
                row | {name: UNRECORDED[name] for name in UNRECORDED if row[name] is None} for row in batch.to_pylist()
            ]


def _time(text: str | None) -> datetime | None:
    return stored(datetime.fromisoformat(text)) if text else None


def _damaged(folder: Path, cause: str) -> ExportError:
    return ExportError(f"recorded run {folder.name}", f"it is damaged: {cause}", "Get a fresh copy of it.")


@contextmanager
def _reading_explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _damaged(folder, f"{Path(error.filename).name} is missing") from error
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise _damaged(folder, f"it cannot be read ({type(error).__name__}: {error})") from error

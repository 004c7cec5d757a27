"""A run as a folder that any Evenhand can load: run.json says what it is, responses.parquet holds the rows."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from lib.errors import ExportError
from lib.store.banks import Banks
from lib.store.clock import aware
from lib.store.database import Database
from lib.store.export import export_run, write_whole
from lib.types import Json

VERSION = 1
DESCRIPTION, RESPONSES = "run.json", "responses.parquet"


def record_run(database: Database, run_no: int, folder: Path) -> None:
    """Write `run.json` and `responses.parquet` for a run to `folder`, which is made when missing.

    Raises:
        ExportError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"folder {folder}", f"it cannot be made ({error.strerror})", "Choose another place."
        ) from error
    with database.snapshot():
        export_run(database, run_no, "parquet", folder / RESPONSES)
        description = _description(database, run_no, digest_of(folder / RESPONSES))
    text = json.dumps(description, ensure_ascii=False, indent=2) + "\n"
    write_whole(folder / DESCRIPTION, lambda partial: partial.write_text(text, encoding="utf-8", newline="\n"))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _description(database: Database, run_no: int, responses_digest: str) -> Json:
    [run] = database.dicts("SELECT * FROM runs WHERE run_no = ?", (run_no,))
    models = database.rows("SELECT entry, facts FROM run_models WHERE run_no = ? ORDER BY position", (run_no,))
    times = {name: aware(run[name]).isoformat() if run[name] else None for name in ("created", "started", "finished")}
    return {
        "recording": VERSION,
        "id": run["id"],
        "name": run["name"],
        "status": run["status"],
        "note": run["note"],
        **times,
        "cells": run["total"],
        "responses_sha256": responses_digest,
        "grid": json.loads(run["grid"]),
        "models": [
            {"entry": json.loads(entry), "facts": json.loads(facts) if facts else None} for entry, facts in models
        ],
        "environment": json.loads(run["environment"]),
        "bank": asdict(Banks(database).get(run["bank_digest"])),
    }

"""The full provenance of one response: everything that determined it, from prompt to library versions."""

import json
from dataclasses import asdict

from lib.errors import RunError
from lib.store.banks import Banks
from lib.store.clock import aware
from lib.store.database import Database
from lib.store.rows import fetch
from lib.types import Cell, Json, Response


def provenance(database: Database, run_no: int, no: int) -> Json:
    """Cell, response, run, model as catalogued and as loaded, bank (without its text) and environment.

    Plain JSON values only, None where an imported file did not record something; times are ISO 8601 in UTC. `response`
    and `model.facts` are None until there is one.

    Raises:
        RunError: the run has no such cell.
    """
    [run] = database.dicts("SELECT * FROM runs WHERE run_no = ?", (run_no,))
    rows = fetch(database, [(run_no, no)])
    if not rows:
        raise RunError(f"run {run['id']}", f"it has no cell {no}", f"Its cells are 0 to {run['total'] - 1}.")
    [stored] = rows
    [(entry, facts)] = database.rows(
        "SELECT entry, facts FROM run_models WHERE run_no = ? AND model = ?", (run_no, stored.cell.model)
    )
    bank = asdict(Banks(database).get(run["bank_digest"]))
    del bank["text"]
    return {
        "run": {
            "id": run["id"],
            "name": run["name"],
            "created": aware(run["created"]).isoformat(),
            "grid": _grid(json.loads(run["grid"])),
        },
        "no": no,
        "cell": _cell(stored.cell),
        "response": _response(stored.response) if stored.response else None,
        "answered": stored.created.isoformat() if stored.created else None,
        "model": {"entry": json.loads(entry), "facts": json.loads(facts) if facts else None},
        "bank": bank,
        "environment": json.loads(run["environment"]),
    }


def _cell(cell: Cell) -> Json:
    return asdict(cell) | {"decoding": _decoding(asdict(cell.decoding)), "seed": cell.seed if cell.seed >= 0 else None}


def _response(response: Response) -> Json:
    said = asdict(response)
    unmeasured = ("prompt_tokens", "seconds", *(("new_tokens",) if response.text else ()))
    return said | {name: said[name] or None for name in unmeasured}


def _grid(grid: Json) -> Json:
    return grid | {"decodings": [_decoding(each) for each in grid["decodings"]]}


def _decoding(decoding: Json) -> Json:
    temperature = decoding["temperature"]
    known = {"temperature": temperature if temperature >= 0 else None}
    return decoding | known | {"max_new_tokens": decoding["max_new_tokens"] or None}

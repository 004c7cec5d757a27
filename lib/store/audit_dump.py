"""One audit carried out whole: every file that `lib.store.audit_load` makes the same audit of, in any database.

What is written does not depend on the numbers that rows carry here, nor on anything outside the audit, so that the same
audit gives the same bytes in every database. No path of the computer it was made on is in it (`audit_paths`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from lib.codec import to_json
from lib.store.audit_files import (
    ASSIGNMENT,
    AUDIT,
    FAILURES,
    HISTORY,
    ITEMS,
    ROWS_AT_ONCE,
    TEXTS,
    numbered,
    time_out,
    write_json,
    write_lines,
    write_table,
    write_text,
)
from lib.store.audit_history import history_out, read_events
from lib.store.audit_maps import dump_maps, dump_selections
from lib.store.audit_paths import model_out, scorer_out, without_paths
from lib.store.audit_people import People
from lib.store.database import Database
from lib.store.record import DESCRIPTION, record_run
from lib.store.scorings import scorings_in
from lib.types import Json, Scoring

VERSION = 1

SCORES = pa.schema(
    {
        "no": pa.int32(),
        "numbers": pa.list_(pa.float64()),
        "label": pa.string(),
        "outcome": pa.string(),
        "note": pa.string(),
    }
)

_SCORES = """
SELECT no, numbers, label, outcome, note FROM scores
WHERE scoring = $scoring AND run_no = $run_no AND no >= $first AND no < $last ORDER BY no
"""

_TRIES = """
SELECT event, 'failed' AS said, no, error, prompt_sent, prompt_tokens, new_tokens, seconds, created
FROM failures WHERE run_no = $run_no
UNION ALL
SELECT event, 'cleared', no, NULL, NULL, NULL, NULL, NULL, created FROM clearings WHERE run_no = $run_no
ORDER BY event
"""

_ASSIGNMENTS = """
SELECT a.*, coalesce(o.items, 0) AS others FROM assignments a
SEMI JOIN (SELECT assignment FROM annotation_items WHERE run_no = $run_no) i ON i.assignment = a.assignment
LEFT JOIN (SELECT assignment, count(*) AS items FROM annotation_items WHERE run_no <> $run_no GROUP BY assignment) o
    ON o.assignment = a.assignment
ORDER BY a.assignment
"""

_ITEMS = """
SELECT item, no AS cell, set_id, kind, doubles, wanted, probability, prompt, text
FROM annotation_items WHERE assignment = ? AND run_no = ? ORDER BY item
"""


def dump_audit(database: Database, run_no: int, folder: Path, *, names: bool) -> None:
    """Write everything that belongs to one audit to `folder`, which is empty or made now.

    Args:
        names: whether annotators, adjudicators and authors keep their names; they get pseudonyms otherwise.

    Raises:
        ExportError: the folder cannot be written.
    """
    with database.snapshot():
        record_run(database, run_no, folder)
        _clear(folder / DESCRIPTION)
        origin = _origin(database, run_no)
        run_id: str = database.value("SELECT id FROM runs WHERE run_no = ?", (run_no,))
        events = read_events(database, run_no)
        texts = _texts(database, run_no)
        people = People(
            run_id, (event["annotator"] for event in events), (text["author"] for text in texts), names=names
        )
        write_lines(folder / FAILURES, _tries(database, run_no))
        _dump_scores(database, run_no, folder)
        codebooks = _dump_assignments(database, run_no, folder, events, people, origin.get("assignments", {}))
        dump_maps(database, run_no, folder, origin.get("maps", {}))
        dump_selections(database, run_no, folder, origin.get("selections", {}))
        write_lines(folder / TEXTS, (text | {"author": people.label(text["author"])} for text in texts))
        settings = database.value("SELECT settings FROM report_settings WHERE run_no = ?", (run_no,))
        about = {
            "audit": VERSION,
            "run": run_id,
            "names": names,
            "origin": origin.get("origin", {}) if origin.get("kind") == "bundle" else origin,
            "codebooks": codebooks,
            "report_settings": json.loads(settings) if settings else None,
        }
        write_json(folder / AUDIT, about)


def _clear(path: Path) -> None:
    """Take the paths out of the description of a recorded run; its responses are written without any."""
    told: Json = json.loads(path.read_bytes().decode("utf-8"))
    told |= {"note": without_paths(told["note"]), "models": [model_out(each) for each in told["models"]]}
    path.write_bytes((json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def _origin(database: Database, run_no: int) -> Json:
    text = database.value("SELECT origin FROM origins WHERE run_no = ?", (run_no,))
    origin: Json = json.loads(text) if text else {}
    return origin


def _texts(database: Database, run_no: int) -> list[Json]:
    rows = database.rows(
        "SELECT field, text, author, created FROM report_texts WHERE run_no = ? ORDER BY event", (run_no,)
    )
    return [
        {"event": n, "field": field, "text": text, "author": author, "created": time_out(created)}
        for n, (field, text, author, created) in enumerate(rows, start=1)
    ]


def _tries(database: Database, run_no: int) -> Iterator[Json]:
    """Everything that failed and was taken up again, also what a later try answered."""
    for n, row in enumerate(database.dicts(_TRIES, {"run_no": run_no}), start=1):
        told = row | {"event": n, "created": time_out(row["created"])}
        if told["error"]:
            told["error"] = without_paths(told["error"])
        yield {key: value for key, value in told.items() if value is not None}


def _dump_scores(database: Database, run_no: int, folder: Path) -> None:
    total = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    for number, scoring in enumerate(scorings_in(database, run_no), start=1):
        write_json(folder / numbered("scores", number, ".json"), _scoring(scoring))
        path = folder / numbered("scores", number, ".parquet")
        write_table(path, SCORES, _score_slices(database, run_no, scoring.no, total))


def _scoring(scoring: Scoring) -> Json:
    kept = ("entry", "version", "fingerprint", "measures", "labels")
    return scorer_out({name: to_json(getattr(scoring, name)) for name in kept})


def _score_slices(database: Database, run_no: int, scoring: int, total: int) -> Iterator[pa.Table]:
    for first in range(0, total, ROWS_AT_ONCE):
        place = {"scoring": scoring, "run_no": run_no, "first": first, "last": first + ROWS_AT_ONCE}
        yield database.table(_SCORES, place)


def _dump_assignments(
    database: Database, run_no: int, folder: Path, events: list[Json], people: People, known: Json
) -> list[Json]:
    """Write the assignments that show the run's responses; gives the codebooks they were made with.

    `known` holds, for an audit from elsewhere, by the id an assignment had there its id here and what it left out.
    """
    by_id_here = {there["id"]: (original, there["left_out"]) for original, there in known.items()}
    digests = []
    for number, row in enumerate(database.dicts(_ASSIGNMENTS, {"run_no": run_no}), start=1):
        place = folder / numbered("assignments", number)
        original, left_out = by_id_here.get(row["id"], (row["id"], row["others"]))
        write_json(place / ASSIGNMENT, _assignment(row, original, left_out))
        write_lines(place / ITEMS, database.dicts(_ITEMS, (row["assignment"], run_no)))
        write_lines(place / HISTORY, history_out(events, people, row["assignment"]))
        digests.append(row["codebook"])
    return [_dump_codebook(database, folder, n, digest) for n, digest in enumerate(dict.fromkeys(digests), start=1)]


def _assignment(row: dict[str, Any], original: str, left_out: int) -> Json:
    return {
        "id": original,
        "name": row["name"],
        "spec": json.loads(row["spec"]),
        "codebook": row["codebook"],
        "closed": row["closed"],
        "created": time_out(row["created"]),
        "items_of_other_audits_left_out": left_out,
    }


def _dump_codebook(database: Database, folder: Path, number: int, digest: str) -> Json:
    columns = ("digest", "id", "title", "question", "source", "licence", "text")
    [found] = database.dicts(f"SELECT {', '.join(columns)} FROM codebooks WHERE digest = ?", (digest,))  # noqa: S608 - our own column names
    name = numbered("codebooks", number, ".yaml")
    write_text(folder / name, found.pop("text"))
    return found | {"file": name}

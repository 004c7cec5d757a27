"""One audit carried in whole, from the files that `lib.store.audit_dump` wrote: all of it or nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from lib.codec import dump, from_json
from lib.errors import BundleError, ExportError
from lib.store.annotation_items import write_items
from lib.store.audit_dump import SCORES, VERSION
from lib.store.audit_files import (
    ASSIGNMENT,
    AUDIT,
    FAILURES,
    HISTORY,
    ITEMS,
    TEXTS,
    folders,
    read_json,
    read_lines,
    read_table,
    time_in,
)
from lib.store.audit_history import load_events
from lib.store.audit_maps import free_id, load_maps, load_selections, refuse_strays
from lib.store.audit_people import here
from lib.store.database import Database, batch_of
from lib.store.load import load_run
from lib.store.outcomes import storable
from lib.store.score_items import answered_cells
from lib.store.scorings import new_scoring
from lib.types import AnnotationItem, ItemKind, Json, Measure, ReportSettings, ScoreOutcome, ScorerEntry

_TRIES = {
    "failed": pa.schema(
        {
            "event": pa.int64(),
            "no": pa.int32(),
            "error": pa.string(),
            "prompt_sent": pa.string(),
            "prompt_tokens": pa.int32(),
            "new_tokens": pa.int32(),
            "seconds": pa.float64(),
            "created": pa.timestamp("us"),
        }
    ),
    "cleared": pa.schema({"event": pa.int64(), "no": pa.int32(), "created": pa.timestamp("us")}),
}

_TRIED = {
    "failed": """
        INSERT INTO failures BY NAME SELECT b.*, c.run_no, c.stratum
        FROM batch b JOIN cells c ON c.run_no = $run_no AND c.no = b.no
    """,
    "cleared": "INSERT INTO clearings BY NAME SELECT *, $run_no AS run_no FROM batch",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """An audit that was carried in.

    Attributes:
        run: its id.
        renamed: by kind (assignments, maps, selections) and the id each thing had, its id here and how much of other
            audits it left out: what carrying the audit out again needs to give the same files.
    """

    run: str
    renamed: Json


def load_audit(database: Database, folder: Path, origin: Json, *, beside: bool) -> Loaded:
    """Store the audit in `folder`, to be read only.

    Args:
        origin: what to note of where it came from; empty to note what the files say.
        beside: whether it comes beside other audits, so that its people must not be taken for others.

    Raises:
        BundleError: the files are damaged, do not fit each other, or a newer Evenhand wrote them.
    """
    with _reading_explained(folder), database.transaction():
        about = read_json(folder / AUDIT)
        if about["audit"] > VERSION:
            raise BundleError("the audit", "a newer Evenhand wrote it", "Update Evenhand.")
        if database.value("SELECT 1 FROM runs WHERE id = ?", (about["run"],)) is not None:
            raise BundleError(f"audit {about['run']}", "an audit of that id is here", "Delete it first.")
        run_id = load_run(database, folder, read_only=True)
        if run_id != about["run"]:
            raise ValueError(f"{AUDIT} is about another audit than its responses")
        run_no: int = database.value("SELECT run_no FROM runs WHERE id = ?", (run_id,))
        _load_tries(database, run_no, folder)
        for path in sorted((folder / "scores").glob("*.json")):
            _load_scores(database, run_no, path)
        for codebook in about["codebooks"]:
            _keep_codebook(database, codebook, folder)
        renamed = {
            "assignments": _load_assignments(database, folder, run_id, run_no, beside=beside),
            "maps": load_maps(database, run_no, folder, run_id),
            "selections": load_selections(database, run_no, folder, run_id),
        }
        _load_report(database, run_no, folder, run_id, about["report_settings"], beside=beside)
        noted = origin | {"origin": about["origin"], **renamed} if origin else about["origin"]
        if noted:
            database.write("INSERT INTO origins VALUES (?, ?)", (run_no, dump(noted)))
    return Loaded(run_id, renamed)


def _load_tries(database: Database, run_no: int, folder: Path) -> None:
    """Put every try that failed in place of the last ones, which came with the responses."""
    for table in ("failures", "clearings"):
        database.write(f"DELETE FROM {table} WHERE run_no = ?", (run_no,))  # noqa: S608 - our own table names
    rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in _TRIES}
    told = list(read_lines(folder / FAILURES))
    refuse_strays(database, run_no, [each["no"] for each in told], FAILURES)
    numbers = database.rows("SELECT nextval('events') FROM range(?)", (len(told),))
    for (event,), each in zip(sorted(numbers), told, strict=True):
        values = each | {"event": event, "created": time_in(each["created"])}
        rows[each["said"]].append(tuple(values[name] for name in _TRIES[each["said"]].names))
    for kind, its in rows.items():
        if its:
            database.write_batch(_TRIED[kind], batch_of(its, _TRIES[kind]), {"run_no": run_no})


def _load_scores(database: Database, run_no: int, path: Path) -> None:
    told = read_json(path)
    measures = from_json(tuple[Measure, ...], told["measures"])
    entry, labels = from_json(ScorerEntry, told["entry"]), tuple(told["labels"])
    scoring = new_scoring(database, entry, told["version"], told["fingerprint"], measures, labels)
    if (scoring.measures, scoring.labels) != (measures, labels):
        raise ValueError(f"{path.stem} names other measures or labels than this version of {entry.id} is known by")
    before = -1
    for part in read_table(path.with_suffix(".parquet"), SCORES):
        nos = part["no"].to_pylist()
        if any(no <= last for last, no in zip([before, *nos[:-1]], nos, strict=True)):
            raise ValueError(f"{path.stem} has two scores for one response")
        widths = set(pc.list_value_length(part["numbers"]).to_pylist())
        if widths - {len(scoring.measures)}:
            raise ValueError(f"{path.stem} has scores of another number of measures")
        for outcome in pc.unique(part["outcome"]).to_pylist():
            ScoreOutcome(outcome)
        answered = set(nos) & set(answered_cells(database, run_no))
        if stray := set(nos) - answered:
            raise ValueError(f"{path.stem} scores cell {min(stray)}, which has no response")
        sql = "INSERT INTO scores SELECT $scoring, $run_no, no, numbers, label, outcome, note FROM batch ORDER BY no"
        database.write_batch(sql, part, {"scoring": scoring.no, "run_no": run_no})
        before = nos[-1] if nos else before


def _keep_codebook(database: Database, told: Json, folder: Path) -> None:
    text = (folder / told["file"]).read_bytes().decode("utf-8")
    names = ("digest", "id", "title", "question", "source", "licence")
    used = min(
        time_in(read_json(place / ASSIGNMENT)["created"])
        for place in folders(folder / "assignments")
        if read_json(place / ASSIGNMENT)["codebook"] == told["digest"]
    )
    database.write(
        "INSERT OR IGNORE INTO codebooks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*(storable(told[name]) for name in names), text, used),
    )


def _load_assignments(database: Database, folder: Path, run_id: str, run_no: int, *, beside: bool) -> Json:
    known, histories = {}, {}
    for place in folders(folder / "assignments"):
        told = read_json(place / ASSIGNMENT)
        id_here = free_id(database, "assignments", told["id"], run_id)
        if database.value("SELECT 1 FROM codebooks WHERE digest = ?", (told["codebook"],)) is None:
            raise ValueError(f"assignment {told['id']} was made with a codebook that is not there")
        number = database.value("SELECT nextval('assignment_numbers')")
        database.write(
            "INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                id_here,
                storable(told["name"]),
                storable(dump(told["spec"])),
                told["codebook"],
                told["closed"],
                time_in(told["created"]),
            ),
        )
        items = [_item(run_id, line) for line in read_lines(place / ITEMS)]
        refuse_strays(database, run_no, [item.cell for item in items], f"assignment {told['id']}")
        write_items(database, number, items)
        histories[number] = place / HISTORY
        known[told["id"]] = {"id": id_here, "left_out": told["items_of_other_audits_left_out"]}
    load_events(database, histories, run_id, beside=beside)
    return known


def _item(run_id: str, told: Json) -> AnnotationItem:
    return AnnotationItem(
        no=told["item"],
        run=run_id,
        cell=told["cell"],
        set_id=told["set_id"],
        kind=ItemKind(told["kind"]),
        of=told["doubles"],
        wanted=told["wanted"],
        probability=told["probability"],
        prompt=told["prompt"],
        text=told["text"],
    )


def _load_report(
    database: Database, run_no: int, folder: Path, run_id: str, settings: Json | None, *, beside: bool
) -> None:
    if settings is not None:
        from_json(ReportSettings, settings)
        database.write("INSERT INTO report_settings VALUES (?, ?)", (run_no, dump(settings)))
    for told in read_lines(folder / TEXTS):
        author = here(told["author"], run_id) if beside else told["author"]
        database.write(
            "INSERT INTO report_texts (run_no, field, text, author, created) VALUES (?, ?, ?, ?, ?)",
            (run_no, *(storable(each) for each in (told["field"], told["text"], author)), time_in(told["created"])),
        )


@contextmanager
def _reading_explained(folder: Path) -> Iterator[None]:
    """Turn what is wrong with the files into a BundleError."""
    try:
        yield
    except ExportError as error:
        raise BundleError("the audit in the bundle", error.cause, "Get a fresh copy of it.") from error
    except FileNotFoundError as error:
        raise _damaged(f"{Path(error.filename).relative_to(folder).as_posix()} is missing") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(f"it cannot be read ({type(error).__name__}: {error})") from error
    except (pa.ArrowException, duckdb.Error, json.JSONDecodeError) as error:
        raise _damaged(f"it holds what cannot be stored ({type(error).__name__}: {error})") from error


def _damaged(cause: str) -> BundleError:
    return BundleError("the audit in the bundle", cause, "Get a fresh copy of the bundle.")

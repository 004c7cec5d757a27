"""The maps and selections of one audit, carried out and back in: what of them is about its responses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from lib.codec import dump
from lib.store.audit_files import (
    MAP,
    POINTS,
    SELECTIONS,
    folders,
    numbered,
    read_json,
    read_lines,
    read_table,
    time_in,
    time_out,
    write_json,
    write_lines,
    write_table,
)
from lib.store.audit_paths import anywhere, named, without_paths
from lib.store.database import Database, batch_of
from lib.store.embeddings import DIGEST, Embeddings
from lib.store.outcomes import storable
from lib.types import Json, MapStatus

_POINTS = pa.schema(
    {"no": pa.int32(), "x": pa.float32(), "y": pa.float32(), "region": pa.int32(), "text_digest": DIGEST}
)

_MAPS = """
SELECT m.*, coalesce(o.points, 0) AS others FROM maps m
SEMI JOIN (SELECT map FROM map_points WHERE run_no = $run_no) p ON p.map = m.map
LEFT JOIN (SELECT map, count(*) AS points FROM map_points WHERE run_no <> $run_no GROUP BY map) o ON o.map = m.map
WHERE m.status = 'done' ORDER BY m.map
"""

_SELECTED = """
SELECT s.*, c.nos, o.cells AS others FROM selections s
JOIN (SELECT selection, list(no ORDER BY no) AS nos FROM selection_cells WHERE run_no = $run_no GROUP BY selection) c
    ON c.selection = s.selection
JOIN (SELECT selection, count(*) FILTER (run_no <> $run_no) AS cells FROM selection_cells GROUP BY selection) o
    ON o.selection = s.selection
ORDER BY s.selection
"""

_KEPT_AS_TEXT = ("name", "problem")
_KEPT_AS_JSON = ("filter", "settings", "made_with")
_REGION = ("region", "name", "given", "proposed", "words", "stability", "x", "y")


def dump_maps(database: Database, run_no: int, folder: Path, known: Json) -> None:
    """Write the maps that show a run's responses, with its points alone. Vectors stay: texts make them again."""
    by_id_here = {there["id"]: (original, there["left_out"]) for original, there in known.items()}
    for number, row in enumerate(database.dicts(_MAPS, {"run_no": run_no}), start=1):
        place = folder / numbered("maps", number)
        original, left_out = by_id_here.get(row["id"], (row["id"], row["others"]))
        told: Json = {"id": original} | {column: row[column] for column in _KEPT_AS_TEXT}
        told |= {column: json.loads(row[column]) for column in _KEPT_AS_JSON}
        told["problem"], told["made_with"] = without_paths(told["problem"]), anywhere(told["made_with"])
        told["settings"] |= {"embedder": named(told["settings"].get("embedder", ""))}
        told |= {
            "quality": json.loads(row["quality"]) if row["quality"] else None,
            "blank": row["blank"],
            "created": time_out(row["created"]),
            "finished": time_out(row["finished"]),
            "embedding": _embedding(database, row["embedding"]),
            "points_of_other_audits_left_out": left_out,
            "regions": list(_regions(database, row["map"], run_no)),
        }
        write_json(place / MAP, told)
        sql = "SELECT no, x, y, region, text_digest FROM map_points WHERE map = ? AND run_no = ? ORDER BY no"
        write_table(place / POINTS, _POINTS, [database.table(sql, (row["map"], run_no))])


def dump_selections(database: Database, run_no: int, folder: Path, known: Json) -> None:
    """Write the selections with a run's responses, with those alone."""
    by_id_here = {there["id"]: (original, there["left_out"]) for original, there in known.items()}

    def selections() -> Iterator[Json]:
        for row in database.dicts(_SELECTED, {"run_no": run_no}):
            original, left_out = by_id_here.get(row["id"], (row["id"], row["others"]))
            yield {
                "id": original,
                "name": row["name"],
                "map": row["map"],
                "created": time_out(row["created"]),
                "cells_of_other_audits_left_out": left_out,
                "cells": row["nos"],
            }

    write_lines(folder / SELECTIONS, selections())


def load_maps(database: Database, run_no: int, folder: Path, run_id: str) -> Json:
    """Store the maps of an audit; gives, by the id each had, its id here and how many points it left out."""
    known = {}
    for place in folders(folder / "maps"):
        told = read_json(place / MAP)
        id_here = free_id(database, "maps", told["id"], run_id)
        number = database.value("SELECT nextval('map_numbers')")
        embedding = told["embedding"]
        database.write(
            "INSERT INTO maps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                id_here,
                storable(told["name"]),
                dump(told["filter"]),
                dump(told["settings"]),
                MapStatus.DONE.value,
                storable(told["problem"]),
                Embeddings(database).numbered(**embedding).no if embedding else None,
                told["blank"],
                dump(told["quality"]) if told["quality"] else None,
                dump(told["made_with"]),
                time_in(told["created"]),
                time_in(told["finished"]) if told["finished"] else None,
            ),
        )
        for region in told["regions"]:
            _add_region(database, number, run_no, region)
        _add_points(database, number, run_no, place / POINTS)
        known[told["id"]] = {"id": id_here, "left_out": told["points_of_other_audits_left_out"]}
    return known


def load_selections(database: Database, run_no: int, folder: Path, run_id: str) -> Json:
    """Store the selections of an audit; gives, by the id each had, its id here and how many cells it left out."""
    known = {}
    for told in read_lines(folder / SELECTIONS):
        id_here = free_id(database, "selections", told["id"], run_id)
        number = database.value("SELECT nextval('selection_numbers')")
        database.write(
            "INSERT INTO selections VALUES (?, ?, ?, ?, ?)",
            (number, id_here, storable(told["name"]), told["map"], time_in(told["created"])),
        )
        refuse_strays(database, run_no, told["cells"], "a selection")
        batch = batch_of([(no,) for no in told["cells"]], pa.schema({"no": pa.int32()}))
        sql = "INSERT INTO selection_cells SELECT $selection, $run_no, no FROM batch"
        database.write_batch(sql, batch, {"selection": number, "run_no": run_no})
        known[told["id"]] = {"id": id_here, "left_out": told["cells_of_other_audits_left_out"]}
    return known


def free_id(database: Database, table: str, wanted: str, run_id: str) -> str:
    """An id that nothing in a table has: the one wanted, or with the run's behind it where something has that."""
    taken = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - our own table names
    candidate, number = storable(wanted), 1
    while database.value(taken, (candidate,)) is not None:
        candidate, number = f"{wanted}-of-{run_id}" + (f"-{number}" if number > 1 else ""), number + 1
    return candidate


def refuse_strays(database: Database, run_no: int, nos: list[int], thing: str) -> None:
    """Raise ValueError when a run does not have all these cells."""
    total = database.value("SELECT total FROM runs WHERE run_no = ?", (run_no,))
    if stray := [no for no in nos if not 0 <= no < total]:
        raise ValueError(f"{thing} names cell {stray[0]}, which the audit does not have")


def _embedding(database: Database, number: int | None) -> Json | None:
    found = database.dicts("SELECT model, digest, dtype, size FROM embeddings WHERE embedding = ?", (number,))
    return found[0] | {"model": named(found[0]["model"])} if found else None


def _regions(database: Database, number: int, run_no: int) -> Iterator[Json]:
    for row in database.dicts("SELECT * FROM map_regions WHERE map = ? ORDER BY region", (number,)):
        central = [no for run, no in json.loads(row["central"]) if run == run_no]
        yield {column: row[column] for column in _REGION} | {"words": json.loads(row["words"]), "central": central}


def _add_region(database: Database, number: int, run_no: int, region: dict[str, Any]) -> None:
    database.write(
        "INSERT INTO map_regions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            region["region"],
            *(storable(region[name]) for name in ("name", "given", "proposed")),
            storable(dump(region["words"])),
            dump([(run_no, no) for no in region["central"]]),
            region["stability"],
            region["x"],
            region["y"],
        ),
    )


def _add_points(database: Database, number: int, run_no: int, path: Path) -> None:
    for part in read_table(path, _POINTS):
        refuse_strays(database, run_no, part["no"].to_pylist(), "a map")
        sql = "INSERT INTO map_points SELECT $map, $run_no, no, x, y, region, text_digest FROM batch ORDER BY no"
        database.write_batch(sql, part, {"map": number, "run_no": run_no})

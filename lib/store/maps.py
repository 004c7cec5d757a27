"""Maps: where responses lie, their regions, and what the regions are called."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from lib.codec import dump, parse
from lib.errors import MapError
from lib.store.clock import aware, aware_or_none, now
from lib.store.database import Database
from lib.store.embeddings import DIGEST, Embedding
from lib.store.lookup import map_number
from lib.store.naming import run_id as new_id
from lib.store.outcomes import storable
from lib.types import MapInfo, MapQuality, MapSettings, MapStatus, Region, ResponseFilter

POINTS = pa.schema(
    {"run": pa.string(), "no": pa.int32(), "x": pa.float32(), "y": pa.float32(), "region": pa.int32()}
    | {"text_digest": DIGEST}
)
"""The columns of a map's points."""

_INFO = """
SELECT m.*, coalesce(p.points, 0) AS points
FROM maps m LEFT JOIN (SELECT map, count(*) AS points FROM map_points GROUP BY map) p ON p.map = m.map
"""

_REGIONS = """
SELECT r.region, r.name, r.given, r.proposed, r.words, r.central, r.stability, coalesce(p.size, 0) AS size, r.x, r.y
FROM map_regions r
LEFT JOIN (SELECT region, count(*) AS size FROM map_points WHERE map = $map GROUP BY region) p ON p.region = r.region
WHERE r.map = $map ORDER BY r.region
"""

_OF_A_MAP = ("map_points", "map_regions", "maps")


class Maps:
    """Maps by id. All that takes one raises MapError with the nearest ids when there is none of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, wanted: ResponseFilter, settings: MapSettings) -> str:
        """Store what is to be mapped; gives its id."""
        created = now()
        map_id = new_id(name, created)
        self._database.write(
            """
            INSERT INTO maps (map, id, name, filter, settings, status, problem, blank, made_with, created)
            VALUES (nextval('map_numbers'), ?, ?, ?, ?, ?, '', 0, '{}', ?)
            """,
            (
                map_id,
                storable(name),
                storable(dump(wanted)),
                storable(dump(settings)),
                MapStatus.PENDING.value,
                created,
            ),
        )
        return map_id

    def get(self, map_id: str) -> MapInfo:
        """One map."""
        [found] = self._database.dicts(f"{_INFO} WHERE m.map = ?", (self._number(map_id),))
        return _info(found)

    def all(self) -> list[MapInfo]:
        """Every map, the newest first."""
        return [_info(row) for row in self._database.dicts(f"{_INFO} ORDER BY m.map DESC")]

    def set_status(self, map_id: str, status: MapStatus, problem: str = "") -> None:
        """Note where a map stands, and why it failed."""
        values = (status.value, storable(problem), self._number(map_id))
        self._database.write("UPDATE maps SET status = ?, problem = ? WHERE map = ?", values)

    def finish(
        self,
        map_id: str,
        embedding: Embedding,
        points: pa.Table,
        regions: Sequence[Region],
        quality: MapQuality,
        *,
        blank: int,
        made_with: Mapping[str, str],
    ) -> None:
        """Keep what came out, all or nothing; what an earlier try left is replaced.

        Args:
            points: columns `POINTS`. Those of a run that was deleted meanwhile are left out.

        Raises:
            MapError: every run was deleted meanwhile.
        """
        number = self._number(map_id)
        with self._database.transaction():
            for table in ("map_points", "map_regions"):
                self._database.write(f"DELETE FROM {table} WHERE map = ?", (number,))  # noqa: S608 - our own table names
            self._database.write_batch(
                """
                INSERT INTO map_points SELECT $map, r.run_no, b.no, b.x, b.y, b.region, b.text_digest
                FROM batch b JOIN runs r ON r.id = b.run ORDER BY r.run_no, b.no
                """,
                points,
                {"map": number},
            )
            if not self._database.value("SELECT count(*) FROM map_points WHERE map = ?", (number,)):
                raise MapError(f"map {map_id}", "its audits were deleted while it was made", "Delete it, too.")
            for region in regions:
                self._add_region(number, region)
            self._database.write(
                """
                UPDATE maps SET status = ?, problem = '', embedding = ?, blank = ?, quality = ?, made_with = ?,
                    finished = ? WHERE map = ?
                """,
                (MapStatus.DONE.value, embedding.no, blank, dump(quality), dump(made_with), now(), number),
            )

    def points(self, map_id: str) -> pa.Table:
        """Every response on a map, by run and in the order of the grid; columns `POINTS`."""
        return self._database.table(
            """
            SELECT r.id AS run, p.no, p.x, p.y, p.region, p.text_digest
            FROM map_points p JOIN runs r ON r.run_no = p.run_no WHERE p.map = ? ORDER BY p.run_no, p.no
            """,
            (self._number(map_id),),
        ).cast(POINTS)

    def regions(self, map_id: str) -> list[Region]:
        """The regions of a map, the largest first."""
        runs = dict(self._database.rows("SELECT run_no, id FROM runs"))
        return [_region(row, runs) for row in self._database.dicts(_REGIONS, {"map": self._number(map_id)})]

    def rename(self, map_id: str, name: str) -> None:
        """Give a map another name; its id, and so its address, stays."""
        self._database.write("UPDATE maps SET name = ? WHERE map = ?", (storable(name), self._number(map_id)))

    def name_region(self, map_id: str, region: int, given: str) -> None:
        """Call a region something; "" gives it back the name of its words."""
        values = (storable(given), self._number(map_id), region)
        self._database.write("UPDATE map_regions SET given = ? WHERE map = ? AND region = ?", values)

    def propose_name(self, map_id: str, region: int, proposed: str) -> None:
        """Keep what a model would call a region."""
        values = (storable(proposed), self._number(map_id), region)
        self._database.write("UPDATE map_regions SET proposed = ? WHERE map = ? AND region = ?", values)

    def saying(self, map_id: str, words: str) -> list[tuple[str, int]]:
        """(run, cell) of the responses on a map whose text has these words, ignoring case, in the order of `points`."""
        return self._database.rows(
            """
            SELECT r.id, p.no FROM map_points p
            JOIN responses o ON o.run_no = p.run_no AND o.no = p.no JOIN runs r ON r.run_no = p.run_no
            WHERE p.map = $map AND regexp_matches(o.text, regexp_escape($words), 'i') ORDER BY p.run_no, p.no
            """,
            {"map": self._number(map_id), "words": words},
        )

    def delete(self, map_id: str) -> None:
        """Delete a map. Responses, their vectors and selections made on it stay."""
        number = self._number(map_id)
        with self._database.transaction():
            for table in _OF_A_MAP:
                self._database.write(f"DELETE FROM {table} WHERE map = ?", (number,))  # noqa: S608 - our own table names

    def _add_region(self, number: int, region: Region) -> None:
        numbers = dict(self._database.rows("SELECT id, run_no FROM runs"))
        central = [(numbers[run], no) for run, no in region.central if run in numbers]
        self._database.write(
            "INSERT INTO map_regions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                region.no,
                storable(region.name),
                storable(region.given),
                storable(region.proposed),
                storable(dump(region.words)),
                dump(central),
                region.stability if region.stability == region.stability else None,
                region.x,
                region.y,
            ),
        )

    def _number(self, map_id: str) -> int:
        return map_number(self._database, map_id)


def delete_empty_maps(database: Database) -> None:
    """Delete the maps that were made and have lost every response, as when their run was deleted."""
    empty = database.rows("SELECT map FROM maps WHERE status = 'done' AND map NOT IN (SELECT map FROM map_points)")
    for number in empty:
        for table in _OF_A_MAP:
            database.write(f"DELETE FROM {table} WHERE map = ?", number)  # noqa: S608 - our own table names


def _info(row: dict[str, Any]) -> MapInfo:
    return MapInfo(
        id=row["id"],
        name=row["name"],
        filter=parse(ResponseFilter, row["filter"]),
        settings=parse(MapSettings, row["settings"]),
        status=MapStatus(row["status"]),
        created=aware(row["created"]),
        problem=row["problem"],
        finished=aware_or_none(row["finished"]),
        points=row["points"],
        blank=row["blank"],
        quality=parse(MapQuality, row["quality"]) if row["quality"] else None,
        made_with=json.loads(row["made_with"]),
    )


def _region(row: dict[str, Any], runs: Mapping[int, str]) -> Region:
    return Region(
        no=row["region"],
        name=row["name"],
        given=row["given"],
        proposed=row["proposed"],
        words=tuple((word, weight) for word, weight in json.loads(row["words"])),
        central=tuple((runs[run_no], no) for run_no, no in json.loads(row["central"]) if run_no in runs),
        stability=float("nan") if row["stability"] is None else row["stability"],
        size=row["size"],
        x=row["x"],
        y=row["y"],
    )

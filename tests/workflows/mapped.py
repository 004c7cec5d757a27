"""Maps whose points are planted: which region a response lies in, and what its vector is, is known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from lib.store.maps import POINTS
from lib.types import Finish, GridSpec, MapQuality, MapSettings, Region, Response, ResponseFilter
from lib.workflows import maps, run
from lib.workflows.embedding import text_key
from tests.workflows.conftest import grid

MODEL = "smollm2-135m-instruct-q4_1"
NAMES = ("A", "B", "C")
QUALITY = MapQuality(0.9, 0.9, 0.1)


@dataclass(frozen=True)
class Spot:
    """Where a response comes from; `place` counts the matched sets of its model in its run."""

    run: str
    no: int
    place: int
    group: str
    model: str
    repeat: int
    prompt: str


RegionOf = Callable[[Spot], int | None]


def answered(workbench, spec: GridSpec | None = None, text_of: Callable[[Spot], str | None] | None = None) -> str:
    """A run of 3 jobs × 10 repeats × two groups, or of another grid, that says `text_of` each spot; None: pending."""
    run_id = run.create(workbench, spec or grid(MODEL, repeats=10))
    said = text_of or (lambda spot: f"Text {spot.no}.")
    texts = [(spot.no, said(spot)) for spot in spots(workbench, run_id)]
    responses = [Response(no, text, Finish.STOP) for no, text in texts if text is not None]
    workbench.store.responses.add(run_id, responses)
    return run_id


def spots(workbench, run_id: str) -> list[Spot]:
    """Every cell of a run, in the order of the grid."""
    rows = workbench.store.scores.table(run_id).to_pylist()
    sets: dict[str, dict[str, int]] = {}
    for row in rows:
        own = sets.setdefault(row["model"], {})
        own.setdefault(row["set_id"], len(own))
    return [
        Spot(
            run_id,
            row["no"],
            sets[row["model"]][row["set_id"]],
            row["group"],
            row["model"],
            row["repeat"],
            row["prompt"],
        )
        for row in rows
    ]


def planted(
    workbench,
    runs: Iterable[str],
    region_of: RegionOf,
    *,
    names: tuple[str, ...] = NAMES,
    settings: MapSettings | None = None,
    quality: MapQuality = QUALITY,
    vector_of: Callable[[Spot], list[float]] = lambda spot: [1.0, 0.0],
) -> str:
    """A finished map of these runs; a spot whose region is None is not on it."""
    runs = tuple(runs)
    map_id = workbench.store.maps.create("Planted", ResponseFilter(runs=runs), settings or MapSettings())
    lying = [(spot, no) for run_id in runs for spot in spots(workbench, run_id) if (no := region_of(spot)) is not None]
    texts = {(run_id, no): text for run_id in runs for no, text in workbench.store.scores.texts(run_id)}
    keys = [text_key(texts.get((spot.run, spot.no), "")) for spot, _ in lying]
    rows = [(spot.run, spot.no, float(no), spot.no / 100, no) for spot, no in lying]
    points = pa.Table.from_pylist(
        [dict(zip(POINTS.names, (*row, key), strict=True)) for row, key in zip(rows, keys, strict=True)], schema=POINTS
    )
    vectors = np.array([vector_of(spot) for spot, _ in lying], np.float32)
    embedding = workbench.store.embeddings.numbered("", "planted", "fp32", vectors.shape[1])
    workbench.store.embeddings.add(embedding, keys, vectors)
    regions = [replace(Region(no, name), words=((name.lower(), 1.0),)) for no, name in enumerate(names)]
    workbench.store.maps.finish(map_id, embedding, points, regions, quality, blank=0, made_with={"dtype": "fp32"})
    return map_id


def opened(workbench, runs: Iterable[str], region_of: RegionOf, **more):
    """The same, opened."""
    return maps.open_map(workbench, planted(workbench, runs, region_of, **more))

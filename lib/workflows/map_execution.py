"""Make one map: embed what responses say, lay them out, find regions, keep the result."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa

from lib.clusters.naming import middles
from lib.errors import MapError
from lib.runs.capacity import cores
from lib.runs.tasks import run_tasks
from lib.scorers.broken_text import whole
from lib.scorers.neutralise import PLACEHOLDER, neutralise
from lib.store.embeddings import Embedding
from lib.store.maps import POINTS
from lib.store.store import Store
from lib.types import Json, MapInfo, MapQuality, Region
from lib.workflows.background import Request
from lib.workflows.embedding import Embedder, embed, embedder_of, text_key
from lib.workflows.execution import WORKER_COMMAND
from lib.workflows.identity import identity_words_in
from lib.workflows.map_task import LABELS, PLACES, TEXTS, VECTORS, XY
from lib.workflows.maps import FEWEST

FEWEST_TEXTS = 3
FOLDER = "evenhand-map-"
"""How the folders begin in which maps are made; the number of the process follows."""

LIBRARIES = ("pacmap", "umap-learn", "scikit-learn", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Said:
    """What the responses of a map say.

    Attributes:
        cells: (run, cell) of each response. texts: the distinct texts as they are embedded. places: the text of each
            response. blank: how many answered ones say nothing. exclude: words that stand for groups.
    """

    cells: list[tuple[str, int]]
    texts: list[str]
    places: np.ndarray
    blank: int
    exclude: frozenset[str]


def make_map(store: Store, info: MapInfo, request: Request) -> bool:
    """Make a map and keep it; False when it was stopped on the way.

    Raises:
        MapError: too few responses, or all the same text.
        ModelError: the embedding model is missing or refused.
        RunError: workers die again and again.
    """
    request.activity = "reading the responses"
    said = read_texts(store, info)
    refuse_too_little(said)
    request.activity = "finding the embedding model"
    embedder = embedder_of(info.settings.embedder, info.settings.dtype)
    embedding = embed(store, embedder, said.texts, request)
    if embedding is None:
        return False
    sweep()
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-") as place:
        folder = Path(place)
        write_inputs(store, embedding, said, folder)
        request.activity = "laying out and finding regions"
        results = run_halves(info, said, folder, request)
        if request.control.stopping:
            return False
        keep(store, info, embedder, embedding, said, folder, results)
    return True


def sweep() -> None:
    """Delete what processes that were killed amid a map left behind."""
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        owner = left.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def read_texts(store: Store, info: MapInfo) -> Said:
    """The texts of the answered responses that pass a map's filter, neutral where the map asks for that."""
    cells: list[tuple[str, int]] = []
    known: dict[str, int] = {}
    places: list[int] = []
    blank = 0
    exclude: set[str] = {PLACEHOLDER}
    for run, nos in store.responses.answered(info.filter).items():
        words = identity_words_in(store, run) if info.settings.neutral else frozenset()
        exclude |= words
        for no, text in store.scores.texts(run, nos):
            if not text.strip():
                blank += 1
                continue
            shown = neutralise(whole(text), words) if words else whole(text)
            places.append(known.setdefault(shown, len(known)))
            cells.append((run, no))
    return Said(cells, list(known), np.array(places, np.int64), blank, frozenset(exclude))


def refuse_too_little(said: Said) -> None:
    """Raise MapError where a map would show nothing."""
    if len(said.cells) < FEWEST:
        also = f" ({said.blank:,} more are empty)" if said.blank else ""
        raise MapError(
            "map",
            f"{len(said.cells)} responses with words in them pass the filter{also}, and a map needs {FEWEST}",
            "Widen the filter, or run more.",
        )
    if len(said.texts) < FEWEST_TEXTS:
        raise MapError(
            "map",
            f"all {len(said.cells):,} responses say {'the same' if len(said.texts) == 1 else 'one of two things'}",
            "There is nothing to lay out: read one of them, or widen the filter.",
        )


def write_inputs(store: Store, embedding: Embedding, said: Said, folder: Path) -> None:
    """What the worker processes read."""
    shape = (len(said.texts), embedding.size)
    vectors = np.lib.format.open_memmap(folder / VECTORS, "w+", np.float32, shape)
    store.embeddings.fill(embedding, [text_key(text) for text in said.texts], vectors)
    vectors.flush()
    np.save(folder / PLACES, said.places)
    (folder / TEXTS).write_text(json.dumps(said.texts), encoding="utf-8")


def run_halves(info: MapInfo, said: Said, folder: Path, request: Request) -> dict[str, Json]:
    """Both halves side by side, each in a process of its own where there are two cores."""
    results: dict[str, Json] = {}
    run_tasks(
        ({"half": half} for half in ("layout", "regions")),
        opening={
            "kind": "map",
            "folder": str(folder),
            "seed": info.settings.seed,
            "projection": info.settings.projection.value,
            "smallest": info.settings.smallest,
            "exclude": sorted(said.exclude),
        },
        command=WORKER_COMMAND,
        workers=min(2, cores()),
        on_result=lambda task, result: results.__setitem__(task["half"], result),
        control=request.control,
    )
    return results


def keep(
    store: Store,
    info: MapInfo,
    embedder: Embedder,
    embedding: Embedding,
    said: Said,
    folder: Path,
    results: dict[str, Json],
) -> None:
    """Store the map."""
    labels = np.load(folder / LABELS)
    xy = np.load(folder / XY)
    found = results["regions"]
    centres = middles(xy, labels)
    regions = [
        Region(
            no=about["no"],
            name=about["name"],
            words=tuple((word, weight) for word, weight in about["words"]),
            central=tuple(said.cells[place] for place in about["central"]),
            stability=about["stability"],
            x=float(centres[about["no"]][0]),
            y=float(centres[about["no"]][1]),
        )
        for about in found["regions"]
    ]
    quality = MapQuality(
        results["layout"]["trustworthiness"], found["stability"], float((labels < 0).mean()), found["sampled"]
    )
    made_with = {
        "embedding model": embedder.title,
        "weights": embedder.digest,
        "dtype": embedder.dtype.value,
        "smallest region": str(found["smallest"]),
        **{name: version(name) for name in LIBRARIES},
    }
    store.maps.finish(
        info.id, embedding, points_of(said, xy, labels), regions, quality, blank=said.blank, made_with=made_with
    )


def points_of(said: Said, xy: np.ndarray, labels: np.ndarray) -> pa.Table:
    """Every response with its place, its region and the key of its text."""
    keys = [text_key(text) for text in said.texts]
    runs, nos = zip(*said.cells, strict=True)
    columns = {"run": runs, "no": nos, "x": xy[:, 0], "y": xy[:, 1], "region": labels}
    return pa.table(
        {name: pa.array(values, POINTS.field(name).type) for name, values in columns.items()}
        | {"text_digest": pa.array([keys[place] for place in said.places], POINTS.field("text_digest").type)}
    )

"""Find responses on a map by their words, or by their meaning."""

from dataclasses import dataclass

import numpy as np

from lib.errors import MapError
from lib.scorers.broken_text import whole
from lib.scorers.neutralise import neutralise
from lib.store.embeddings import Embedding
from lib.types import Dtype
from lib.workflows.atlas import OpenMap
from lib.workflows.background import Request
from lib.workflows.embedding import embed, embedder_of, text_key
from lib.workflows.identity import identity_words_in
from lib.workflows.workbench import Workbench

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a map's frame, the best first; `alike` is their cosine with what was asked for, None for words."""

    rows: np.ndarray
    alike: np.ndarray | None = None


def in_region(opened: OpenMap, no: int) -> np.ndarray:
    """The rows in a region, its most central responses first."""
    rows = np.flatnonzero(opened.frame["region"].to_numpy() == no)
    central = next((rows_of(opened, list(region.central)) for region in opened.regions if region.no == no), rows[:0])
    return np.concatenate([central, np.setdiff1d(rows, central)])


def by_words(workbench: Workbench, opened: OpenMap, words: str) -> Found:
    """The responses whose text has these words as they stand, ignoring case, in the order of the map."""
    return Found(rows_of(opened, workbench.store.maps.saying(opened.info.id, words.strip())))


def by_meaning(workbench: Workbench, opened: OpenMap, text: str, most: int = MOST) -> Found:
    """The `most` responses whose meaning is closest to a text, which is embedded as the map's own texts were.

    Raises:
        MapError: the text is empty, or nothing new can be embedded here.
        ModelError: the embedding model is not here any more.
    """
    if not (text := whole(text.strip())):
        raise MapError("the search", "it is empty", "Write what the responses you look for would say.")
    if opened.info.settings.neutral:
        for run in opened.runs:
            text = neutralise(text, identity_words_in(workbench.store, run))
    known = embedding_of(workbench, opened)
    if (vector := workbench.store.embeddings.vector(known, text_key(text))) is None:
        workbench.refuse_when_read_only("search for the meaning of new words")
        settings = opened.info.settings
        embedder = embedder_of(settings.embedder, Dtype(opened.info.made_with.get("dtype", settings.dtype)))
        if embed(workbench.store, embedder, [text], Request("search")) != known:
            raise MapError("the search", "the embedding model is another one by now", "Make the map again.")
        vector = workbench.store.embeddings.vector(known, text_key(text))
        assert vector is not None
    return nearest(workbench, opened, known, vector, most)


def like(workbench: Workbench, opened: OpenMap, row: int, most: int = MOST) -> Found:
    """The `most` responses whose meaning is closest to that of one on the map, itself first."""
    known = embedding_of(workbench, opened)
    run, no = opened.frame["run"].iloc[row], int(opened.frame["no"].iloc[row])
    vector = workbench.store.embeddings.vector_at(known, opened.info.id, run, no)
    if vector is None:
        raise gone(opened)
    return nearest(workbench, opened, known, vector, most)


def embedding_of(workbench: Workbench, opened: OpenMap) -> Embedding:
    """The embedding a map was made with; raises MapError when the map is gone."""
    if (known := workbench.store.embeddings.of_map(opened.info.id)) is None:
        raise gone(opened)
    return known


def gone(opened: OpenMap) -> MapError:
    """What to say when a map, or a response on it, is not there any more."""
    return MapError(f"map {opened.info.name}", "it was deleted meanwhile", "Choose another one.")


def nearest(workbench: Workbench, opened: OpenMap, known: Embedding, vector: list[float], most: int) -> Found:
    """The rows closest to a vector."""
    found = workbench.store.embeddings.nearest(known, opened.info.id, vector, most)
    return Found(rows_of(opened, [(run, no) for run, no, _ in found]), np.array([alike for *_, alike in found]))


def rows_of(opened: OpenMap, cells: list[tuple[str, int]]) -> np.ndarray:
    """The rows of some (run, cell) in a map's frame, in the order given; cells that are not on it are left out."""
    return np.array([row for run, no in cells if (row := opened.row(run, no)) is not None], np.int64)

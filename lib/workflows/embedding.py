"""Vectors of texts: found in the store, and made by worker processes where they are not there yet."""

import base64
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from lib import sentence_model
from lib.errors import ModelError
from lib.models.sentence_folder import sentence_digest, sentence_folder
from lib.runs.capacity import brain_float, cores, on_gpu
from lib.runs.tasks import run_tasks
from lib.store.embeddings import Embedding, Vectors
from lib.store.store import Store
from lib.types import Dtype, Json
from lib.workflows.background import Request
from lib.workflows.execution import WORKER_COMMAND

TEXTS_A_TASK = 128
KEPT_AT_ONCE = 2_048
KEPT_FOR_SECONDS = 2.0
"""Vectors are written in groups of this many, or this often, so that little is lost."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """A sentence-embedding model in one number format, as it is on this computer."""

    location: str
    title: str
    folder: Path
    digest: str
    dtype: Dtype


def embedder_of(location: str, dtype: Dtype) -> Embedder:
    """The model at `location` ("" is the bundled one), fetched where it is a hub id that is not here yet.

    BF16 becomes FP32 where the processor does not compute in it: it would only cost time and precision.

    Raises:
        ModelError: it is not there, or it is refused.
    """
    folder = sentence_folder(location) if location else sentence_model.folder()
    if folder is None:
        raise ModelError("the bundled embedding model", "it is not installed", sentence_model.REMEDY)
    used = dtype if brain_float() else Dtype.FP32
    return Embedder(location, location or sentence_model.TITLE, folder, sentence_digest(folder), used)


def text_key(text: str) -> bytes:
    """The 16 bytes under which the vector of a text is kept."""
    return blake2b(text.encode(), digest_size=16).digest()


def known_embedding(store: Store, embedder: Embedder) -> Embedding | None:
    """Where an embedder's vectors are kept; None while it has made none."""
    return store.embeddings.known(embedder.location, embedder.digest, embedder.dtype.value)


def embed(store: Store, embedder: Embedder, texts: Sequence[str], request: Request) -> Embedding | None:
    """See to it that every text has a vector; what is stored is never made again. None when it was stopped.

    Args:
        texts: at least one, each whole (`lib.scorers.broken_text`), and no two alike.

    Raises:
        ModelError: the model does not load.
        RunError: workers die again and again.
    """
    keys = [text_key(text) for text in texts]
    known = known_embedding(store, embedder)
    places = store.embeddings.missing(known, keys) if known else list(range(len(texts)))
    if not places:
        return known
    request.expect(len(places))
    request.activity = "loading the embedding model"
    # Texts of like length together, the longest first, so that the time left is never too short.
    places.sort(key=lambda place: -len(texts[place]))
    keeper = _Keeper(store, embedder, request)
    try:
        run_tasks(
            _tasks(texts, keys, places),
            opening={"kind": "embed", "folder": str(embedder.folder), "dtype": embedder.dtype.value},
            command=WORKER_COMMAND,
            workers=1 if on_gpu() else min(cores(), -(-len(places) // TEXTS_A_TASK)),
            on_result=keeper.take,
            control=request.control,
        )
    finally:
        keeper.flush()
    return None if request.control.stopping else known_embedding(store, embedder)


def _tasks(texts: Sequence[str], keys: Sequence[bytes], places: Sequence[int]) -> Iterator[Json]:
    for start in range(0, len(places), TEXTS_A_TASK):
        part = places[start : start + TEXTS_A_TASK]
        yield {"texts": [texts[place] for place in part], "keys": [keys[place].hex() for place in part]}


class _Keeper:
    """Collects vectors and writes them in groups."""

    def __init__(self, store: Store, embedder: Embedder, request: Request) -> None:
        self._store, self._embedder, self._request = store, embedder, request
        self._keys: list[bytes] = []
        self._vectors: list[Vectors] = []
        self._written = time.monotonic()

    def take(self, task: Json, result: Json) -> None:
        """The vectors of one task."""
        self._request.activity = "embedding"
        self._keys += [bytes.fromhex(key) for key in task["keys"]]
        self._vectors.append(unpacked(result))
        if len(self._keys) >= KEPT_AT_ONCE or time.monotonic() - self._written > KEPT_FOR_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write whatever waits."""
        if self._keys:
            vectors = np.concatenate(self._vectors)
            embedder = self._embedder
            kept = self._store.embeddings.numbered(
                embedder.location, embedder.digest, embedder.dtype.value, vectors.shape[1]
            )
            self._store.embeddings.add(kept, self._keys, vectors)
            self._request.advance(len(self._keys))
        self._keys, self._vectors = [], []
        self._written = time.monotonic()


def packed(vectors: Vectors) -> Json:
    """Vectors, shape (n, size), as JSON takes them."""
    return {"size": vectors.shape[1], "vectors": base64.b64encode(vectors.astype("<f4").tobytes()).decode("ascii")}


def unpacked(message: Json) -> Vectors:
    """What `packed` made, as vectors again."""
    return np.frombuffer(base64.b64decode(message["vectors"]), "<f4").reshape(-1, message["size"])

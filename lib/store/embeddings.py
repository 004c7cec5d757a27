"""Vectors of texts, each text embedded once: kept by the digest of the text, a table for each way of embedding."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lib.store.clock import now
from lib.store.database import Database

Vectors = npt.NDArray[np.float32]

DIGEST = pa.binary(16)


@dataclass(frozen=True, slots=True)
class Embedding:
    """A way to turn texts into vectors of `size` numbers, by the number its table carries."""

    no: int
    size: int

    @property
    def table(self) -> str:
        """Where its vectors are."""
        return f"vectors_{self.no}"


class Embeddings:
    """Vectors by embedding and text. A text is named by 16 bytes: its BLAKE2b digest as `lib.workflows` makes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, model: str, digest: str, dtype: str) -> Embedding | None:
        """The embedding with these weights in this number format; None when it was never used here."""
        sql = "SELECT embedding, size FROM embeddings WHERE model = ? AND digest = ? AND dtype = ?"
        rows = self._database.rows(sql, (model, digest, dtype))
        return Embedding(*rows[0]) if rows else None

    def numbered(self, model: str, digest: str, dtype: str, size: int) -> Embedding:
        """The same, made with its table when it is new; raises StoreError on a database to be read only."""
        with self._database.transaction():
            if (found := self.known(model, digest, dtype)) is not None:
                return found
            made = Embedding(self._database.value("SELECT nextval('embedding_numbers')"), size)
            self._database.write(
                "INSERT INTO embeddings VALUES (?, ?, ?, ?, ?, ?)", (made.no, model, digest, dtype, size, now())
            )
            self._database.write(
                f"CREATE TABLE {made.table} (text_digest BLOB NOT NULL, vector FLOAT[{int(size)}] NOT NULL)"
            )
        return made

    def of_map(self, map_id: str) -> Embedding | None:
        """The embedding that a map was made with."""
        rows = self._database.rows(
            "SELECT e.embedding, e.size FROM maps m JOIN embeddings e USING (embedding) WHERE m.id = ?", (map_id,)
        )
        return Embedding(*rows[0]) if rows else None

    def missing(self, embedding: Embedding, digests: Sequence[bytes]) -> list[int]:
        """The places of those texts that have no vector yet, in order."""
        if not digests:
            return []
        sql = f"""
            SELECT b.place FROM batch b ANTI JOIN {embedding.table} v ON v.text_digest = b.text_digest ORDER BY b.place
        """  # noqa: S608 - our own table names
        return [
            place for part in self._database.read_batch(sql, _batch(digests)) for place in part["place"].to_pylist()
        ]

    def add(self, embedding: Embedding, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Keep vectors, shape (n, size): on disk when this returns. A text that has one keeps it."""
        flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
        batch = _batch(digests).append_column("vector", pa.FixedSizeListArray.from_arrays(flat, embedding.size))
        sql = f"""
            INSERT INTO {embedding.table} SELECT b.text_digest, b.vector FROM batch b
            ANTI JOIN {embedding.table} v ON v.text_digest = b.text_digest
            QUALIFY row_number() OVER (PARTITION BY b.text_digest ORDER BY b.place) = 1
        """  # noqa: S608 - our own table names
        self._database.write_batch(sql, batch)

    def fill(self, embedding: Embedding, digests: Sequence[bytes], out: Vectors) -> None:
        """Put the vector of each text in its row of `out`, shape (n, size), which may be a file.

        Raises:
            ValueError: a text has no vector.
        """
        sql = f"""
            SELECT b.place, v.vector FROM {embedding.table} v JOIN batch b ON b.text_digest = v.text_digest
        """  # noqa: S608 - our own table names
        filled = 0
        for part in self._database.read_batch(sql, _batch(digests)):
            vectors = part["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
            out[part["place"].to_numpy()] = vectors.reshape(-1, embedding.size)
            filled += len(part)
        if filled != len(digests):
            raise ValueError(f"{len(digests) - filled} of {len(digests)} texts have no vector")

    def vector(self, embedding: Embedding, digest: bytes) -> list[float] | None:
        """The vector of one text; None when it has none."""
        sql = f"SELECT vector FROM {embedding.table} WHERE text_digest = ?"  # noqa: S608 - our own table names
        vector = self._database.value(sql, (digest,))
        return None if vector is None else list(vector)

    def vector_at(self, embedding: Embedding, map_id: str, run_id: str, no: int) -> list[float] | None:
        """The vector of a response on a map; None when the map has none of it."""
        vector = self._database.value(
            f"""
            SELECT v.vector FROM map_points p JOIN maps m ON m.map = p.map JOIN runs r ON r.run_no = p.run_no
            JOIN {embedding.table} v ON v.text_digest = p.text_digest
            WHERE m.id = $map AND r.id = $run AND p.no = $no
            """,  # noqa: S608 - our own table names
            {"map": map_id, "run": run_id, "no": no},
        )
        return None if vector is None else list(vector)

    def nearest(
        self, embedding: Embedding, map_id: str, vector: Sequence[float], most: int
    ) -> list[tuple[str, int, float]]:
        """(run, cell, cosine) of the responses on a map whose vectors are closest to one, the closest first."""
        return self._database.rows(
            f"""
            SELECT r.id, p.no, array_cosine_similarity(v.vector, $vector::FLOAT[{embedding.size}])::DOUBLE AS alike
            FROM map_points p JOIN maps m ON m.map = p.map JOIN runs r ON r.run_no = p.run_no
            JOIN {embedding.table} v ON v.text_digest = p.text_digest
            WHERE m.id = $map ORDER BY alike DESC, p.run_no, p.no LIMIT $most
            """,  # noqa: S608 - our own table names
            {"vector": list(vector), "map": map_id, "most": most},
        )


def _batch(digests: Sequence[bytes]) -> pa.Table:
    return pa.table({"place": pa.array(range(len(digests)), pa.int32()), "text_digest": pa.array(digests, DIGEST)})

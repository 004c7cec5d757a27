"""The arrays that this room takes and gives."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.floating]
Labels = npt.NDArray[np.int64]


def distinct_rows(vectors: Vectors) -> tuple[Labels, Labels]:
    """Where each different row stands first, shape (k,), and for each row which of those it equals, shape (n,)."""
    known: dict[bytes, int] = {}
    same = np.array([known.setdefault(row.tobytes(), len(known)) for row in vectors], dtype=np.int64)
    first = np.unique(same, return_index=True)[1].astype(np.int64)
    return first, same


def all_equal(vectors: Vectors) -> bool:
    """Whether no row differs from the first; so it is without rows."""
    return not len(vectors) or bool((vectors == vectors[0]).all())

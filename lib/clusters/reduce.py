"""Few dimensions in which distances still mean something: density has no contrast in hundreds."""

import numpy as np

from lib.clusters.arrays import Floats, Vectors
from lib.clusters.one_thread import one_thread

DIMENSIONS = 15
_ROWS_AT_ONCE = 8_192


def reduced(vectors: Vectors, dimensions: int = DIMENSIONS) -> Floats:
    """Principal components (Pearson 1901), by the covariance matrix in float64; nothing in it is random.

    Each component points where its largest loading is positive.

    Args:
        vectors: shape (n, width).

    Returns:
        Shape (n, k) with k at least 1 and at most `dimensions`: as many as have any variance; zeros where none has.
    """
    if not len(vectors):
        return np.zeros((0, 1))
    with one_thread():
        return _components(vectors, dimensions)


def _components(vectors: Vectors, dimensions: int) -> Floats:
    n = len(vectors)
    mean = vectors.mean(axis=0, dtype=np.float64)
    chunks = [slice(start, start + _ROWS_AT_ONCE) for start in range(0, n, _ROWS_AT_ONCE)]
    scatter = np.zeros((vectors.shape[1], vectors.shape[1]))
    for chunk in chunks:
        centred = vectors[chunk] - mean
        scatter += centred.T @ centred
    variances, axes = np.linalg.eigh(scatter)
    # Rounding leaves float32 vectors that are equal about 1e-14 of their squared length.
    noise = max(1e-10 * variances[-1], 1e-13 * n * float(mean @ mean))
    count = min(dimensions, n - 1, int((variances > noise).sum()))
    if count < 1:
        return np.zeros((n, 1))
    axes = axes[:, ::-1][:, :count]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(count)])
    return np.concatenate([(vectors[chunk] - mean) @ axes for chunk in chunks])

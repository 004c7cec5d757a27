"""Two dimensions for the eye: PaCMAP (Wang et al. 2021, JMLR 22) or UMAP (McInnes, Healy and Melville 2018)."""

import logging

import numpy as np

from lib.clusters.arrays import Floats, Floats32, Vectors, distinct_rows
from lib.clusters.one_thread import one_thread
from lib.clusters.reduce import reduced
from lib.types.maps import Projection

FEWEST = 10
"""With fewer different vectors there are no neighbourhoods to keep: principal components are laid out instead."""

PACMAP_NEIGHBOURS, UMAP_NEIGHBOURS = 10, 15
_LARGEST_SEED = 2**31


def project(vectors: Vectors, method: Projection, seed: int) -> Floats32:
    """A place on the map for each vector, the same for equal vectors, and the same bits with the same seed.

    Args:
        vectors: shape (n, width), any length but zero.

    Returns:
        Shape (n, 2): both axes at one scale, their middle at 0, the largest absolute coordinate 1.
    """
    first, same = distinct_rows(vectors)
    different = np.ascontiguousarray(vectors[first], dtype=np.float32)
    if len(first) < FEWEST:
        return fitted(_principal(different))[same]
    with one_thread():
        made = (_umap if method is Projection.UMAP else _pacmap)(different, seed % _LARGEST_SEED)
    return fitted(made)[same]


def fitted(places: Vectors) -> Floats32:
    """Places moved and scaled, both axes alike, so that they fill the square from -1 to 1; one place alone is at 0."""
    if not len(places):
        return np.zeros((0, 2), dtype=np.float32)
    exact = places.astype(np.float64)
    exact -= (exact.min(axis=0) + exact.max(axis=0)) / 2
    return (exact / (np.abs(exact).max() or 1.0)).astype(np.float32)


def _principal(vectors: Vectors) -> Floats:
    found = reduced(vectors, 2)
    return np.pad(found, ((0, 0), (0, 2 - found.shape[1])))


def _pacmap(vectors: Floats32, seed: int) -> Floats32:
    import pacmap

    logging.getLogger("pacmap").setLevel(logging.ERROR)  # it warns that a seed is set
    # Each row needs its neighbours, half as many mid-near and twice as many far rows, all of them different.
    neighbours = min(PACMAP_NEIGHBOURS, max(2, (len(vectors) - 1) // 4))
    return pacmap.PaCMAP(n_components=2, n_neighbors=neighbours, random_state=seed).fit_transform(vectors)


def _umap(vectors: Floats32, seed: int) -> Floats32:
    import umap

    neighbours = min(UMAP_NEIGHBOURS, len(vectors) - 1)
    return umap.UMAP(n_neighbors=neighbours, metric="cosine", random_state=seed, n_jobs=1).fit_transform(vectors)

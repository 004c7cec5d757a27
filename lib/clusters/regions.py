"""Regions: where responses lie densely, with the rest left over (HDBSCAN: Campello, Moulavi and Sander 2013)."""

import numpy as np

from lib.clusters.arrays import Floats, Labels, Vectors, all_equal
from lib.types.maps import UNCLUSTERED

SAMPLE = 20_000
"""With more rows regions are found in a sample of so many: the time of HDBSCAN grows with their square."""

LEAST = 5


def usual_smallest(n: int) -> int:
    """How many of `n` responses a region has at least where nobody says otherwise: half the square root."""
    return max(LEAST, round(n**0.5 / 2))


def find_regions(reduced: Floats, *, smallest: int, seed: int) -> Labels:
    """The region of each row, -1 for those in none; 0 is the largest, equally large ones stand as they first appear.

    No region holds more than half of the rows: one that did would tell nothing apart. Above `SAMPLE` rows, regions
    are those of a random sample, and every other row goes where its nearest neighbour in the sample is.

    Args:
        reduced: shape (n, dimensions).
        smallest: rows in a region at least; above `SAMPLE` it is scaled with the sample and holds approximately.
        seed: of the sample.

    Returns:
        Shape (n,).
    """
    n = len(reduced)
    if n <= SAMPLE:
        return by_size(dense(reduced, smallest))
    from sklearn.metrics import pairwise_distances_argmin

    rows = np.sort(np.random.default_rng(seed).choice(n, SAMPLE, replace=False))
    labels = dense(reduced[rows], max(LEAST, round(smallest * SAMPLE / n)))
    others = np.setdiff1d(np.arange(n), rows, assume_unique=True)
    found = np.empty(n, dtype=np.int64)
    found[rows] = labels
    found[others] = labels[pairwise_distances_argmin(reduced[others], reduced[rows])]
    return by_size(found)


def dense(reduced: Floats, smallest: int) -> Labels:
    """HDBSCAN's labels, in an order of its own; all -1 where there cannot be two regions."""
    n, smallest = len(reduced), max(2, smallest)
    if n < 2 * smallest or all_equal(reduced):
        return np.full(n, UNCLUSTERED, dtype=np.int64)
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=smallest, min_samples=max(2, smallest // 5), max_cluster_size=n // 2, copy=True)
    return model.fit_predict(reduced).astype(np.int64)


def by_size(labels: Labels) -> Labels:
    """The same regions numbered 0, 1, … from the largest; equally large ones by their first row."""
    inside = labels != UNCLUSTERED
    _, first, place, sizes = np.unique(labels[inside], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    numbered = np.full(len(labels), UNCLUSTERED, dtype=np.int64)
    numbered[inside] = rank[place]
    return numbered


def coherent(vectors: Vectors, labels: Labels) -> Labels:
    """The labels without the regions whose members are no more alike than any two rows: what HDBSCAN heaps up.

    Scattered vectors of many dimensions collapse into a dense ball when they are reduced to few. There the mean
    cosine of two members, the squared length of the mean of unit vectors, is no larger than over everything.

    Args:
        vectors: unit vectors that were not reduced, shape (n, width). labels: shape (n,).

    Returns:
        Shape (n,), numbered again by size.
    """
    overall = mean_cosine(vectors)
    kept = labels.copy()
    for no in np.unique(labels[labels != UNCLUSTERED]):
        if mean_cosine(vectors[labels == no]) <= overall:
            kept[labels == no] = UNCLUSTERED
    return by_size(kept)


def mean_cosine(vectors: Vectors) -> float:
    """The mean cosine of two of some unit vectors, each with itself included."""
    return float(np.sum(np.mean(vectors, axis=0, dtype=np.float64) ** 2))

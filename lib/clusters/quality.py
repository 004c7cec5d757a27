"""How far a map and its regions can be trusted."""

import math

import numpy as np

from lib.clusters.arrays import Floats, Labels, Vectors, all_equal
from lib.clusters.regions import find_regions
from lib.types.maps import UNCLUSTERED

TRUST_SAMPLE = 2_000
NEIGHBOURS = 15
FEWEST = 20

STABILITY_SAMPLE = 5_000
SHARE = 0.5
LEAST = 4


def trustworthiness(vectors: Vectors, xy: Vectors, seed: int) -> float:
    """How far neighbours on the map are neighbours by cosine too, 0 to 1 (Venna and Kaski 2001, ICANN).

    Counted over 15 neighbours, or fewer below 32 rows, in a random sample of at most 2,000 rows.

    Args:
        vectors: shape (n, width). xy: shape (n, 2).

    Returns:
        NaN for fewer than 20 rows, or when all vectors are equal.
    """
    if len(vectors) < FEWEST or all_equal(vectors):
        return math.nan
    from sklearn.manifold import trustworthiness as of_neighbours

    rows = sampled(len(vectors), TRUST_SAMPLE, np.random.default_rng(seed))
    neighbours = min(NEIGHBOURS, (len(rows) - 1) // 2)
    return float(of_neighbours(vectors[rows], xy[rows], n_neighbors=neighbours, metric="cosine"))


def stability(
    reduced: Floats, labels: Labels, *, smallest: int, seed: int, rounds: int = 5
) -> tuple[float, dict[int, float]]:
    """Whether the regions are found again in half of the rows, drawn at random, at most 5,000.

    Larger parts share so many rows that regions in noise, too, are found again.

    Args:
        reduced: what regions were found in, shape (n, dimensions). labels: those found, shape (n,).
        smallest: what they were found with; scaled with the sample.

    Returns:
        The adjusted Rand index between the labels and those found again (Hubert and Arabie 1985; unclustered counts as
        a label), averaged over rounds, and for each region the Jaccard similarity with the found region most like it,
        averaged over the rounds in which rows of it were drawn (Hennig 2007, Computational Statistics & Data Analysis
        52; NaN where there was none). NaN and nothing where there are no regions.
    """
    regions = [int(no) for no in np.unique(labels) if no != UNCLUSTERED]
    if not regions:
        return math.nan, {}
    from sklearn.metrics import adjusted_rand_score

    size = max(2, min(STABILITY_SAMPLE, round(SHARE * len(labels))))
    scaled = max(min(LEAST, smallest), round(smallest * size / len(labels)))
    indices, likeness = [], []
    for number in range(rounds):
        rows = sampled(len(labels), size, np.random.default_rng([seed, number]))
        again = find_regions(reduced[rows], smallest=scaled, seed=seed)
        indices.append(adjusted_rand_score(labels[rows], again))
        likeness.append(best_jaccard(labels[rows], again))
    seen = {no: [each[no] for each in likeness if no in each] for no in regions}
    return float(np.mean(indices)), {no: float(np.mean(its)) if its else math.nan for no, its in seen.items()}


def best_jaccard(labels: Labels, found: Labels) -> dict[int, float]:
    """For each region in `labels` the largest share of rows in both among rows in either, over the regions `found`."""
    found_sizes = np.bincount(found[found != UNCLUSTERED], minlength=1)
    best = {}
    for no in np.unique(labels[labels != UNCLUSTERED]):
        mine = found[labels == no]
        both = np.bincount(mine[mine != UNCLUSTERED], minlength=len(found_sizes))
        best[int(no)] = float((both / (len(mine) + found_sizes - both)).max())
    return best


def sampled(n: int, most: int, rng: np.random.Generator) -> Labels:
    """At most `most` rows of `n`, in rising order."""
    if n <= most:
        return np.arange(n)
    return np.sort(rng.choice(n, most, replace=False)).astype(np.int64)

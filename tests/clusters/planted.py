"""Vectors whose topics are known."""

import numpy as np

from lib.clusters.arrays import Floats32, Labels
from lib.types.maps import UNCLUSTERED


def planted(
    seed: int, each: int = 60, topics: int = 3, scattered: int = 60, width: int = 15, apart: float = 0.5
) -> tuple[Floats32, Labels]:
    """Unit vectors around `topics` random directions and some in any direction, mixed; and the topic of each, else -1.

    Args:
        width: beyond 15, what is scattered heaps up in the middle of the 15 dimensions that the topics take, and is a
            region of its own.
        apart: how far a vector lies from its topic's direction, about.
    """
    rng = np.random.default_rng(seed)
    truth = np.repeat([*range(topics), UNCLUSTERED], [each] * topics + [scattered])
    middles = unit(rng.normal(size=(topics, width)))
    tight = middles[truth[truth >= 0]] + apart * unit(rng.normal(size=(each * topics, width)))
    vectors = unit(np.concatenate([tight, rng.normal(size=(scattered, width))]))
    mixed = rng.permutation(len(truth))
    return vectors[mixed].astype(np.float32), truth[mixed].astype(np.int64)


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)

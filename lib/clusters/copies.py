"""Responses that say the same, side by side instead of on top of each other."""

import math

import numpy as np

from lib.clusters.arrays import Floats32, Labels, Vectors

APART = 0.004
"""How far the second copy lies from the first, in the units of a map from -1 to 1."""

WIDEST = 0.04
"""No copy lies farther from its text's place; many copies lie closer to each other instead."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def spread(places: Labels, xy: Vectors) -> Floats32:
    """Each copy's own spot on a sunflower around the place of its text (Vogel 1979, Mathematical Biosciences 44).

    The k-th copy, from 0, lies √k steps from the place at k golden angles, so that all have the same room and the
    first lies on the place itself.

    Args:
        places: which row of `xy` each response is at, shape (n,).
        xy: where the distinct texts lie, shape (texts, 2).

    Returns:
        Shape (n, 2).
    """
    counts = np.bincount(places, minlength=len(xy))
    order = np.argsort(places, kind="stable")
    number = np.empty(len(places), dtype=np.int64)
    number[order] = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    farthest = np.sqrt(np.maximum(counts - 1, 1))
    step = np.minimum(APART, WIDEST / farthest)[places]
    radius, angle = step * np.sqrt(number), number * GOLDEN_ANGLE
    return (xy[places] + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])).astype(np.float32)

"""Room for each point of a map, so that a dense group is a patch in which every response can be seen and clicked."""

import math

import numpy as np

from lib.clusters.arrays import Floats, Floats32, Labels, Vectors

FILLED = 0.16
"""The part of the square from -1 to 1 that all points take up together, with the room around each."""

WIDEST = 0.036
"""The most room a point gets, however few there are."""

ROUNDS = 40


def make_room(xy: Vectors, rounds: int = ROUNDS) -> Floats32:
    """Points moved apart where they are closer than their room; the others stay.

    In each round every two points that are too close push each other apart by a part of what is missing, so that who
    was near stays near.

    Args:
        xy: shape (n, 2), from -1 to 1.

    Returns:
        Shape (n, 2), scaled back into the square where the patches grew out of it.
    """
    from scipy.spatial import cKDTree

    places: Floats = xy.astype(np.float64)
    room = room_for(len(places))
    for _ in range(rounds if len(places) > 1 else 0):
        pairs = cKDTree(places).query_pairs(room * 0.999, output_type="ndarray")
        if not len(pairs):
            break
        places += pushes(places, pairs, room)
    return (places / max(1.0, float(np.abs(places).max(initial=0.0)))).astype(np.float32)


def room_for(n: int) -> float:
    """How far two of `n` points lie apart at least."""
    return min(WIDEST, 2 * math.sqrt(FILLED / max(n, 1)))


def pushes(places: Floats, pairs: Labels, room: float) -> Floats:
    """Where all pairs that are too close push each point, averaged over its pairs; shape (n, 2)."""
    one, other = pairs.T
    apart = places[one] - places[other]
    distance = np.linalg.norm(apart, axis=1)
    angle = 2.399963 * one  # at one and the same place: any direction, the same in every run
    away = np.where(
        distance[:, None] > 0,
        apart / np.maximum(distance, 1e-12)[:, None],
        np.column_stack([np.cos(angle), np.sin(angle)]),
    )
    push = away * ((room - distance) / 2)[:, None]
    n = len(places)
    counts = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
    moved = np.column_stack(
        [np.bincount(one, push[:, axis], n) - np.bincount(other, push[:, axis], n) for axis in (0, 1)]
    )
    return moved / np.sqrt(np.maximum(counts, 1))[:, None]

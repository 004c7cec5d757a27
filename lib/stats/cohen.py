"""Cohen's (1960) kappa of two annotators; of several, the mean over their pairs (Light 1971)."""

from itertools import combinations

import numpy as np

from lib.stats.agreement_table import different, smoothed
from lib.stats.coefficients import above_chance, ratio
from lib.stats.observations import Floats

MOST_PAIRS = 45
"""Of ten annotators; with more, nobody reads kappas of pairs, and Fleiss' speaks for all."""


def cohen_rows(votes: Floats, labels: int) -> Floats:
    """One row an item: for each pair of annotators whether both voted and agree, then each one's label.

    Args:
        votes: the number of the label, NaN where there is none, shape (items, annotators).

    Returns:
        Shape (items, pairs × (2 + 2 labels)); no columns for more than `MOST_PAIRS` pairs.
    """
    pairs = list(combinations(range(votes.shape[1]), 2))
    if len(pairs) > MOST_PAIRS:
        return np.empty((len(votes), 0))
    blocks = [np.empty((len(votes), 0))]
    for one, other in pairs:
        both = ~np.isnan(votes[:, one]) & ~np.isnan(votes[:, other])
        chosen = [both & (votes[:, rater] == label) for rater in (one, other) for label in range(labels)]
        blocks.append(np.column_stack([both, both & (votes[:, one] == votes[:, other]), *chosen]))
    return np.hstack(blocks).astype(np.float64)


def cohen(means: Floats, labels: int) -> Floats:
    """The kappas of the pairs, averaged with the number of items each pair shares as weight.

    Pairs whose kappa is not defined are left out; NaN where all are.

    Args:
        means: means of `cohen_rows`, shape (…, columns).
    """
    width = 2 + 2 * labels
    blocks = means.reshape(*means.shape[:-1], -1, width)
    both = blocks[..., 0]
    one, other = blocks[..., 2 : 2 + labels], blocks[..., 2 + labels :]
    chance = ratio((one * other).sum(axis=-1), both**2)
    kappas = above_chance(ratio(blocks[..., 1], both), chance)
    weights = np.where(np.isnan(kappas), 0.0, both)
    return ratio((np.nan_to_num(kappas) * weights).sum(axis=-1), weights.sum(axis=-1))


def possible_cohen_rows(rows: Floats, labels: int) -> Floats:
    """For pairs what `possible_rows` of a vote table are: two items of full agreement and two of none."""
    blocks = rows.sum(axis=0).reshape(-1, 2 + 2 * labels)
    one, other = smoothed(blocks[:, 2 : 2 + labels]), smoothed(blocks[:, 2 + labels :])
    both, neither = np.ones((len(blocks), 1)), np.zeros((len(blocks), 1))
    alike = (one + other) / 2
    agreeing = np.hstack([both, both, alike, alike]).ravel()
    opposed = np.hstack([both, neither, different(one, other), different(other, one)]).ravel()
    return np.stack([agreeing, agreeing, opposed, opposed])


def kappa(votes: Floats, labels: int) -> float:
    """The kappa of votes, shape (items, annotators), as it stands; NaN where it is not defined."""
    rows = cohen_rows(votes, labels)
    return float(cohen(rows.mean(axis=0), labels)) if rows.size else float("nan")

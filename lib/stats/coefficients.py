"""Coefficients of agreement as functions of the means of a vote table; NaN where they are not defined.

Each takes means of shape (…, columns) and gives shape (…,): one table, or many resamples at once. Agreement is
counted over the items with two votes or more; what is due to chance is learnt from all votes, for alpha from those
items alone, as each was published for unequal numbers of votes (Gwet 2014, Handbook of Inter-Rater Reliability).
"""

import numpy as np

from lib.stats.agreement_table import AGREE, PAIRABLE, RATED, VoteTable
from lib.stats.observations import Floats


def percent(means: Floats) -> Floats:
    """Mean over items of the share of pairs of votes that agree."""
    return ratio(means[..., AGREE], means[..., PAIRABLE])


def fleiss(table: VoteTable, means: Floats) -> Floats:
    """Fleiss' (1971) kappa: chance is two votes drawn from all labels as they were used."""
    shares = means[..., table.shares] / means[..., RATED, None]
    return above_chance(percent(means), (shares**2).sum(axis=-1))


def ac1(table: VoteTable, means: Floats) -> Floats:
    """Gwet's (2008) AC1: only votes that are guesses agree by chance, and they are fewer where a label is rare."""
    shares = means[..., table.shares] / means[..., RATED, None]
    chance = (shares * (1 - shares)).sum(axis=-1) / (table.labels - 1)
    return above_chance(percent(means), chance)


def alpha(table: VoteTable, means: Floats, items: int) -> Floats:
    """Krippendorff's (2004) alpha, nominal, or ordinal where labels are steps.

    Args:
        items: how many rows the means are of: alpha knows how small a sample is.
    """
    values, apart = means[..., table.values] * items, means[..., table.apart] * items
    total = values.sum(axis=-1)
    if not table.ordinal:
        expected = total**2 - (values**2).sum(axis=-1)
        return 1 - ratio((total - 1) * apart[..., 0], expected)
    low, high = np.triu_indices(table.labels, 1)
    below = np.cumsum(values, axis=-1)
    # Votes from the middle of one step to the middle of the other: what is squared for ordinal alpha.
    distance = (below[..., high] - values[..., high] / 2 - below[..., low] + values[..., low] / 2) ** 2
    expected = (2 * values[..., low] * values[..., high] * distance).sum(axis=-1)
    return 1 - ratio((total - 1) * (apart * distance).sum(axis=-1), expected)


def above_chance(observed: Floats, chance: Floats) -> Floats:
    """How far agreement exceeds chance, of what it could at most."""
    return ratio(observed - chance, 1 - chance)


def ratio(above: Floats, below: Floats) -> Floats:
    """A quotient, NaN where nothing is divided by."""
    above, below = np.broadcast_arrays(np.asarray(above, np.float64), np.asarray(below, np.float64))
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 1e-12)

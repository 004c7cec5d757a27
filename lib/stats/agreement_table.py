"""Votes folded into one row an item, from whose means every coefficient of agreement is computed."""

from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats

PAIRABLE, AGREE, RATED = 0, 1, 2
"""Columns of a table: whether an item has two votes, its share of agreeing pairs, and whether it has one vote."""

FIRST = 3


@dataclass(frozen=True, slots=True)
class VoteTable:
    """One row an item with at least one vote.

    Attributes:
        rows: shape (items, 3 + 2 labels + apart). After the columns named above come the shares of the item's votes
            that each label has, then the votes for each label where there are at least two, then what lies apart:
            the coincidences of different labels (Krippendorff 2004, section 11.3), each pair of labels in a
            column of its own where labels are steps, else all in one.
        labels: how many labels there were to choose from.
        ordinal: whether labels are steps in rising order.
    """

    rows: Floats
    labels: int
    ordinal: bool

    @property
    def shares(self) -> slice:
        """The columns of the labels' shares."""
        return slice(FIRST, FIRST + self.labels)

    @property
    def values(self) -> slice:
        """The columns of the labels' votes where there are at least two."""
        return slice(FIRST + self.labels, FIRST + 2 * self.labels)

    @property
    def apart(self) -> slice:
        """The columns of what does not coincide."""
        return slice(FIRST + 2 * self.labels, None)

    @property
    def pairable(self) -> int:
        """Items with at least two votes."""
        return int(self.rows[:, PAIRABLE].sum())

    @property
    def disagreeing(self) -> int:
        """Items of which not all votes are alike."""
        return int(np.count_nonzero(self.rows[:, AGREE] < self.rows[:, PAIRABLE]))


def vote_table(votes: Floats, labels: int, *, ordinal: bool) -> VoteTable:
    """Fold votes.

    Args:
        votes: the number of the chosen label, 0 up to `labels`; NaN where there is none. Shape (items, annotators).
    """
    counts = tally(votes, labels)
    counts = counts[counts.sum(axis=1) > 0]
    number = counts.sum(axis=1)
    pairable = number >= 2
    others = np.where(pairable, number - 1, 1.0)
    agree = np.where(pairable, (counts * (counts - 1)).sum(axis=1) / (number * others), 0.0)
    values = np.where(pairable[:, None], counts, 0.0)
    if ordinal:
        low, high = np.triu_indices(labels, 1)
        apart = 2 * values[:, low] * values[:, high] / others[:, None]
    else:
        apart = (values.sum(axis=1) * (1 - agree))[:, None]
    shares = counts / number[:, None]
    rows = np.column_stack([pairable, agree, np.ones(len(counts)), shares, values, apart]).astype(np.float64)
    return VoteTable(rows, labels, ordinal)


def tally(votes: Floats, labels: int) -> Floats:
    """How many votes each label has, shape (items, labels)."""
    return np.stack([(votes == label).sum(axis=1) for label in range(labels)], axis=1).astype(np.float64)


def possible_rows(table: VoteTable) -> Floats:
    """Items to add before resampling where few depart: two of full agreement and two of none, shape (4, columns).

    This is what Agresti and Coull (1998) add to a share, so that agreement which was never seen to fail still
    counts as fallible. What agrees has labels as often as all votes do; what does not agree, as two different
    labels drawn from them.
    """
    paired = table.rows[table.rows[:, PAIRABLE] > 0].mean(axis=0)
    number = paired[table.values].sum()
    agreeing, opposed = paired.copy(), paired.copy()
    agreeing[AGREE], opposed[AGREE] = 1.0, 0.0
    agreeing[table.apart] = 0.0
    used = smoothed(table.rows[:, table.values].sum(axis=0))
    opposed[table.shares] = different(used, used)
    opposed[table.values] = number * opposed[table.shares]
    low, high = np.triu_indices(table.labels, 1)
    together = 2 * used[low] * used[high]
    opposed[table.apart] = number * (together / together.sum() if table.ordinal else 1.0)
    return np.stack([agreeing, agreeing, opposed, opposed])


def smoothed(counts: Floats) -> Floats:
    """Shares of counts as if one more had been spread over all, so that no label is impossible."""
    return (counts + 1 / counts.shape[-1]) / (counts.sum(axis=-1, keepdims=True) + 1)


def different(one: Floats, other: Floats) -> Floats:
    """How often each label is the first of two that are drawn from two distributions and differ."""
    apart = one * (1 - other)
    return apart / apart.sum(axis=-1, keepdims=True)

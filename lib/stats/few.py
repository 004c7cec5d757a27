"""Where nearly all matched sets say the same, the bootstrap says it is certain: what to do instead."""

import numpy as np

from lib.stats.matched import Matched
from lib.stats.observations import Floats

FEW = 10
"""Fewer sets than this that depart from the commonest value make a bootstrap interval too narrow."""


def departing(matched: Matched, *, rate: bool) -> int:
    """How many sets differ from the commonest level or difference; for rates, how many have anything to count."""
    if rate:
        return int(np.count_nonzero(matched.columns[:, 0::2].sum(axis=1)))
    signs = np.array([1, -1])[: matched.columns.shape[1]]
    _, counts = np.unique(np.round(matched.columns @ signs, 12), return_counts=True)
    return len(matched) - int(counts.max())


def is_few(departing: int, sets: int) -> bool:
    """Whether so few sets depart that a bootstrap would look too sure."""
    return departing < min(FEW, sets / 2)


def pseudo_sets(matched: Matched, *, rate: bool) -> Floats:
    """Sets to add before resampling, so that what was not seen still counts as possible, shape (added, columns).

    For two proportions one set pointing each way, which is the adjustment of Bonett and Price (2012) and,
    where no set differs, close to the rule of three (Hanley and Lippman-Hand 1983); for one proportion two
    sets of each sort (Agresti and Coull 1998); for rates one count for each group in a set of average exposure.
    """
    width = matched.columns.shape[1]
    if not rate:
        return np.eye(2) if width == 2 else np.array([[0.0], [0.0], [1.0], [1.0]])
    exposures = matched.columns.mean(axis=0) * (np.arange(width) % 2)
    return exposures + np.repeat(np.eye(width // 2), 2, axis=1) * (np.arange(width) % 2 == 0)

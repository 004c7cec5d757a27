"""Responses folded into a table of matched sets by groups."""

import numpy as np
import numpy.typing as npt

from lib.stats.observations import Floats, Observations

Places = npt.NDArray[np.intp]


def set_sums(observations: Observations, values: Floats) -> Floats:
    """Sum of `values`, one a response, for each set and group; NaN where none is known. Shape (sets, groups)."""
    sums, counts = _folded(observations, values)
    return np.where(counts > 0, sums, np.nan)


def set_means(observations: Observations, values: Floats) -> Floats:
    """Mean of `values`, one a response, for each set and group; NaN where none is known. Shape (sets, groups)."""
    sums, counts = _folded(observations, values)
    return np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)


def set_places(observations: Observations) -> Places:
    """The row of these tables that each response belongs to, sets in the order of their codes, shape (n,)."""
    return np.unique(observations.sets, return_inverse=True)[1]


def _folded(observations: Observations, values: Floats) -> tuple[Floats, Floats]:
    known = np.isfinite(values)
    places, groups = set_places(observations), len(observations.names)
    sets = int(places.max()) + 1 if len(places) else 0
    cell = (places * groups + observations.groups)[known]
    shape = (sets, groups)
    sums = np.bincount(cell, values[known], minlength=sets * groups).astype(np.float64)
    counts = np.bincount(cell, minlength=sets * groups).astype(np.float64)
    return sums.reshape(shape), counts.reshape(shape)

"""What is computed from the means of a comparison's columns, and how fast it changes with them."""

from collections.abc import Callable

import numpy as np

from lib.stats.observations import Floats

Statistic = Callable[[Floats], Floats]
"""From column means, shape (…, columns), to the number of interest, shape (…)."""


def first(means: Floats) -> Floats:
    """The one side there is."""
    return means[..., 0]


def difference(means: Floats) -> Floats:
    """First side minus second."""
    return means[..., 0] - means[..., 1]


def log_ratio(means: Floats) -> Floats:
    """Logarithm of the first side over the second."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(means[..., 0] / means[..., 1])


def rate(per: float) -> Statistic:
    """Counts over exposures of the one group there is."""
    return lambda means: per * rates(means)[..., 0]


def rate_difference(per: float) -> Statistic:
    """The first group's rate minus the mean of the others' rates."""

    def gap(means: Floats) -> Floats:
        each = rates(means)
        return per * (each[..., 0] - each[..., 1:].mean(axis=-1))

    return gap


def rates(means: Floats) -> Floats:
    """Counts over exposures for each group, shape (…, groups); NaN where there is no exposure."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return means[..., 0::2] / means[..., 1::2]


def gradient(statistic: Statistic, means: Floats) -> Floats:
    """Slope of the statistic along each column, by the complex step (Squire and Trapp 1998), shape (columns,).

    Unlike finite differences it subtracts nothing, so it is exact to rounding.
    """
    step = 1e-30
    return np.imag(statistic(means + 1j * step * np.eye(len(means)))) / step

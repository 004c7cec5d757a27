"""Whether a scorer's probabilities come true (Guo, Pleiss, Sun and Weinberger 2017)."""

import math
from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats
from lib.stats.shares import Share, share

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Responses of like probability: the lowest and highest in it, their mean, and how often it was so."""

    low: float
    high: float
    said: float
    came_true: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far probabilities lie from what is so.

    Attributes:
        error: the expected calibration error, |how often so − mean probability| averaged over the responses, 0 to 1.
        bins: at most ten of equal numbers of responses; equal probabilities are never parted.
        hard: all numbers are 0 or 1, so that the error is how far the shares of yes lie from what is so in
            the two bins, which is the share of wrong answers.
    """

    error: float
    bins: tuple[Bin, ...]
    hard: bool


def calibration(probabilities: Floats, truth: Floats) -> Calibration:
    """The calibration of probabilities of a yes; `error` is NaN without any.

    Args:
        probabilities: 0 to 1, shape (n,).
        truth: 1 where it is so, else 0, shape (n,).
    """
    if not len(probabilities):
        return Calibration(math.nan, (), hard=False)
    values, place, counts = np.unique(probabilities, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    number = np.minimum(BINS - 1, (middle * BINS / len(probabilities)).astype(np.int64))[place]
    bins = []
    for each in np.unique(number):
        mine = number == each
        inside = probabilities[mine]
        came_true = share(int(truth[mine].sum()), int(mine.sum()))
        bins.append(Bin(float(inside.min()), float(inside.max()), float(inside.mean()), came_true))
    error = sum(abs(each.came_true.value - each.said) * each.came_true.n for each in bins) / len(probabilities)
    return Calibration(float(error), tuple(bins), hard=bool(np.isin(values, (0, 1)).all()))

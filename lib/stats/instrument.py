"""A scorer as an instrument: what it says against what is so, one label at a time and all together."""

from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Codes, Floats
from lib.stats.share_difference import Difference, apart, correlation, pulls, share_of_units, sums
from lib.stats.shares import Share


@dataclass(frozen=True, slots=True)
class Readings:
    """What a scorer says of responses whose truth is known; all arrays have shape (n,).

    Attributes:
        units: the matched set of each response, as a code from 0.
        truth, said: the number of the label that is so, and that the scorer says.
        weights: one over the probability with which a response was drawn, or all 1.
    """

    units: Codes
    truth: Codes
    said: Codes
    weights: Floats

    def __len__(self) -> int:
        return len(self.units)


@dataclass(frozen=True, slots=True)
class LabelQuality:
    """How well a scorer tells one label from the others, with 95 % intervals.

    Attributes:
        precision: of what the scorer calls so, the share that is. recall: of what is so, the share it finds.
        specificity: of what is not so, the share it does not call so. f1: harmonic mean of precision and recall.
    """

    precision: Share
    recall: Share
    f1: Share
    specificity: Share


def accuracy(readings: Readings, among: Floats | None = None) -> Share:
    """Share of responses of which the scorer says what is so.

    Args:
        among: 1 for the responses that count, 0 for others, shape (n,).
    """
    everything = np.ones(len(readings)) if among is None else among
    return _share(readings, (readings.truth == readings.said) * everything, everything)


def quality(readings: Readings, label: int) -> LabelQuality:
    """Precision, recall, F1 and specificity of one label against all others."""
    so, called = readings.truth == label, readings.said == label
    found = (so & called).astype(np.float64)
    return LabelQuality(
        precision=_share(readings, found, called),
        recall=_share(readings, found, so),
        # F1 is 2 found / (called + so), a share of sums too; of so many responses as are either.
        f1=_share(readings, 2 * found, called.astype(np.float64) + so, int(np.sum(so | called))),
        specificity=_share(readings, ~so & ~called, ~so),
    )


def confusion(readings: Readings, labels: int) -> Codes:
    """How many responses are so (rows) and are said to be so (columns), shape (labels, labels); not weighted."""
    return np.bincount(readings.truth * labels + readings.said, minlength=labels**2).reshape(labels, labels)


def error_gap(readings: Readings, one: Floats, other: Floats) -> Difference:
    """Error rate among some responses minus that among others, knowing that matched sets hold both.

    Args:
        one, other: 1 for the responses that count, 0 for the rest, shape (n,).
    """
    wrong = (readings.truth != readings.said).astype(np.float64)
    sides = [(_sums(readings, wrong * side), _sums(readings, side)) for side in (one, other)]
    shares = [
        share_of_units(*side, n=int(np.count_nonzero(part))) for side, part in zip(sides, (one, other), strict=True)
    ]
    return apart(shares[0], shares[1], correlation(pulls(*sides[0]), pulls(*sides[1])))


def error_gaps_by_set(readings: Readings, one: Floats, other: Floats) -> Floats:
    """The same within each matched set that has both, weighted: what a sign-flip test takes."""
    wrong = (readings.truth != readings.said).astype(np.float64)
    rates = []
    for side in (one, other):
        totals = _plain_sums(readings, side)
        rates.append(
            np.divide(_plain_sums(readings, wrong * side), totals, out=np.full(len(totals), np.nan), where=totals > 0)
        )
    weights = _sums(readings, np.ones(len(readings))) / np.maximum(1, _plain_sums(readings, np.ones(len(readings))))
    gaps = (rates[0] - rates[1]) * weights
    return gaps[~np.isnan(gaps)]


def _share(readings: Readings, counts: object, totals: object, n: int | None = None) -> Share:
    above, below = np.asarray(counts, np.float64), np.asarray(totals, np.float64)
    cases = int(np.count_nonzero(below)) if n is None else n
    return share_of_units(_sums(readings, above), _sums(readings, below), cases)


def _sums(readings: Readings, values: Floats) -> Floats:
    return sums(readings.units, values * readings.weights)


def _plain_sums(readings: Readings, values: Floats) -> Floats:
    return sums(readings.units, values)

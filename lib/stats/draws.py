"""The distribution that intervals and p-values are read from: a bootstrap over sets, and over sampled terms."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.stats.bootstrap import resampled_means
from lib.stats.matched import Matched, Member
from lib.stats.observations import Floats
from lib.stats.statistics import Statistic, difference, gradient
from lib.stats.term_spread import term_spread

NO_SPREAD = 1e-12
"""Deviations this small, relative to the number, are rounding."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Values that the number might as well have had, in rising order; none where it has no spread to learn from."""

    values: Floats

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Percentile interval; NaN without draws."""
        if not len(self.values):
            return math.nan, math.nan
        low, high = np.quantile(self.values, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)

    def p(self) -> float:
        """Two-sided p-value of zero: below 0.05 where the 95 % interval excludes zero. NaN without draws."""
        return min(1.0, 2 * min(self.share(self.values <= 0), self.share(self.values >= 0)))

    def equivalence_p(self, margin: float) -> float:
        """The larger of two one-sided tests against ±margin (Schuirmann 1987).

        Below 0.05 where the 90 % interval lies within the margin; NaN without draws.
        """
        return max(self.share(self.values <= -margin), self.share(self.values >= margin))

    def share(self, chosen: npt.NDArray[np.bool_]) -> float:
        """Share of the draws, counting what is observed as one of them."""
        return (1 + int(np.count_nonzero(chosen))) / (1 + len(chosen)) if len(chosen) else math.nan


def draw(
    matched: Matched,
    statistic: Statistic,
    *,
    resamples: int,
    seed: int,
    terms: tuple[Member, ...] = (),
    extra: Floats | None = None,
) -> Draws:
    """Resample sets, and the terms of some groups, around the statistic of at least two sets.

    Two independent bootstraps are added. A bootstrap that resamples sets and terms at once (Owen 2007) counts
    the noise of single responses three times; here the sets carry it once, and the terms' part is shrunk to
    what terms add. Small samples of either sort are widened as Student's t is, with the degrees of
    freedom of the sum (Satterthwaite 1946): a percentile interval alone is too narrow there (Hesterberg 2015).
    They are never fewer than those of the smallest part: for parts that add up Satterthwaite's are not either, but
    where noise is taken off the terms' part, his formula goes to none, and the interval to infinity.

    Args:
        terms: the groups whose terms are resampled, each with at least two.
        extra: sets to add first, shape (added, columns); see `lib.stats.few`.
    """
    sets = len(matched)
    rows = matched.columns if extra is None else np.vstack([matched.columns, extra])
    rows = rows[np.lexsort(rows.T)]
    means = rows.mean(axis=0)
    slopes = gradient(statistic, means)
    centre = statistic(means)
    widen = len(rows) / (len(rows) - 1)
    if statistic is difference:  # the same as a mean of differences, which is one column instead of two
        drawn = resampled_means(difference(rows)[:, None], resamples, seed)[:, 0]
    else:
        drawn = statistic(resampled_means(rows, resamples, seed))
    deviations = (drawn - centre) * math.sqrt(widen)
    variance = float(np.sum(((rows - means) @ slopes / len(rows)) ** 2)) * widen
    uncertainty = variance**2 / (sets - 1)
    rng = np.random.default_rng([seed, 1])
    for member in terms:
        spread = term_spread(matched, member, slopes)
        times = rng.multinomial(member.count, np.full(member.count, 1 / member.count), size=resamples)
        deviations = deviations + times @ np.sort(spread.pulls) * spread.shrink
        variance += spread.variance
        uncertainty += spread.observed**2 / (member.count - 1)
    known = deviations[~np.isnan(deviations)]
    if len(known) < 0.99 * resamples or np.abs(known).max() <= NO_SPREAD * max(1.0, abs(float(centre))):
        return Draws(np.empty(0))
    fewest = min([sets - 1, *(member.count - 1 for member in terms)])
    freedom = max(fewest, variance**2 / uncertainty) if uncertainty > 0 else sets - 1
    stretch = np.sqrt(freedom / rng.chisquare(freedom, size=len(known)))
    return Draws(np.sort(centre + known * stretch))

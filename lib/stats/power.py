"""How likely a test is to find a gap of a given size."""

import math

import numpy as np

TAIL = 7.0
"""Standard deviations of the number of discordant sets that are summed over; what lies outside is below 1e-11."""

QUANTILES = (np.arange(2_000) + 0.5) / 2_000
GRID = (np.arange(60) + 0.5) / 60


def mcnemar_power(sets: int, more: float, less: float, alpha: float) -> float:
    """Power of the exact two-sided McNemar test, summed over how many sets turn out discordant (Duffy 1984).

    Being exact it keeps below alpha where few sets are discordant, which is counted here.

    Args:
        more: probability that a set has the outcome for the group alone.
        less: probability that it has it for the reference alone.
    """
    from scipy.special import bdtr, bdtrc, bdtrik, gammaln, xlog1py, xlogy

    discordant = min(1.0, more + less)
    if discordant <= 0:
        return 0.0
    spread = TAIL * math.sqrt(sets * discordant * (1 - discordant)) + 1
    middle = sets * discordant
    numbers = np.arange(max(1, math.floor(middle - spread)), min(sets, math.ceil(middle + spread)) + 1)
    ways = gammaln(sets + 1) - gammaln(numbers + 1) - gammaln(sets - numbers + 1)
    weights = np.exp(ways + xlogy(numbers, discordant) + xlog1py(sets - numbers, -discordant))
    # The most sets that may go the other way; numbers too small for any finding drop out.
    critical = np.floor(bdtrik(alpha / 2, numbers, 0.5))
    critical = np.where(bdtr(critical, numbers, 0.5) > alpha / 2, critical - 1, critical)
    able = np.power(0.5, numbers) <= alpha / 2
    critical, numbers, weights = critical[able], numbers[able], weights[able]
    found = bdtr(critical, numbers, more / discordant) + bdtrc(numbers - critical - 1, numbers, more / discordant)
    return min(1.0, float(np.sum(weights * found)))


def t_power(shift: float, freedom: float, alpha: float) -> float:
    """Power of a two-sided t test; the sign-flip test has the same in the limit (Hoeffding 1952).

    Averaged over what the standard error may turn out to be: SciPy's noncentral t is NaN far out in its tails.

    Args:
        shift: the gap in standard errors.
        freedom: degrees of freedom.
    """
    from scipy.special import gammaincinv, ndtr, stdtrit

    ratio = np.sqrt(gammaincinv(freedom / 2, QUANTILES) * 2 / freedom)
    bound = -stdtrit(freedom, alpha / 2) * ratio
    return float(np.mean(ndtr(shift - bound) + ndtr(-shift - bound)))


def terms_power(gap: float, by_set: float, by_term: float, sets: int, terms: int, alpha: float) -> float:
    """Power where terms are sampled too, as `lib.stats.draws` finds its interval.

    What a group's few terms show of their variance is itself a matter of luck, and with it the error and the degrees
    of freedom (Satterthwaite 1946), so that power is averaged over what either group's terms may show.

    Args:
        by_set, by_term: variance of the gap between two groups from sets and from terms.
        terms: of each group.
    """
    from scipy.special import gammaincinv, ndtr, stdtrit

    freedom = terms - 1
    luck = gammaincinv(freedom / 2, GRID) * 2 / freedom
    shown = (by_set + by_term) / 2 * luck
    one, other = np.meshgrid(shown, shown)
    variance = by_set + np.maximum(0, one - by_set / 2) + np.maximum(0, other - by_set / 2)
    uncertainty = by_set**2 / (sets - 1) + (one**2 + other**2) / freedom
    bound = -stdtrit(variance**2 / uncertainty, alpha / 2) * np.sqrt(variance)
    error = math.sqrt(by_set + by_term)
    return float(np.mean(ndtr((gap - bound) / error) + ndtr((-gap - bound) / error)))

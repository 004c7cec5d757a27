"""How far annotators agree, beyond chance and how surely."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lib.stats import coefficients, cohen
from lib.stats.agreement_table import possible_rows, vote_table
from lib.stats.bootstrap import resampled_means
from lib.stats.few import is_few
from lib.stats.observations import Floats

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A number with its 95 % interval; NaN where it is not defined."""

    value: float
    low: float = math.nan
    high: float = math.nan


NOTHING = Coefficient(math.nan)


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Agreement on one choice.

    Attributes:
        items: with at least two votes, of `rated` with at least one. annotators, votes: behind those items.
        percent: share of pairs of votes that agree. cohen: of two annotators, or the mean over pairs.
        fleiss, alpha, ac1: as in `lib.stats.coefficients`.
        note: why something is not defined, in words; "" when all is.
    """

    items: int
    rated: int
    annotators: int
    votes: int
    percent: Coefficient
    cohen: Coefficient
    fleiss: Coefficient
    alpha: Coefficient
    ac1: Coefficient
    note: str = ""


def agreement(
    votes: Floats, labels: int, *, ordinal: bool = False, resamples: int = RESAMPLES, seed: int = 0
) -> Coefficients:
    """All coefficients, with intervals from a bootstrap over items (Efron 1979).

    All are functions of means over items, so one resampling serves them all. Intervals are widened as Student's t is,
    and where few items depart from the rest, items that were not seen but are possible are added first
    (`possible_rows`): twenty items that all agree do not show that agreement is perfect.

    Args:
        votes: the number of the chosen label, 0 up to `labels`; NaN where there is none. Shape (items, annotators).
        labels: how many labels there are to choose from, at least two.
        ordinal: whether labels are steps in rising order, which only alpha makes use of.
    """
    table = vote_table(votes, labels, ordinal=ordinal)
    paired = votes[np.count_nonzero(~np.isnan(votes), axis=1) >= 2]
    takes_part = ~np.isnan(paired).all(axis=0)
    counts = (table.pairable, len(table.rows), int(takes_part.sum()), int(np.count_nonzero(~np.isnan(paired))))
    if not table.pairable:
        return Coefficients(*counts, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, too_little(votes))
    pairs = cohen.cohen_rows(votes[:, takes_part], labels)[np.any(~np.isnan(votes), axis=1)]
    rows, end = np.hstack([table.rows, pairs]), table.rows.shape[1]

    def computed(means: Floats, items: int) -> Floats:
        """percent, cohen, fleiss, alpha and ac1, shape (5, …)."""
        mine = means[..., :end]
        between = cohen.cohen(means[..., end:], labels) if pairs.shape[1] else np.full(means.shape[:-1], math.nan)
        return np.stack(
            [
                coefficients.percent(mine),
                between,
                coefficients.fleiss(table, mine),
                coefficients.alpha(table, mine, items),
                coefficients.ac1(table, mine),
            ]
        )

    departing = min(table.disagreeing, table.pairable - table.disagreeing)
    extra = np.empty((0, rows.shape[1]))
    if is_few(departing, table.pairable):
        added = cohen.possible_cohen_rows(pairs, labels) if pairs.shape[1] else np.empty((4, 0))
        extra = np.hstack([possible_rows(table), added])
    found = with_intervals(computed, rows, extra, table.pairable, resamples, seed)
    percent, light, fleiss, alpha, ac1 = found
    return Coefficients(*counts, percent, light, fleiss, alpha, ac1, undefined(found, paired, len(pairs.T)))


def with_intervals(
    computed: Callable[[Floats, int], Floats], rows: Floats, extra: Floats, units: int, resamples: int, seed: int
) -> list[Coefficient]:
    """Numbers that are functions of the means of rows, each with its interval within -1 and 1.

    Args:
        computed: from means of shape (…, columns) and the number of rows they are of to shape (numbers, …).
        extra: rows to add before resampling.
        units: items that carry information, whose number widens the interval as Student's t does.
    """
    values = computed(rows.mean(axis=0), len(rows))
    if units < 2:
        return [Coefficient(float(value)) for value in values]
    enlarged = np.vstack([rows, extra])
    centres = computed(enlarged.mean(axis=0), len(enlarged))
    drawn = computed(resampled_means(enlarged, resamples, seed), len(enlarged))
    stretch = np.sqrt(units / np.random.default_rng([seed, 1]).chisquare(units - 1, size=resamples))
    return [
        bounded(float(value), centre + (draws - centre) * stretch)
        for value, centre, draws in zip(values, centres, drawn, strict=True)
    ]


def bounded(value: float, draws: Floats) -> Coefficient:
    """A number with the percentile interval of its draws, which holds it; none where draws are often undefined."""
    known = draws[~np.isnan(draws)]
    if math.isnan(value) or len(known) < 0.99 * len(draws):
        return Coefficient(value)
    low, high = np.clip(np.quantile(known, [0.025, 0.975]), -1, 1)
    return Coefficient(value, min(value, float(low)), max(value, float(high)))


def too_little(votes: Floats) -> str:
    """Why there is nothing to compare."""
    taking_part = int(np.count_nonzero(~np.isnan(votes).all(axis=0))) if votes.size else 0
    if taking_part == 0:
        return "Nobody has answered it yet."
    if taking_part == 1:
        return "Only one person has answered it: agreement needs two."
    return "No item has answers of two people yet."


def undefined(found: list[Coefficient], paired: Floats, pair_columns: int) -> str:
    """Why some coefficient or interval is missing, in words."""
    _, cohen_, fleiss, alpha, _ = found
    used = np.unique(paired[~np.isnan(paired)])
    if len(used) == 1:
        return "Everybody chose the same on every item: kappa and alpha are not defined; read percent and AC1."
    if len(paired) == 1:
        return "Only one item has answers of two people: no interval can be given."
    if not pair_columns:
        return "Cohen's kappa is for few annotators and is left out here; read Fleiss' kappa."
    if any(not math.isnan(each.value) and math.isnan(each.low) for each in (cohen_, fleiss, alpha)):
        return "Labels vary on too few items for an interval of kappa and alpha."
    return ""

"""Human labels on some responses correct a scorer's numbers on all of them.

Prediction-powered inference with power tuning, PPI++ (Angelopoulos, Duchi and Zrnic 2023, arXiv:2311.01453). With y
what people say, f what the scorer says, and lambda how far the scorer is trusted, the estimate is

    mean of y where labelled  +  lambda (mean of f where not labelled  −  mean of f where labelled),

which is right on average whatever the scorer's errors, in each group by itself, as long as the responses to be
labelled were drawn at random, each as likely as any other; `lib.stats.active` weights those that were not. Lambda is
what makes the variance smallest: near 1 for a good scorer, 0 for a useless one, which leaves the labels alone. Here the
units are matched sets, whose responses are dependent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.errors import StatsError
from lib.stats.active import effective_sets, set_probabilities, weighted
from lib.stats.observations import Codes, Floats, Observations
from lib.stats.scorer_error import GroupError, mean_and_half, scorer_error
from lib.stats.set_table import set_means, set_places
from lib.stats.tuning import Powered, tuned

LEAST = 20
"""Labelled matched sets that each group needs: with fewer the interval, which is one for large samples, is too sure."""

SAME = 1e-9
"""Probabilities that differ by less are equal."""

UNEVEN = (
    "Sets were not equally likely to be labelled: the gap takes that into account, the scorer's error in the labelled "
    "responses does not."
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A gap, or one group's level, from the scorer alone and corrected by human labels; intervals are 95 %.

    Attributes:
        reference: another group, "the others", or "" for a level.
        naive: as if the scorer never erred.
        lambda_: how far the scorer is trusted, 0 to 1.
        labelled_sets: matched sets with a label, for each group in the order of `errors`.
        errors: the scorer's own error in each group.
        note: what the reader must know; "" when there is nothing.
    """

    group: str
    reference: str
    naive: float
    naive_low: float
    naive_high: float
    estimate: float
    low: float
    high: float
    lambda_: float
    labelled_sets: tuple[int, ...]
    errors: tuple[GroupError, ...]
    note: str = ""


def corrected_gap(
    observations: Observations,
    human: Floats,
    group: int,
    reference: int | None,
    probabilities: Floats | None = None,
) -> Corrected:
    """A group's mean or share less that of a reference, None for the mean of all others, corrected by labels.

    Args:
        human: people's value for each response in the unit of the score, NaN where there is none, shape (n,).
        probabilities: with which each response's matched set was drawn for labelling, NaN where it is not in the
            sample, shape (n,); labels outside the sample are not used. None where all sets, or all responses, were
            equally likely. Every set that is compared must have had a chance; one that is in two samples had
            1 − (1 − p) (1 − q).

    Raises:
        StatsError: too few labels, nothing varies, a rate, or probabilities that are none.
    """
    others = [other for other in range(len(observations.names)) if other != group] if reference is None else [reference]
    if not others or group in others:
        raise StatsError("corrected gap", "there is no second group", "Choose two different groups.")
    weights = np.array([1.0] + [-1 / len(others)] * len(others))
    name = "the others" if reference is None else observations.names[reference]
    return corrected(observations, human, [group, *others], weights, name, probabilities)


def corrected_level(
    observations: Observations, human: Floats, group: int, probabilities: Floats | None = None
) -> Corrected:
    """A group's own mean or share, corrected by labels; see `corrected_gap`."""
    return corrected(observations, human, [group], np.ones(1), "", probabilities)


def corrected(
    observations: Observations,
    human: Floats,
    groups: Sequence[int],
    weights: Floats,
    reference: str,
    probabilities: Floats | None = None,
) -> Corrected:
    """The weighted sum of the groups' means, over the matched sets in which each of them has a score."""
    if observations.exposures is not None:
        raise StatsError("corrected rate", "labels correct means and shares only", "Choose another measure.")
    if probabilities is not None:
        drawn = set_probabilities(observations, probabilities)
        human = np.where(np.isfinite(drawn[set_places(observations)]), human, np.nan)
    labelled = np.isfinite(human) & np.isfinite(observations.values)
    scores = set_means(observations, observations.values)[:, groups]
    usable = np.isfinite(scores).all(axis=1)
    scores = scores[usable]
    scores_there = set_means(observations, np.where(labelled, observations.values, np.nan))[usable][:, groups]
    labels = set_means(observations, np.where(labelled, human, np.nan))[usable][:, groups]
    names = [observations.names[group] for group in groups]
    counts = enough(labels, names)
    worth = float(counts.min())
    if probabilities is None:
        found = powered(scores, scores_there, labels, weights)
    else:
        found = weighted(scores, scores_there, labels, weights, drawn[usable])
        worth = comparable(float(effective_sets(labels, drawn[usable]).min()))
    if found.error == 0:
        raise StatsError("correction by human labels", "all labels are alike", "Label more responses.")
    half = students(worth) * found.error
    naive, naive_half = mean_and_half(scores @ weights)
    errors = tuple(scorer_error(observations, human, group) for group in groups)
    even = probabilities is None or np.ptp(drawn[np.isfinite(drawn)]) < SAME
    return Corrected(
        group=names[0],
        reference=reference,
        naive=naive,
        naive_low=naive - naive_half,
        naive_high=naive + naive_half,
        estimate=found.estimate,
        low=found.estimate - half,
        high=found.estimate + half,
        lambda_=found.lambda_,
        labelled_sets=tuple(counts.tolist()),
        errors=errors,
        note=flawless(errors) if even else " ".join(filter(None, (flawless(errors), UNEVEN))),
    )


def enough(labels: Floats, names: Sequence[str]) -> Codes:
    """How many sets have labels in each group; raises StatsError where they are too few."""
    counts = np.isfinite(labels).sum(axis=0)
    for name, count in zip(names, counts.tolist(), strict=True):
        if count < LEAST:
            raise StatsError(
                "correction by human labels",
                f"{name} has labels in {count} of the {len(labels):,} matched sets that can be compared",
                f"Label responses in at least {LEAST - count} more sets, drawn at random.",
            )
    return counts


def comparable(worth: float) -> float:
    """`worth`, unless a few labels outweigh all others."""
    if worth < LEAST / 2:
        raise StatsError(
            "correction by human labels",
            f"a few very unlikely sets outweigh all others: the labels are worth {worth:.0f} equally likely sets",
            "Label a random sample.",
        )
    return worth


def powered(
    scores: Floats, scores_labelled: Floats, labels: Floats, weights: Floats, lambda_: float | None = None
) -> Powered:
    """The weighted sum of prediction-powered means of each column; arrays have shape (sets, groups).

    Lambda is the paper's tuned one for a mean, except that labelled and unlabelled sets keep their own variances where
    the paper pools them.

    Args:
        scores: the scorer's value of each set; read where `labels` is NaN.
        scores_labelled: the scorer's value of what was labelled; read where `labels` is known.
        labels: people's values, NaN where there are none.
        lambda_: None to tune it.
    """
    known = np.isfinite(labels)
    own, means = deviations(labels, known, weights)
    there, means_there = deviations(scores_labelled, known, weights)
    elsewhere, means_elsewhere = deviations(scores, ~known, weights)
    # Where everything is labelled there is nothing for the scorer to add.
    scorer = elsewhere - there if (~known).any(axis=0).all() else np.zeros_like(own)
    shift = means_elsewhere - means_there if scorer.any() else 0.0
    return tuned(means, shift, own, scorer, lambda_)


def deviations(table: Floats, chosen: np.ndarray, weights: Floats) -> tuple[Floats, float]:
    """Each set's part in how far the weighted sum of column means is off, shape (sets,); and that sum."""
    counts = np.maximum(chosen.sum(axis=0), 1)
    means = np.where(chosen, table, 0).sum(axis=0) / counts
    return (np.where(chosen, table - means, 0) / counts) @ weights, float(means @ weights)


def students(count: float) -> float:
    """What to multiply a large-sample error with for a 95 % interval from `count` labelled sets.

    One degree of freedom goes to the mean and one to lambda.
    """
    from scipy.special import stdtrit

    return float(stdtrit(count - 2, 0.975)) * math.sqrt(count / (count - 2))


def flawless(errors: Sequence[GroupError]) -> str:
    """A warning where no error was seen, which a few labels cannot prove (Hanley and Lippman-Hand 1983)."""
    alike = [
        each
        for each in errors
        if each.false_positives
        and each.false_negatives
        and not each.false_positives.value > 0
        and not each.false_negatives.value > 0
    ]
    if not alike:
        return ""
    least = min(alike, key=lambda each: each.labelled)
    return (
        f"The scorer agrees with all {least.labelled} labels of {least.group}; it may still err on up to "
        f"{3 / least.labelled:.0%} of responses, which the interval does not know of."
    )

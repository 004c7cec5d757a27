"""Human labels on matched sets that were not equally likely to be drawn correct a scorer's numbers on all of them.

Active inference (Zrnic and Candès 2024, arXiv:2403.03208): with y what people say, f what the scorer says, pi the
probability with which a set was drawn, and lambda how far the scorer is trusted, the estimate over N sets is

    lambda (mean of f over all sets)  +  (sum of (y − lambda f) / pi over labelled sets) / N,

which is right on average whatever the scorer's errors, because each labelled set stands for 1 / pi sets. We divide the
sum by that of 1 / pi over labelled sets in place of N (Hájek 1971). Both agree where probabilities are equal; ours
holds too where labels are missing within the sample, at the price of a bias that is small against the error. With w a
labelled set's share of the sum of 1 / pi, 0 without a label, each set is off by

    w (y − lambda f − their weighted mean)  +  lambda (f − mean of f) / N,

and the variance is the sum of the squares: the delta method's for sets drawn independently of each other, a little too
large for our draws of a fixed number. Lambda makes it smallest (PPI++, see `lib.stats.tuning`). What is called lambda
elsewhere, 0 to 1, is (N − n) / N of this one with n sets labelled: then equal probabilities give the estimate of
`lib.stats.prediction_powered.powered` at the same lambda, and a standard error that differs by as little as the means
of f with and without labels do.
"""

import numpy as np

from lib.errors import StatsError
from lib.stats.observations import Floats, Observations
from lib.stats.set_table import set_places
from lib.stats.tuning import Powered, tuned


def set_probabilities(observations: Observations, probabilities: Floats) -> Floats:
    """The probability of each matched set, in the order of `set_places`; NaN for sets not in the sample.

    Args:
        probabilities: of each response's set, NaN where it is not in the sample, shape (n,).

    Raises:
        StatsError: a probability is not above 0 and at most 1, or one set has several.
    """
    known = np.isfinite(probabilities)
    if not np.all((probabilities[known] > 0) & (probabilities[known] <= 1)) or np.isinf(probabilities).any():
        raise StatsError("correction by human labels", "a probability is not between 0 and 1", "Draw the sample again.")
    places = set_places(observations)
    found = np.full(int(places.max()) + 1 if len(places) else 0, np.nan)
    found[places[known]] = probabilities[known]
    if not np.allclose(found[places[known]], probabilities[known], rtol=1e-9, atol=0):
        raise StatsError(
            "correction by human labels",
            "a matched set has several probabilities",
            "Use the labels of one assignment, or of assignments drawn alike.",
        )
    return found


def weighted(
    scores: Floats,
    scores_labelled: Floats,
    labels: Floats,
    weights: Floats,
    probabilities: Floats,
    lambda_: float | None = None,
) -> Powered:
    """The weighted sum of the columns' means, by active inference; arrays have shape (sets, groups).

    A set may have labels in some groups only; each group then stands on those that are there.

    Args:
        scores: the scorer's value of each set.
        scores_labelled: the scorer's value of what was labelled; read where `labels` is known.
        labels: people's values, NaN where there are none.
        probabilities: with which each set was drawn, shape (sets,); read where there is a label.
        lambda_: None to tune it.
    """
    shares = sample_shares(labels, probabilities)
    own, means = deviations(labels, shares)
    there, means_there = deviations(scores_labelled, shares)
    overall = scores.mean(axis=0)
    everywhere = (scores - overall) / len(scores)
    unlabelled = np.isnan(labels).mean(axis=0)
    # Where everything is labelled there is nothing for the scorer to add.
    trusted = weights / unlabelled if unlabelled.all() else np.zeros_like(weights)
    shift = float((overall - means_there) @ trusted)
    return tuned(float(means @ weights), shift, own @ weights, (everywhere - there) @ trusted, lambda_)


def sample_shares(labels: Floats, probabilities: Floats) -> Floats:
    """The share of 1 / pi that each labelled set has of their sum in its column, 0 without a label."""
    inverse = np.where(np.isfinite(labels), 1 / probabilities[:, None], 0.0)
    return inverse / inverse.sum(axis=0)


def deviations(table: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """How far each set puts the weighted mean of each column off, shape (sets, groups); and those means."""
    known = np.where(shares > 0, table, 0)
    means = (shares * known).sum(axis=0)
    return shares * (known - means), means


def effective_sets(labels: Floats, probabilities: Floats) -> Floats:
    """How many equally likely sets the labelled ones of each column are worth (Kish 1965), shape (groups,)."""
    return 1 / (sample_shares(labels, probabilities) ** 2).sum(axis=0)

"""How far a scorer departs from people, group by group: an instrument with error, measured."""

import math
from dataclasses import dataclass

import numpy as np

from lib.stats.observations import Floats, Observations
from lib.stats.set_table import set_means
from lib.stats.shares import Share, share


@dataclass(frozen=True, slots=True)
class GroupError:
    """The scorer against people in one group's labelled responses.

    Attributes:
        labelled: responses that have both a score and a label.
        bias: mean of score minus label over matched sets, and its 95 % interval (Student's t); NaN where too few.
        false_positives: of what people called 0, the share the scorer called 1; None where either is not 0 or 1.
        false_negatives: of what people called 1, the share the scorer called 0.
    """

    group: str
    labelled: int
    bias: float
    bias_low: float
    bias_high: float
    false_positives: Share | None
    false_negatives: Share | None


def scorer_error(observations: Observations, human: Floats, group: int) -> GroupError:
    """Measure the scorer's error in one group.

    Args:
        human: people's value for each response, NaN where there is none, shape (n,).
    """
    both = np.isfinite(human) & np.isfinite(observations.values)
    mine = both & (observations.groups == group)
    score, label = observations.values[mine], human[mine]
    by_set = set_means(observations, np.where(mine, observations.values - human, np.nan))[:, group]
    bias, half = mean_and_half(by_set[np.isfinite(by_set)])
    yes_or_no = bool(np.isin(observations.values[both], (0, 1)).all() and np.isin(human[both], (0, 1)).all())
    return GroupError(
        group=observations.names[group],
        labelled=int(mine.sum()),
        bias=bias,
        bias_low=bias - half,
        bias_high=bias + half,
        false_positives=called(score, label, 0) if yes_or_no else None,
        false_negatives=called(score, label, 1) if yes_or_no else None,
    )


def called(score: Floats, label: Floats, truth: int) -> Share:
    """How often the scorer says the other of what people say is `truth`."""
    of_truth = label == truth
    return share(int(np.sum(score[of_truth] != truth)), int(of_truth.sum()))


def mean_and_half(values: Floats) -> tuple[float, float]:
    """Mean and half the width of its 95 % interval (Student's t); NaN where it is not defined."""
    from scipy.special import stdtrit

    count = len(values)
    if count < 2:
        return (float(values[0]) if count else math.nan), math.nan
    return float(np.mean(values)), float(stdtrit(count - 1, 0.975)) * float(np.std(values, ddof=1)) / math.sqrt(count)

"""How far annotators mark the same words: pairwise F1 (Hripcsak and Rothschild 2005)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lib.stats.agreement import NOTHING, RESAMPLES, Coefficient, with_intervals
from lib.stats.coefficients import ratio
from lib.stats.few import is_few
from lib.stats.observations import Floats

Marks = Sequence[tuple[int, int, int]]
"""What one person marked in one text: (start, end, label), the end not included."""


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """Agreement on stretches of text.

    Attributes:
        items: with the marks of at least two people; `marked` of them have any mark.
        f1: of all pairs of people together, twice the code points that both marked alike over those that each marked.
            It needs no number of what nobody marked, which is why it stands here in place of kappa.
        note: why it is not defined; "" when it is.
    """

    items: int
    marked: int
    f1: Coefficient
    note: str = ""


def span_agreement(
    items: Sequence[Sequence[Marks]], label: int | None = None, *, resamples: int = RESAMPLES, seed: int = 0
) -> SpanAgreement:
    """F1 over code points, with an interval from a bootstrap over items.

    Args:
        items: for each item the marks of everybody who answered, which may be none.
        label: count one label alone; None: all, a code point marked with two labels being two.
    """
    paired = [people for people in items if len(people) >= 2]
    rows = np.array([overlap(people, label) for people in paired], dtype=np.float64).reshape(-1, 2)
    marked = rows[:, 1] > 0
    if not paired:
        return SpanAgreement(0, 0, NOTHING, "No item has answers of two people yet.")
    if not marked.any():
        return SpanAgreement(len(paired), 0, NOTHING, "Nobody marked anything here.")
    departing = int(min(np.sum(rows[marked, 0] < rows[marked, 1]), np.sum(rows[marked, 0] > 0)))
    mean = rows[marked, 1].mean()
    few = is_few(departing, int(marked.sum()))
    extra = np.array([[mean, mean]] * 2 + [[0, mean]] * 2) if few else np.empty((0, 2))
    [found] = with_intervals(f1, rows, extra, int(marked.sum()), resamples, seed)
    return SpanAgreement(len(paired), int(marked.sum()), found)


def f1(means: Floats, items: int) -> Floats:
    """F1 of all pairs from the means of `overlap`, shape (1, …); `items` makes no difference to it."""
    del items
    return ratio(means[..., 0], means[..., 1])[None]


def overlap(people: Sequence[Marks], label: int | None) -> tuple[int, int]:
    """Over all pairs of people, twice the code points that both marked with one label, and those that each marked."""
    sets = [
        {(its, at) for start, end, its in marks if label in (None, its) for at in range(start, end)} for marks in people
    ]
    pairs = list(combinations(sets, 2))
    return sum(2 * len(one & other) for one, other in pairs), sum(len(one) + len(other) for one, other in pairs)

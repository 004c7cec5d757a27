"""Which matched sets are annotated: whole sets, each with a known probability.

The probability is what later lets a few labels speak for all responses (`lib.stats.active`), so it is kept with each
item and is exactly the one the draw was made with.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lib.annotation.lots import lot
from lib.errors import AnnotationError
from lib.types import Sampling

UNIFORM = 0.5
"""Share of the probability that ACTIVE gives to all sets alike, so that no set is nearly impossible to draw.

A set with a tiny probability would count for very many others once drawn; see Zrnic and Candès 2024, who mix the
uniform rule in for the same reason.
"""


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """A matched set that may be drawn; `decoding` is a label of its settings."""

    run: str
    set_id: str
    template: str
    model: str
    decoding: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A matched set that was drawn, and how likely that was."""

    run: str
    set_id: str
    probability: float


def draw(
    sets: Sequence[CandidateSet],
    how: Sampling,
    count: int,
    seed: int,
    uncertainty: Mapping[tuple[str, str], float] | None = None,
) -> list[Drawn]:
    """Draw `count` matched sets, or all where there are no more; the same for a seed in whatever order they come.

    Exactly `count` are drawn. Over all seeds, each set is drawn as often as its probability says:

    - RANDOM: count / sets.
    - STRATIFIED: equal numbers of every run, template, model and decoding; those with fewer sets give all they have,
      and the others share what is left. What cannot be shared evenly goes to some of them by lot, which the
      probability counts in.
    - ACTIVE: half alike, half in proportion to `uncertainty`, cut off at 1 (active inference: Zrnic and Candès 2024,
      arXiv:2403.03208). The draw is systematic, from a random order (Madow 1949), which keeps these probabilities.

    Args:
        count: 0 means all; ALL takes all whatever it is.
        uncertainty: for ACTIVE, by run and set id, 0 to 1 (see `uncertainty_of`); a set that is missing, or NaN,
            counts as 1.

    Raises:
        AnnotationError: `count` is negative, or ACTIVE has no uncertainty.
    """
    if count < 0:
        raise AnnotationError("assignment", f"{count} matched sets cannot be drawn", "Write 0 for all, or a number.")
    if how is Sampling.ALL or count == 0 or count >= len(sets):
        return [Drawn(each.run, each.set_id, 1.0) for each in sorted(sets, key=name_of)]
    order = sorted(sets, key=lambda each: (lot(seed, "set", each.run, each.set_id), name_of(each)))
    if how is Sampling.RANDOM:
        return [Drawn(each.run, each.set_id, count / len(sets)) for each in order[:count]]
    if how is Sampling.STRATIFIED:
        return stratified(order, count, seed)
    if uncertainty is None:
        raise AnnotationError("sampling", "no scorer says what it is unsure of", "Choose a scorer's measure.")
    return systematic(order, active(order, count, uncertainty), seed)


def name_of(candidate: CandidateSet) -> tuple[str, str]:
    """What tells a set from all others."""
    return candidate.run, candidate.set_id


def uncertainty_of(values: Sequence[float]) -> float:
    """How unsure a scorer leaves one matched set, 0 to 1, from its values for the members, on a scale of 0 to 1.

    It is twice the root of the mean of p (1 − p) within responses plus the variance of p between them, since a set
    whose members differ moves the gap as much as one in which each response is unclear; the two add up to m (1 − m)
    with m the mean. The root is taken because the best probability is in proportion to the expected error (Zrnic and
    Candès 2024). NaN is left out; a set without any value is 1.
    """
    known = [min(1.0, max(0.0, value)) for value in values if not math.isnan(value)]
    if not known:
        return 1.0
    mean = math.fsum(known) / len(known)
    return 2 * math.sqrt(max(0.0, mean * (1 - mean)))


def stratified(order: Sequence[CandidateSet], count: int, seed: int) -> list[Drawn]:
    """As many of every run, template, model and decoding; `order` is random."""
    strata: dict[tuple[str, str, str, str], list[CandidateSet]] = defaultdict(list)
    for each in order:
        strata[each.run, each.template, each.model, each.decoding].append(each)
    sizes = [len(its) for its in strata.values()]
    level = 0
    while sum(min(size, level + 1) for size in sizes) <= count:
        level += 1
    larger = sorted((key for key, its in strata.items() if len(its) > level), key=lambda key: lot(seed, "more", *key))
    left = count - sum(min(size, level) for size in sizes)
    lucky = set(larger[:left])
    found = []
    for key, its in sorted(strata.items()):
        probability = (level + left / len(larger)) / len(its) if len(its) > level else 1.0
        found += [Drawn(each.run, each.set_id, probability) for each in its[: level + (key in lucky)]]
    return found


def active(sets: Sequence[CandidateSet], count: int, uncertainty: Mapping[tuple[str, str], float]) -> list[float]:
    """The probability of each set: they add up to `count`, and where one would pass 1 the others share the rest."""
    unsure = [uncertainty.get(name_of(each), 1.0) for each in sets]
    unsure = [1.0 if math.isnan(value) else min(1.0, max(0.0, value)) for value in unsure]
    mean = math.fsum(unsure) / len(unsure)
    weights = [UNIFORM + (1 - UNIFORM) * value / mean if mean > 0 else 1.0 for value in unsure]
    certain: set[int] = set()
    while True:
        left = math.fsum(weight for at, weight in enumerate(weights) if at not in certain)
        scale = (count - len(certain)) / left
        over = {at for at, weight in enumerate(weights) if at not in certain and weight * scale >= 1}
        if not over:
            return [1.0 if at in certain else weight * scale for at, weight in enumerate(weights)]
        certain |= over


def systematic(order: Sequence[CandidateSet], probabilities: Sequence[float], seed: int) -> list[Drawn]:
    """Lay the probabilities end to end and take those sets in which a ruler with unit marks has a mark.

    The ruler's start is drawn, so that a set is taken with its own probability. With `order` random and equal
    probabilities this is simple random sampling.
    """
    start = lot(seed, "start")
    ends = list(accumulate(probabilities))
    ends[-1] = float(round(ends[-1]))  # what rounding errors add up to must not cost the last mark
    marks = [math.floor(end - start) for end in (0.0, *ends)]
    return [
        Drawn(each.run, each.set_id, probability)
        for each, probability, before, mark in zip(order, probabilities, marks, marks[1:], strict=False)
        if mark > before
    ]

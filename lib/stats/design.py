"""What a comparison will have to go on, what is assumed of it, and how likely it is to find a gap."""

import math
from dataclasses import dataclass

from lib.errors import StatsError
from lib.stats.paired_tests import ENUMERATED
from lib.stats.power import mcnemar_power, t_power, terms_power
from lib.types import MeasureKind

PERMUTATIONS = 10_000
"""Of the sign-flip test, and draws of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is not known before a run. The defaults promise rather too little than too much, but for `prompt_share`.

    Attributes:
        level: the share of responses with the outcome, halfway between the groups; a half is the hardest.
        correlation: between two groups' responses in one matched set; the more alike, the smaller the gaps found.
        term_share: how much of the variance of responses comes from which term stands for the group (Maria or Anna).
            0.01 is a standard deviation of 5 percentage points between the terms of a group, at a level of 50 %.
        prompt_share: correlation between the gaps of two repeats of one prompt. 0 is a gap that is the same for
            every prompt; 1 says that repeats bring nothing, as under greedy decoding.
    """

    level: float = 0.5
    correlation: float = 0.0
    term_share: float = 0.01
    prompt_share: float = 0.0


USUAL = Assumed()


@dataclass(frozen=True, slots=True)
class Design:
    """What a comparison of two groups will have to go on.

    Attributes:
        sets: matched sets, those of all repeats together.
        terms: how many terms stand for each group in every set.
        sample_terms: whether these stand for others of their kind (names), so that their number limits what can be
            found; one term is always taken as the only one meant.
        repeats: how many of the sets share a prompt.
        alpha: chance of a false alarm over all `comparisons`, each of which gets an equal part: Bonferroni's bound,
            which Holm's method never falls short of.
    """

    kind: MeasureKind
    sets: int
    terms: int = 1
    sample_terms: bool = True
    repeats: int = 1
    alpha: float = 0.05
    comparisons: int = 1
    assumed: Assumed = USUAL

    @property
    def each_alpha(self) -> float:
        """The chance of a false alarm that one comparison may take."""
        return self.alpha / self.comparisons

    @property
    def exact(self) -> bool:
        """Whether each side of a set is one yes or no, as McNemar's test needs."""
        return self.kind is MeasureKind.PROPORTION and self.terms == 1

    @property
    def effective_sets(self) -> float:
        """Sets, less what repeats of a prompt have in common (Kish 1965)."""
        return self.sets / (1 + (self.repeats - 1) * self.assumed.prompt_share)


def power_of(gap: float, design: Design) -> float:
    """The chance to find a gap of this size (in the unit of `Plan.gap`), in either direction.

    Raises:
        StatsError: two shares cannot be so far apart around the level that is assumed.
    """
    if abs(gap) > largest_gap(design):
        raise StatsError(
            f"a gap of {gap:g}",
            f"shares around {design.assumed.level:g} are at most {largest_gap(design):g} apart",
            "Choose a smaller gap or another level.",
        )
    if design.exact:
        return mcnemar_power(int(design.effective_sets), *discordant(gap, design.assumed), design.each_alpha)
    alpha = attainable(design)
    if design.sets < 2 or alpha == 0:
        return 0.0
    level = design.assumed.level
    unit = math.sqrt(level * (1 - level)) if design.kind is MeasureKind.PROPORTION else 1.0
    size, by_set, by_term = abs(gap) / unit, *variances(design)
    if sampled(design):
        return terms_power(size, by_set, by_term, design.sets, design.terms, alpha)
    return t_power(size / math.sqrt(by_set), design.effective_sets - 1, alpha)


def discordant(gap: float, assumed: Assumed) -> tuple[float, float]:
    """Probabilities that a set has the outcome for the group alone, and for the reference alone."""
    one, other = assumed.level + gap / 2, assumed.level - gap / 2
    spread = math.sqrt(max(0.0, one * (1 - one) * other * (1 - other)))
    both = min(one, other, max(0.0, one + other - 1, one * other + assumed.correlation * spread))
    return max(0.0, one - both), max(0.0, other - both)


def largest_gap(design: Design) -> float:
    """A gap that could not be larger; for a mean, one beyond anything met."""
    level = design.assumed.level
    return 2 * min(level, 1 - level) if design.kind is MeasureKind.PROPORTION else 100.0


def variances(design: Design) -> tuple[float, float]:
    """Of a gap in standard deviations: from sets and from terms.

    A response varies by its set, its term and the rest; a gap is free of the first.
    """
    assumed = design.assumed
    term_share = assumed.term_share if sampled(design) else 0.0
    by_set = 2 * (1 - assumed.correlation - term_share) / (design.terms * design.effective_sets)
    return by_set, 2 * term_share / design.terms


def sampled(design: Design) -> bool:
    """Whether terms limit what can be found."""
    return design.sample_terms and design.terms > 1


def attainable(design: Design) -> float:
    """The largest p-value below alpha that counting permutations or draws can give; 0 where there is none."""
    if sampled(design):
        steps = (PERMUTATIONS + 1) / 2
    else:
        steps = 2 ** (design.sets - 1) if design.sets <= ENUMERATED else PERMUTATIONS + 1
    return math.floor(design.each_alpha * steps) / steps

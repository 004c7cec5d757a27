"""The smallest gap that a grid can find, before it is run."""

from dataclasses import dataclass, replace

from lib.errors import StatsError
from lib.stats.design import USUAL, Assumed, Design, largest_gap, power_of, sampled
from lib.types import MeasureKind

__all__ = ["Assumed", "Design", "Plan", "detectable_gap", "power_of", "sets_needed"]

MOST_SETS = 10_000_000
PRECISION = 1e-4
"""Relative to the gap."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The smallest gap that `design` finds with a chance of `power`.

    Attributes:
        gap: for a proportion a difference of shares (0.12 is 12 percentage points); else in standard deviations of
            single responses.
        test: the test that is planned for.
        assumption: what this takes for granted, as a sentence.
    """

    gap: float
    power: float
    design: Design
    test: str
    assumption: str


def detectable_gap(
    kind: MeasureKind,
    sets: int,
    *,
    terms: int = 1,
    sample_terms: bool = True,
    power: float = 0.8,
    alpha: float = 0.05,
    comparisons: int = 1,
    repeats: int = 1,
    assumed: Assumed = USUAL,
) -> Plan:
    """The smallest gap between two groups that has a chance of `power` to be found; see `Design` for the arguments.

    Raises:
        StatsError: so few sets or terms, or so many comparisons, that not even the largest gap would be found.
    """
    design = Design(kind, sets, terms, sample_terms, repeats, alpha, comparisons, assumed)
    largest = largest_gap(design)
    if sets < 2 or power_of(largest, design) < power:
        raise StatsError(
            "smallest gap this grid can find",
            f"{counted(sets, 'matched set')} cannot show any gap between two groups {among(comparisons)}",
            "Add contexts, templates or repeats, or compare fewer groups.",
        )
    too_small, gap = 0.0, largest
    while gap - too_small > PRECISION * gap:
        middle = (too_small + gap) / 2
        too_small, gap = (middle, gap) if power_of(middle, design) < power else (too_small, middle)
    test = "exact McNemar test" if design.exact else "sign-flip permutation of matched sets"
    if sampled(design):
        test = "bootstrap over matched sets and terms"
    return Plan(gap, power, design, test, assumption(design))


def sets_needed(gap: float, design: Design, power: float = 0.8) -> int:
    """How many matched sets find a gap of this size with a chance of `power`; the design's own number is ignored.

    Raises:
        StatsError: no number of sets is enough, since terms are too few or the gap is zero.
    """
    if power_of(gap, replace(design, sets=MOST_SETS)) < power:
        limited = sampled(design)
        raise StatsError(
            f"a gap of {gap:g}",
            f"no number of matched sets finds it{f' with {design.terms} terms a group' if limited else ''}",
            "Add terms to each group." if limited else "Plan for a larger gap, or for fewer comparisons.",
        )
    too_few, enough = 1, 2
    while power_of(gap, replace(design, sets=enough)) < power:
        too_few, enough = enough, min(2 * enough, MOST_SETS)
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if power_of(gap, replace(design, sets=middle)) < power:
            too_few = middle
        else:
            enough = middle
    return enough


def assumption(design: Design) -> str:
    """What a plan takes for granted, in words."""
    assumed = design.assumed
    parts = []
    if design.kind is MeasureKind.PROPORTION:
        parts.append(f"shares around {assumed.level:.0%}")
    alike = f"a correlation of {assumed.correlation:g} between" if assumed.correlation else "no likeness between"
    parts.append(f"{alike} the responses of a matched set")
    if sampled(design):
        parts.append(f"{assumed.term_share:.0%} of the variance from which term stands for the group")
    if design.repeats > 1:
        same = assumed.prompt_share == 0
        parts.append("repeats worth as much as new prompts" if same else "repeats worth less than new prompts")
    return f"Assumes {', '.join(parts)}."


def counted(number: int, thing: str) -> str:
    """The number and its thing, in the plural where it takes it."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def among(comparisons: int) -> str:
    """The comparisons that share the chance of a false alarm, in words."""
    return f"when {comparisons:,} comparisons are made together" if comparisons > 1 else "for sure enough"

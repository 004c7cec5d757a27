"""Prompt sensitivity of the gaps: the same question put in other words, template by template."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib.workflows.comparison import Comparison, contrasts
from lib.workflows.power import SAMPLED_FROM
from lib.workflows.reporting.noise import without_noise
from lib.workflows.selection import observe

COLUMNS = ("measure", "template", "group", "reference", "estimate", "low", "high", "sets")

RESAMPLES = 2_000
"""For the many small intervals, which are not corrected: they describe, and nothing is concluded from one alone."""


def sensitivity(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """The gap of each measure in each template; no row for a measure that was asked in one template only.

    Columns: `COLUMNS`, measures and templates by their ids, groups by their titles.
    """
    return pd.DataFrame([row for each in comparisons for row in of_templates(each)], columns=list(COLUMNS))


def of_templates(made: Comparison) -> list[tuple[object, ...]]:
    """The rows of one comparison."""
    from lib.stats.gaps import gap

    if made.frame["template"].nunique() < 2:
        return []
    attribute, measure = made.attribute, made.choice.measure
    sampled = attribute.terms >= SAMPLED_FROM
    rows: list[tuple[object, ...]] = []
    for template, part in made.frame.groupby("template", sort=False):
        seen = observe(part, made.groups, attribute, measure)
        for group, reference in contrasts(made.groups, made.question.reference):
            found = without_noise(gap(seen, group, reference, measure.kind, resamples=RESAMPLES, sample_terms=sampled))
            place = (made.choice.id, str(template), found.group, found.reference)
            rows.append((*place, found.estimate, found.low, found.high, found.sets))
    return rows


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the gaps of one measure and group are over the templates; `above` and `below` zero of them.

    `sure`: the intervals of two templates lie wholly on either side of zero.
    """

    measure: str
    group: str
    reference: str
    lowest: float
    highest: float
    templates: int
    above: int
    below: int
    sure: bool

    @property
    def turns(self) -> bool:
        """Whether the sign depends on the wording."""
        return self.above > 0 and self.below > 0

    @property
    def directed(self) -> int:
        """In how many templates the gap has a direction at all."""
        return self.above + self.below


def spread(frame: pd.DataFrame) -> list[Spread]:
    """The spread of each measure and group of `sensitivity`; what has no gap in two templates is left out."""
    found = []
    for (measure, group, reference), part in frame.groupby(["measure", "group", "reference"], sort=False):
        known = part["estimate"].dropna()
        if len(known) > 1:
            above, below = int((known > 0).sum()), int((known < 0).sum())
            ends = float(known.min()), float(known.max())
            sure = bool((part["low"] > 0).any() and (part["high"] < 0).any())
            found.append(Spread(str(measure), str(group), str(reference), *ends, len(known), above, below, sure))
    return found

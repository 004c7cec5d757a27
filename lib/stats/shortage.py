"""What stands in the way of a gap, or of a sharp one, in words."""

from collections.abc import Sequence

import numpy as np

from lib.errors import StatsError
from lib.stats.matched import Matched, scored
from lib.stats.observations import Observations
from lib.types import MeasureKind


def check(observations: Observations, group: int, reference: int | None, kind: MeasureKind) -> None:
    """Raise StatsError where the question itself makes no sense."""
    names = observations.names
    if len(names) < 2:
        have = f"{names[0]} is the only group" if names else "there is no group"
        raise StatsError("gap between groups", have, "Choose at least two groups.")
    for place in (group, reference):
        if place is not None and not 0 <= place < len(names):
            raise StatsError(f"group {place}", f"there are {len(names)} groups", "Choose one of them.")
    if group == reference:
        raise StatsError("gap between groups", f"{names[group]} is held against itself", "Choose another reference.")
    known = observations.values[scored(observations)]
    if kind is MeasureKind.PROPORTION and len(known) and not 0 <= known.min() <= known.max() <= 1:
        raise StatsError("proportion", "some values lie outside 0 and 1", "Compare it as a mean.")


def heard(observations: Observations, groups: Sequence[int]) -> list[int]:
    """The groups with anything to compare, so that a silent one does not spoil the mean of several; else all."""
    known = scored(observations)
    if observations.exposures is not None:
        known &= observations.exposures > 0
    return [group for group in groups if (observations.groups[known] == group).any()] or list(groups)


def shortage(observations: Observations, matched: Matched, group: int, others: Sequence[int]) -> str:
    """Why there is nothing to compare; "" when there is."""
    known = scored(observations)
    for side in ([group], list(others)):
        if not np.isin(observations.groups[known], side).any():
            names = " or ".join(observations.names[place] for place in side)
            return f"No response about {names} has a score here."
    if len(matched) < 2:
        have = "Only one matched set has" if len(matched) else "No matched set has"
        return f"{have} scores of both sides; two are the least, and more repeats, contexts or templates give more."
    if observations.exposures is not None:
        for member in matched.members:
            if not member.parts[:, -1].sum() > 0:
                return f"The rate of {observations.names[member.group]} is not defined: there is nothing to divide by."
    return ""


def few_sentence(away: int, sets: int, kind: MeasureKind) -> str:
    """What it means for the interval that nearly all sets say the same."""
    treated = "rough" if kind is MeasureKind.MEAN else "widened for what was not seen"
    if kind is MeasureKind.RATE:
        said = f"Matched sets with anything to count: {away} of {sets:,}"
    else:
        said = f"Matched sets that depart from the commonest difference: {away} of {sets:,}"
    return f"{said}; the interval is {treated}."

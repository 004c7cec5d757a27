"""Simulated audits whose true gap is known, and small ones made by hand."""

from collections.abc import Sequence

import numpy as np

from lib.stats.observations import Observations
from lib.types import MeasureKind

TERM_SD = {MeasureKind.PROPORTION: 0.08, MeasureKind.MEAN: 0.3, MeasureKind.RATE: 0.2}


def by_hand(*groups: Sequence[float], exposures: float | None = None, per: float = 1.0) -> Observations:
    """One response a group and set: `groups[g][s]` is what group g got in set s."""
    values = np.array(groups, dtype=np.float64)
    group, place = (axis.ravel() for axis in np.indices(values.shape))
    names = ("women", "men", "others", "more")[: len(values)]
    divided = None if exposures is None else np.full(values.size, exposures)
    return Observations(place, group, group.copy(), values.ravel(), names, divided, per)


def simulated(rng: np.random.Generator, kind: MeasureKind, sets: int, terms: int, *, sampled: bool) -> Observations:
    """Two groups that differ in nothing but, when `sampled`, the terms that happened to stand for them."""
    shape = (sets, 2, terms)
    place, group, term = (axis.ravel() for axis in np.indices(shape))
    prompt = rng.normal(size=(sets, 1, 1))
    pull = rng.normal(0, TERM_SD[kind] if sampled else 0, (1, 2, terms))
    exposures = None
    if kind is MeasureKind.PROPORTION:
        values = (rng.random(shape) < np.clip(0.45 + 0.12 * prompt + pull, 0, 1)).astype(float)
    elif kind is MeasureKind.MEAN:
        values = prompt + pull + rng.normal(0, 0.3, (sets, 2, 1)) + rng.normal(size=shape)
    else:
        exposures = rng.integers(20, 80, shape).astype(float)
        values = rng.poisson(exposures * 0.05 * np.exp(0.3 * prompt + pull)).astype(float)
        exposures = exposures.ravel()
    return Observations(place, group, group * terms + term, values.ravel(), ("a", "b"), exposures, 100.0)

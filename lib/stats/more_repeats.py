"""After a run: how much narrower the interval of a gap would become with more repeats of the same prompts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import StatsError
from lib.stats.observations import Codes, Floats, Observations
from lib.stats.set_table import set_means, set_places, set_sums
from lib.types import MeasureKind

THING = "interval with more repeats"


@dataclass(frozen=True, slots=True)
class Expected:
    """Half the width of the 95 % interval for a gap over prompts of this kind, in the measure's unit.

    Where prompts differ in their gaps it is wider than the interval of a `Gap`, which takes every matched set for
    a prompt of its own.

    Attributes:
        half_width_floor: what no number of repeats falls below; only more prompts do.
        repeats_now, repeats_then: of a prompt, on average.
        prompts: how many prompts there are.
        prompt_share: share of the variance of a single set's difference that lies between prompts; what
            `Assumed.prompt_share` asks for.
    """

    half_width_now: float
    half_width_then: float
    half_width_floor: float
    repeats_now: float
    repeats_then: float
    prompts: int
    prompt_share: float


def expected_interval(
    observations: Observations,
    families: Codes,
    group: int,
    reference: int | None,
    kind: MeasureKind,
    more_repeats: int,
) -> Expected:
    """What `more_repeats` of every prompt would do to the interval; terms are held fixed.

    A set's difference varies between prompts and, within a prompt, between repeats. The two are told apart by the
    analysis of variance of a random one-way layout (Searle, Casella and McCulloch 1992, ch. 3).

    Args:
        families: for each response a code that matched sets share when they differ in the repeat alone, shape (n,).
        reference: None for the mean of the other groups.

    Raises:
        StatsError: fewer than two prompts, no prompt with two repeats, or no variation.
    """
    differences, of_set = set_differences(observations, families, group, reference, kind)
    _, family = np.unique(of_set, return_inverse=True)
    repeats = np.bincount(family) if len(family) else np.empty(0, np.int64)
    if len(repeats) < 2:
        have = "one prompt has" if len(repeats) else "no prompt has"
        raise StatsError(THING, f"{have} scores of both sides", "Run at least two prompts.")
    if np.ptp(differences) < 1e-12:
        raise StatsError(THING, "all matched sets show the same difference", "There is no width to make narrower.")
    if repeats.max() == 1:
        now = half_width(float(np.var(differences, ddof=1)), 0.0, repeats)
        best = now / math.sqrt(1 + more_repeats)
        raise StatsError(
            THING,
            "with one repeat, what differs between prompts cannot be told from chance: half the width would lie "
            f"between {best:.3g} and the {now:.3g} of now",
            "Run a second repeat to learn which.",
        )
    between, within = components(differences, family)
    return Expected(
        half_width_now=half_width(between, within, repeats),
        half_width_then=half_width(between, within, repeats + more_repeats),
        half_width_floor=half_width(between, 0.0, np.ones_like(repeats)),
        repeats_now=float(repeats.mean()),
        repeats_then=float(repeats.mean()) + more_repeats,
        prompts=len(repeats),
        prompt_share=between / (between + within),
    )


def set_differences(
    observations: Observations, families: Codes, group: int, reference: int | None, kind: MeasureKind
) -> tuple[Floats, Codes]:
    """Each usable set's part in the gap, and its family; both of shape (sets,)."""
    others = [other for other in range(len(observations.names)) if other != group] if reference is None else [reference]
    table = set_means(observations, observations.values)
    usable = np.isfinite(table[:, group]) & np.isfinite(table[:, others]).any(axis=1)
    if kind is MeasureKind.RATE:
        compared = [group, *others]
        table[np.ix_(np.flatnonzero(usable), np.array(compared))] = rate_parts(observations, usable, compared)
    of_set = np.zeros(len(table), np.int64)
    of_set[set_places(observations)] = families
    differences = table[usable, group] - np.nanmean(table[usable][:, others], axis=1)
    return differences, of_set[usable]


def rate_parts(observations: Observations, usable: npt.NDArray[np.bool_], groups: Sequence[int]) -> Floats:
    """What each usable set adds to its group's rate, to first order: means of sets then stand for ratios of sums."""
    if observations.exposures is None:
        raise StatsError("rate", "there is nothing to divide the counts by", "Choose another measure.")
    counts = set_sums(observations, observations.values)[usable][:, groups]
    exposures = np.where(np.isfinite(observations.values), observations.exposures, np.nan)
    words = set_sums(observations, exposures)[usable][:, groups]
    if not np.all(np.nansum(words, axis=0) > 0):
        raise StatsError("rate", "a group's responses have nothing to divide by", "Choose another measure.")
    rates = np.nansum(counts, axis=0) / np.nansum(words, axis=0)
    return observations.per * (rates + (counts - rates * words) / np.nanmean(words, axis=0))


def components(differences: Floats, family: Codes) -> tuple[float, float]:
    """Variance between prompts, at least zero, and between repeats of a prompt."""
    repeats = np.bincount(family)
    sets, prompts = len(differences), len(repeats)
    means = np.bincount(family, differences) / repeats
    within = float(np.sum((differences - means[family]) ** 2)) / (sets - prompts)
    spread = float(np.sum(repeats * (means - differences.mean()) ** 2)) / (prompts - 1)
    usual = (sets - float(np.sum(repeats**2)) / sets) / (prompts - 1)
    return max(0.0, (spread - within) / usual), within


def half_width(between: float, within: float, repeats: Codes) -> float:
    """Half of the 95 % interval of the mean over all sets, by Student's t over prompts."""
    from scipy.special import stdtrit

    sets = float(repeats.sum())
    variance = between * float(np.sum(repeats**2)) / sets**2 + within / sets
    return float(stdtrit(len(repeats) - 1, 0.975)) * math.sqrt(variance)

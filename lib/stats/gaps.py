"""Gaps between groups, within matched sets."""

import math
from dataclasses import replace

import numpy as np

from lib.stats.draws import Draws, draw
from lib.stats.effects import Ratio, cohens_h, odds_ratio, paired_d, rate_ratio
from lib.stats.few import departing, is_few, pseudo_sets
from lib.stats.matched import Matched, match
from lib.stats.observations import Floats, Observations
from lib.stats.omnibus import Omnibus, omnibus
from lib.stats.paired_tests import mcnemar_exact, sign_flip
from lib.stats.relabelled import relabelled
from lib.stats.results import Gap
from lib.stats.shortage import check, few_sentence, heard, shortage
from lib.stats.statistics import difference, rate_difference, rates
from lib.types import MeasureKind

__all__ = ["Omnibus", "gap", "omnibus"]

OTHERS = "the others"
EFFECTS = {MeasureKind.PROPORTION: "Cohen's h", MeasureKind.MEAN: "paired d", MeasureKind.RATE: "rate ratio"}


def gap(
    observations: Observations,
    group: int,
    reference: int | None,
    kind: MeasureKind,
    *,
    resamples: int = 10_000,
    seed: int = 0,
    sample_terms: bool,
    margin: float | None = None,
) -> Gap:
    """How far a group lies from a reference, or from the mean of all other groups (None).

    The gap is the mean over matched sets of the difference of the two sides' means in the set; for a rate,
    counts are divided by exposures summed over the sets that have both sides, for each group. With
    `sample_terms` interval and p-value hold for other terms of the kind too; else for these terms.

    What the data do not support leaves NaN and says why in `note`: everything with fewer than two sets
    that have both sides, or no exposure; the interval where all sets show the same difference of a mean.

    Raises:
        StatsError: there is no such pair of groups, or values do not fit their kind.
    """
    check(observations, group, reference, kind)
    is_rate = kind is MeasureKind.RATE
    others = [other for other in range(len(observations.names)) if other != group] if reference is None else [reference]
    matched = match(observations, [[group], heard(observations, others)], rate=is_rate)
    mine = np.isin(observations.groups, [group, *others])
    nothing = Gap(
        group=observations.names[group],
        reference=OTHERS if reference is None else observations.names[reference],
        estimate=math.nan,
        low=math.nan,
        high=math.nan,
        value=math.nan,
        reference_value=math.nan,
        sets=len(matched),
        all_sets=len(np.unique(observations.sets)),
        responses=matched.responses,
        coverage=matched.responses / int(mine.sum()) if mine.any() else 0.0,
        p=math.nan,
        test="",
        effect=math.nan,
        effect_name=EFFECTS[kind],
        note=shortage(observations, matched, group, others),
    )
    if nothing.note:
        return nothing
    value, reference_value = values(matched, observations.per, rate=is_rate)
    draws, terms, notes = distribution(
        observations, matched, kind, resamples=resamples, seed=seed, sample_terms=sample_terms
    )
    low, high = bounded(draws.interval(), value - reference_value, widest(observations, kind))
    differences = paired_differences(matched, rate=is_rate)
    if terms:
        test, p = "bootstrap over matched sets and terms", draws.p()
    elif kind is MeasureKind.PROPORTION and len(others) > 1:
        test, p = "exchange of groups within matched sets", relabelled(observations, group, reference, seed=seed)
    else:
        test, p = tested(matched, differences, kind, seed)
    odds = pair_odds(matched, differences, kind)
    return replace(
        nothing,
        odds_ratio=odds.value,
        odds_low=odds.low,
        odds_high=odds.high,
        estimate=value - reference_value,
        low=low,
        high=high,
        value=value,
        reference_value=reference_value,
        p=p,
        test=test,
        effect=effect(kind, value, reference_value, differences),
        terms=terms,
        equivalence_p=math.nan if margin is None else draws.equivalence_p(margin),
        note=" ".join(notes),
    )


def values(matched: Matched, per: float, *, rate: bool) -> tuple[float, float]:
    """The two sides' own numbers."""
    means = matched.columns.mean(axis=0)
    each = per * rates(means) if rate else means
    return float(each[0]), float(each[1:].mean())


def distribution(
    observations: Observations,
    matched: Matched,
    kind: MeasureKind,
    *,
    resamples: int,
    seed: int,
    sample_terms: bool,
) -> tuple[Draws, int, list[str]]:
    """The draws for the gap, the fewest terms that were resampled, and what the reader must know of them."""
    rate = kind is MeasureKind.RATE
    notes = []
    away, sets = departing(matched, rate=rate), len(matched)
    few = is_few(away, sets)
    if few:
        notes.append(few_sentence(away, sets, kind))
    sampled = tuple(member for member in matched.members if member.count > 1) if sample_terms else ()
    if sample_terms and len(sampled) < len(matched.members):
        single = ", ".join(observations.names[each.group] for each in matched.members if each.count == 1)
        notes.append(f"A single term stands for {single}; it is taken as the only one meant.")
    draws = draw(
        matched,
        rate_difference(observations.per) if rate else difference,
        resamples=resamples,
        seed=seed,
        terms=sampled,
        extra=pseudo_sets(matched, rate=rate) if few and kind is not MeasureKind.MEAN else None,
    )
    if not len(draws.values):
        notes = ["All matched sets show the same difference, so nothing tells how far it might vary: no interval."]
        return draws, 0, notes
    return draws, min((member.count for member in sampled), default=0), notes


def widest(observations: Observations, kind: MeasureKind) -> float:
    """The largest gap there can be, by the ends of the measure; infinite where it has none."""
    if kind is MeasureKind.RATE:
        return math.inf
    low, high = (0.0, 1.0) if kind is MeasureKind.PROPORTION else observations.bounds
    return high - low


def bounded(interval: tuple[float, float], estimate: float, widest: float) -> tuple[float, float]:
    """The interval, with the estimate inside and no wider than a gap can be; NaN stays NaN."""
    low, high = interval
    if math.isnan(low):
        return low, high
    return min(max(low, -widest), estimate), max(min(high, widest), estimate)


def paired_differences(matched: Matched, *, rate: bool) -> Floats:
    """What each matched set adds to the gap, up to a factor, shape (sets,).

    For a rate: counts less those expected at the rate of both sides together, one side's less the other's.
    That rate stays when sides are swapped within sets, so flipping the signs of these is swapping the sides.
    Several references are first brought to the same exposure, for equal weight.
    """
    columns = matched.columns
    if not rate:
        return columns[:, 0] - columns[:, 1]
    exposures = columns[:, 1::2].sum(axis=0)
    weights = np.repeat(exposures[1:].mean() / exposures[1:], 2) / (len(exposures) - 1)
    reference = (columns[:, 2:] * weights).reshape(len(columns), -1, 2).sum(axis=1)
    both = columns[:, :2] + reference
    expected = both[:, 0].sum() / both[:, 1].sum()
    excess = columns[:, :2] - reference
    return excess[:, 0] - expected * excess[:, 1]


def tested(matched: Matched, differences: Floats, kind: MeasureKind, seed: int) -> tuple[str, float]:
    """The paired test that fits two sides, by name, and its p-value; terms are held fixed."""
    if one_yes_or_no(matched, kind):
        b, c = departures(differences)
        return f"exact McNemar test ({b} sets against {c})", mcnemar_exact(b, c)
    return "sign-flip permutation of matched sets", sign_flip(differences, seed=seed)


def pair_odds(matched: Matched, differences: Floats, kind: MeasureKind) -> Ratio:
    """The odds ratio of matched pairs, NaN where a side of a set is more than one yes or no."""
    return odds_ratio(*departures(differences)) if one_yes_or_no(matched, kind) else Ratio(*[math.nan] * 3)


def one_yes_or_no(matched: Matched, kind: MeasureKind) -> bool:
    """Whether each side of each set is a single 0 or 1."""
    return kind is MeasureKind.PROPORTION and bool(np.isin(matched.columns, (0, 1)).all())


def departures(differences: Floats) -> tuple[int, int]:
    """In how many sets the group alone has the outcome, and in how many the reference alone."""
    return int(np.count_nonzero(differences > 0)), int(np.count_nonzero(differences < 0))


def effect(kind: MeasureKind, value: float, reference_value: float, differences: Floats) -> float:
    """The standardised size that `EFFECTS` names."""
    if kind is MeasureKind.PROPORTION:
        return cohens_h(value, reference_value)
    return paired_d(differences) if kind is MeasureKind.MEAN else rate_ratio(value, reference_value)

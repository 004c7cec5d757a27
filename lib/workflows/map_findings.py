"""The finding of a map: which groups are over- or under-represented in which region, within matched sets."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.stats.observations import Observations
from lib.stats.results import Gap
from lib.types import UNCLUSTERED, Measure, MeasureKind
from lib.workflows import map_limits, readings
from lib.workflows.atlas import OpenMap
from lib.workflows.attributes import Attribute, fewest
from lib.workflows.comparison import contrasts
from lib.workflows.map_subjects import MODEL, codes, compared, groups_in, subject_of
from lib.workflows.power import SAMPLED_FROM
from lib.workflows.score_frame import UNIT
from lib.workflows.workbench import Workbench

RESAMPLES = 2_000
"""For the many small intervals of a map."""

SHARE = Measure("share", "Share", MeasureKind.PROPORTION)
NOWHERE = "In no region"


@dataclass(frozen=True, slots=True)
class RegionGap:
    """How much more, or less, of a group's responses lie in a region than of those it is held against.

    `clear`: the gap excludes zero after correction. What lies in no region is not `tested`: it is no finding. `size`
    is how many of the compared responses lie there.
    """

    region: int
    title: str
    gap: Gap
    p_adjusted: float
    clear: bool
    tested: bool
    size: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Every region's gaps, those of the most lopsided region first, what is in no region last."""

    subject: Attribute
    rows: list[RegionGap]
    reading: str
    warnings: tuple[str, ...]
    correction: str


def finding(
    workbench: Workbench,
    opened: OpenMap,
    subject_id: str,
    *,
    reference: str = "",
    correction: str = "holm",
    kept: np.ndarray | None = None,
) -> Finding:
    """Compare where the responses about each group (or of each model) lie.

    The measure is whether a response lies in the region; gap, interval and paired test are those of `lib.stats.gaps`,
    corrected over all regions and contrasts shown.

    Args:
        reference: a group's id, or "" for the mean of all others.
        kept: which rows of the map count, shape (n,); all where it is not given.

    Raises:
        StatsError: one group only, or no region.
        AuditError: there is no such subject or reference.
    """
    subject = subject_of(workbench, opened, subject_id)
    frame = compared(workbench, opened, subject, kept)
    groups = groups_in(frame, subject)
    refuse_alone(opened, subject, groups)
    if reference and reference not in groups:
        raise StatsError(f"group {reference}", "none of its responses is on this map", "Choose another reference.")
    seen = observations(frame, subject, groups)
    asked = contrasts(groups, reference)
    pairs = [pair for pair in asked if meet(seen, *pair)]
    if not pairs:
        raise StatsError(
            f"comparison by {subject.title}",
            "no matched set on this map has responses of two groups that are compared",
            "Choose another reference, or map the whole audit.",
        )
    there = set(frame["region"])
    titles = {no: title for no, title in opened.titles.items() if no in there}
    tested = [found for no, title in titles.items() for found in gaps_of(seen, frame, no, title, pairs)]
    rows = most_lopsided_first(adjusted(tested, correction))
    rows += gaps_of(seen, frame, UNCLUSTERED, NOWHERE, pairs)
    alone = [seen.names[pair[0]] for pair in asked if pair not in pairs]
    limits = (*map_limits.limits(opened, kept, frame, rows, subject), *map_limits.unmet(alone))
    return Finding(subject, rows, reading(rows, subject, correction), limits, correction)


def refuse_alone(opened: OpenMap, subject: Attribute, groups: Sequence[str]) -> None:
    """Raise StatsError where nothing can be held against anything."""
    if not opened.regions:
        raise StatsError(
            "this map",
            "its responses form no region: none is dense enough, or all are in one",
            "Map more responses, or allow smaller regions.",
        )
    if len(groups) < 2:
        have = f"only {subject.titles[groups[0]]} has" if groups else "no group has"
        raise StatsError(
            f"comparison by {subject.title}", f"{have} responses on this map", "Map the other groups as well."
        )


def observations(frame: pd.DataFrame, subject: Attribute, groups: Sequence[str]) -> Observations:
    """The rows as arrays, with no values yet."""
    places = {group: place for place, group in enumerate(groups)}
    return Observations(
        sets=codes(frame[UNIT]),
        groups=np.asarray(frame["group"].map(places), np.int64),
        terms=codes(frame["group"] + "\x1f" + frame["term"]),
        values=np.zeros(len(frame)),
        names=tuple(subject.titles[group] for group in groups),
    )


def gaps_of(
    seen: Observations, frame: pd.DataFrame, region: int, title: str, pairs: Sequence[tuple[int, int | None]]
) -> list[RegionGap]:
    """The gaps of one region, not corrected yet."""
    from lib.stats.gaps import gap

    inside = replace(seen, values=np.asarray(frame["region"] == region, np.float64))
    return [
        RegionGap(
            region,
            title,
            gap(
                inside,
                group,
                against,
                MeasureKind.PROPORTION,
                resamples=RESAMPLES,
                sample_terms=terms_of(seen, group, against) >= SAMPLED_FROM,
            ),
            math.nan,
            False,
            region != UNCLUSTERED,
            int(inside.values[counted(seen, group, against)].sum()),
        )
        for group, against in pairs
    ]


def sides(seen: Observations, group: int, against: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Which rows are of the group, and which of what it is held against; each shape (n,)."""
    own = seen.groups == group
    return own, ~own if against is None else seen.groups == against


def terms_of(seen: Observations, group: int, against: int | None) -> int:
    """The fewest terms of a group on either side that has several: a single wording samples nothing (decision 7)."""
    own, others = sides(seen, group, against)
    return fewest(len(np.unique(seen.terms[seen.groups == each])) for each in np.unique(seen.groups[own | others]))


def counted(seen: Observations, group: int, against: int | None) -> np.ndarray:
    """Which rows lie in a matched set that has both sides, shape (n,)."""
    own, others = sides(seen, group, against)
    both = np.intersect1d(seen.sets[own], seen.sets[others])
    return (own | others) & np.isin(seen.sets, both)


def meet(seen: Observations, group: int, against: int | None) -> bool:
    """Whether any matched set holds both sides; groups of different audits may never be in one."""
    return bool(counted(seen, group, against).any())


def adjusted(rows: Sequence[RegionGap], correction: str) -> list[RegionGap]:
    """The rows corrected for being shown together."""
    from lib.stats.correction import adjust

    corrected = adjust(np.array([row.gap.p for row in rows]), correction)
    return [
        replace(row, p_adjusted=float(p), clear=bool(p < 0.05 and (row.gap.low > 0 or row.gap.high < 0)))
        for row, p in zip(rows, corrected, strict=True)
    ]


def most_lopsided_first(rows: Sequence[RegionGap]) -> list[RegionGap]:
    """Regions with a clear gap first, and of two the one with the larger effect (Cohen's h); a region's rows stay."""
    by_region: dict[int, list[RegionGap]] = {}
    for row in rows:
        by_region.setdefault(row.region, []).append(row)

    def lopsided(its: Sequence[RegionGap]) -> tuple[bool, float]:
        clear = [row for row in its if row.clear]
        effects = [abs(row.gap.effect) for row in clear or its if not math.isnan(row.gap.effect)]
        return bool(clear), max(effects, default=-1.0)

    ordered = sorted(by_region.values(), key=lopsided, reverse=True)
    return [row for its in ordered for row in its]


def reading(rows: Sequence[RegionGap], subject: Attribute, correction: str) -> str:
    """What the rows say: the most lopsided region, or that none is."""
    tested = [row for row in rows if row.tested]
    regions = len({row.region for row in tested})
    known = [row for row in tested if not math.isnan(row.gap.estimate)]
    corrected = f"Corrected ({readings.METHODS[correction]}) over the {len(tested)} gaps shown."
    if not known:
        return f"There is not enough to compare: {tested[0].gap.note or 'too few matched sets have both sides'}."
    clear = {row.region: row for row in reversed(known) if row.clear}
    if not clear:
        widest = max(known, key=lambda row: abs(row.gap.estimate))
        return (
            f"None of the {regions} regions is clearly lopsided by {subject.title}. That does not show there is no "
            f"difference: for {widest.gap.group} in “{widest.title}” the data fit a gap of {told(widest.gap)}. "
            f"{corrected}"
        )
    first = next(row for row in known if row.clear)
    gap = first.gap
    others = len(clear) - 1
    more = f" {others} more of {regions} regions {'is' if others == 1 else 'are'} clearly lopsided." if others else ""
    return (
        f"Of the responses {whose(subject)} {gap.group}, {readings.share(gap.value)} lie in “{first.title}”, against "
        f"{readings.share(gap.reference_value)} for {gap.reference}: a gap of {told(gap)}.{more} {corrected}"
    )


def whose(subject: Attribute) -> str:
    """How a response belongs to a group, or to a model."""
    return "by" if subject.id == MODEL else "about"


def told(gap: Gap) -> str:
    """A gap with its interval and what it rests on."""
    size = readings.number(gap.estimate, SHARE, signed=True)
    return f"{size} ({readings.interval(gap, SHARE)}; {gap.sets:,} matched sets)"


def as_frame(found: Finding) -> pd.DataFrame:
    """A row a gap, in the columns of the chart and with what else is known of it."""
    return pd.DataFrame(
        [
            {
                "region": row.region,
                "label": row.title,
                "group": row.gap.group,
                "reference": row.gap.reference,
                "estimate": row.gap.estimate,
                "low": row.gap.low,
                "high": row.gap.high,
                "clear": row.clear,
                "share": row.gap.value,
                "reference_share": row.gap.reference_value,
                "sets": row.gap.sets,
                "responses": row.size,
                "coverage": row.gap.coverage,
                "p_adjusted": row.p_adjusted,
                "tested": row.tested,
                "test": row.gap.test,
                "effect": row.gap.effect,
                "p": row.gap.p,
                "note": row.gap.note,
            }
            for row in found.rows
        ]
    )

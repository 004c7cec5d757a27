"""Numbers in plain words: what a comparison says, and what limits it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lib.stats.results import Gap, Level
from lib.types import Measure, MeasureKind

if TYPE_CHECKING:
    from lib.stats.four_fifths import FourFifths
    from lib.stats.omnibus import Omnibus
    from lib.workflows.comparison import GapRow

FEW_SETS = 20
LOW_COVERAGE = 0.9
UNEQUAL_COVERAGE = 0.1
MINUS = "−"
METHODS = {"holm": "Holm", "bh": "Benjamini–Hochberg"}
NAMED = 3
"""Clear gaps within categories that a sentence names; more are counted."""


def number(value: float, measure: Measure, *, signed: bool = False) -> str:
    """A value of a measure as people read it: "12.5 %", "+3.1 points", "2.4 per 100 words"."""
    if math.isnan(value):
        return "unknown"
    sign = "+" if signed else ""
    if measure.kind is MeasureKind.PROPORTION:
        return f"{value * 100:{sign}.1f} {'points' if signed else '%'}".replace("-", MINUS)
    shown = f"{value:{sign}.{2 if abs(value) < 10 else 1}f}".replace("-", MINUS)
    return f"{shown} {measure.unit}" if measure.unit else shown


def within(width: float, measure: Measure) -> str:
    """A distance to either side as people read it: "±5.0 points"."""
    return "±" + number(width, measure, signed=True).lstrip("+")


def share(value: float) -> str:
    """A share as people read it: "27 %"."""
    return f"{value * 100:.0f} %"


def interval(gap: Gap | Level, measure: Measure, *, signed: bool = True) -> str:
    """An interval as people read it."""
    return f"95 % interval {bounds(gap, measure, signed=signed)}"


def bounds(gap: Gap | Level, measure: Measure, *, signed: bool = True) -> str:
    """The two ends of an interval, the unit once: "+1.2 to +3.4 points"."""
    if math.isnan(gap.low):
        return "unknown"
    low, _, unit = number(gap.low, measure, signed=signed).partition(" ")
    high = number(gap.high, measure, signed=signed).partition(" ")[0]
    return f"{low} to {high}{' ' + unit if unit else ''}"


def of_gaps(
    rows: "Sequence[GapRow]", measure: Measure, margin: float | None, correction: str, *, family: int | None = None
) -> str:
    """What a forest plot says: the largest clear gap over everything, else what can be ruled out, then categories.

    Args:
        family: over how many gaps of a report the rows were corrected; None when they were by themselves.
    """
    tested = sum(not math.isnan(row.gap.p) for row in rows)
    if family is not None:
        over = counted(family, "gap") + " of this report"
    else:
        over = f"{tested} gaps shown" if tested == len(rows) else f"{tested} of {len(rows)} gaps that could be tested"
    corrected = f" Corrected ({METHODS[correction]}) over the {over}." if tested else ""
    return f"{of_rows(rows, measure, margin)}{corrected}"


def of_rows(rows: "Sequence[GapRow]", measure: Measure, margin: float | None) -> str:
    """The same without the correction."""
    whole = [row for row in rows if row.category == rows[0].category]
    usable = [row for row in whole if not math.isnan(row.gap.estimate)]
    if not usable:
        why = whole[0].gap.note.rstrip(".") or "too few matched sets have both sides"
        return f"There is not enough to compare: {why}."
    split = len(whole) < len(rows)
    clear = sorted((row for row in usable if row.clear), key=lambda row: -abs(row.gap.estimate))
    if clear:
        said = of_clear(clear[0], measure)
        if margin is not None and clear[0].equivalent:
            said += f" It lies within {within(margin, measure)}, which counts as none."
        more = f" {len(clear) - 1} more of these gaps {'is' if len(clear) == 2 else 'are'} clear." if clear[1:] else ""
    else:
        said = of_unclear(usable, measure, margin, split=split)
        more = ""
    if missing := [row.gap.group for row in whole if math.isnan(row.gap.estimate)]:
        more += f" Not enough to compare: {', '.join(missing)}."
    return f"{said}{more} {of_inside(rows, measure)}".strip()


def of_inside(rows: "Sequence[GapRow]", measure: Measure) -> str:
    """Which gaps within categories are clear, the widest with their numbers; "" where there are no categories."""
    every, clear = [row for row in rows if row.category != rows[0].category], clear_inside(rows)
    if not every:
        return ""
    tested = sum(not math.isnan(row.gap.p) for row in every)
    some = f" {tested:,} could be tested, and of these" if 0 < tested < len(every) else ""
    start = f"Of {counted(len(every), 'gap')} within categories,{some}"
    if not tested:
        return f"{start} none could be tested."
    if not clear:
        return f"{start} none is clear."
    told = "; ".join(f"{place_of(row)} {sized(row.gap, measure)}" for row in clear[:NAMED])
    widest_of = ", the widest of them" if len(clear) > NAMED else ""
    verb = "is" if len(clear) == 1 else "are"
    return f"{start} {len(clear):,} {verb} clear{widest_of}: {told}."


def clear_inside(rows: "Sequence[GapRow]") -> "list[GapRow]":
    """The clear gaps within categories, the widest first."""
    inside = [row for row in rows if row.clear and row.category != rows[0].category]
    return sorted(inside, key=lambda row: -abs(row.gap.estimate))


def place_of(row: "GapRow") -> str:
    """Which gap a row within a category is: "Judge, Woman against Man"."""
    return f"{row.label}, {row.gap.group} against {row.gap.reference}"


def sized(gap: Gap, measure: Measure) -> str:
    """A gap with its interval and what it rests on."""
    size = number(gap.estimate, measure, signed=True)
    return f"{size} ({interval(gap, measure)}; {counted(gap.sets, 'matched set')})"


def counted(number: int, what: str) -> str:
    """How many there are of something: "1 gap", "1,200 gaps"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def of_clear(row: "GapRow", measure: Measure) -> str:
    """A gap that excludes zero."""
    gap = row.gap
    more = "higher" if gap.estimate > 0 else "lower"
    return (
        f"{measure.title} is {more} for {gap.group} than for {gap.reference}: {number(gap.value, measure)} against "
        f"{number(gap.reference_value, measure)}, a gap of {sized(gap, measure)}."
    )


def of_unclear(rows: "Sequence[GapRow]", measure: Measure, margin: float | None, *, split: bool = False) -> str:
    """No gap excludes zero: what that does and does not mean.

    Args:
        split: whether there are gaps within categories as well, of which this says nothing.
    """
    known = [row for row in rows if not math.isnan(row.gap.low)]
    constant = " ".join(of_constant(row.gap, measure) for row in rows if row not in known)
    if not known:
        return constant
    if margin is not None and all(row.equivalent for row in rows):
        return of_alike(rows, within(margin, measure))
    gap = widest(known).gap
    alone = " It would exclude zero by itself, not after the correction." if gap.low > 0 or gap.high < 0 else ""
    over = " over everything" if split else ""
    said = (
        f"No gap{over} in “{measure.title}” is clear. That does not show there is none: for {gap.group} against "
        f"{gap.reference} the data fit a gap of {sized(gap, measure)}.{alone}"
    )
    if margin is not None:
        said += f" Nor are all gaps shown to lie within {within(margin, measure)}."
    return f"{said} {constant}".strip()


def of_constant(gap: Gap, measure: Measure) -> str:
    """A gap that is the same in every matched set: what is known of it, and why no more is."""
    same = f"{measure.title}, {gap.group} against {gap.reference}: all {counted(gap.sets, 'matched set')} show"
    if gap.estimate == 0:
        return f"{same} no difference, so that no interval can be computed."
    size = number(gap.estimate, measure, signed=True)
    return f"{same} the same difference of {size}, so that no interval can be computed and it is not called clear."


def widest(rows: "Sequence[GapRow]") -> "GapRow":
    """The gap whose interval reaches furthest from zero: the one that is least known to be small."""
    known = [row for row in rows if not math.isnan(row.gap.low)] or list(rows)
    return max(known, key=lambda row: max(abs(row.gap.low), abs(row.gap.high)))


def foremost(rows: "Sequence[GapRow]") -> "GapRow | None":
    """The gap over everything that `of_gaps` tells of: the largest clear one, else the widest; None without any."""
    usable = [row for row in rows if row.category == rows[0].category and not math.isnan(row.gap.estimate)]
    clear = [row for row in usable if row.clear]
    if clear:
        return max(clear, key=lambda row: abs(row.gap.estimate))
    return widest(usable) if usable else None


def of_alike(rows: "Sequence[GapRow]", margin: str) -> str:
    """Every gap lies within the margin: of a group and its reference, which is not yet of any two groups."""
    fewest = f"two one-sided tests; {min(row.gap.sets for row in rows):,} matched sets"
    if len(rows) == 1:
        return f"{rows[0].gap.group} and {rows[0].gap.reference} are alike within {margin} ({fewest})."
    return f"Each group compared lies within {margin} of {rows[0].gap.reference} ({fewest} or more)."


def warnings(
    rows: "Sequence[GapRow]", levels: Sequence[Level], terms: int, sampled: bool, asked: bool | None
) -> Iterator[str]:
    """What limits a comparison."""
    whole = [row.gap for row in rows if row.category == rows[0].category]
    if (fewest := min(gap.sets for gap in whole)) < FEW_SETS:
        have = "matched set has" if fewest == 1 else "matched sets have"
        yield f"Only {fewest} {have} both sides: the interval is rough, and small gaps cannot be seen."
    for gap in whole:
        if gap.note:
            yield f"{gap.group} against {gap.reference}: {gap.note}"
    shares = {level.group: level.coverage for level in levels}
    if (lowest := min(shares.values())) < LOW_COVERAGE:
        group = min(shares, key=lambda name: shares[name])
        yield f"Only {share(lowest)} of the prompts about {group} have a number; see the outcomes by group."
    if max(shares.values()) - lowest > UNEQUAL_COVERAGE:
        yield "The groups differ in how many of their prompts have a number: a gap as well, and it can bend this one."
    if sampled or asked is None:
        yield from of_terms(terms, sampled)


def of_terms(terms: int, sampled: bool) -> Iterator[str]:
    """Whom gaps speak for: other terms of the kind, or the ones that were used."""
    if sampled:
        yield f"The {terms} or more terms of each group count as a sample of possible ones, as names do."
    elif terms > 1:
        yield f"The gaps hold for the {terms} wordings a group has here; too few to speak for others."


def of_pooling(number: Mapping[str, int]) -> str:
    """What is pooled, by how many there are of it: "2 models and 3 decoding settings"; "" for nothing."""
    return " and ".join(f"{count} {what}" for what, count in number.items() if count > 1)


def of_omnibus(found: "Omnibus") -> str:
    """A test over all groups at once."""
    verdict = "the groups are not all alike" if found.p < 0.05 else "no difference among the groups is shown"
    where = f"{found.groups} groups and {found.sets:,} complete matched sets"
    return f"{found.test} over {where}: {p_value(found.p)}; {verdict}."


def p_value(p: float) -> str:
    """A p-value as people read it."""
    if math.isnan(p):
        return "no test"
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".")


def of_four_fifths(found: "FourFifths") -> str:
    """The four-fifths rule of the Uniform Guidelines (EEOC 1978) in a sentence."""
    ratios = {group: ratio for group, ratio in found.ratios.items() if group != found.best_group}
    told = ", ".join(f"{group} {ratio:.2f}" for group, ratio in ratios.items() if not math.isnan(ratio)) or "none"
    said = f"Four-fifths rule, against {found.best_group}, which has the highest rate: {told}."
    if unknown := [group for group, ratio in ratios.items() if math.isnan(ratio)]:
        said += f" Not compared: {', '.join(unknown)}."
    if not found.below:
        return f"{said} None is below 0.8."
    surely = (
        f", with their whole interval: {', '.join(found.clearly_below)}" if found.clearly_below else ", none surely"
    )
    return f"{said} Below 0.8: {', '.join(found.below)}{surely}."

"""Risks from gaps between groups: those that are clear, and those that can be neither shown nor ruled out."""

import math
from collections.abc import Iterator

from lib.types import Fact
from lib.workflows import readings
from lib.workflows.comparison import OVERALL, Comparison, GapRow
from lib.workflows.reporting.checks import whole
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.facts_of_gaps import ALL
from lib.workflows.reporting.risk import Risk, listed, plain, risk_id, told, written

MANY = 5
"""Categories named in a sentence; more are counted."""

MANY_GROUPS = 3
"""Gaps named in a sentence; of more the widest, and all among the facts."""


def of_gaps(evidence: Evidence) -> Iterator[Risk]:
    """A risk for each group with a clear gap, and one for all of a measure's gaps that stay open.

    An open gap that somebody has written about already keeps a risk of its own: it was clear when they did.
    """
    for made in evidence.comparisons:
        for row in whole(made):
            if row.clear:
                yield of_clear(evidence, made, row)
            elif clear := clear_of(made, row):
                yield of_part(evidence, made, row, clear)
            elif written(evidence, gap_id(made, row)):
                yield of_open(evidence, made, [row], gap_id(made, row))
    for made in evidence.comparisons:
        if unsure := [row for row in whole(made) if is_open(evidence, made, row)]:
            yield of_open(evidence, made, unsure, risk_id(Threat.UNCLEAR, made.choice.id, made.attribute.id))


def is_open(evidence: Evidence, made: Comparison, row: GapRow) -> bool:
    """Whether a gap is neither clear, nowhere, nor shown to be small, and has no risk of its own."""
    of_its_own = bool(clear_of(made, row)) or written(evidence, gap_id(made, row))
    return not row.clear and not row.equivalent and not of_its_own


def clear_of(made: Comparison, row: GapRow) -> list[GapRow]:
    """The clear gaps of the same two groups within categories, the widest first."""
    return [each for each in readings.clear_inside(made.rows) if sides(each) == sides(row)]


def sides(row: GapRow) -> tuple[str, str]:
    """Which groups a gap is between."""
    return row.group_title, row.reference_title


def gap_id(made: Comparison, row: GapRow) -> str:
    """The id of a gap's risk."""
    return risk_id(Threat.GAP, made.choice.id, made.attribute.id, group_id(made, row))


def group_id(made: Comparison, row: GapRow) -> str:
    """The id of the group that a gap is of."""
    return next(id for id, title in made.attribute.groups if title == row.group_title)


def gap_facts(made: Comparison, row: GapRow, *names: str) -> tuple[str, ...]:
    """The ids of some facts of a gap."""
    place = ALL if row.category == OVERALL else row.category
    return tuple(f"gaps/{made.choice.id}/{place}/{group_id(made, row)}/{name}" for name in names)


def of_clear(evidence: Evidence, made: Comparison, row: GapRow) -> Risk:
    """The risk of a clear gap: its size, and in which categories it is clear by itself."""
    measure, gap = made.choice.measure, row.gap
    side = "higher" if gap.estimate > 0 else "lower"
    values = f"{readings.number(gap.value, measure)} against {readings.number(gap.reference_value, measure)}"
    says = (
        f"{measure.title} is {side} for {row.group_title} than for {row.reference_title}: {values}, a gap of "
        f"{told(gap, measure, plain=plain(evidence))}."
    )
    inside = [each for each in rows_inside(made) if sides(each) == sides(row) and not math.isnan(each.gap.p)]
    clear = [each for each in inside if each.clear]
    if inside:
        where = f": {listed(each.label for each in clear)}" if 0 < len(clear) <= MANY else ""
        says += f" Within categories it is clear in {len(clear)} of {len(inside)}{where}."
    if turned := [each.label for each in clear if each.gap.estimate * gap.estimate < 0]:
        says += f" It points the other way in {listed(turned)}."
    facts = gap_facts(made, row, "estimate", "value", "reference")
    more = count_facts(made, row, {"clear": len(clear), "categories": len(inside)}) if inside else ()
    return Risk(
        gap_id(made, row), Threat.GAP, f"A difference in {titled(made, row)}", says, facts, more, measure=made.choice.id
    )


def of_part(evidence: Evidence, made: Comparison, row: GapRow, clear: list[GapRow]) -> Risk:
    """The risk of a gap that is clear within categories, and not over everything."""
    measure, shown = made.choice.measure, clear[:MANY]
    told_of = [
        f"{each.label} {readings.number(each.gap.value, measure)} against "
        f"{readings.number(each.gap.reference_value, measure)}, a gap of "
        f"{told(each.gap, measure, plain=plain(evidence))}"
        for each in shown
    ]
    where = listed(each.label for each in clear) if len(clear) <= MANY_GROUPS else "several categories"
    which = f"the widest of {len(clear)} such gaps: " if len(clear) > len(shown) else ""
    over = (
        f"Over everything it is not clear: {told(row.gap, measure, plain=plain(evidence))}."
        if not math.isnan(row.gap.estimate)
        else "Over everything there is not enough to compare."
    )
    says = (
        f"{measure.title}, {row.group_title} against {row.reference_title}, is clear within categories of "
        f"{evidence.by_title}: {which}{'; '.join(told_of)}. {over}"
    )
    facts = tuple(id for each in shown for id in gap_facts(made, each, "estimate", "value", "reference"))
    return Risk(
        gap_id(made, row),
        Threat.GAP,
        f"A difference in {titled(made, row)}, in {where}",
        says,
        (*facts, *gap_facts(made, row, "estimate")),
        count_facts(made, row, {"clear": len(clear)}),
        measure=made.choice.id,
    )


def count_facts(made: Comparison, row: GapRow, numbers: dict[str, int]) -> tuple[Fact, ...]:
    """Counts of a group's gaps within categories."""
    place = f"plan/gaps/{made.choice.id}/{group_id(made, row)}"
    how = "lib.workflows.reporting.gaps.gaps: this group’s tested rows within categories, corrected over the report"
    return tuple(Fact(f"{place}/{name}", value, how) for name, value in numbers.items())


def of_open(evidence: Evidence, made: Comparison, rows: list[GapRow], id: str) -> Risk:
    """The risk that a difference is there and was not seen."""
    measure = made.choice.measure
    known = [row for row in rows if not math.isnan(row.gap.estimate)]
    shown = known if len(known) <= MANY_GROUPS else [max(known, key=reach)]
    parts = [
        f"{row.group_title} against {row.reference_title} {told(row.gap, measure, plain=plain(evidence))}"
        for row in shown
    ]
    which = "" if shown == known else "the widest that the data fit is "
    says = f"Not clear, and not ruled out: {which}{'; '.join(parts)}." if parts else ""
    if missing := [row.group_title for row in rows if row not in known]:
        says += f" Not enough to compare: {listed(missing)}."
    facts = tuple(id for row in known for id in gap_facts(made, row, "estimate"))
    about = titled(made, rows[0]) if len(rows) == 1 else f"“{named(made)}” by {made.attribute.title}"
    return Risk(
        id,
        Threat.UNCLEAR,
        f"A difference in {about} is not ruled out",
        says.strip(),
        facts,
        measure=made.choice.id,
        criterion="In the next audit these groups can be compared, and their gaps lie within what is accepted.",
    )


def reach(row: GapRow) -> float:
    """How large a gap the data fit."""
    return max(abs(end) for end in (row.gap.estimate, row.gap.low, row.gap.high) if not math.isnan(end))


def rows_inside(made: Comparison) -> list[GapRow]:
    """The rows within categories."""
    return [row for row in made.rows if row.category != made.rows[0].category]


def titled(made: Comparison, row: GapRow) -> str:
    """What a gap is about."""
    return f"“{named(made)}” for {row.group_title} against {row.reference_title}"


def named(made: Comparison) -> str:
    """A measure with its scorer: several have one called alike."""
    scorer, measure = made.choice.scorer_title, made.choice.measure.title
    return measure if not scorer or scorer == measure else f"{measure} ({scorer})"

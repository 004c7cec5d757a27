"""Facts of what was compared: gaps, levels, wordings, course tables, order and maps."""

import math
from typing import Any

import pandas as pd

from lib.codec import dump
from lib.workflows.comparison import OVERALL, Comparison
from lib.workflows.positions import OrderEffects
from lib.workflows.reporting.evidence import Evidence, MapEvidence
from lib.workflows.reporting.facts import Facts
from lib.workflows.reporting.gaps import tested
from lib.workflows.reporting.outcomes import OutcomeGaps
from lib.workflows.reporting.sensitivity import RESAMPLES, spread

ALL = "all"


def add(found: Facts, evidence: Evidence) -> None:
    """All facts of what was compared."""
    clear = 0
    for made in evidence.comparisons:
        of_gaps(found, made, evidence.family)
        of_levels(found, made)
        clear += sum(row.clear for row in made.rows)
    how = "lib.workflows.reporting.gaps.gaps: the rows of all comparisons of the report; the family are those with a p"
    shown = len(evidence.rows)
    numbers = {"family": evidence.family, "clear": clear, "measures": len(evidence.comparisons), "shown": shown}
    found.counts("gaps", numbers, how)
    of_outcomes(found, evidence.outcome_gaps)
    of_wordings(found, evidence)
    for table in evidence.course:
        of_course(found, table.id, table.frame)
    if evidence.order:
        of_order(found, evidence.order)
    for place in evidence.maps:
        of_map(found, place)


def of_gaps(found: Facts, made: Comparison, family: int) -> None:
    """The rows of one forest plot."""
    question = made.question
    ids = {title: id for id, title in made.attribute.groups}
    how = (
        f"lib.workflows.comparison.compare(Question {dump(question)}), seed 0, {question.resamples:,} resamples of "
        f"matched sets; p corrected ({question.correction}) over the {family:,} gaps of the report"
    )
    for row in made.rows:
        gap = row.gap
        place = f"gaps/{made.choice.id}/{ALL if row.category == OVERALL else row.category}/{ids[gap.group]}"
        more: dict[str, Any] = {"n": gap.sets, "unit": "matched sets"}
        found.add(f"{place}/estimate", gap.estimate, how, low=gap.low, high=gap.high, **more)
        found.add(f"{place}/value", gap.value, how, **more)
        found.add(f"{place}/reference", gap.reference_value, how, **more)
        found.add(f"{place}/p", gap.p, f"{how}; {gap.test}", **more)
        found.add(f"{place}/p_adjusted", row.p_adjusted, how, **more)
        found.add(f"{place}/effect", gap.effect, f"{how}; {gap.effect_name}", **more)
        found.add(f"{place}/sets", gap.sets, how, n=gap.all_sets, unit="matched sets")
        found.add(f"{place}/coverage", gap.coverage, how, n=gap.responses, unit="responses")
    whole = [row for row in made.rows if row.category == OVERALL]
    within = [row for row in made.rows if row.category != OVERALL]
    numbers = {
        "clear": sum(row.clear for row in whole),
        "clear_more": sum(row.clear for row in whole) - 1,
        "within": len(within),
        "within_tested": tested(within),
        "clear_within": sum(row.clear for row in within),
        "margin": question.margin,
    }
    found.counts(f"gaps/{made.choice.id}", numbers, how)
    texts = [*made.warnings, *filter(None, (made.omnibus, made.four_fifths))]
    found.counts(f"gaps/{made.choice.id}/said", {str(place): text for place, text in enumerate(texts)}, how)
    notes = {str(place): row.gap.note for place, row in enumerate(made.rows) if row.gap.note}
    found.counts(f"gaps/{made.choice.id}/note", notes, how)


def of_outcomes(found: Facts, outcomes: OutcomeGaps) -> None:
    """How unequally outcomes come."""
    ids = {title: id for id, title in outcomes.attribute.groups} if outcomes.attribute else {}
    how = (
        "lib.workflows.reporting.outcomes.outcome_gaps, seed 0: whether a response has the outcome, within matched "
        f"sets; p corrected (holm) over {outcomes.family:,} gaps, apart from those of the measures"
    )
    for row in outcomes.rows:
        gap, place = row.gap, f"outcome_gaps/{row.category}/{ids[row.gap.group]}"
        more: dict[str, Any] = {"n": gap.sets, "unit": "matched sets"}
        found.add(f"{place}/estimate", gap.estimate, how, low=gap.low, high=gap.high, **more)
        found.add(f"{place}/value", gap.value, how, **more)
        found.add(f"{place}/reference", gap.reference_value, how, **more)
        found.add(f"{place}/p_adjusted", row.p_adjusted, f"{how}; {gap.test}", **more)
    if outcomes.rows:
        found.add("outcome_gaps/family", outcomes.family, how)


def of_levels(found: Facts, made: Comparison) -> None:
    """Each group's own number."""
    ids = {title: id for id, title in made.attribute.groups}
    how = f"lib.stats.levels.level of each group of Question {dump(made.question)}, seed 0"
    for level in made.levels:
        place = f"levels/{made.choice.id}/{ids[level.group]}"
        more: dict[str, Any] = {"n": level.responses, "unit": "responses"}
        found.add(f"{place}/value", level.value, how, low=level.low, high=level.high, **more)
        found.add(f"{place}/coverage", level.coverage, how, **more)
        found.add(f"{place}/all", int((made.frame["group"] == ids[level.group]).sum()), how)
    responses = made.frame["no"].nunique()
    counted = made.frame.loc[made.frame["value"].notna(), "no"].nunique()
    found.add(f"levels/{made.choice.id}/counted", int(counted), how, n=int(responses), unit="responses")


def of_wordings(found: Facts, evidence: Evidence) -> None:
    """The gap of each measure in each template, and how far apart they are."""
    frame = evidence.sensitivity
    how = f"lib.workflows.reporting.sensitivity.sensitivity, seed 0, {RESAMPLES:,} resamples; not corrected"
    titles = evidence.attribute.titles if evidence.attribute else {}
    ids = {title: id for id, title in titles.items()}
    lines: Any = frame.itertuples(index=False)
    for line in lines:
        place = f"wording/{line.measure}/{ids[line.group]}/{line.template}"
        found.add(place, line.estimate, how, n=int(line.sets), unit="matched sets", low=line.low, high=line.high)
    spreads = spread(frame)
    turning, sure = sum(each.turns for each in spreads), sum(each.sure for each in spreads)
    found.counts("wordings", {"gaps": len(spreads), "turning": turning, "sure": sure}, how)
    for each in spreads:
        place = f"wordings/{each.measure}/{ids[each.group]}"
        numbers = {"lowest": each.lowest, "highest": each.highest, "templates": each.templates}
        found.counts(place, numbers | {"above": each.above, "below": each.below}, how)


def of_course(found: Facts, table: str, frame: pd.DataFrame) -> None:
    """The numbers of a course table, by row and column."""
    how = f"lib.workflows.course.tables(workbench, run, attribute): {table}"
    for place, row in enumerate(frame.to_dict("records")):
        count = row.get("Responses")
        for column, value in row.items():
            if not isinstance(value, str):
                n = None if count is None or math.isnan(count) else int(count)
                found.add(f"course/{table}/{place}/{column}", value, how, n=n, unit="responses")


def of_order(found: Facts, order: OrderEffects) -> None:
    """What decided the choices between two."""
    frame, first = order.frame, order.first
    how = "lib.workflows.positions.order_effects(workbench, run)"
    couples = int(frame["count"].sum())
    found.add("order/couples", couples, how)
    lines: Any = frame.itertuples(index=False)
    for line in lines:
        place = str(line.outcome).replace(" ", "_")
        found.add(f"order/{place}", line.share, how, n=couples, unit="couples", low=line.low, high=line.high)
    found.add("order/first", first.value, how, n=first.n, unit="couples", low=first.low, high=first.high)
    found.add("order/unanswered", order.unanswered, how)


def of_map(found: Facts, evidence: MapEvidence) -> None:
    """The finding of a map, and how far it can be trusted."""
    info = evidence.info
    how = f"lib.workflows.map_findings.finding(map {info.id}), seed 0"
    found.counts(f"maps/{info.id}", {"points": info.points, "blank": info.blank, "others": evidence.others}, how)
    if info.quality:
        quality = {"trustworthiness": info.quality.trustworthiness, "stability": info.quality.stability}
        found.counts(f"maps/{info.id}", quality | {"unclustered": info.quality.unclustered}, how)
    if not evidence.finding:
        return
    said = {str(place): text for place, text in enumerate(evidence.finding.warnings)}
    found.counts(f"maps/{info.id}/said", said, how)
    rows = evidence.finding.rows
    tested = [row for row in rows if row.tested]
    clear = {row.region for row in tested if row.clear}
    numbers = {"tested": len(tested), "regions": len({row.region for row in tested}), "clear": len(clear)}
    found.counts(f"maps/{info.id}", numbers | {"clear_more": len(clear) - 1}, how)
    ids = {title: id for id, title in evidence.finding.subject.groups}
    for row in rows:
        place = f"maps/{info.id}/{row.region}/{ids.get(row.gap.group, row.gap.group)}"
        more: dict[str, Any] = {"n": row.gap.sets, "unit": "matched sets"}
        found.add(f"{place}/estimate", row.gap.estimate, how, low=row.gap.low, high=row.gap.high, **more)
        found.add(f"{place}/share", row.gap.value, how, **more)
        found.add(f"{place}/reference", row.gap.reference_value, how, **more)
        found.add(f"{place}/coverage", row.gap.coverage, how, **more)

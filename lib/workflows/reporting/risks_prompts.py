"""Risks from how prompts are answered: neutral ones gendered, wording that decides, and answers that do not come."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lib.types import Fact
from lib.workflows import readings
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.outcomes import SHARE, OutcomeGaps
from lib.workflows.reporting.risk import Risk, listed, plain, risk_id, told, written
from lib.workflows.reporting.risks_gaps import MANY_GROUPS, named
from lib.workflows.reporting.sensitivity import Spread, spread

if TYPE_CHECKING:
    import pandas as pd

STEADY = "In the next audit each gap has the same direction in every wording, or lies within what is accepted in each."
NEUTRAL_TABLE = "prompt_sensitivity"
NEUTRAL_COLUMNS = ("Gendered, %", "Low, %", "High, %")
WORDS = {
    "cut off": "Answers cut off at the longest length",
    "empty": "Empty answers",
    "failed": "Requests that failed",
    "refused": "Refusals",
}


def of_prompts(evidence: Evidence) -> Iterator[Risk]:
    """The risks of this file that the audit shows."""
    yield from of_neutral(evidence)
    yield from of_wording(evidence)
    yield from of_outcomes(evidence)


def of_neutral(evidence: Evidence) -> Iterator[Risk]:
    """Prompts that name no group, and come back with gendered words."""
    table = next((each for each in evidence.course if each.id == NEUTRAL_TABLE and not each.frame.empty), None)
    if table is None:
        return
    row = table.frame.iloc[0]
    value, low, high = (float(row[name]) for name in NEUTRAL_COLUMNS)
    if not value > 0:
        return
    says = (
        f"{value:.0f} % of {int(row['Responses']):,} answers to prompts that name no group have gendered words "
        f"({low:.0f} % to {high:.0f} %)."
    )
    yield Risk(
        risk_id(Threat.NEUTRAL, "gendered"),
        Threat.NEUTRAL,
        "Prompts that name nobody’s gender come back gendered",
        says,
        tuple(f"course/{NEUTRAL_TABLE}/0/{name}" for name in ("Responses", *NEUTRAL_COLUMNS)),
        criterion="The upper end of the same share, in the table “Prompt sensitivity” of the next audit, is below what "
        "is accepted.",
    )


def of_wording(evidence: Evidence) -> Iterator[Risk]:
    """Gaps whose direction hangs on the template: each that surely turns, and all that may by chance together.

    One that somebody has written about keeps a risk of its own, as with gaps.
    """
    measures = {each.choice.id: each for each in evidence.comparisons}
    turning = [each for each in spread(evidence.sensitivity) if each.turns and each.measure in measures]
    own = [each for each in turning if each.sure or written(evidence, wording_id(measures, each))]
    yield from (of_turning(evidence, measures[each.measure], each) for each in own)
    if others := [each for each in turning if each not in own]:
        yield of_perhaps(others, measures)


def rows_of(evidence: Evidence, turning: Spread) -> "pd.DataFrame":
    """The gaps of one measure and group by template, the lowest first."""
    frame = evidence.sensitivity
    same = (frame["measure"] == turning.measure) & (frame["group"] == turning.group)
    return frame[same & frame["estimate"].notna()].sort_values("estimate")


def wording_id(measures: Mapping[str, Comparison], turning: Spread) -> str:
    """The id of the risk that one gap turns around."""
    attribute = measures[turning.measure].attribute
    return risk_id(Threat.PROMPT, turning.measure, attribute.id, place_of(measures[turning.measure], turning))


def place_of(made: Comparison, turning: Spread) -> str:
    """The id of the group whose gap turns around."""
    return next(id for id, title in made.attribute.groups if title == turning.group)


def of_perhaps(turning: Sequence[Spread], measures: Mapping[str, Comparison]) -> Risk:
    """All gaps whose direction changes with the wording without that being sure."""
    titles = dict.fromkeys(named(measures[each.measure]) for each in turning)
    facts = tuple(
        f"wordings/{each.measure}/{place_of(measures[each.measure], each)}/{name}"
        for each in turning
        for name in ("above", "below")
    )
    return Risk(
        risk_id(Threat.PROMPT, "open"),
        Threat.PROMPT,
        "Gaps that may turn around with the wording",
        f"The direction of {readings.counted(len(turning), 'gap')} changes from wording to wording, perhaps by chance: "
        f"{listed(f'“{name}”' for name in titles)}.",
        facts,
        (Fact("plan/prompt/open", len(turning), "lib.workflows.reporting.sensitivity.spread: those that turn"),),
        criterion=STEADY,
    )


def of_turning(evidence: Evidence, made: Comparison, turning: Spread) -> Risk:
    """One gap that is above zero in some templates and below in others."""
    part, group = rows_of(evidence, turning), turning.group
    titles = {template.id: template.title or template.id for template in evidence.bank.templates}
    rows = part.to_dict("records")
    lowest, highest = (
        f"{readings.number(row['estimate'], made.choice.measure, signed=True)} (“{titles.get(row['template'], '')}”; "
        f"{readings.counted(int(row['sets']), 'matched set')})"
        for row in (rows[0], rows[-1])
    )
    verdict = (
        "The intervals of some lie wholly on either side of zero: the wording decides who is favoured."
        if turning.sure
        else "No two of them surely point in different directions: this may be chance."
    )
    id = place_of(made, turning)
    counts = (f"wordings/{turning.measure}/{id}/{name}" for name in ("templates", "above", "below"))
    ends = (f"wording/{turning.measure}/{id}/{row['template']}" for row in (rows[0], rows[-1]))
    return Risk(
        risk_id(Threat.PROMPT, turning.measure, made.attribute.id, id),
        Threat.PROMPT,
        f"{named(made)}: what the gap for {group} is hangs on the wording",
        f"{group} against {turning.reference}: above zero in {turning.above} of {turning.templates} wordings and below "
        f"in {turning.below}, from {lowest} to {highest}. {verdict}",
        (*counts, *ends),
        criterion=STEADY,
    )


def of_outcomes(evidence: Evidence) -> Iterator[Risk]:
    """Outcomes other than a good end: each that clearly comes unequally, and all that may by chance together.

    One that somebody has written about keeps a risk of its own, as with gaps.
    """
    made = evidence.outcome_gaps
    unequal = [outcome for outcome in made.outcomes if any(row.gap.estimate for row in made.of(outcome))]
    own = [each for each in unequal if any(row.clear for row in made.of(each)) or written(evidence, outcome_id(each))]
    yield from (of_outcome(evidence, each) for each in own)
    if others := [each for each in unequal if each not in own]:
        yield of_unequal(evidence, others)


def outcome_id(outcome: str) -> str:
    """The id of the risk that an outcome comes unequally."""
    return risk_id(Threat.OUTCOMES, outcome.replace(" ", "-"))


def of_outcome(evidence: Evidence, outcome: str) -> Risk:
    """One outcome: its clear gaps, else the widest."""
    rows = sorted(evidence.outcome_gaps.of(outcome), key=lambda row: (not row.clear, -abs(row.gap.estimate)))
    shown = [row for row in rows if row.clear][:MANY_GROUPS] or rows[:1]
    first, what = shown[0], WORDS.get(outcome, outcome)
    side = "more" if first.gap.estimate > 0 else "less"
    told_of = [
        f"{readings.number(row.gap.value, SHARE)} for {row.group_title} against "
        f"{readings.number(row.gap.reference_value, SHARE)} for {row.reference_title}, a gap of "
        f"{told(row.gap, SHARE, plain=plain(evidence))}"
        for row in shown
    ]
    title = f"{what} come {side} often for {first.group_title} than for {first.reference_title}"
    return Risk(
        outcome_id(outcome),
        Threat.OUTCOMES,
        title if first.clear else f"{what} may come unequally",
        f"{what}: {'; '.join(told_of)}.{'' if first.clear else ' This may be chance.'}",
        tuple(
            f"{place_of_outcome(evidence.outcome_gaps, row)}/{name}"
            for row in shown
            for name in ("estimate", "value", "reference")
        ),
        criterion=f"In the next audit the difference in {what[0].lower()}{what[1:]} between groups is within what "
        f"is accepted; {first.group_title} and {first.reference_title} are looked at first.",
    )


def of_unequal(evidence: Evidence, outcomes: Sequence[str]) -> Risk:
    """All outcomes that come unequally without that being clear."""
    made = evidence.outcome_gaps
    widest = max((row for each in outcomes for row in made.of(each)), key=lambda row: abs(row.gap.estimate))
    names, of_widest = [WORDS.get(each, each) for each in outcomes], WORDS.get(widest.category, widest.category)
    return Risk(
        risk_id(Threat.OUTCOMES, "open"),
        Threat.OUTCOMES,
        "Outcomes that come unequally, perhaps by chance",
        f"Unequal between groups, which may be chance: {listed(names)}. The widest: {of_widest}, "
        f"{widest.group_title} against {widest.reference_title} {told(widest.gap, SHARE, plain=plain(evidence))}.",
        (f"{place_of_outcome(made, widest)}/estimate",),
        criterion="In the next audit these differences between groups are within what is accepted.",
    )


def place_of_outcome(made: OutcomeGaps, row: GapRow) -> str:
    """Where the facts of an outcome's gap stand."""
    assert made.attribute is not None
    group = next(id for id, title in made.attribute.groups if title == row.group_title)
    return f"outcome_gaps/{row.category}/{group}"

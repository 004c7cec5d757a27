"""Risks from how prompts are answered: neutral ones gendered, wording that decides, and answers that do not come."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lib.stats.share_difference import Difference, apart
from lib.stats.shares import Share, share
from lib.types import Fact
from lib.workflows import readings
from lib.workflows.comparison import Comparison
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risk import Risk, listed, risk_id, written
from lib.workflows.reporting.risks_gaps import named
from lib.workflows.reporting.sensitivity import Spread, spread

if TYPE_CHECKING:
    import pandas as pd

STEADY = "In the next audit each gap has the same direction in every wording, or lies within what is accepted in each."
NEUTRAL_TABLE = "prompt_sensitivity"
NEUTRAL_COLUMNS = ("Gendered, %", "Low, %", "High, %")
GOOD, WAITING = "stopped", "pending"
COUNTED = "each response for itself; of all groups the highest and the lowest are compared, which is not corrected for"
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
        f"The direction of {len(turning):,} gaps changes from wording to wording, and may do so by chance: "
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
        f"{int(row['sets']):,} matched sets)"
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
    """Outcomes other than an answer that ended by itself, where two groups surely differ in how often they come."""
    rows = [row for row in outcome_rows(evidence) if row[1] != WAITING]
    totals: Counter[str] = Counter()
    for group, _, count in rows:
        totals[group] += count
    for outcome in dict.fromkeys(outcome for _, outcome, _ in rows if outcome != GOOD):
        shares = {group: share(count_of(rows, group, outcome), n) for group, n in totals.items()}
        most, least = (pick(shares, key=lambda group: shares[group].value) for pick in (max, min))
        difference: Difference = apart(shares[most], shares[least])
        if most == least or difference.low <= 0:
            continue
        what = WORDS.get(outcome, outcome)
        said = [f"{readings.share(shares[group].value)} of {shares[group].n:,} for {group}" for group in (most, least)]
        yield Risk(
            risk_id(Threat.OUTCOMES, outcome.replace(" ", "-")),
            Threat.OUTCOMES,
            f"{what} come more often for {most}",
            f"{what}: {' against '.join(said)}, a difference of {100 * difference.value:.1f} points "
            f"({100 * difference.low:.1f} to {100 * difference.high:.1f}).",
            more=tuple(
                of_share(f"plan/outcome/{outcome}/{group}", shares[group], f"share of responses {outcome}, {COUNTED}")
                for group in (most, least)
            ),
            criterion=f"In the next audit the difference in {what[0].lower()}{what[1:]} between groups is within what "
            f"is accepted; {listed([most, least])} are looked at first.",
        )


def outcome_rows(evidence: Evidence) -> list[tuple[str, str, int]]:
    """Group title, outcome and count: with refusals told apart where that was scored."""
    if evidence.comparisons:
        return evidence.comparisons[0].outcomes
    return [(evidence.titles.get(group, group), outcome, count) for group, outcome, count in evidence.outcomes]


def count_of(rows: Iterable[tuple[str, str, int]], group: str, outcome: str) -> int:
    """How many of a group's responses have an outcome."""
    return sum(count for each, known, count in rows if (each, known) == (group, outcome))


def of_share(id: str, found: Share, how: str) -> Fact:
    """A share as a fact."""
    return Fact(id, finite(found.value), how, found.n, "responses", finite(found.low), finite(found.high))


def finite(value: float) -> float | None:
    """A number, or None where there is none."""
    return float(value) if math.isfinite(value) else None

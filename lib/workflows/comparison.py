"""Comparisons: from stored scores to gaps between groups, ready to be drawn and read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from lib.errors import StatsError
from lib.stats.observations import Observations
from lib.stats.results import Gap, Level
from lib.types import Direction, Measure, MeasureKind, ScoreOutcome, ScorerEntry
from lib.workflows import readings, scoring
from lib.workflows.attributes import Attribute, attributes
from lib.workflows.power import SAMPLED_FROM
from lib.workflows.question import (
    OTHERS,
    PICKED,
    MeasureChoice,
    Question,
    categories,
    category_titles,
    choices,
    default_reference,
    measure_id,
    reference_of,
    subject,
)
from lib.workflows.score_frame import UNIT
from lib.workflows.selection import frame_for, groups_of, observe
from lib.workflows.workbench import Workbench

__all__ = [
    "OTHERS",
    "OVERALL",
    "Attribute",
    "Comparison",
    "GapRow",
    "MeasureChoice",
    "Question",
    "attributes",
    "categories",
    "choices",
    "compare",
    "default_reference",
    "levels_by",
    "measure_id",
    "reference_of",
]

OVERALL = "All together"

LEVEL_RESAMPLES = 2_000
"""For the many small intervals of a heat map."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row of the forest plot, its `label` the category's title.

    `clear`: the gap excludes zero after correction. `equivalent`: it lies within the margin after correction.
    """

    category: str
    label: str
    gap: Gap
    group_title: str
    reference_title: str
    p_adjusted: float
    clear: bool
    equivalent: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question answered. `rows` starts with the gaps over everything; `levels` are the groups' own numbers.

    `outcomes` are (group title, outcome, count), refused ones among them where that was scored. `reading` says the
    answer in plain words; `warnings` what limits it. `frame` has one row a response (a row a candidate where a pair
    is compared): no, set_id, unit, family, group, term, template, model, format, decoding, repeat, value, exposure,
    outcome, label, category and "context:<slot>" for each context slot.
    """

    question: Question
    attribute: Attribute
    choice: MeasureChoice
    rows: list[GapRow]
    levels: list[Level]
    outcomes: list[tuple[str, str, int]]
    reading: str
    warnings: tuple[str, ...]
    frame: pd.DataFrame
    categories: dict[str, str] = field(default_factory=dict)
    omnibus: str = ""
    four_fifths: str = ""

    @property
    def groups(self) -> list[str]:
        """The ids of the groups compared, in the order of `levels`."""
        shown = {level.group for level in self.levels}
        return [id for id, title in self.attribute.groups if title in shown]


def compare(workbench: Workbench, question: Question) -> Comparison:
    """Answer a question.

    Raises:
        StatsError: one group only, too few matched sets, all values equal, nothing scored.
        AuditError: there is no such attribute, measure or group.
    """
    from lib.stats.levels import level

    attribute, choice = subject(workbench, question)
    frame = frame_for(workbench, question, choice)
    groups = groups_of(frame, question, attribute)
    frame = frame[frame["group"].isin(groups)]
    sampled = attribute.terms >= SAMPLED_FROM if question.sample_terms is None else question.sample_terms
    whole = observe(frame, groups, attribute, choice.measure)
    titles = category_titles(workbench, question.run, question.by, frame)
    rows = adjusted(gap_rows(frame, groups, attribute, choice.measure, question, titles, sampled), question)
    levels = [level(whole, place, resamples=question.resamples, sample_terms=sampled) for place in range(len(groups))]
    return Comparison(
        question=question,
        attribute=attribute,
        choice=choice,
        rows=rows,
        levels=levels,
        outcomes=outcomes(workbench, question.run, frame, attribute),
        reading=readings.of_gaps(rows, choice.measure, question.margin, question.correction),
        warnings=(
            *readings.warnings(rows, levels, attribute.terms, sampled, question.sample_terms),
            *warnings(frame, attribute),
        ),
        frame=frame,
        categories=titles,
        omnibus="" if sampled else omnibus_sentence(whole, choice.measure),  # it holds terms fixed
        four_fifths=four_fifths_sentence(whole, choice, sampled),
    )


def contrasts(groups: Sequence[str], reference: str) -> list[tuple[int, int | None]]:
    """Which group is held against which: each against the reference; two groups against each other once."""
    if reference != OTHERS:
        against = groups.index(reference)
        return [(place, against) for place in range(len(groups)) if place != against]
    return [(0, 1)] if len(groups) == 2 else [(place, None) for place in range(len(groups))]


def gap_rows(
    frame: pd.DataFrame,
    groups: Sequence[str],
    attribute: Attribute,
    measure: Measure,
    question: Question,
    titles: Mapping[str, str],
    sampled: bool,
) -> list[GapRow]:
    """A row for each contrast, over everything and within each category; not corrected yet."""
    from lib.stats.gaps import gap

    parts = [(OVERALL, OVERALL, frame)]
    if len(titles) > 1:
        parts += [(id, title, frame[frame["category"] == id]) for id, title in titles.items()]
    rows = []
    for category, label, part in parts:
        seen = observe(part, groups, attribute, measure)
        for group, reference in contrasts(groups, question.reference):
            found = gap(
                seen,
                group,
                reference,
                measure.kind,
                resamples=question.resamples,
                sample_terms=sampled,
                margin=question.margin,
            )
            rows.append(GapRow(category, label, found, found.group, found.reference, np.nan, False, False))
    return rows


def adjusted(rows: Sequence[GapRow], question: Question) -> list[GapRow]:
    """The rows corrected for being shown together."""
    from lib.stats.correction import adjust

    different = adjust(np.array([row.gap.p for row in rows]), question.correction)
    alike = adjust(np.array([row.gap.equivalence_p for row in rows]), question.correction)
    return [
        replace(
            row,
            p_adjusted=float(p),
            clear=bool(p < 0.05 and (row.gap.low > 0 or row.gap.high < 0)),
            equivalent=bool(same < 0.05),
        )
        for row, p, same in zip(rows, different, alike, strict=True)
    ]


def outcomes(
    workbench: Workbench, run_id: str, frame: pd.DataFrame, attribute: Attribute
) -> list[tuple[str, str, int]]:
    """What became of each group's responses: refused ones apart, where refusals or choices were scored."""
    seen = frame.drop_duplicates(["no", "group"])
    declined = seen["no"].isin(refused(workbench, run_id)) | (seen["label"] == "refused")
    outcome = seen["outcome"].where(~declined, "refused")
    counts = Counter(zip(seen["group"], outcome, strict=True))
    named = sorted({name for _, name in counts})
    return [
        (title, name, counts[group, name]) for group, title in attribute.groups for name in named if counts[group, name]
    ]


def refused(workbench: Workbench, run_id: str) -> set[int]:
    """The cells whose response the refusal scorer takes for a refusal; none where it was not used."""
    entry = ScorerEntry("refusal", "refusal", "")
    number = scoring.current_scoring(workbench, entry)
    if number is None:
        return set()
    table = workbench.store.scores.table(run_id, number)
    labels = zip(table.column("no").to_pylist(), table.column("label").to_pylist(), strict=True)
    return {no for no, label in labels if label == "refused"}


def warnings(frame: pd.DataFrame, attribute: Attribute) -> Iterator[str]:
    """What the rows themselves limit: repeats that bring nothing, and answers that the scorer could not read."""
    if frame[UNIT].nunique() < frame["set_id"].nunique():
        yield "At temperature 0 all repeats of a prompt are alike: they count as one matched set."
    pooled = {"models": frame["model"].nunique(), "decoding settings": frame["decoding"].nunique()}
    if several := readings.of_pooling(pooled):
        yield f"{OVERALL} means over {several}: choose one to see it alone."
    unread = Counter(frame.loc[frame["score_outcome"] == ScoreOutcome.UNPARSABLE.value, "group"])
    if unread:
        told = ", ".join(f"{unread[group]:,} about {title}" for group, title in attribute.groups if unread[group])
        yield f"Some responses could not be read by the scorer and have no number: {told}."


def omnibus_sentence(seen: Observations, measure: Measure) -> str:
    """Whether any of more than two groups differs at all."""
    if len(seen.names) < 3:
        return ""
    from lib.stats.omnibus import omnibus

    try:
        return readings.of_omnibus(omnibus(seen, measure.kind))
    except StatsError as trouble:
        return f"No overall test: {trouble.cause}."


def four_fifths_sentence(seen: Observations, choice: MeasureChoice, sampled: bool) -> str:
    """The four-fifths rule, for outcomes that select somebody."""
    selects = choice.measure.id == PICKED.id or choice.measure.direction is Direction.HIGHER
    if choice.measure.kind is not MeasureKind.PROPORTION or not selects:
        return ""
    from lib.stats.four_fifths import four_fifths

    try:
        said = readings.of_four_fifths(four_fifths(seen, sample_terms=sampled))
    except StatsError as trouble:
        return f"No four-fifths ratio: {trouble.cause}."
    # A bank may ask who is to blame or to be let go.
    return f"{said} It applies where being picked is an advantage." if choice.measure.id == PICKED.id else said


def levels_by(comparison: Comparison, columns: Sequence[str]) -> pd.DataFrame:
    """Each group's own number within each combination of some columns of the frame.

    Columns: the ones asked for, group (title), value, low, high, responses, sets, coverage.
    """
    from lib.stats.levels import level

    attribute, measure = comparison.attribute, comparison.choice.measure
    rows = []
    for key, part in comparison.frame.groupby(list(columns), sort=False):
        seen = observe(part, comparison.groups, attribute, measure)
        for place, group in enumerate(comparison.groups):
            if (seen.groups == place).any():
                found = level(seen, place, resamples=LEVEL_RESAMPLES, sample_terms=False)
                rows.append((*key, attribute.titles[group], *numbers_of(found)))
    names = [*columns, "group", "value", "low", "high", "responses", "sets", "coverage"]
    return pd.DataFrame(rows, columns=names)


def numbers_of(level: Level) -> tuple[float, float, float, int, int, float]:
    """A level's numbers in the order of `levels_by`."""
    return level.value, level.low, level.high, level.responses, level.sets, level.coverage

"""The figures of an audit's reports: one function a figure, each with its caption, its words and its numbers.

The report and the deck take the same ones. A figure that there is nothing for is None.
"""

from collections import Counter
from typing import Any

import pandas as pd

from lib.types import ColumnKind, Figure, MeasureKind
from lib.workflows import agreement_frames, agreement_words, human_labels, map_findings, readings
from lib.workflows.agreement_words import RELIABLE, TENTATIVE
from lib.workflows.comparison import Comparison
from lib.workflows.gap_frames import gaps_frame, unit
from lib.workflows.reporting import tables
from lib.workflows.reporting.audit_parts import corrected_over
from lib.workflows.reporting.evidence import AnnotationEvidence, Evidence, MapEvidence
from lib.workflows.reporting.sensitivity import RESAMPLES

WORTH_SAYING = 6
"""Rows of a chart that its text alternative names one by one."""


def outcomes(evidence: Evidence) -> Figure:
    """What became of the cells of each group."""
    from lib.charts.outcomes import outcomes_chart

    frame = pd.DataFrame(evidence.outcomes, columns=["group", "outcome", "count"])
    frame["group"] = frame["group"].map(evidence.titles)
    whole: Counter[str] = Counter()
    for _, outcome, count in evidence.outcomes:
        whole[outcome] += count
    total = sum(whole.values())
    told = ", ".join(f"{outcome} {count:,}" for outcome, count in whole.most_common())
    caption = f"Outcomes by group: {total:,} cells. Nothing is left out."
    table = frame.rename(columns={"group": "Group", "outcome": "Outcome", "count": "Cells"})
    return Figure(
        "outcomes",
        outcomes_chart(frame),
        caption,
        f"Bars: the share of each outcome by group. Of {total:,} cells: {told}.",
        tables.of_frame("outcomes", caption, table, {"Cells": ColumnKind.WHOLE}),
    )


def gaps(evidence: Evidence, made: Comparison) -> Figure:
    """The gaps of one measure as a forest plot, overall and by category."""
    from lib.charts.forest import forest_chart

    measure, question = made.choice.measure, made.question
    counted = made.frame.loc[made.frame["value"].notna(), "no"].nunique()
    over = corrected_over(evidence, " of this report")
    corrected = f" Corrected ({readings.METHODS[question.correction]}) over the {over}." if evidence.family else ""
    caption = (
        f"{measure.title} ({made.choice.scorer_title}): gaps by {made.attribute.title}, overall and by "
        f"{evidence.by_title}, with 95 % intervals. {counted:,} of {made.frame['no'].nunique():,} responses have a "
        f"number.{corrected}"
    )
    chart = forest_chart(
        gaps_frame(made.rows),
        unit=unit(made),
        percent=measure.kind is MeasureKind.PROPORTION,
        margin=question.margin,
    )
    return Figure(f"gaps-{made.choice.id}", chart, caption, alt_of_gaps(made), tables.of_gaps(evidence, made, caption))


def alt_of_gaps(made: Comparison) -> str:
    """A forest plot in words: the gaps over everything, and how many others are clear."""
    measure = made.choice.measure
    whole = [row for row in made.rows if row.category == made.rows[0].category]
    told = "; ".join(
        f"{row.group_title} against {row.reference_title} {readings.number(row.gap.estimate, measure, signed=True)} "
        f"({readings.bounds(row.gap, measure)}{', clear' if row.clear else ''})"
        for row in whole[:WORTH_SAYING]
    )
    more = f"; {len(whole) - WORTH_SAYING} more" if len(whole) > WORTH_SAYING else ""
    inside = [row for row in made.rows if row.category != made.rows[0].category]
    split = f" Below, {len(inside)} gaps within categories, {sum(row.clear for row in inside)} clear." if inside else ""
    return f"Dots with intervals: gaps in {measure.title}. Over everything: {told}{more}.{split}"


def wordings(evidence: Evidence, made: Comparison) -> Figure | None:
    """The gaps of one measure in each template."""
    from lib.charts.forest import forest_chart

    frame = evidence.sensitivity[evidence.sensitivity["measure"] == made.choice.id]
    if frame.empty:
        return None
    titles = {template.id: template.title or template.id for template in evidence.bank.templates}
    measure = made.choice.measure
    share = measure.kind is MeasureKind.PROPORTION
    shown = frame.assign(
        category=frame["template"],
        label=frame["template"].map(titles),
        clear=False,
        responses=0,
        coverage=float("nan"),
        p_adjusted=float("nan"),
        equivalent=False,
    )
    caption = (
        f"{measure.title} ({made.choice.scorer_title}): the gap in each wording of the prompt, with 95 % intervals "
        f"from {RESAMPLES:,} resamples of matched sets. Not corrected: single rows are no findings."
    )
    table = shown[["label", "group", "reference", "estimate", "low", "high", "sets"]]
    table.columns = pd.Index(["Wording", "Group", "Against", "Gap", "Low", "High", "Matched sets"])
    signed, _ = tables.gap_kinds(made)
    kinds = dict.fromkeys(("Gap", "Low", "High"), signed)
    ends = f"{readings.number(frame['estimate'].min(), measure, signed=True)} to " + readings.number(
        frame["estimate"].max(), measure, signed=True
    )
    return Figure(
        f"wording-{made.choice.id}",
        forest_chart(shown, unit=unit(made), percent=share, margin=None, corrected=False),
        caption,
        f"Dots with intervals: gaps in {measure.title} for {frame['template'].nunique()} wordings, from {ends}.",
        tables.of_frame(f"wording-{made.choice.id}", caption, table, kinds),
    )


def order(evidence: Evidence) -> Figure | None:
    """What decided the choices between two: the group, or the order in which they were named."""
    if evidence.order is None:
        return None
    from lib.charts.positions import positions_chart

    frame = evidence.order.frame
    couples = int(frame["count"].sum())
    caption = f"What decided between two candidates: {couples:,} couples asked in both orders, 95 % intervals."
    table = frame.rename(
        columns={"outcome": "Decided", "count": "Couples", "share": "Share", "low": "Low", "high": "High"}
    )
    kinds = dict.fromkeys(("Share", "Low", "High"), ColumnKind.PERCENT) | {"Couples": ColumnKind.WHOLE}
    lines: Any = frame.itertuples()
    told = ", ".join(f"{line.outcome} {readings.share(line.share)}" for line in lines)
    return Figure(
        "order",
        positions_chart(frame),
        caption,
        f"Dots with intervals: {told}.",
        tables.of_frame("order", caption, table, kinds),
    )


def regions(evidence: Evidence, place: MapEvidence) -> Figure | None:
    """Which groups the regions of a map hold more of."""
    if place.finding is None:
        return None
    from lib.charts.region_gaps import region_gaps_chart

    found = place.finding
    frame = map_findings.as_frame(found)
    tested = sum(row.tested for row in found.rows)
    caption = (
        f"Map “{place.info.name}”: how much more of a group’s responses lie in each region, with 95 % intervals. "
        f"{place.info.points:,} responses. Corrected ({readings.METHODS[found.correction]}) over the {tested} gaps of "
        "this map, apart from the gaps of the measures."
    )
    chart = region_gaps_chart(frame, unit="Share of responses", one_reference=frame["reference"].nunique() == 1)
    return Figure(
        f"map-{place.info.id}",
        chart,
        caption,
        f"Dots with intervals, region by region. {found.reading}",
        tables.of_finding(evidence, f"map-{place.info.id}", found, caption),
    )


def agreement(said: AnnotationEvidence) -> Figure | None:
    """How far annotators agree, field by field and label by label."""
    from lib.charts.agreement import agreement_chart

    found = said.agreement
    if found is None or not any(each.overall and each.overall.items for each in found.fields):
        return None
    title = agreement_frames.COEFFICIENTS["alpha"]
    caption = f"“{said.assignment.spec.name}”: {title} with 95 % intervals. {found.reading}"
    told = "; ".join(
        f"{each.field.title} {agreement_words.number(each.overall.alpha.value)}"
        for each in found.fields
        if each.overall and each.overall.items
    )
    frame = agreement_frames.coefficients_frame(found)
    table = frame[["field", "label", "value", "low", "high", "items", "prevalence", "percent", "ac1"]]
    names = ["Field", "Label", "Alpha", "Low", "High", "Items", "Share of answers", "Agreement", "AC1"]
    table = table.set_axis(names, axis=1)
    kinds = {"Share of answers": ColumnKind.PERCENT, "Agreement": ColumnKind.PERCENT, "Items": ColumnKind.WHOLE}
    return Figure(
        f"agreement-{said.assignment.id}",
        agreement_chart(frame, title, (TENTATIVE, RELIABLE)),
        caption,
        f"Dots with intervals: {title}, from 0 (chance) to 1. {told}.",
        tables.of_frame(f"agreement-{said.assignment.id}", caption, table, kinds),
    )


def corrected(said: AnnotationEvidence, made: Comparison) -> Figure | None:
    """The gaps of one measure by the scorer alone and as people's labels correct them."""
    correction = said.corrections.get(made.choice.id)
    if correction is None:
        return None
    from lib.charts.forest import forest_chart

    frame = human_labels.gaps_frame(made, correction)
    measure = made.choice.measure
    caption = (
        f"{measure.title} by the scorer alone and corrected by “{said.meanings[made.choice.id]}” of "
        f"“{said.assignment.spec.name}”, with 95 % intervals (PPI++). Not part of the family of gaps, and not "
        "corrected for being several."
    )
    signed, _ = tables.gap_kinds(made)
    table = frame[["label", "group", "reference", "estimate", "low", "high", "sets"]].set_axis(
        ["By", "Group", "Against", "Gap", "Low", "High", "Matched sets"], axis=1
    )
    kinds = dict.fromkeys(("Gap", "Low", "High"), signed)
    return Figure(
        f"corrected-{made.choice.id}-{said.assignment.id}",
        forest_chart(
            frame, unit=unit(made), percent=measure.kind is MeasureKind.PROPORTION, margin=None, corrected=False
        ),
        caption,
        f"Dots with intervals: the gap before and after correction. {correction.reading}",
        tables.of_frame(f"corrected-{made.choice.id}-{said.assignment.id}", caption, table, kinds),
    )

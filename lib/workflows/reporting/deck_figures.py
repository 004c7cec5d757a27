"""The charts of a committee deck: few rows, large, and a caption in plain words."""

import pandas as pd

from lib.stats.results import Level
from lib.types import ColumnKind, Figure, MeasureKind
from lib.workflows import readings
from lib.workflows.comparison import OVERALL, Comparison, GapRow
from lib.workflows.course import CourseTable
from lib.workflows.gap_frames import gaps_frame, unit
from lib.workflows.power import SAMPLED_FROM
from lib.workflows.reporting import tables
from lib.workflows.score_frame import UNIT
from lib.workflows.selection import observe

MOST_ROWS = 8
"""Rows that can be read from the back of a room."""

MEANT = "The dot is what was measured; the line is what it may well be."


def levels(made: Comparison, about: GapRow) -> Figure:
    """Each group's own number, over the matched sets that a gap is over."""
    from lib.charts.levels import levels_chart

    measure, found = made.choice.measure, compared_levels(made, about)
    percent = measure.kind is MeasureKind.PROPORTION
    columns = ["group", "value", "low", "high", "responses", "sets", "coverage"]
    rows = [[getattr(each, name) for name in columns] for each in found]
    frame = pd.DataFrame(rows, columns=columns)
    where = "" if about.category == OVERALL else f", in {about.label}"
    caption = f"{measure.title}, by group{where}, in the matched sets compared. {MEANT}"
    told = "; ".join(f"{each.group} {readings.number(each.value, measure)}" for each in found)
    kind = ColumnKind.PERCENT if percent else ColumnKind.NUMBER
    names = ["Group", "Value", "Low", "High", "Responses", "Matched sets", "Coverage"]
    kinds = {"Value": kind, "Low": kind, "High": kind, "Coverage": ColumnKind.PERCENT}
    table = tables.of_frame(f"deck-levels-{made.choice.id}", caption, frame.set_axis(names, axis=1), kinds)
    chart = levels_chart(frame, unit(made), percent)
    return Figure(f"deck-levels-{made.choice.id}", chart, caption, f"A dot for each group: {told}.", table)


def compared_levels(made: Comparison, about: GapRow) -> list[Level]:
    """Each group's own number where both sides of a gap have one: those that the gap is the difference of."""
    from lib.stats.levels import level

    part = made.frame if about.category == OVERALL else made.frame[made.frame["category"] == about.category]
    ids = {title: id for id, title in made.attribute.groups}
    rate = made.choice.measure.kind is MeasureKind.RATE
    known = part[part["value"].notna() & (part["exposure"].notna() | (not rate))]
    own = set(known.loc[known["group"] == ids[about.group_title], UNIT])
    one = ids.get(about.reference_title)
    theirs = known["group"] != ids[about.group_title] if one is None else known["group"] == one
    both = own & set(known.loc[theirs, UNIT])
    seen = observe(part[part[UNIT].isin(both)], made.groups, made.attribute, made.choice.measure)
    sampled = made.attribute.terms >= SAMPLED_FROM
    return [
        level(seen, place, resamples=made.question.resamples, sample_terms=sampled) for place in range(len(made.groups))
    ]


def inside(made: Comparison, about: GapRow) -> tuple[list[GapRow], int]:
    """Gaps of one group within categories, clear ones first and then the widest; and of how many."""
    rows = [
        row
        for row in made.rows
        if row.category != made.rows[0].category
        and (row.group_title, row.reference_title) == (about.group_title, about.reference_title)
        and row.gap.estimate == row.gap.estimate
    ]
    first = sorted(rows, key=lambda row: (not row.clear, -abs(row.gap.estimate)))[:MOST_ROWS]
    return [row for row in rows if row in first], len(rows)


def categories(made: Comparison, about: GapRow, by_title: str) -> Figure | None:
    """One group's gap within each category; None where there is one category alone."""
    from lib.charts.forest import forest_chart

    rows, every = inside(made, about)
    if len(rows) < 2:
        return None
    measure = made.choice.measure
    which = f"{len(rows)} of {every}: clear ones first, then the widest" if len(rows) < every else f"all {every}"
    caption = (
        f"{measure.title}: {about.group_title} against {about.reference_title}, by {by_title} ({which}). Right of "
        f"zero: more for {about.group_title}. {MEANT}"
    )
    told = "; ".join(f"{row.label} {readings.number(row.gap.estimate, measure, signed=True)}" for row in rows)
    signed, _ = tables.gap_kinds(made)
    frame = pd.DataFrame(
        [(row.label, row.gap.estimate, row.gap.low, row.gap.high, row.clear, row.gap.sets) for row in rows],
        columns=[by_title, "Gap", "Low", "High", "Clear", "Matched sets"],
    )
    id = f"deck-categories-{made.choice.id}"
    return Figure(
        id,
        forest_chart(
            gaps_frame((about, *rows)),
            unit=unit(made),
            percent=measure.kind is MeasureKind.PROPORTION,
            margin=None,
        ),
        caption,
        f"A dot for each: {told}.",
        tables.of_frame(id, caption, frame, dict.fromkeys(("Gap", "Low", "High"), signed)),
    )


def neutral(table: CourseTable) -> Figure:
    """How many answers to prompts that name nobody come back gendered, by condition."""
    frame = table.frame.head(MOST_ROWS + 1)
    shown = pd.DataFrame(
        {
            "label": frame["Condition"],
            "group": "Gendered words",
            "middle": frame["Gendered, %"] / 100,
            "low": frame["Low, %"] / 100,
            "high": frame["High, %"] / 100,
            "n": frame["Responses"],
        }
    )
    every = len(table.frame) - 1
    more = f" The first {MOST_ROWS} of {every} conditions." if every > MOST_ROWS else ""
    caption = f"Answers with gendered words, though the prompt names nobody’s gender.{more} {MEANT}"
    told = "; ".join(f"{row['label']} {readings.share(row['middle'])}" for row in shown.to_dict("records"))
    title = "Share of answers with gendered words"
    return dots("deck-neutral", shown, title, True, caption, f"A dot for each: {told}.")


def signals(table: CourseTable) -> Figure:
    """How often certain words come in the answers about each group."""
    frame = table.frame
    shown = pd.DataFrame(
        {
            "label": frame["Words"],
            "group": frame["Group"],
            "middle": frame["Per 100 words"],
            "low": frame["Low"],
            "high": frame["High"],
            "n": frame["Responses"],
        }
    )
    caption = f"Words in the answers about each group, for each hundred words. {MEANT}"
    rows = shown.to_dict("records")
    told = "; ".join(f"{row['label']}, {row['group']}: {row['middle']:.2f}" for row in rows)
    return dots("deck-signals", shown, "Per 100 words", False, caption, f"A dot for each: {told}.")


def dots(id: str, shown: pd.DataFrame, title: str, percent: bool, caption: str, alt: str) -> Figure:
    """A row for each label with a dot for each group."""
    import altair as alt_

    from lib.charts.dots import texts
    from lib.charts.grouped import grouped_dots
    from lib.charts.numbers import amounts, intervals

    frame = shown.assign(
        number=amounts(shown["middle"], percent), interval=intervals(shown["low"], shown["high"], percent)
    )
    tooltip = texts(label="Rows", group="Group", number=title, interval="Likely")
    kind = ColumnKind.PERCENT if percent else ColumnKind.NUMBER
    table = shown.set_axis(["Rows", "Group", "Value", "Low", "High", "Responses"], axis=1)
    return Figure(
        id,
        grouped_dots(frame, title, percent, alt_.Scale(zero=True), tooltip),
        caption,
        alt,
        tables.of_frame(id, caption, table, dict.fromkeys(("Value", "Low", "High"), kind)),
    )

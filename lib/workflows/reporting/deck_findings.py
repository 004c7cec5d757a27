"""Slides about what was found: the main difference, where it shows, and words that give it away."""

import math
from collections.abc import Sequence

from lib.types import MeasureKind, Paragraph
from lib.workflows import readings
from lib.workflows.comparison import OVERALL, Comparison, GapRow
from lib.workflows.question import PICKED
from lib.workflows.reporting import deck_figures
from lib.workflows.reporting.checks import whole
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risks_gaps import clear_of, gap_facts, sides
from lib.workflows.reporting.risks_prompts import NEUTRAL_COLUMNS, NEUTRAL_TABLE
from lib.workflows.reporting.slides import Slide, lacks, sentence

SIGNALS_TABLE = "lexicon_signals"
NOTHING = "Nothing was compared: what this audit lacks stands in the notes of the slide “How sure are we?”."
GAP_FACTS = ("estimate", "value", "reference", "p", "p_adjusted", "coverage")


def chosen(evidence: Evidence) -> tuple[Comparison, GapRow] | None:
    """The first measure of the report with a clear gap over everything, and its widest; else with one in a category.

    Without a clear gap the first measure with any, and its widest over everything.
    """
    over = [(made, known_of(whole(made))) for made in evidence.comparisons]
    clear = [(made, [row for row in rows if row.clear]) for made, rows in over]
    inside = [(made, readings.clear_inside(made.rows)) for made in evidence.comparisons]
    first = next(((made, rows) for made, rows in (*clear, *inside, *over) if rows), None)
    return (first[0], max(first[1], key=lambda row: abs(row.gap.estimate))) if first else None


def known_of(rows: Sequence[GapRow]) -> list[GapRow]:
    """The gaps that could be computed."""
    return [row for row in rows if not math.isnan(row.gap.estimate)]


def main(evidence: Evidence) -> Slide:
    """The main finding, with each group's number."""
    found = chosen(evidence)
    if found is None:
        missing = evidence.lacking.get("gaps", NOTHING)
        return Slide("finding", "What we found", (lacks("There is no difference to show", missing),))
    made, row = found
    notes = (
        "Chosen by a fixed rule: the first measure of the report with a clear gap over everything, else with one in a "
        f"category, else the first one. {made.reading} {made.choice.measure.help}".strip()
    )
    facts = (*gap_facts(made, row, *GAP_FACTS), *level_facts(made))
    part = "" if row.category == OVERALL else ": clear only in part"
    title = f"What we found{part}" if row.clear else "What we found: nothing clear"
    return Slide("finding", title, (said(evidence, made, row), deck_figures.levels(made, row)), notes, facts)


def said(evidence: Evidence, made: Comparison, row: GapRow) -> Paragraph:
    """One gap in a plain sentence, with the facts it names."""
    names = ("value", "reference") if row.clear else ("estimate",)
    return sentence(evidence, worded(made, row), *gap_facts(made, row, *names))


def worded(made: Comparison, row: GapRow) -> str:
    """One gap in plain words; its two numbers are over the matched sets that have both sides."""
    measure, gap = made.choice.measure, row.gap
    against = f"{row.group_title} against {row.reference_title}"
    if not row.clear:
        if math.isnan(gap.low):
            return readings.of_constant(gap, measure)
        return f"No clear difference in “{measure.title}” ({against}: {readings.bounds(gap, measure)})."
    where = "" if row.category == OVERALL else f" in {row.label}"
    own, other = (readings.number(value, measure) for value in (gap.value, gap.reference_value))
    sets = f"in the {readings.counted(gap.sets, 'matched set')} compared"
    if measure.kind is MeasureKind.PROPORTION and measure != PICKED:
        return (
            f"“{measure.title}”{where}: {own} of the answers about {row.group_title}, {other} about "
            f"{row.reference_title}, {sets}."
        )
    more = "higher" if gap.estimate > 0 else "lower"
    return (
        f"“{measure.title}”{where} is {more} for {row.group_title} than for {row.reference_title}: {own} against "
        f"{other}, {sets}."
    )


def level_facts(made: Comparison) -> tuple[str, ...]:
    """The facts of each group's own number."""
    ids = {title: id for id, title in made.attribute.groups}
    return tuple(f"levels/{made.choice.id}/{ids[level.group]}/value" for level in made.levels)


def where(evidence: Evidence) -> Slide:
    """Where the main difference shows; the next measure where there is only one category."""
    found = chosen(evidence)
    if found is None:
        missing = evidence.lacking.get("gaps", NOTHING)
        return Slide("where", "Where it shows", (lacks("There is no difference to split", missing),))
    made, row = found
    about = next(each for each in whole(made) if sides(each) == sides(row))
    if figure := deck_figures.categories(made, about, evidence.by_title):
        rows, _ = deck_figures.inside(made, about)
        text = in_categories(clear_of(made, about), evidence.by_title)
        facts = tuple(id for each in rows for id in gap_facts(made, each, "estimate", "p_adjusted"))
        notes = (
            f"Gaps of {row.group_title} against {row.reference_title}. Each category has fewer matched sets than all."
        )
        title = f"Where it shows: by {evidence.by_title}"
        return Slide("where", title, (sentence(evidence, text), figure), notes, facts)
    return second(evidence, made)


def in_categories(clear: list[GapRow], by_title: str) -> str:
    """In which categories a gap is clear by itself, of clear ones with the widest first."""
    if not clear:
        return f"In no {by_title} alone is it clear; that does not show that there is none."
    if len(clear) == 1:
        return f"It is clear in one {by_title} by itself: {clear[0].label}."
    return f"It is clear in several, and widest in {clear[0].label}."


def second(evidence: Evidence, first: Comparison) -> Slide:
    """The next measure, where the first cannot be split."""
    for made in evidence.comparisons:
        rows = known_of(whole(made))
        if made.choice.id != first.choice.id and rows:
            row = max(rows, key=lambda row: (row.clear, abs(row.gap.estimate)))
            facts = (*gap_facts(made, row, *GAP_FACTS), *level_facts(made))
            blocks = (said(evidence, made, row), deck_figures.levels(made, row))
            return Slide("where", "What else we found", blocks, made.reading, facts)
    text = "The audit has one category and one measure. Vary a context, or score it with a second scorer."
    return Slide("where", "Where it shows", (lacks("There is nothing to split by", text),))


def words(evidence: Evidence) -> Slide:
    """Neutral prompts that come back gendered, else words that give a difference away."""
    tables = {table.id: table for table in evidence.course if len(table.frame)}
    if table := tables.get(NEUTRAL_TABLE):
        row = table.frame.iloc[0]
        value, low, high = (row[name] for name in NEUTRAL_COLUMNS)
        likely = f"likely {low:.0f} % to {high:.0f} %"
        text = f"{value:.0f} % of answers mention a gender though nobody named one ({likely})."
        place = f"course/{NEUTRAL_TABLE}/0/"
        facts = tuple(f"{place}{name}" for name in ("Responses", *NEUTRAL_COLUMNS))
        title = "When the prompt names nobody’s gender"
        blocks = (sentence(evidence, text, place), deck_figures.neutral(table))
        return Slide("words", title, blocks, table.caveat, facts)
    if table := tables.get(SIGNALS_TABLE):
        text = "Some words come more often for one group than for another; word lists do not see who is meant."
        facts = tuple(
            f"course/{SIGNALS_TABLE}/{place}/{name}"
            for place in range(len(table.frame))
            for name in ("Per 100 words", "Low", "High")
        )
        notes = f"{table.reading} {table.caveat}"
        return Slide("words", "Which words come", (sentence(evidence, text), deck_figures.signals(table)), notes, facts)
    missing = " ".join(dict.fromkeys(evidence.lacking.get(id, "") for id in ("neutral", "signals"))).strip()
    return Slide("words", "Which words come", (lacks("There are no words to show", missing or NOTHING),))

"""Slides about what was found: the main difference, where it shows, and words that give it away."""

import math

from lib.types import MeasureKind, Paragraph
from lib.workflows import readings
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.question import PICKED
from lib.workflows.reporting import deck_figures
from lib.workflows.reporting.checks import whole
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risks_gaps import gap_facts
from lib.workflows.reporting.risks_prompts import NEUTRAL_COLUMNS, NEUTRAL_TABLE
from lib.workflows.reporting.slides import Slide, lacks, sentence

SIGNALS_TABLE = "lexicon_signals"
NOTHING = "Nothing was compared: score the audit on the Scorers page, then make this deck again."
GAP_FACTS = ("estimate", "value", "reference", "p", "p_adjusted", "coverage")


def chosen(evidence: Evidence) -> tuple[Comparison, GapRow] | None:
    """The first measure of the report with a clear gap over everything, and its widest; else the first with any gap."""
    known = [(made, [row for row in whole(made) if not math.isnan(row.gap.estimate)]) for made in evidence.comparisons]
    clear = [(made, [row for row in rows if row.clear]) for made, rows in known]
    first = next(((made, rows) for made, rows in (*clear, *known) if rows), None)
    return (first[0], max(first[1], key=lambda row: abs(row.gap.estimate))) if first else None


def main(evidence: Evidence) -> Slide:
    """The main finding, with each group's number."""
    found = chosen(evidence)
    if found is None:
        missing = evidence.lacking.get("gaps", NOTHING)
        return Slide("finding", "What we found", (lacks("There is no difference to show", missing),))
    made, row = found
    notes = (
        f"Chosen by a fixed rule: the first measure of the report with a clear gap, else the first one. {made.reading} "
        f"{made.choice.measure.help}".strip()
    )
    facts = (*gap_facts(made, row, *GAP_FACTS), *level_facts(made))
    title = "What we found" if row.clear else "What we found: nothing clear"
    return Slide("finding", title, (said(evidence, made, row), deck_figures.levels(made)), notes, facts)


def said(evidence: Evidence, made: Comparison, row: GapRow) -> Paragraph:
    """One gap in a plain sentence, with the facts it names."""
    names = ("value", "reference") if row.clear else ("estimate",)
    return sentence(evidence, worded(made, row), *gap_facts(made, row, *names))


def worded(made: Comparison, row: GapRow) -> str:
    """One gap in plain words."""
    measure, gap = made.choice.measure, row.gap
    if not row.clear:
        likely = "" if math.isnan(gap.low) else f": {readings.bounds(gap, measure)}"
        return f"No clear difference in “{measure.title}” ({row.group_title} against {row.reference_title}{likely})."
    if measure.kind is MeasureKind.PROPORTION and measure != PICKED:
        own, other = (readings.number(value, measure) for value in (gap.value, gap.reference_value))
        return f"“{measure.title}”: {own} of the answers about {row.group_title}, {other} about {row.reference_title}."
    more = "higher" if gap.estimate > 0 else "lower"
    values = f"{readings.number(gap.value, measure)} against {readings.number(gap.reference_value, measure)}"
    return f"“{measure.title}” is {more} for {row.group_title} than for {row.reference_title}: {values}."


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
    if figure := deck_figures.categories(made, row, evidence.by_title):
        rows, _ = deck_figures.inside(made, row)
        clear = [each for each in rows if each.clear]
        text = in_categories(clear, evidence.by_title)
        facts = tuple(id for each in rows for id in gap_facts(made, each, "estimate", "p_adjusted"))
        notes = f"Gaps of {row.group_title} against {row.reference_title}. A single category rests on few matched sets."
        title = f"Where it shows: by {evidence.by_title}"
        return Slide("where", title, (sentence(evidence, text), figure), notes, facts)
    return second(evidence, made)


def in_categories(clear: list[GapRow], by_title: str) -> str:
    """In which categories a gap is clear by itself."""
    if not clear:
        return f"In no {by_title} alone is it clear: each rests on too few answers to say."
    widest = max(clear, key=lambda row: abs(row.gap.estimate))
    if len(clear) == 1:
        return f"It is clear in one {by_title} by itself: {widest.label}."
    return f"It is clear in several, and widest in {widest.label}."


def second(evidence: Evidence, first: Comparison) -> Slide:
    """The next measure, where the first cannot be split."""
    for made in evidence.comparisons:
        rows = [row for row in whole(made) if not math.isnan(row.gap.estimate)]
        if made.choice.id != first.choice.id and rows:
            row = max(rows, key=lambda row: (row.clear, abs(row.gap.estimate)))
            facts = (*gap_facts(made, row, *GAP_FACTS), *level_facts(made))
            blocks = (said(evidence, made, row), deck_figures.levels(made))
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

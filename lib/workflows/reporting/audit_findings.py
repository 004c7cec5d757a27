"""The findings of the audit report: what was measured, each with its reading, and what is missing with what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lib.types import Block, Bullets, Column, ColumnKind, Paragraph, Section, Table, Value
from lib.workflows import readings
from lib.workflows.course import CourseTable
from lib.workflows.reporting import figures, tables
from lib.workflows.reporting.audit_parts import FINDINGS, lacking, section, told
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.sensitivity import Spread, spread
from lib.workflows.reporting.tables import plain


def findings(evidence: Evidence) -> Section:
    """All findings, a section each; order effects only where two groups are compared in one prompt."""
    pairs = bool(evidence.attribute and evidence.attribute.pair)
    made = [MAKERS[id](evidence) for id in FINDINGS if id != "order" or pairs]
    return section("findings", made)


def neutral(evidence: Evidence) -> Section:
    """How often prompts that name no group come back gendered."""
    return section("neutral", [lacking(evidence, "neutral"), *of_course(evidence, "prompt_sensitivity")])


def counterfactuals(evidence: Evidence) -> Section:
    """How alike answers are when only the group changes."""
    return section(
        "counterfactuals", [lacking(evidence, "counterfactuals"), *of_course(evidence, "counterfactual_comparison")]
    )


def lexicon(evidence: Evidence) -> Section:
    """Words that lexicons count, who leads, and which words were counted."""
    return section(
        "lexicon",
        [
            lacking(evidence, "signals", "No lexicon signals"),
            *of_course(evidence, "lexicon_signals"),
            lacking(evidence, "leadership", "No words of leading and supporting"),
            *of_course(evidence, "leadership_and_support"),
            lacking(evidence, "words", "No words to explain the numbers"),
            *of_course(evidence, "explainability"),
        ],
    )


def of_course(evidence: Evidence, id: str) -> Iterator[Block]:
    """One course table with its question, reading and caveat."""
    made = next((table for table in evidence.course if table.id == id and not table.problem), None)
    if made is None:
        return
    if said := made.reading.strip():
        spoken = say(evidence, said, f"course/{id}/")
        yield replace(spoken, lead=bool(spoken.facts))
    yield of_table(made)


def of_table(made: CourseTable) -> Block:
    """A course table; its columns in per cent are numbers from 0 to 100 already."""
    kinds = {"Jaccard": ColumnKind.PERCENT, "Responses": ColumnKind.WHOLE}
    if "Jaccard" in made.frame:
        kinds |= {"Low": ColumnKind.PERCENT, "High": ColumnKind.PERCENT}
    return tables.of_frame(made.id, f"{made.title}. {made.question}", made.frame, kinds, made.caveat)


def wording(evidence: Evidence) -> Section:
    """How far each gap depends on the wording of the prompt."""
    found = spread(evidence.sensitivity)
    turning, sure = sum(each.turns for each in found), sum(each.sure for each in found)
    text = (
        f"In {turning:,} of {len(found):,} gaps the sign changes from wording to wording of the prompt; in {sure:,} "
        "the intervals of two wordings lie wholly on either side of zero, and the others may change by chance. These "
        "numbers describe: they are not corrected, and none of them is a finding by itself."
    )
    counted = ("wordings/turning", "wordings/sure", "wordings/gaps")
    said = say(evidence, text, *counted, lead=True) if found else None
    drawn = [figures.wordings(evidence, made) for made in evidence.comparisons] if not plain(evidence) else []
    return section("wording", [lacking(evidence, "wording"), said, spreads(evidence, found) if found else None, *drawn])


def spreads(evidence: Evidence, found: Sequence[Spread]) -> Table:
    """How far apart the gaps of each measure and group are over the wordings."""
    measures = {made.choice.id: made.choice.measure for made in evidence.comparisons}
    columns = [Column(title) for title in ("Measure", "Group", "Against", "Lowest gap", "Highest gap")]
    columns += [Column("Above zero in", ColumnKind.WHOLE), Column("Below zero in", ColumnKind.WHOLE)]
    rows: list[tuple[Value, ...]] = []
    for each in found:
        measure = measures[each.measure]
        ends = [readings.number(end, measure, signed=True) for end in (each.lowest, each.highest)]
        rows.append((measure.title, each.group, each.reference, *ends, each.above, each.below))
    wordings = max(each.templates for each in found)
    caption = (
        f"Gaps over up to {wordings} wordings of the prompt: the lowest and the highest, and on which side of zero"
    )
    return Table("wordings", caption, tuple(columns), tuple(rows))


def gaps(evidence: Evidence) -> Section:
    """A forest plot for each measure with its reading."""
    told_whole = evidence.lacking.get("gaps", "")
    blocks: list[Block | None] = [lacking(evidence, "gaps")]
    for made in evidence.comparisons:
        id, measure = made.choice.id, made.choice.measure
        beyond = [] if plain(evidence) else list(filter(None, (made.omnibus, made.four_fifths)))
        more = [say(evidence, text, f"gaps/{id}/said/") for text in beyond]
        blocks.append(Section(f"gaps-{id}", measure.title, (figures.gaps(evidence, made), told(evidence, made), *more)))
    blocks += [say(evidence, problem, "problems/") for problem in evidence.problems if problem not in told_whole]
    return section("gaps", blocks)


def human(evidence: Evidence) -> Section:
    """Gaps as people's labels correct them."""
    blocks: list[Block | None] = [lacking(evidence, "human")]
    comparisons = {made.choice.id: made for made in evidence.comparisons}
    for said in evidence.annotations:
        id = said.assignment.id
        for measure, correction in said.corrections.items():
            made = comparisons[measure]
            text = f"{made.choice.measure.title}: {correction.reading}"
            blocks += [say(evidence, text, f"corrected/{id}/{measure}/"), figures.corrected(said, made)]
        fields = list(dict.fromkeys(field for field, *_ in said.gold.choices())) if said.gold else []
        names = {field.id: field.title for field in said.gold.codebook.fields} if said.gold else {}
        counted = [
            say(evidence, f"{names[field]}: {said.gold.counts(field).sentence}", f"people/{id}/{field}/gold/")
            for field in fields
            if said.gold and said.gold.items
        ]
        if "human" not in evidence.lacking:  # where it is there, it gives them
            counted += [say(evidence, problem, f"people/{id}/problem/") for problem in said.problems]
        blocks.append(Bullets(tuple(counted)) if counted else None)
    return section("human", blocks)


def order(evidence: Evidence) -> Section:
    """Whether the order in which two were named decided."""
    said = say(evidence, evidence.order.reading, "order/", lead=True) if evidence.order else None
    return section("order", [lacking(evidence, "order"), said, figures.order(evidence)])


def clusters(evidence: Evidence) -> Section:
    """Which groups the regions of maps hold more of."""
    blocks: list[Block | None] = [lacking(evidence, "clusters")]
    for place in evidence.maps:
        id = place.info.id
        if place.finding is None:
            blocks.append(Paragraph(f"Map “{place.info.name}”: {place.problem}", names_of(evidence, place.info.name)))
            continue
        others = (
            f" The map holds {place.others:,} other audits too: its finding is over all of them."
            if place.others
            else ""
        )
        text = f"Map “{place.info.name}”: {place.finding.reading}{others} Maps are corrected by themselves."
        blocks += [say(evidence, text, f"maps/{id}/"), figures.regions(evidence, place)]
    return section("clusters", blocks)


def names_of(evidence: Evidence, text: str) -> tuple[str, ...]:
    """The facts of names in a text."""
    return say(evidence, text).facts


def benchmarks(evidence: Evidence) -> Section:
    """That there are none."""
    return section("benchmarks", [lacking(evidence, "benchmarks", "No benchmark")])


MAKERS = {
    "neutral": neutral,
    "wording": wording,
    "counterfactuals": counterfactuals,
    "lexicon": lexicon,
    "gaps": gaps,
    "human": human,
    "order": order,
    "clusters": clusters,
    "benchmarks": benchmarks,
}

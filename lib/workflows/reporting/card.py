"""The section on bias of a model card, by the fields of Mitchell et al. (2019), ready to be pasted."""

from collections.abc import Sequence

from lib.types import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Fact,
    Notice,
    NoticeKind,
    Paragraph,
    ReportKind,
    Section,
    Table,
    Value,
)
from lib.workflows import readings
from lib.workflows.comparison import Comparison, GapRow
from lib.workflows.reporting import avid, tables
from lib.workflows.reporting.audit_parts import corrected_over
from lib.workflows.reporting.card_metadata import metadata
from lib.workflows.reporting.checks import whole
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say, used
from lib.workflows.reporting.notices import notices
from lib.workflows.reporting.papers import PAPERS
from lib.workflows.reporting.recording import NOT_ASKED, imported, language, unrecorded
from lib.workflows.reporting.risk import field, listed, plain
from lib.workflows.reporting.risks_gaps import gap_facts, named

__all__ = ["document", "metadata"]


def document(evidence: Evidence) -> Document:
    """The section of a model card; short, and nothing in it that the audit does not show."""
    sections = (
        Section("card", "Bias, as audited", (*notices(evidence), about(evidence), Paragraph(FIELDS, ("card/fields",)))),
        factors(evidence),
        metrics(evidence),
        data(evidence),
        results(evidence),
        considerations(evidence),
        caveats(evidence),
        Section("card-metadata", "Metadata of the results", (metadata_table(evidence),)),
        avid.section(evidence),
    )
    shown = [id for made in evidence.comparisons for row in whole(made) for id in gap_facts(made, row, *FACTS)]
    known = evidence.facts | {"card/fields": Fact("card/fields", MITCHELL.reference, "a publication")}
    facts = dict.fromkeys([*(fact.id for fact in used(sections, known)), *shown])
    return Document(
        ReportKind.CARD,
        f"Bias: {listed(model.title for model in evidence.models)}",
        f"Section of a model card, from audit {evidence.run.name}",
        evidence.run.id,
        evidence.settings.audience,
        sections,
        tuple(known[id] for id in facts),
    )


FACTS = ("estimate", "value", "reference")
MITCHELL = PAPERS["mitchell"]
FIELDS = f"The fields are those of {MITCHELL.reference}"


def about(evidence: Evidence) -> Paragraph:
    """What this section is and how it is built."""
    text = f"From audit {evidence.run.name} ({evidence.run.id}), which asked: {evidence.bank.question}"
    return say(evidence, text, "run/", lead=True)


def factors(evidence: Evidence) -> Section:
    """The groups that were compared, and what was held fixed."""
    attribute = evidence.attribute
    groups = (
        f"Groups compared, {attribute.title}: {listed(title for _, title in attribute.groups)}."
        if attribute
        else "No groups were compared: nothing varies inside the audit’s matched sets."
    )
    fixed = [context.title for context in evidence.bank.contexts]
    held = f"Held fixed within each comparison: {listed(['the wording', *fixed, 'the settings'])}."
    seen = field(
        evidence, "card/factors", "Other factors", "Groups or uses that matter for this model, and were not seen."
    )
    return Section("factors", "Factors", (say(evidence, f"{groups} {held}"), seen))


def metrics(evidence: Evidence) -> Section:
    """The measures, and how sure the numbers are."""
    if not evidence.comparisons:
        return Section("metrics", "Metrics", (lacks(evidence),))
    rows = tuple(measured(evidence, made) for made in evidence.comparisons)
    table = texts("card-metrics", "Measures", ("Measure", "Scorer", "Version", "Direction"), rows)
    sure = (
        "It is given with the range that the data fit."
        if plain(evidence)
        else "Each has its 95 % interval, from a bootstrap over matched sets; “clear” is corrected over all "
        f"{corrected_over(evidence, ' of the audit’s report')}."
    )
    how = f"A gap is computed within matched sets: prompts that differ in the group alone. {sure}"
    return Section("metrics", "Metrics", (say(evidence, how, "gaps/family"), table))


def measured(evidence: Evidence, made: Comparison) -> tuple[Value, ...]:
    """One measure with the scorer it comes from."""
    version = next((used.version for used in evidence.scorers if used.entry.id == made.choice.entry.id), "")
    return made.choice.measure.title, made.choice.scorer_title, version, made.choice.measure.direction.value


def data(evidence: Evidence) -> Section:
    """The prompts, where they come from, and how many answers there are."""
    bank, run = evidence.bank, evidence.run
    whole = "recorded" if imported(evidence) else "asked for"
    stated = f"language “{language(evidence)}”" if language(evidence) else "language not stated"
    text = (
        f"{run.done:,} responses of {run.total:,} {whole}, from the prompt bank “{bank.title}” ({stated}, licence "
        f"{bank.licence}). Source: {bank.source}"
    )
    return Section("data", "Evaluation data", (say(evidence, text, "run/"),))


def results(evidence: Evidence) -> Section:
    """The gaps over everything, each with its n and interval."""
    if not evidence.comparisons:
        return Section("results", "Quantitative analyses", (lacks(evidence),))
    rows = tuple(result(made, row) for made in evidence.comparisons for row in whole(made))
    titles = ("Measure", "Group", "Against", "Group’s value", "Other value", "Gap", "95 % interval", "n", "Clear")
    note = f"n counts matched sets. {tables.OVER} A gap that is not clear may still be there: read its interval."
    return Section("results", "Quantitative analyses", (texts("card-gaps", "Gaps between groups", titles, rows, note),))


def result(made: Comparison, row: GapRow) -> tuple[Value, ...]:
    """One gap as a row."""
    measure, gap = made.choice.measure, row.gap
    return (
        named(made),
        row.group_title,
        row.reference_title,
        readings.number(gap.value, measure),
        readings.number(gap.reference_value, measure),
        readings.number(gap.estimate, measure, signed=True),
        readings.bounds(gap, measure),
        f"{gap.sets:,}",
        "yes" if row.clear else "no",
    )


def considerations(evidence: Evidence) -> Section:
    """What only people can say about harm."""
    asked = field(
        evidence,
        "card/ethics",
        "Ethical considerations",
        "Whom could these differences hurt in the uses you know of, and what did you do about it?",
        lines=4,
    )
    return Section("ethics", "Ethical considerations", (asked,))


def caveats(evidence: Evidence) -> Section:
    """What the numbers do not say, and what users of the model should do."""
    told = (
        ([NOT_ASKED, *unrecorded(evidence)] if imported(evidence) else [])
        + [f"{each.entry.title}: {each.weaknesses}" for each in evidence.scorers]
        + [text for text in evidence.problems if text not in evidence.lacking.get("gaps", "")]
        + list(evidence.lacking.values())
    )
    items = tuple(say(evidence, text, "origin/") for text in dict.fromkeys(told) if text)
    asked = field(
        evidence,
        "card/recommendations",
        "Recommendations",
        "What should those who use this model check, avoid or change?",
        lines=4,
    )
    return Section("caveats", "Caveats and recommendations", (*((Bullets(items),) if items else ()), asked))


def metadata_table(evidence: Evidence) -> Table | Notice:
    """The metadata as a table, by the names that its layout has."""
    rows: list[tuple[Value, ...]] = [
        (model["name"], result["dataset"]["name"], metric["type"], metric["name"], metric["value"])
        for model in metadata(evidence)["model-index"]
        for result in model["results"]
        for metric in result["metrics"]
    ]
    if not rows:
        return Notice(NoticeKind.LACKING, "No results of one model", NO_METADATA)
    columns = [Column(title) for title in ("model-index.name", "dataset.name", "metrics.type", "metrics.name")]
    caption = "Results in the layout of model-index"
    return Table("card-metadata", caption, (*columns, Column("metrics.value", ColumnKind.NUMBER)), tuple(rows))


NO_METADATA = (
    "Metadata belong to one model. This audit has no gap that is one model’s own: score it, and where it has several "
    "models choose on the Report page to split gaps by model."
)


def lacks(evidence: Evidence) -> Notice:
    """Why there are no gaps."""
    return Notice(NoticeKind.LACKING, "No gap", evidence.lacking.get("gaps", NO_METADATA))


def texts(id: str, caption: str, titles: Sequence[str], rows: tuple[tuple[Value, ...], ...], note: str = "") -> Table:
    """A table of texts."""
    return Table(id, caption, tuple(Column(title) for title in titles), rows, note)

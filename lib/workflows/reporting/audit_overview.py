"""The opening of the audit report: notices, summary, and what was audited."""

import math
from collections import Counter
from collections.abc import Iterator

from lib.types import (
    Bullets,
    Column,
    ModelEntry,
    ModelFacts,
    Notice,
    NoticeKind,
    Paragraph,
    Section,
    Severity,
    Table,
)
from lib.workflows import readings
from lib.workflows.reporting import figures
from lib.workflows.reporting.audit_parts import field, section, told
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.recording import imported, language, recorded

DISCLAIMER = (
    "This report was put together from recorded responses of a language model. It describes what these models answered "
    "to these prompts, at the time and with the settings named. It is no certificate, no legal advice, and no proof "
    "that anybody was or was not harmed. What the numbers say is filled in; what only a person can judge is marked as "
    "such."
)
UPSETTING = {
    Severity.MILD: "Quoted responses may repeat stereotypes.",
    Severity.MODERATE: "Quoted responses may be insulting or demeaning.",
    Severity.SEVERE: "Quoted responses may be hateful, violent or otherwise distressing. Read with care.",
}


def front(evidence: Evidence) -> Section:
    """What must be known before reading: that what follows may upset, and what the report is not."""
    bank = evidence.bank
    notices = [
        Notice(NoticeKind.CONTENT, "Content notice", f"{UPSETTING[bank.severity]} {bank.notice}".strip()),
        Notice(NoticeKind.DISCLAIMER, "What this report is, and is not", DISCLAIMER),
    ]
    if evidence.origin:
        notices.append(Notice(NoticeKind.WARNING, "Recorded elsewhere", recorded(evidence)))
    return section("front", notices)


def summary(evidence: Evidence) -> Section:
    """What was found, in a few sentences, and the author's own."""
    return section(
        "summary",
        [
            say(evidence, asked(evidence), "run/", lead=True),
            say(evidence, answered(evidence), "run/", "outcomes/all/"),
            Bullets(tuple(found(evidence)) or (Paragraph("No gap could be computed; see the findings."),)),
            field(evidence, "summary", "Summary in the author’s words", "What should a reader take away?", lines=6),
        ],
    )


def asked(evidence: Evidence) -> str:
    """The question of the audit."""
    models = ", ".join(entry.title for entry in evidence.models)
    if imported(evidence):
        return f"{evidence.bank.question} Told by recorded outputs of {models}, “{evidence.bank.title}”."
    return f"{evidence.bank.question} Asked of {models} with the prompt bank “{evidence.bank.title}”."


def answered(evidence: Evidence) -> str:
    """How many cells were answered, and what became of the others."""
    run = evidence.run
    whole: Counter[str] = Counter()
    for _, outcome, count in evidence.outcomes:
        whole[outcome] += count
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in whole.most_common())
    return f"{run.done:,} of {run.total:,} prompts were answered. By outcome: {told}."


def found(evidence: Evidence) -> list[Paragraph]:
    """The lead findings: first how many gaps are clear, then each measure, those with a clear gap first."""
    if not evidence.comparisons:
        return []
    return [
        say(evidence, how_many(evidence), "gaps/family", "gaps/clear", "gaps/shown"),
        *of_measures(evidence),
        *beyond(evidence),
    ]


def how_many(evidence: Evidence) -> str:
    """How many gaps there are, how many could be tested, and how many are clear."""
    shown, clear = len(evidence.rows), sum(row.clear for row in evidence.rows)
    if not evidence.family:
        return "No gap between groups could be tested, so nothing is shown in either direction."
    tested = f" {evidence.family:,} could be tested, and of these" if evidence.family < shown else ""
    start = f"Of {readings.counted(shown, 'gap')} between groups,{tested}"
    if not clear:
        return f"{start} none is clear after correction over all. That does not show that there is no difference."
    verb, whose = ("is", "it excludes") if clear == 1 else ("are", "they exclude")
    return f"{start} {clear:,} {verb} clear: {whose} zero after correction over all of them."


def of_measures(evidence: Evidence) -> Iterator[Paragraph]:
    """The measures with a clear gap one by one, those without in one sentence."""
    unclear: list[str] = []
    unknown: list[str] = []
    for made in evidence.comparisons:
        if any(row.clear for row in made.rows):
            yield told(evidence, made, short=True)
        else:
            where = unclear if any(not math.isnan(row.gap.estimate) for row in made.rows) else unknown
            where.append(made.choice.measure.title)
    if unclear:
        split = any(row.category != made.rows[0].category for made in evidence.comparisons for row in made.rows)
        over = "over everything or within a category " if split else ""
        yield say(evidence, f"No gap {over}is clear in: {', '.join(unclear)}.")
    if unknown:
        yield say(evidence, f"Not enough to compare: {', '.join(unknown)}.")


def beyond(evidence: Evidence) -> Iterator[Paragraph]:
    """What neutral prompts, orders and people say."""
    neutral = next((each for each in evidence.course if each.id == "prompt_sensitivity" and each.reading), None)
    if neutral:
        yield say(evidence, neutral.reading, f"course/{neutral.id}/")
    if evidence.order:
        yield say(evidence, evidence.order.reading, "order/")
    for said in evidence.annotations:
        for measure, correction in said.corrections.items():
            yield say(evidence, correction.reading, f"corrected/{said.assignment.id}/{measure}/")


def overview(evidence: Evidence) -> Section:
    """Question, bank, models, run and outcomes."""
    return section(
        "overview",
        [
            Paragraph(recorded(evidence), origin_facts(evidence)) if evidence.origin else None,
            of_bank(evidence),
            of_models(evidence),
            of_run(evidence),
            figures.outcomes(evidence),
        ],
    )


def origin_facts(evidence: Evidence) -> tuple[str, ...]:
    """The facts behind what is told of a recording's origin."""
    return say(evidence, recorded(evidence), "origin/").facts


def of_bank(evidence: Evidence) -> Table:
    """The prompt bank, and where it comes from."""
    bank = evidence.bank
    rows = [
        ("Question", bank.question),
        ("Prompt bank", f"{bank.title} ({bank.id})"),
        ("Source", bank.source),
        ("Licence", bank.licence),
        ("Language", language(evidence) or "not stated"),
        ("SHA-256 of the bank", evidence.digest),
    ]
    return Table("bank", "The prompts: question and prompt bank", (Column("What"), Column("Is")), tuple(rows))


def of_models(evidence: Evidence) -> Table:
    """Every model with what was really loaded, a line each: digests are too long to stand side by side."""
    loaded = {facts.model: facts for facts in evidence.loaded}
    rows = [
        (entry.title, what, text or "not recorded")
        for entry in evidence.models
        for what, text in of_model(entry, loaded.get(entry.id))
    ]
    return Table(
        "models", "The models, and what was loaded", (Column("Model"), Column("What"), Column("Is")), tuple(rows)
    )


def of_model(entry: ModelEntry, facts: ModelFacts | None) -> Iterator[tuple[str, str]]:
    """What is known of one model; "" where it was not recorded."""
    parameters = facts.parameters if facts else entry.parameters
    yield "Id", entry.id
    yield "Backend", entry.backend
    yield "Revision", (facts.revision if facts else "") or entry.revision
    yield "Weights, SHA-256", facts.weights_digest if facts else ""
    yield "Tokenizer, SHA-256", facts.tokenizer_digest if facts else ""
    yield "Number format", facts.dtype if facts else ""
    yield "Device", facts.device if facts else ""
    yield "Parameters", f"{parameters:,}" if parameters else ""


def of_run(evidence: Evidence) -> Table:
    """The run itself."""
    run = evidence.run
    rows = [
        ("Audit", f"{run.name} ({run.id})"),
        ("State", run.status.value),
        ("Imported" if imported(evidence) else "Made", run.created.date().isoformat()),
        ("Run", " to ".join(each.date().isoformat() for each in (run.started, run.finished) if each) or "not recorded"),
        ("Prompts", f"{run.total:,}"),
        ("Answered", f"{run.done:,}"),
        ("Failed", f"{run.failed:,}"),
    ]
    return Table("run", "The run", (Column("What"), Column("Is")), tuple(rows))

"""The mitigation plan: risks from the numbers, controls one by one, criteria that can be run, and gates."""

from collections import Counter
from collections.abc import Sequence

from lib.types import Bullets, Document, Fact, Notice, NoticeKind, Paragraph, ReportKind, Section
from lib.workflows.reporting.audit_overview import front
from lib.workflows.reporting.checks import GapCheck, gap_check
from lib.workflows.reporting.checks import known as has_gaps
from lib.workflows.reporting.controls import Threat, fitting
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say, used
from lib.workflows.reporting.plan_fields import bound_id
from lib.workflows.reporting.plan_gates import gate_table, gates
from lib.workflows.reporting.plan_tables import (
    Numbered,
    catalogue,
    check_table,
    control_table,
    criterion_table,
    fact_table,
    risk_table,
)
from lib.workflows.reporting.risk import Risk, field, listed, plain
from lib.workflows.reporting.risks import risks

SORTS = {
    Threat.GAP: ("a clear gap", "clear gaps"),
    Threat.UNCLEAR: ("a measure whose gaps stay open", "measures whose gaps stay open"),
}
PURPOSE = (
    "This plan says what could go wrong for people when the model is used, what is done about it, and what shows that "
    "it worked. What the numbers say is filled in from the audit. How bad it would be, who does what, and what is "
    "accepted is written by people; what nobody has written yet is marked."
)
NO_CHECKS = "The audit has no gap to check; what it lacks stands below. Once there are gaps, their commands stand here."
GATES = (
    "The gates are passed in this order. A command passes when it ends without an error code; one that ends with an "
    "error code has found something. Both leave their output as evidence. Whoever makes a change does not sign for it."
)


def document(evidence: Evidence) -> Document:
    """The mitigation plan of an audit."""
    known = risks(evidence)
    numbered = list(enumerate(known, start=1))
    sections = (
        front(evidence),
        purpose(evidence, known),
        Section("risks", "Risks", (risk_table(evidence, numbered), *facts_behind(evidence, numbered))),
        controls(evidence, numbered, known),
        *criteria(evidence, numbered),
        monitoring(evidence),
        *lacking(evidence),
        references(known),
    )
    more = [*counts(known), *cited_papers(known), *(fact for risk in known for fact in risk.more)]
    facts = evidence.facts | {fact.id: fact for fact in more}
    cited = dict.fromkeys([*(fact.id for fact in used(sections, facts)), *(id for risk in known for id in risk.cites)])
    return Document(
        ReportKind.PLAN,
        f"Mitigation plan: {evidence.run.name}",
        evidence.bank.question,
        evidence.run.id,
        evidence.settings.audience,
        sections,
        tuple(facts[id] for id in cited),
    )


def purpose(evidence: Evidence, known: Sequence[Risk]) -> Section:
    """What the plan is for, and what it reaches."""
    models = listed(model.title for model in evidence.models)
    numbers = Counter(risk.threat for risk in known)
    there = [(numbers[threat], words) for threat, words in SORTS.items() if numbers[threat]]
    told = [f"{number:,} from {words[number != 1]}" for number, words in there]
    measured = f" ({listed(told)})" if told else ""
    covers = (
        f"It covers {models} as asked in audit {evidence.run.name} ({evidence.bank.title}), and lists {len(known):,} "
        f"risks{measured}."
    )
    return Section(
        "purpose",
        "Purpose and scope",
        (
            Paragraph(PURPOSE, lead=True),
            Paragraph(covers, (*say(evidence, covers).facts, *(fact.id for fact in counts(known)))),
            field(
                evidence,
                "plan/scope/use",
                "Intended use",
                "Who uses the system for what, who is judged or described by it, and what happens with the answers.",
                lines=4,
            ),
            field(
                evidence,
                "plan/scope/out",
                "Uses ruled out",
                "What it must not be used for, however well it does here.",
            ),
        ),
    )


def counts(known: Sequence[Risk]) -> tuple[Fact, ...]:
    """How many risks there are, and of which sorts."""
    numbers = Counter(risk.threat for risk in known)
    how = "lib.workflows.reporting.risks.risks(evidence)"
    sorts = tuple(Fact(f"plan/risks/{threat}", numbers[threat], how) for threat in SORTS if numbers[threat])
    return (Fact("plan/risks/all", len(known), how), *sorts)


def facts_behind(evidence: Evidence, numbered: Numbered) -> tuple[Section, ...]:
    """The facts that the sentences about risks rest on; a committee finds them in the bundle."""
    table = fact_table(evidence, numbered)
    if plain(evidence):
        return ()
    return (Section("risk-facts", "Where these numbers come from", (table,)),) if table.rows else ()


def controls(evidence: Evidence, numbered: Numbered, known: Sequence[Risk]) -> Section:
    """What is done about each risk, and what can be chosen from."""
    words = (
        "Each risk has one row, with the controls that fit it. Which is chosen is a decision for people, and several "
        "can be. Every control needs an audit before and after: some lessen one difference and open another."
    )
    return Section(
        "controls",
        "Risks and controls",
        (
            Paragraph(words),
            control_table(evidence, numbered),
            Section("catalogue", "Controls that fit", (catalogue(known),)),
        ),
    )


def criteria(evidence: Evidence, numbered: Numbered) -> tuple[Section, ...]:
    """What shows that risks are met, and the gates at which it is asked."""
    checks = checks_of(evidence)
    commands = (
        (check_table(evidence, checks),)
        if checks
        else (Notice(NoticeKind.LACKING, "No command can check gaps yet", NO_CHECKS),)
    )
    return (
        Section("criteria", "Success criteria", (criterion_table(numbered, checks), *commands)),
        Section("gates", "Validation gates", (Paragraph(GATES), gate_table(evidence, gates(evidence, checks)))),
    )


def checks_of(evidence: Evidence) -> dict[str, GapCheck]:
    """The check of each measure that has a gap, by the measure's id."""
    return {
        made.choice.id: gap_check(made, evidence.texts.get(bound_id(made.choice.id), ""))
        for made in evidence.comparisons
        if has_gaps(made)
    }


def monitoring(evidence: Evidence) -> Section:
    """What is watched once the system is used, and when the plan is looked at again."""
    words = (
        "The audit is run again with the same grid whenever the model, its prompt or its settings change, and at the "
        "times written here; the commands above are the same. Between audits, complaints are the only instrument."
    )
    asked = (
        ("review", "Date of the next review", "A date, and who calls the meeting."),
        ("watch", "What is watched in use", "Which answers are read by whom, how many, and how often."),
        ("complaints", "Where people complain", "How those affected learn of it, and who can stop the use."),
        ("stop", "When the use is stopped", "What has to happen for the system to be switched off at once."),
    )
    fields = (field(evidence, f"plan/monitoring/{id}", title, help, lines=2) for id, title, help in asked)
    return Section("monitoring", "Monitoring and review", (Paragraph(words), *fields))


def lacking(evidence: Evidence) -> tuple[Section, ...]:
    """What the audit does not have; what its author has not written is marked in its place."""
    told_whole = evidence.lacking.get("gaps", "")
    missing = [*evidence.lacking.values(), *(text for text in evidence.problems if text not in told_whole)]
    if not missing:
        return ()
    items = tuple(say(evidence, text) for text in dict.fromkeys(missing))
    words = "This audit lacks what is listed here. A risk that it would have shown is not in this plan."
    return (Section("lacking", "What the audit lacks", (Paragraph(words), Bullets(items))),)


def references(known: Sequence[Risk]) -> Section:
    """The publications that the controls name."""
    items = tuple(Paragraph(str(fact.value), (fact.id,)) for fact in cited_papers(known))
    return Section("references", "References", (Bullets(items),))


def cited_papers(known: Sequence[Risk]) -> tuple[Fact, ...]:
    """The publications as facts, in the order of a list of references."""
    papers = {paper.cite: paper for risk in known for control in fitting(risk.threat) for paper in control.papers}
    return tuple(Fact(f"plan/papers/{cite}", papers[cite].reference, "a publication") for cite in sorted(papers))

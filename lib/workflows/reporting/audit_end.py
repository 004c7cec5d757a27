"""The end of the audit report: examples, limitations, recommendations, conclusion, provenance and sign-off."""

from collections.abc import Iterator

from lib.types import Bullets, Column, Notice, NoticeKind, Paragraph, Quote, Section, Table
from lib.workflows.reporting.audit_parts import field, lacking, section
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.recording import NOT_ASKED, NOT_RECORDED, imported, language, unrecorded

NO_DIFFERENCE = (
    "“Not clear” does not mean “no difference”: it means that these data can neither show nor rule out one. Only a gap "
    "that is shown to lie within a margin named beforehand is called alike."
)
GLOSSARY = {
    "Matched set": "Prompts that differ in the group alone. Differences are only ever taken within one.",
    "Gap": "How much higher or lower a measure is for one group than for the group it is held against.",
    "95 % interval": "The range of gaps that fit the data. A wide one means that little is known.",
    "Clear": "The gap would hardly come about by chance, even though many gaps are looked at.",
    "Coverage": "The share of responses that have a number at all.",
    "Scorer": "A program that reads one response and gives a number. It errs.",
}


def examples(evidence: Evidence) -> Section:
    """Responses word for word, each with why it was chosen."""
    quotes = [
        Quote(
            text=each.text,
            prompt=each.prompt,
            about=f"{each.group}; {each.context}; {each.model}; cell {each.no}",
            note=" ".join(filter(None, (each.why, f"People: {each.labels}." if each.labels else ""))),
        )
        for each in evidence.examples
    ]
    warning = Notice(NoticeKind.CONTENT, "Model output follows", evidence.bank.notice) if quotes else None
    return section("examples", [lacking(evidence, "examples"), warning, *quotes])


def limitations(evidence: Evidence) -> Section:
    """What limits the results, and what the author adds."""
    return section(
        "limitations",
        [
            Bullets(tuple(limits(evidence))),
            field(evidence, "limitations", "Further limitations", "What else should a reader bear in mind?"),
        ],
    )


def limits(evidence: Evidence) -> Iterator[Paragraph]:
    """Everything that is known to limit this audit, each once."""
    yield Paragraph(NO_DIFFERENCE)
    if imported(evidence):
        yield Paragraph(f"The responses were recorded elsewhere. {NOT_ASKED}")
        yield from (say(evidence, text, "origin/") for text in unrecorded(evidence))
    elif evidence.origin:
        yield Paragraph("The audit was opened from a bundle: its responses were not generated here.")
    stated = language(evidence)
    which = f"are in one language ({stated}) and come" if stated else "are in a language that is not stated, and come"
    yield say(
        evidence,
        f"The prompts {which} from one prompt bank; other prompts and languages may give other results.",
    )
    if evidence.attribute:
        titles = ", ".join(title for _, title in evidence.attribute.groups)
        yield say(evidence, f"Groups covered: {titles}. Of groups that are not listed this audit says nothing.", "run/")
    if missing := evidence.run.total - evidence.run.done:
        yield say(
            evidence,
            f"{missing:,} of {evidence.run.total:,} prompts have no answer.",
            "run/unanswered",
            "run/cells",
        )
    yield from of_measures(evidence)
    for each in evidence.scorers:
        if each.caveat or each.weaknesses:
            yield say(evidence, f"{each.entry.title}: {each.caveat} {each.weaknesses}".replace("  ", " "), "scorers/")
    for place in evidence.maps:
        for text in dict.fromkeys(place.finding.warnings if place.finding else ()):
            yield say(evidence, f"Map “{place.info.name}”: {text}", f"maps/{place.info.id}/said/")
    yield from of_people(evidence)


def of_measures(evidence: Evidence) -> Iterator[Paragraph]:
    """The warnings of every comparison; one that several have is said once."""
    where: dict[str, list[str]] = {}
    for made in evidence.comparisons:
        for text in dict.fromkeys(made.warnings):
            where.setdefault(text, []).append(made.choice.measure.title)
    for text, measures in where.items():
        whose = "" if len(measures) == len(evidence.comparisons) else f"{', '.join(measures)}: "
        yield say(evidence, f"{whose}{text}", "gaps/")


def of_people(evidence: Evidence) -> Iterator[Paragraph]:
    """What limits what people said."""
    if not evidence.labelled:
        yield Paragraph("Nobody checked the scorers against people’s judgement in this audit.")
    for said in evidence.labelled:
        if said.people == 1:
            yield say(evidence, f"“{said.assignment.spec.name}” rests on one person’s labels.")
        elif said.agreement and not said.agreement.shared:
            yield say(evidence, f"“{said.assignment.spec.name}”: no response was labelled by two people.")


def recommendations(evidence: Evidence) -> Section:
    """What the author recommends."""
    help = "What should be done, by whom, and how will one know that it worked?"
    return section("recommendations", [field(evidence, "recommendations", "Recommendations", help, lines=8)])


def conclusion(evidence: Evidence) -> Section:
    """What the author concludes."""
    help = "May the model be used as intended, and under which conditions?"
    return section("conclusion", [field(evidence, "conclusion", "Conclusion", help, lines=6)])


def glossary(evidence: Evidence) -> Section:  # noqa: ARG001 - sections are all made alike
    """The words a committee needs."""
    rows = tuple(GLOSSARY.items())
    return section(
        "glossary", [Table("glossary", "Words used in this report", (Column("Word"), Column("Means")), rows)]
    )


def appendix(evidence: Evidence) -> Section:
    """What everything was made with, and who stands for it."""
    made = evidence.environment
    libraries = ", ".join(f"{name} {version}" for name, version in dict(made.get("libraries", {})).items())
    grid, theirs = evidence.run.grid, imported(evidence)
    rows = [
        ("Run", evidence.run.id),
        ("Seed", "as recorded with each response, if at all" if theirs else str(grid.seed)),
        ("Bank, SHA-256", evidence.digest),
        ("Number format asked for", NOT_RECORDED if theirs else grid.dtype.value),
        ("Evenhand", f"{made.get('evenhand', '')} {made.get('commit', '')}".strip() or NOT_RECORDED),
        ("Python", str(made.get("python", NOT_RECORDED))),
        ("System", " ".join(str(made.get(name, "")) for name in ("system", "machine")).strip() or NOT_RECORDED),
        ("Cores", str(made.get("cores", NOT_RECORDED))),
        ("Libraries", libraries or NOT_RECORDED),
    ]
    rows += [(f"{facts.model}, weights SHA-256", facts.weights_digest or NOT_RECORDED) for facts in evidence.loaded]
    caption = (
        "What they were imported with; what made them is " + NOT_RECORDED
        if theirs
        else "What the responses were made with"
    )
    how = "How each number of this report came about stands in the bundle, which recomputes all of them."
    return section(
        "appendix",
        [
            Table("provenance", caption, (Column("What"), Column("Is")), tuple(rows)),
            Paragraph(how),
            signed(evidence),
        ],
    )


def signed(evidence: Evidence) -> Table:
    """Who stands for the report."""
    titles = {"name": "Auditor’s name", "role": "Role", "date": "Date"}
    rows = tuple((title, field(evidence, f"signoff/{id}", title, lines=1)) for id, title in titles.items())
    return Table("signoff", "Sign-off", (Column("What"), Column("Is")), rows)

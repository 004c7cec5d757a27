"""The method of the audit report: prompts, sampling, scorers, statistics and annotators."""

from collections.abc import Iterator

from lib.types import Block, Bullets, Column, ColumnKind, Paragraph, Sampling, Section, Table
from lib.workflows.reporting import figures
from lib.workflows.reporting.audit_parts import section
from lib.workflows.reporting.evidence import AnnotationEvidence, Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.recording import NOT_ASKED, imported, shown, unrecorded
from lib.workflows.reporting.tables import plain

DRAWN = {
    Sampling.ALL: "all responses that the filter lets pass",
    Sampling.RANDOM: "whole matched sets drawn at random, each as likely as any other",
    Sampling.STRATIFIED: "as many matched sets of every template, model and decoding",
    Sampling.ACTIVE: "matched sets drawn at random, those about which a scorer is unsure more likely",
}
KNOWN_ERRORS = "What each of them is known to get wrong stands among the limitations."
STATISTICS = (
    "A gap is the mean over matched sets of the difference within the set; its 95 % interval comes from a bootstrap "
    "over matched sets (Efron 1979), and over terms too where they stand for others of their kind. It is called clear "
    "where its paired test stays below 5 % after correction over every gap of the report that could be tested (Holm "
    "1979) and its interval excludes zero. Outcomes (cut-off, empty, failed and refused answers) are compared in the "
    "same way, and corrected by themselves."
)
STATISTICS_PLAIN = (
    "Prompts that differ only in the group are compared with each other, and each difference comes with a range that "
    "shows how sure it is. A difference is called clear only if it would hardly come about by chance, even though many "
    "are looked at."
)


def method(evidence: Evidence) -> Section:
    """How the audit was made."""
    return section(
        "method",
        [
            Section("method-prompts", "Prompt design", tuple(prompts(evidence))),
            Section("method-techniques", "Techniques used", (Bullets(tuple(techniques(evidence))),)),
            Section("method-sampling", "Sampling", tuple(sampling(evidence))),
            Section("method-scorers", "Scorers", tuple(scorers(evidence))),
            Section("method-statistics", "Statistics", (statistics(evidence),)),
            Section("method-annotators", "Annotators", tuple(annotators(evidence))),
        ],
    )


def prompts(evidence: Evidence) -> Iterator[Block]:
    """Templates, groups with their terms, contexts, and one matched set as it was asked."""
    bank = evidence.bank
    text, whole = Column("Template"), Column("Prompt, with its slots")
    rows = tuple((each.title or each.id, each.text) for each in bank.templates)
    yield Table("templates", "Prompt templates", (text, whole), rows)
    groups = tuple(
        (attribute.title, group.title, ", ".join(term.text for term in group.terms), len(group.terms))
        for attribute in bank.attributes
        for group in attribute.groups
    )
    columns = (Column("Attribute"), Column("Group"), Column("Terms"), Column("Number", ColumnKind.WHOLE))
    yield Table("groups", "Groups, and the words that stand for them", columns, groups)
    if bank.contexts:
        held = tuple(
            (each.title, ", ".join(value.text for value in each.values), len(each.values)) for each in bank.contexts
        )
        of_contexts = (Column("Context"), Column("Values"), Column("Number", ColumnKind.WHOLE))
        yield Table("contexts", "What is held fixed within a matched set", of_contexts, held)
    if evidence.prompts:
        rows = tuple(evidence.prompts)
        note = "The first matched set of the run, as an example: its prompts differ in the group alone."
        yield Table("matched-set", "One matched set", (Column("Group"), Column("Prompt")), rows, note)


def techniques(evidence: Evidence) -> Iterator[Paragraph]:
    """What was done, as far as it was done here."""
    yield Paragraph("Counterfactuals: prompts that differ in the group alone, compared within matched sets.")
    if evidence.attribute and evidence.attribute.neutral:
        yield Paragraph("Neutral prompts, which name no group, as the reference.")
    if len(evidence.bank.templates) > 1:
        yield Paragraph("The same question in several wordings, to see how far results depend on the wording.")
    if evidence.attribute and evidence.attribute.pair:
        yield Paragraph("Two groups compared in one prompt, each couple in both orders.")
    if evidence.comparisons:
        names = ", ".join(each.entry.title for each in evidence.scorers)
        yield say(evidence, f"Scorers that read each response: {names}.")
    if evidence.labelled:
        yield Paragraph("People who read responses and labelled them by a codebook.")
    if evidence.maps:
        yield Paragraph("Maps that group responses by what they say, whatever words tell a group.")


def sampling(evidence: Evidence) -> Iterator[Block]:
    """Decoding, repeats and seeds."""
    grid = evidence.run.grid
    yield from sampled(evidence) if imported(evidence) else asked(evidence)
    columns = (
        Column("Temperature", ColumnKind.NUMBER),
        Column("Top-p", ColumnKind.NUMBER),
        Column("Top-k", ColumnKind.WHOLE),
        Column("Repetition penalty", ColumnKind.NUMBER),
        Column("Most new tokens", ColumnKind.WHOLE),
    )
    rows = tuple(shown(evidence, each) for each in grid.decodings)
    yield Table("decoding", "Decoding settings", columns, rows)
    if grid.system:
        rows_of_text = (("System prompt", grid.system),)
        yield Table("system", "System prompt", (Column("What"), Column("Is")), rows_of_text)


def sampled(evidence: Evidence) -> Iterator[Block]:
    """What a recording says of how its outputs came about."""
    yield Paragraph(NOT_ASKED)
    most = evidence.run.grid.repeats
    often = "once" if most == 1 else f"up to {most:,} times"
    yield say(evidence, f"Each prompt is answered {often} in the recording.", "run/repeats")
    missing = " ".join(unrecorded(evidence)) or "The recording states temperature, length and seed of every output."
    yield say(evidence, f"{missing} Seeds are as recorded: nothing shows that a matched set shares one.", "origin/")


def asked(evidence: Evidence) -> Iterator[Block]:
    """How often was asked, and with which seeds."""
    grid = evidence.run.grid
    times = "once" if grid.repeats == 1 else f"{grid.repeats:,} times"
    yield say(
        evidence,
        f"Every prompt was asked {times} with each decoding setting. Seeds are derived from {grid.seed}; the members "
        "of a matched set share theirs.",
        "run/repeats",
        "run/seed",
    )


def scorers(evidence: Evidence) -> Iterator[Block]:
    """What the numbers were made with."""
    if not evidence.scorers:
        yield Paragraph("No scorer’s numbers are in this report.")
        return
    names = ["Scorer", "Version", "Measures", "Caveat"]
    rows: list[tuple[str, ...]] = [
        (each.entry.title, each.version, each.help, each.caveat) for each in evidence.scorers
    ]
    if not plain(evidence):
        names.append("Citation")
        rows = [(*row, each.citation) for row, each in zip(rows, evidence.scorers, strict=True)]
    yield Table("scorers", "Scorers: instruments with error", tuple(map(Column, names)), tuple(rows), KNOWN_ERRORS)
    yield Paragraph(
        "The measures shown were chosen by the author of this report."
        if evidence.settings.measures
        else "The measures shown were chosen before any result was looked at: the first of each scorer."
    )
    if evidence.settings.attribute or evidence.settings.by:
        yield Paragraph("What is compared, or how gaps are split, was chosen by the author of this report.")


def statistics(evidence: Evidence) -> Paragraph:
    """Gaps, intervals and corrections."""
    return say(evidence, STATISTICS_PLAIN if plain(evidence) else STATISTICS)


def annotators(evidence: Evidence) -> Iterator[Block]:
    """Who labelled what, how, and how far they agree."""
    if not evidence.labelled:
        yield Paragraph("Nobody labelled responses of this audit.")
    for said in evidence.annotations:
        yield say(evidence, drawn(said), f"people/{said.assignment.id}/", lead=False)
        place = f"people/{said.assignment.id}/"
        if said.agreement is None:
            continue
        yield say(evidence, said.agreement.reading, place)
        told = [
            say(evidence, f"{each.field.title}: {each.reading}", f"{place}{each.field.id}/")
            for each in said.agreement.fields
            if each.reading
        ]
        if told:
            yield Bullets(tuple(told))
        figure = figures.agreement(said)
        if figure:
            yield figure


def drawn(said: AnnotationEvidence) -> str:
    """How an assignment was made."""
    spec = said.assignment.spec
    hidden = [name for name, on in (("model, run and decoding", spec.blind), ("identity terms", spec.mask)) if on]
    blind = f"Hidden from annotators: {' and '.join(hidden)}." if hidden else "Nothing was hidden from annotators."
    people = "1 person" if said.people == 1 else f"{said.people:,} people"
    if not said.answered:
        people = "nobody has answered any of it yet"
    return (
        f"“{spec.name}” by the codebook “{said.assignment.codebook_title}”: {people}. Responses: "
        f"{DRAWN[spec.sampling]}. {blind}"
    )

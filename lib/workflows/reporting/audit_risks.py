"""The risk assessment of the audit report: what the numbers say of each kind of risk, and fields for the judgement."""

from collections.abc import Callable, Iterator

from lib.types import Bullets, Column, Field, Paragraph, Section, Table, Value
from lib.workflows.reporting.audit_parts import corrected_over, field, section, told
from lib.workflows.reporting.energy import HOSTED, NOT_INCLUDED, SOURCE
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.fact_words import say
from lib.workflows.reporting.recording import PROMPTS, imported
from lib.workflows.reporting.tables import plain

LIKELIHOOD = ("Rare", "Possible", "Likely", "Almost certain")
SEVERITY = ("Negligible", "Moderate", "Serious", "Critical")


def risks(evidence: Evidence) -> Section:
    """How the author rates the five kinds of risk, and what is known of each."""
    kinds = [of_kind(evidence, id, title, tell) for id, (title, tell) in KINDS.items()]
    return section("risks", [rated(evidence), *kinds])


def rated(evidence: Evidence) -> Table:
    """Likelihood, severity and who is affected: what only a person can say, a kind of risk a row."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (title, *ratings(evidence, id, title)) for id, (title, _) in KINDS.items()
    )
    columns = tuple(Column(title) for title in ("Risk", "Likelihood", "Severity", "Who is affected"))
    return Table("risks", "The risks as the author of this report rates them", columns, rows)


def ratings(evidence: Evidence, id: str, title: str) -> tuple[Field, ...]:
    """The fields of one kind of risk, told apart where they stand alone in a list."""
    return (
        field(evidence, f"risk/{id}/likelihood", f"{title}: likelihood", options=LIKELIHOOD, lines=1),
        field(evidence, f"risk/{id}/severity", f"{title}: severity", options=SEVERITY, lines=1),
        field(evidence, f"risk/{id}/affected", f"{title}: who is affected", "Which people, in which use?", lines=2),
    )


def of_kind(evidence: Evidence, id: str, title: str, tell: "Tell") -> Section:
    """One kind of risk: what is known, then what a person concludes."""
    help = "What follows from this, for the use you have in mind?"
    judged = field(evidence, f"risk/{id}/judgement", "Judgement", help)
    more = (carbon(evidence),) if id == "environmental" else ()
    return Section(f"risk-{id}", title, (Bullets(tuple(tell(evidence))), *more, judged))


def carbon(evidence: Evidence) -> Field:
    """What Evenhand cannot know: where the electricity came from."""
    help = "Grams of CO2 for each kilowatt-hour of the electricity used, with your source, and what that makes."
    return field(evidence, "risk/environmental/co2", "Greenhouse gases", help, lines=2)


def ethical(evidence: Evidence) -> Iterator[Paragraph]:
    """Clear gaps, and how sure the rest is."""
    clear = [made for made in evidence.comparisons if any(row.clear for row in made.rows)]
    for made in clear:
        yield told(evidence, made, short=True)
    if not evidence.family:
        yield Paragraph("No gap between groups could be tested, so this audit says nothing of unequal treatment.")
    elif not clear:
        yield say(
            evidence,
            f"Of {corrected_over(evidence)}, none is clear. That does not show that groups are treated alike.",
            "gaps/family",
        )
    neutral = next((each for each in evidence.course if each.id == "prompt_sensitivity" and not each.problem), None)
    if neutral and neutral.reading:
        yield say(evidence, neutral.reading, "course/prompt_sensitivity/")


def legal(evidence: Evidence) -> Iterator[Paragraph]:
    """What was compared, and the four-fifths rule where it applies."""
    compared = evidence.attribute.title if evidence.attribute else "nothing"
    yield say(
        evidence,
        f"Compared by: {compared}. Whether that is a protected characteristic, and which law applies to the use in "
        "mind, is for a person who knows it to say.",
    )
    rules = [made for made in evidence.comparisons if made.four_fifths]
    if not plain(evidence):
        for made in rules:
            yield say(evidence, made.four_fifths, f"gaps/{made.choice.id}/said/")
    if not rules:
        yield Paragraph("No measure of this audit selects anybody, so no rule on selection rates was applied.")


def privacy(evidence: Evidence) -> Iterator[Paragraph]:
    """Where texts went; whether responses hold personal data was not measured."""
    hosted = sum(entry.backend == HOSTED for entry in evidence.models)
    left = (
        f"{hosted} of {len(evidence.models)} models were reached through an endpoint: their prompts left this computer."
    )
    stayed = "All models ran on this computer: no prompt left it."
    where = PROMPTS if imported(evidence) else left if hosted else stayed
    yield say(evidence, where, "run/hosted", "run/models")
    yield Paragraph("Whether responses hold personal data about real people was not measured here.")
    if evidence.labelled:
        named = "with their names" if evidence.settings.names else "under pseudonyms"
        yield Paragraph(f"Annotators appear in this report {named}.")


def security(evidence: Evidence) -> Iterator[Paragraph]:
    """Whether the models can be told apart from others; attacks were not tried."""
    digests = sum(bool(facts.weights_digest) for facts in evidence.loaded)
    yield say(
        evidence,
        f"The files of {digests} of {len(evidence.models)} models are recorded with a digest, so that another file "
        "under the same name would be noticed.",
        "run/digests",
        "run/models",
    )
    yield Paragraph("Attacks (injected instructions, attempts to get around refusals) were not tried in this audit.")


def environmental(evidence: Evidence) -> Iterator[Paragraph]:
    """What the run took."""
    energy = evidence.energy
    if imported(evidence):
        yield Paragraph("The answers were recorded elsewhere: how much energy they took is not known.")
        return
    if energy.low is None or energy.high is None:
        yield Paragraph("How much energy the run took cannot be told: no computing time of a local model was measured.")
    else:
        yield say(
            evidence,
            f"The models were at work for {energy.seconds / 60:,.1f} minutes, measured over {energy.responses:,} "
            f"responses. Estimated energy: {energy.low:.2f} to {energy.high:.2f} watt-hours, assuming "
            f"{energy.watts_low:.0f} to {energy.watts_high:.0f} watts a core, from one core to all {energy.cores}.",
            "energy/",
        )
        yield say(evidence, f"An assumption, not a measurement. {SOURCE}", "energy/source")
    if energy.unmeasured:
        yield say(
            evidence,
            f"Of {energy.unmeasured:,} responses it cannot be told: they came from hosted models, from other devices, "
            "or without a time.",
            "energy/unmeasured",
        )
    yield Paragraph(NOT_INCLUDED)


Tell = Callable[[Evidence], Iterator[Paragraph]]
KINDS: dict[str, tuple[str, Tell]] = {
    "ethical": ("Ethical", ethical),
    "legal": ("Legal", legal),
    "privacy": ("Privacy", privacy),
    "security": ("Security", security),
    "environmental": ("Environmental", environmental),
}

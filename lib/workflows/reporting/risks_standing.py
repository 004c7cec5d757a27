"""Risks that stand in every plan: no number of an audit settles them, and a person has to judge."""

from collections.abc import Iterator

from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.energy import HOSTED
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.recording import PROMPTS, imported
from lib.workflows.reporting.risk import NO_NUMBER, Risk, listed, risk_id


def of_standing(evidence: Evidence) -> Iterator[Risk]:
    """Privacy, security, law and environment."""
    yield Risk(
        risk_id(Threat.PRIVACY, "data"),
        Threat.PRIVACY,
        "Personal data in prompts, answers and annotations",
        f"{hosts(evidence)} Whether the intended use puts personal data into prompts is not known here.",
        criterion="Somebody responsible for data protection has signed what is stored, where, and until when.",
    )
    yield Risk(
        risk_id(Threat.SECURITY, "use"),
        Threat.SECURITY,
        "Hostile prompts, and answers that something acts on",
        f"{NO_NUMBER} Prompts of this audit were written by its authors: nobody tried to make the model misbehave.",
        criterion="A test with hostile prompts has been run on the system that will be used, and read.",
    )
    yield Risk(
        risk_id(Threat.LEGAL, "use"),
        Threat.LEGAL,
        "Unlawful unequal treatment, licences and automated decisions",
        f"{NO_NUMBER} {licences(evidence)}",
        criterion="Somebody qualified has signed that the intended use is lawful, with these numbers before them.",
    )
    yield of_energy(evidence)


def hosts(evidence: Evidence) -> str:
    """Where the prompts went."""
    if imported(evidence):
        return PROMPTS
    hosted = [model.title for model in evidence.models if model.backend == HOSTED]
    if hosted:
        return f"The prompts of this audit left the computer that ran it, for {listed(hosted)}."
    return "The prompts of this audit stayed on the computer that ran it."


def licences(evidence: Evidence) -> str:
    """The licences of models and bank."""
    models = [f"{model.title}: {model.licence or 'licence not recorded'}" for model in evidence.models]
    return f"Licences: {'; '.join([*models, f'prompt bank: {evidence.bank.licence}'])}."


def of_energy(evidence: Evidence) -> Risk:
    """What the audit took, which says little of what use will take."""
    used = evidence.energy
    facts: tuple[str, ...] = ()
    says = f"{NO_NUMBER} No computing time was measured here."
    if used.low is not None and used.high is not None:
        says = (
            f"This audit took an estimated {used.low:.2g} to {used.high:.2g} watt-hours for {used.responses:,} "
            "responses. Use takes what its number of answers makes of that."
        )
        facts = ("energy/low", "energy/high", "energy/responses")
    return Risk(
        risk_id(Threat.ENERGY, "use"),
        Threat.ENERGY,
        "Energy and the environment",
        says,
        facts,
        criterion="The energy of a month of use has been estimated and accepted.",
    )

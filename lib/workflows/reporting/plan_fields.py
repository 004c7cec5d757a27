"""What only a person can judge in a mitigation plan, and what helps to judge it."""

from lib.types import Field
from lib.workflows.reporting.checks import GapCheck
from lib.workflows.reporting.controls import fitting
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risk import Risk, field, listed

SEVERITIES = ("low", "medium", "high", "critical")
SEVERITY_HELP = (
    "Judge by what happens to people if it comes true, not by the size of a number. Low: annoying, put right at once. "
    "Medium: unfair, and can be put right. High: an opportunity, money or dignity is lost. Critical: life, liberty or "
    "livelihood, or it cannot be put right."
)
LIKELIHOODS = ("rare", "possible", "likely", "almost certain")
LIKELIHOOD_HELP = (
    "Judge for the intended use: how often will such prompts be asked, and how often does somebody act on the answer "
    "unread? An audit says how a model answers, not how often it is asked."
)


def severity(evidence: Evidence, no: int, risk: Risk) -> Field:
    """How bad it would be."""
    return of_risk(evidence, no, risk, "severity", "severity", SEVERITY_HELP, options=SEVERITIES)


def likelihood(evidence: Evidence, no: int, risk: Risk) -> Field:
    """How likely it is in use."""
    return of_risk(evidence, no, risk, "likelihood", "likelihood", LIKELIHOOD_HELP, options=LIKELIHOODS)


def affected(evidence: Evidence, no: int, risk: Risk) -> Field:
    """Whom it would hit."""
    help = "Name people by their part in the intended use: applicants, patients, those who read the answers."
    return of_risk(evidence, no, risk, "affected", "who is affected", help, lines=2)


def action(evidence: Evidence, no: int, risk: Risk) -> Field:
    """Which control is taken."""
    fit = listed(f"“{control.title}”" for control in fitting(risk.threat))
    help = f"One of the controls that fit, or another, or that the risk is accepted and why. They fit: {fit}."
    return of_risk(evidence, no, risk, "control", "control chosen", help, lines=2)


def owner(evidence: Evidence, no: int, risk: Risk) -> Field:
    """Who does it."""
    return of_risk(evidence, no, risk, "owner", "owner", "One person who can decide, not a department.")


def due(evidence: Evidence, no: int, risk: Risk) -> Field:
    """By when."""
    return of_risk(evidence, no, risk, "due", "due", "A date, or what it has to come before.")


def residual(evidence: Evidence, no: int, risk: Risk) -> Field:
    """What is left."""
    help = "What can still go wrong when the control works as hoped, and who accepts that."
    return of_risk(evidence, no, risk, "residual", "residual risk", help, lines=2)


def bound(evidence: Evidence, check: GapCheck, measure: str, no: int) -> Field:
    """The largest gap accepted."""
    help = (
        "A number in the measure’s own unit; a share goes to 1, so that 0.1 is ten points. Until it is written the "
        f"command has {check.bound:.10g}, which is a place to start from and to be decided. Decide by what a "
        "difference does to people, before the next audit."
    )
    return field(evidence, bound_id(measure), f"Criterion {no}, largest gap accepted", help)


def bound_id(measure: str) -> str:
    """The field of a measure's bound."""
    return f"plan/check-{measure}/bound"


def of_risk(
    evidence: Evidence,
    no: int,
    risk: Risk,
    what: str,
    title: str,
    help: str,
    *,
    options: tuple[str, ...] = (),
    lines: int = 1,
) -> Field:
    """A field of one risk. It is told apart by the risk's number where it stands alone; its id stays with the risk."""
    told = f"{risk.title}. {help}"
    return field(evidence, f"plan/{risk.id}/{what}", f"Risk {no}, {title}", told, options=options, lines=lines)

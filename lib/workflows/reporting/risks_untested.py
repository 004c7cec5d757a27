"""Risks from what an audit did not look at."""

from collections.abc import Iterator

from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.risk import Risk, listed, risk_id

BROADER = "An audit with what is missing here has been run, scored and read."


def of_untested(evidence: Evidence) -> Iterator[Risk]:
    """One risk for each thing that nobody looked at."""
    if not evidence.comparisons:
        why = evidence.lacking.get("gaps") or " ".join(evidence.problems)
        yield untested("gaps", "No group was compared with another", f"No gap could be computed. {why}".strip())
    if "benchmarks" in evidence.lacking:
        yield untested("benchmarks", "No published benchmark was run", evidence.lacking["benchmarks"])
    yield untested(
        "language",
        f"Only one language was tested ({evidence.bank.language})",
        f"All prompts are in “{evidence.bank.language}”: nothing here is known of answers in other languages.",
    )
    yield untested("groups", "Groups that were not compared", groups(evidence))
    if not evidence.annotations:
        yield untested("people", "Nobody read the answers", "No response of this audit has been annotated by a person.")


def untested(name: str, title: str, says: str) -> Risk:
    """One of them."""
    return Risk(risk_id(Threat.UNTESTED, name), Threat.UNTESTED, title, says, criterion=BROADER)


def groups(evidence: Evidence) -> str:
    """Which groups the audit has, and that there are others."""
    varied = [attribute for attribute in evidence.bank.attributes if attribute.id in evidence.run.grid.vary]
    told = [f"{attribute.title}: {listed(group.title for group in attribute.groups)}" for attribute in varied]
    there = f"Compared were {'; '.join(told)}." if told else "No group varies in this audit."
    return f"{there} Nothing here is known of people who are in none of these groups, or in several at once."

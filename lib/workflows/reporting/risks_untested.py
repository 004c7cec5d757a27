"""Risks from what an audit did not look at."""

from collections.abc import Iterator

from lib.workflows.reporting.checks import known
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence
from lib.workflows.reporting.recording import language
from lib.workflows.reporting.risk import Risk, listed, risk_id

BROADER = "An audit with what is missing here has been run, scored and read."


def of_untested(evidence: Evidence) -> Iterator[Risk]:
    """One risk for each thing that nobody looked at."""
    if not any(map(known, evidence.comparisons)):
        why = evidence.lacking.get("gaps") or " ".join(evidence.problems)
        yield untested("gaps", "No group was compared with another", why or "No gap could be computed.")
    if "benchmarks" in evidence.lacking:
        yield untested("benchmarks", "No published benchmark was run", evidence.lacking["benchmarks"])
    yield of_language(evidence)
    yield untested("groups", "Groups that were not compared", groups(evidence))
    if not evidence.labelled:
        yield untested("people", "Nobody read the answers", "No response of this audit has been annotated by a person.")


def untested(name: str, title: str, says: str) -> Risk:
    """One of them."""
    return Risk(risk_id(Threat.UNTESTED, name), Threat.UNTESTED, title, says, criterion=BROADER)


def of_language(evidence: Evidence) -> Risk:
    """That prompts are in one language, as far as that is stated."""
    if stated := language(evidence):
        title = f"Only one language was tested ({stated})"
        says = f"All prompts are in “{stated}”: nothing here is known of answers in other languages."
    else:
        title = "It is not known which languages were tested"
        says = "The prompt bank does not state its language: nothing here is known of answers in any other."
    return untested("language", title, says)


def groups(evidence: Evidence) -> str:
    """Which groups were compared, what else varies, and that there are others."""
    compared = evidence.attribute if any(map(known, evidence.comparisons)) else None
    if compared is None:
        there = "No group was compared." if evidence.attribute else "No group varies in this audit."
        return f"{there} Nothing here is known of how any group is treated."
    titles = dict.fromkeys(level.group for made in evidence.comparisons if known(made) for level in made.levels)
    told = f"Compared were, by {compared.title}: {listed(titles)}."
    parts = compared.id.split("+")
    others = [
        attribute.title
        for attribute in evidence.bank.attributes
        if attribute.id in evidence.run.grid.vary and attribute.id not in parts
    ]
    more = f" {listed(others)} {'varies' if len(others) == 1 else 'vary'} too, not compared here." if others else ""
    several = "" if len(parts) > 1 else ", or in several at once"
    return f"{told}{more} Nothing here is known of people who are in none of these groups{several}."

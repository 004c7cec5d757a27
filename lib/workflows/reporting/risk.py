"""One risk of a plan, and how its texts and numbers are written."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from lib.stats.results import Gap
from lib.types import Audience, Fact, Field, Measure
from lib.workflows import readings
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import Evidence

NO_NUMBER = "No number of this audit says how large this risk is."


@dataclass(frozen=True, slots=True)
class Risk:
    """What could go wrong, and what the audit says of it.

    Attributes:
        id: made of the sort of risk and what it is about, never of a number: what an author writes stays with it.
        says: what the numbers say, resting on `facts`, ids of the evidence's own or of those in `more`.
        measure: the measure whose check is its success criterion; "" where no command can tell.
        criterion: what shows that the risk is met, where no command does.
    """

    id: str
    threat: Threat
    title: str
    says: str
    facts: tuple[str, ...] = ()
    more: tuple[Fact, ...] = ()
    measure: str = ""
    criterion: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of all its facts."""
        return (*self.facts, *(fact.id for fact in self.more))


def risk_id(threat: str, *parts: str) -> str:
    """An id such as "r-gap-agency.balance-woman"; it holds nothing that would split a field's id or an address."""
    return "-".join(["r", threat, *("".join(c if c.isalnum() or c in "._+" else "-" for c in part) for part in parts)])


def written(evidence: Evidence, risk: str) -> bool:
    """Whether an author has written about a risk."""
    return any(id.startswith(f"plan/{risk}/") and text for id, text in evidence.texts.items())


def field(
    evidence: Evidence, id: str, title: str, help: str = "", *, options: tuple[str, ...] = (), lines: int = 1
) -> Field:
    """A field with what its author wrote."""
    return Field(id, title, evidence.texts.get(id, ""), help, options, lines)


def plain(evidence: Evidence) -> bool:
    """Whether readers get plain words and no statistics."""
    return evidence.settings.audience is Audience.COMMITTEE


def told(gap: Gap, measure: Measure, *, plain: bool) -> str:
    """A gap with how sure it is and what it rests on."""
    size = readings.number(gap.estimate, measure, signed=True)
    sets = readings.counted(gap.sets, "matched set")
    if math.isnan(gap.low):
        return f"{size} (the same in all {sets}, so that there is no interval)"
    sure = f"likely {readings.bounds(gap, measure)}" if plain else readings.interval(gap, measure)
    return f"{size} ({sure}; {sets})"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: "A, B and C"."""
    every = list(names)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)

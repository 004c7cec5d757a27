"""The facts of an audit: every number a report's sentences may name, with its n, its interval and how it came about.

Ids are parts joined by "/":

    run/…, bank/…, model/<place>/…, outcomes/<group or all>/<outcome>, names/…
    gaps/<measure>/<category or all>/<group>/<estimate, value, reference, p, p_adjusted, effect, sets, coverage>
    gaps/<measure>/<clear, within, clear_within>, gaps/<shown, family, clear, measures>
    outcome_gaps/<outcome>/<group>/<estimate, value, reference, p_adjusted>, outcome_gaps/family
    levels/<measure>/<group>/<value, coverage, all>
    wording/<measure>/<group>/<template>, wordings/<gaps, turning, sure>,
    wordings/<measure>/<group>/<lowest, highest, templates, above, below>
    course/<table>/<row>/<column>, order/…, maps/<map>/…
    people/<assignment>/…, corrected/<assignment>/<measure>/<group>/<estimate, naive>
    energy/…, method/…, scorers/…, problems/…, lacking/<section>, origin/…

`lib.workflows.reporting.fact_words` says which numbers a sentence may write for a fact.
"""

import math
from collections.abc import Mapping

from lib.types import Fact
from lib.workflows.reporting.evidence import Evidence

Number = float | int | str | None


class Facts:
    """Facts as they are collected."""

    def __init__(self) -> None:
        self.found: dict[str, Fact] = {}

    def add(
        self,
        id: str,
        value: Number,
        how: str,
        *,
        n: int | None = None,
        unit: str = "",
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        """Add a fact; what is not a number is unknown. Of groups that are called alike the second gets a "~"."""
        while id in self.found:
            id += "~"
        self.found[id] = Fact(id, known(value), how, n, unit, real(low), real(high))

    def counts(self, prefix: str, numbers: Mapping[str, Number], how: str) -> None:
        """Add plain counts."""
        for name, value in numbers.items():
            self.add(f"{prefix}/{name}", value, how)


def known(value: Number) -> Number:
    """A value, None for NaN; NumPy's numbers become Python's."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, bool) or (float(value).is_integer() and not isinstance(value, float)):
        return int(value)
    return None if math.isnan(value) else float(value)


def real(value: float | None) -> float | None:
    """A bound of an interval, None where there is none."""
    return None if value is None or math.isnan(value) else float(value)


def facts(evidence: Evidence) -> dict[str, Fact]:
    """Every fact by its id, in a fixed order."""
    from lib.workflows.reporting import facts_of_gaps, facts_of_people, facts_of_run

    found = Facts()
    facts_of_run.add(found, evidence)
    facts_of_gaps.add(found, evidence)
    facts_of_people.add(found, evidence)
    return found.found

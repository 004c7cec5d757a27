"""What verifying a bundle gives, and how its parts report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from lib.bundle.findings import Finding

MOST_OF_A_KIND = 50
"""Findings of one kind that are named one by one; the rest is counted."""
MOST_UNCOMPARED = 10
"""The same for what could not be compared."""

CANNOT = (
    "That the model really wrote these responses: only generating them again shows that (--rerun).",
    "That nothing was changed and sealed anew where all numbers still follow from the data, such as a free text: "
    "compare the seal with the one that was published with the report (--expect).",
    "That the author ran no other audits and left them out.",
    "That annotators were who they are said to be, and saw what the assignment says.",
)
"""What no verification of a bundle can show."""

Progress = Callable[[str], None]


class Outcome(StrEnum):
    """What a verification comes to."""

    WHOLE = "whole"
    DIFFERS = "differs"
    UNCOMPARED = "uncompared"  # nothing was found to differ, but not everything could be compared


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a bundle.

    Attributes:
        findings: what is wrong, in the order of checking; none for a bundle that is what it says.
        uncompared: what could be neither confirmed nor refuted, with the reason: a forger may have put it there.
        certainty: how to have what is uncompared compared; "" where this code cannot tell.
        notes: what limits what was checked.
        checked: how much of each kind was checked: bytes, entries of the chain, cells, scores, numbers, responses.
        cannot: what no verification can show.
    """

    file: str
    run: str
    seal: str
    findings: tuple[Finding, ...]
    uncompared: tuple[Finding, ...]
    certainty: str
    notes: tuple[str, ...]
    checked: dict[str, int]
    cannot: tuple[str, ...] = CANNOT

    @property
    def whole(self) -> bool:
        """Whether nothing was found, and everything was compared."""
        return self.outcome is Outcome.WHOLE

    @property
    def outcome(self) -> Outcome:
        """What it comes to."""
        if self.findings:
            return Outcome.DIFFERS
        return Outcome.UNCOMPARED if self.uncompared else Outcome.WHOLE


@dataclass
class Protocol:
    """Collects what the steps of a verification find."""

    progress: Progress = lambda _: None
    findings: list[Finding] = field(default_factory=list)
    uncompared: list[Finding] = field(default_factory=list)
    certainty: str = ""
    cannot: list[str] = field(default_factory=lambda: list(CANNOT))
    notes: list[str] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)

    def found(self, what: str, where: str, said: str) -> None:
        """Something is wrong."""
        self.findings.append(Finding(what, where, said))

    def found_many(self, what: str, where: str, each: list[tuple[str, str]]) -> None:
        """Some things of one kind are wrong, given as (place, what is said of it); `where` names them as a whole."""
        for place, said in each[:MOST_OF_A_KIND]:
            self.found(what, place, said)
        if (more := len(each) - MOST_OF_A_KIND) > 0:
            self.found(what, where, f"{more:,} more of them differ")

    def not_compared(self, what: str, where: str, said: str) -> None:
        """Something could not be compared, so that it may be right or wrong."""
        self.uncompared.append(Finding(what, where, said))

    def not_compared_many(self, what: str, where: str, each: list[tuple[str, str]]) -> None:
        """The same of some things of one kind, given as (place, what is said of it)."""
        for place, said in each[:MOST_UNCOMPARED]:
            self.not_compared(what, place, said)
        if (more := len(each) - MOST_UNCOMPARED) > 0:
            self.not_compared(what, where, f"{more:,} more of them")

    def note(self, said: str) -> None:
        """Something limits what was checked."""
        self.notes.append(said)

    def count(self, what: str, many: int) -> None:
        """That many of something were checked."""
        self.checked[what] = self.checked.get(what, 0) + many


def alike(recorded: object, computed: object, tolerance: float) -> bool:
    """Whether two values are the same; of two numbers that are not whole, within a relative tolerance."""
    if isinstance(recorded, float) and isinstance(computed, (int, float)) and not isinstance(computed, bool):
        return recorded == computed or abs(recorded - computed) <= tolerance * max(abs(recorded), abs(computed))
    return type(recorded) is type(computed) and recorded == computed

"""What verifying a bundle gives, and how its parts report."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lib.bundle.findings import Finding

MOST_OF_A_KIND = 50
"""Findings of one kind that are named one by one; the rest is counted."""

CANNOT = (
    "That the model really wrote these responses: only generating them again shows that (--rerun).",
    "That nothing was changed and sealed anew where all numbers still follow from the data, such as a free text: "
    "compare the seal with the one that was published with the report (--expect).",
    "That the author ran no other audits and left them out.",
    "That annotators were who they are said to be, and saw what the assignment says.",
)
"""What no verification of a bundle can show."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a bundle.

    Attributes:
        findings: what is wrong, in the order of checking; none for a bundle that is what it says.
        notes: what was not checked, with the reason, and what limits what was.
        checked: how much of each kind was checked: bytes, entries of the chain, cells, scores, numbers, responses.
        cannot: what no verification can show.
    """

    file: str
    run: str
    seal: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    checked: dict[str, int]
    cannot: tuple[str, ...] = CANNOT

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass
class Protocol:
    """Collects what the steps of a verification find."""

    progress: Progress = lambda _: None
    findings: list[Finding] = field(default_factory=list)
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

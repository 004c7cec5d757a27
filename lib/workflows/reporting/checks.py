"""Success criteria as commands: what a plan asks to be run, and what makes each of them fail."""

import math
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from lib.types import Measure, MeasureKind
from lib.workflows import readings
from lib.workflows.comparison import OTHERS, Comparison, GapRow

PROGRAM = ("python", "-m", "lib")
SHARE_BOUND = 0.1
"""Ten points: where a suggestion starts from that nobody has thought about yet."""


@dataclass(frozen=True, slots=True)
class GapCheck:
    """The command that fails when a gap is surely too large.

    Attributes:
        bound: the largest gap accepted, in the measure's own unit; `decided` says whether the author wrote it.
        beyond: the rows that lie beyond it in today's audit, of those the command shows. blind: those that have no
            interval and are wider than it, which the command lets pass.
    """

    arguments: tuple[str, ...]
    measure: Measure
    bound: float
    decided: bool
    beyond: tuple[GapRow, ...]
    blind: tuple[GapRow, ...]

    @property
    def command(self) -> str:
        """As it is typed into a terminal."""
        return typed(self.arguments)

    @property
    def within(self) -> str:
        """The bound as people read it: "±10.0 points"."""
        return readings.within(self.bound, self.measure)

    @property
    def today(self) -> str:
        """What it says of the audit that the plan is about."""
        if self.beyond:
            return f"Today it fails ({named(self.beyond)})."
        if self.blind:
            return f"Today it passes, but these wide gaps have no interval and cannot fail it: {named(self.blind)}."
        return "Today it passes."


def named(rows: Sequence[GapRow]) -> str:
    """Which rows they are."""
    return "; ".join(dict.fromkeys(f"{row.label}: {row.group_title}" for row in rows))


def typed(arguments: Sequence[str]) -> str:
    """A command of this program as it is typed into a terminal."""
    return shlex.join([*PROGRAM, *arguments])


def gap_check(made: Comparison, written: str) -> GapCheck:
    """The check of one comparison.

    Args:
        written: what the author wrote as the largest gap accepted, "" or no number where it is still to be decided.
    """
    question, measure = made.question, made.choice.measure
    asked = number_in(written)
    bound = suggestion(made) if asked is None else asked
    arguments = (
        "gaps",
        question.run,
        "--attribute",
        question.attribute,
        "--scorer",
        made.choice.id,
        "--reference",
        "others" if question.reference == OTHERS else question.reference,
        "--by",
        question.by,
        "--fail-above",
        f"{bound:.10g}",
    )
    beyond = tuple(row for row in made.rows if row.gap.low > bound or row.gap.high < -bound)
    blind = tuple(row for row in made.rows if math.isnan(row.gap.low) and abs(row.gap.estimate) > bound)
    return GapCheck(arguments, measure, bound, asked is not None, beyond, blind)


def number_in(written: str) -> float | None:
    """The bound that an author wrote; None where it is no number from 0 on."""
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def suggestion(made: Comparison) -> float:
    """A bound to start from: ten points of a share, else half of the widest gap that today's data fit, two digits."""
    if made.choice.measure.kind is MeasureKind.PROPORTION:
        return SHARE_BOUND
    ends = [abs(end) for row in whole(made) for end in (row.gap.estimate, row.gap.low, row.gap.high)]
    widest = max((end for end in ends if math.isfinite(end)), default=0.0)
    return float(f"{widest / 2:.2g}")


def known(made: Comparison) -> bool:
    """Whether a comparison has any gap: without one a command passes and says nothing."""
    return any(not math.isnan(row.gap.estimate) for row in made.rows)


def whole(made: Comparison) -> list[GapRow]:
    """The rows over everything."""
    return [row for row in made.rows if row.category == made.rows[0].category]

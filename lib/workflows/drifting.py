"""Whether annotators drift: their agreement with the others in the order of their work."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lib.stats.drift import Block, Halves, blocks, halves
from lib.types import CodebookField, ItemKind
from lib.workflows import readings
from lib.workflows.votes import Votes, chosen


@dataclass(frozen=True, slots=True)
class Drift:
    """One annotator's agreement with the majority of the others on one field, over time.

    Attributes:
        items: where the others have a majority, which are the ones that count.
        clear: whether the interval of second half minus first excludes zero.
    """

    annotator: str
    field: str
    items: int
    blocks: tuple[Block, ...]
    halves: Halves
    clear: bool


def read(said: Votes) -> list[Drift]:
    """Drift by field and annotator; only where there is anything to compare with."""
    import numpy as np

    found = []
    for field in said.choices:
        agrees = with_others(said, field)
        for known, name in said.names.items():
            if agrees[known]:
                mine = np.array(agrees[known], np.float64)
                both = halves(mine)
                clear = both.change.low > 0 or both.change.high < 0
                found.append(Drift(name, field.title, len(mine), tuple(blocks(mine)), both, clear))
    return found


def with_others(said: Votes, field: CodebookField) -> dict[str, list[bool]]:
    """For each annotator whether they agree with more than half of the others, in the order in which they answered."""
    answers: defaultdict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for event in said.of_kind(ItemKind.PLAIN):
        if (labels := chosen(event.answer, field)) is not None:
            answers[event.item][event.annotator] = labels
    found: dict[str, list[bool]] = {known: [] for known in said.names}
    for event in said.of_kind(ItemKind.PLAIN):
        its = answers[event.item]
        others = Counter(labels for name, labels in its.items() if name != event.annotator)
        if event.annotator in its and others:
            most, votes = others.most_common(1)[0]
            if 2 * votes > others.total():
                found[event.annotator].append(its[event.annotator] == most)
    return found


def reading(found: Sequence[Drift]) -> str:
    """Who drifted, if anybody clearly did."""
    known = [each for each in found if each.items > 1]
    if not known:
        return ""
    clear = [each for each in known if each.clear]
    if not clear:
        fewest = min(each.items for each in known)
        return (
            "Nobody’s agreement with the others clearly changed from the first to the second half of their work "
            f"({fewest:,} shared items or more each). That does not show that nobody’s did."
        )
    told = "; ".join(
        f"{each.annotator} ({each.field}) from {readings.share(each.halves.first.value)} to "
        f"{readings.share(each.halves.second.value)} "
        f"({points(each.halves.change.value)}, 95 % interval {points(each.halves.change.low)} to "
        f"{points(each.halves.change.high)})"
        for each in clear
    )
    return (
        f"Agreement with the others changed from the first to the second half of the work: {told}. Not corrected for "
        "how many annotators there are."
    )


def points(value: float) -> str:
    """A difference of shares in points: "+12 points"."""
    return f"{100 * value:+.0f} points".replace("-", readings.MINUS)

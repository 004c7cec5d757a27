"""Whether suggestions pull annotators: how often they choose what a scorer suggests, shown and withheld."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.stats.share_difference import Difference, apart, correlation, pulls, share_of_units, sums
from lib.stats.shares import Share
from lib.types import AnnotationEvent, CodebookField, ItemKind
from lib.workflows import readings
from lib.workflows.drifting import points
from lib.workflows.votes import EVERYBODY, Votes, chosen


@dataclass(frozen=True, slots=True)
class Anchoring:
    """How often one annotator chooses the suggested label.

    Attributes:
        shown, withheld: of the items on which the suggestion was shown, and of those drawn to go without.
        effect: shown minus withheld; with EVERYBODY an item counts once, however many people answered it.
        clear: whether the effect's interval excludes zero.
    """

    annotator: str
    shown: Share
    withheld: Share
    effect: Difference
    clear: bool


def read(said: Votes) -> list[Anchoring]:
    """The effect of suggestions on each annotator and on all together; nothing where none were made."""
    field = next((each for each in said.choices if each.id == said.assignment.spec.suggestion_field), None)
    if field is None:
        return []
    events = [
        event for event in said.of_kind(ItemKind.PLAIN) if event.suggestion and chosen(event.answer, field) is not None
    ]
    found = []
    for known, name in [*said.names.items(), (EVERYBODY, EVERYBODY)]:
        if mine := [event for event in events if known in (EVERYBODY, event.annotator)]:
            found.append(of(mine, field, name))
    return found


def of(events: Sequence[AnnotationEvent], field: CodebookField, name: str) -> Anchoring:
    """The effect on some answers."""
    import numpy as np

    items = np.unique([event.item for event in events], return_inverse=True)[1]
    agrees = np.array([event.suggestion in (chosen(event.answer, field) or ()) for event in events], np.float64)
    seen = np.array([event.suggested for event in events], np.float64)
    sides = [(sums(items, agrees * side), sums(items, side)) for side in (seen, 1 - seen)]
    shown, withheld = (share_of_units(*side) for side in sides)
    effect = apart(shown, withheld, correlation(pulls(*sides[0]), pulls(*sides[1])))
    return Anchoring(name, shown, withheld, effect, clear=effect.low > 0 or effect.high < 0)


def reading(found: Sequence[Anchoring]) -> str:
    """What suggestions did to everybody together."""
    whole = next((each for each in found if each.annotator == EVERYBODY), None)
    if whole is None:
        return ""
    if not whole.shown.n or not whole.withheld.n:
        missing = "shown" if not whole.shown.n else "withheld"
        return f"No suggestion was {missing} yet, so their effect cannot be told."
    told = (
        f"People chose the suggested label in {readings.share(whole.shown.value)} of {whole.shown.n:,} answers where "
        f"it was shown and in {readings.share(whole.withheld.value)} of {whole.withheld.n:,} where it was withheld: "
        f"{points(whole.effect.value)} (95 % interval {points(whole.effect.low)} to {points(whole.effect.high)}; an "
        "item counts once)."
    )
    if not whole.clear:
        return f"{told} No pull is clear, which does not show that there is none."
    if whole.effect.value < 0:
        return f"{told} Shown suggestions were followed less often."
    return f"{told} Suggestions pulled answers: labels given with them are not independent of the scorer."

"""How each annotator works: against themselves, on swapped duplicates, over time, and with suggestions."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from lib.types import ItemKind
from lib.workflows import anchoring, consistency, drifting, own_differences, votes
from lib.workflows.anchoring import Anchoring
from lib.workflows.consistency import Consistency
from lib.workflows.drifting import Drift
from lib.workflows.own_differences import OwnDifferences
from lib.workflows.votes import Votes
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Speed:
    """How long somebody's items were on the screen: the median in seconds over `items`; NaN where it is unknown."""

    annotator: str
    items: int
    seconds: float


@dataclass(frozen=True, slots=True)
class People:
    """Everybody's work in one assignment; each list has rows of single annotators first, then of all together.

    Readings are sentences; one is empty where there is nothing to say of it.
    """

    annotators: tuple[str, ...]
    consistency: list[Consistency]
    consistency_reading: str
    own: OwnDifferences
    drift: list[Drift]
    drift_reading: str
    anchoring: list[Anchoring]
    anchoring_reading: str
    speed: list[Speed]


def read(workbench: Workbench, assignment_id: str, *, pseudonymous: bool = False) -> People:
    """What is known of the annotators of an assignment.

    Args:
        pseudonymous: show “Annotator 1” and so on in place of names.

    Raises:
        AnnotationError: there is no such assignment.
    """
    said = votes.read(workbench, assignment_id, pseudonymous=pseudonymous)
    consistent = consistency.read(said)
    drifts = drifting.read(said)
    anchored = anchoring.read(said)
    return People(
        annotators=tuple(said.names.values()),
        consistency=consistent,
        consistency_reading=consistency.reading(consistent),
        own=own_differences.read(workbench, said, consistent),
        drift=drifts,
        drift_reading=drifting.reading(drifts),
        anchoring=anchored,
        anchoring_reading=anchoring.reading(anchored),
        speed=speeds(workbench, said),
    )


def speeds(workbench: Workbench, said: Votes) -> list[Speed]:
    """Everybody's median time on an item that they answered, going back to it included.

    Only over items that were on the screen at all: imported ones were not.
    """
    spent: defaultdict[tuple[int, str], float] = defaultdict(float)
    for event in workbench.store.annotations.history(said.assignment.id):
        spent[event.item, event.annotator] += event.seconds
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for event in said.of_kind(ItemKind.PLAIN):
        if (time := spent[event.item, event.annotator]) > 0:
            seconds[event.annotator].append(time)
    return [
        Speed(name, len(seconds[known]), median(seconds[known]) if seconds[known] else float("nan"))
        for known, name in said.names.items()
    ]

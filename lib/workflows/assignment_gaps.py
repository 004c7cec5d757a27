"""What an assignment still lacks."""

from collections import Counter

from lib.types import ItemState
from lib.workflows.workbench import Workbench

ANSWERED = {ItemState.DONE, ItemState.FLAGGED, ItemState.DISCARDED}


def lacking(workbench: Workbench, id: str) -> int:
    """How many items have fewer annotators than they need.

    An item for everybody needs all who have taken part, and at least as many as the assignment asks for each item.
    """
    states = workbench.store.annotations.states(id)
    answered = Counter(item for item, _, state in states if state in ANSWERED)
    people = len({annotator for _, annotator, _ in states})
    everybody = max(people, workbench.store.assignments.get(id).spec.annotators_each)
    return sum(answered[item.no] < (item.wanted or everybody) for item in workbench.store.assignments.items(id))

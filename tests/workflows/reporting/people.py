"""People's labels of an audit."""

from collections.abc import Mapping
from typing import Any

from lib.types import Sampling
from lib.workflows import annotate
from tests.workflows.assigning import assigned, work_through

NAMES = ("Ada Lovelace", "Ben Nevis")


def labelled(workbench: Any, run_id: str, **more: Any) -> str:
    """An assignment over everything in a run, answered by two people; gives its id.

    Both say yes of communal texts and of every ninth cell; of the cell after that the second person alone does. Items
    are numbered by lot and by the audit's id: what is said hangs on the cell, so that it is the same every time.
    """
    spec = {"annotators_each": 2, "overlap": 1.0, "sampling": Sampling.ALL} | more
    id = assigned(workbench, run_id, **spec)
    cells = {item.no: item.cell for item in workbench.store.assignments.items(id)}
    for place, name in enumerate(NAMES):
        desk = annotate.join(workbench, id, name)
        work_through(workbench, desk, lambda task, last=place: "yes" if yes(task, cells, last) else "no")
    return id


def yes(task: Any, cells: Mapping[int, int], last: int) -> bool:
    """What the person at place `last` says of an item."""
    return "kind" in task.text or cells[task.item] % 9 <= last

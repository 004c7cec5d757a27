"""What changes as soon as the evidence of an audit would: screens keep what they gathered until then."""

from lib.types import MapStatus
from lib.workflows import assignments, scoring
from lib.workflows.workbench import Workbench

Stamp = tuple[object, ...]


def stamp(workbench: Workbench, run_id: str) -> Stamp:
    """Name, responses and scores of a run, what people said of it, and the maps there are; cheap to ask for.

    Raises:
        RunError: there is no such run.
    """
    store = workbench.store
    info = store.runs.get(run_id)
    scored = tuple((state.entry.id, state.scored, state.answered) for state in scoring.states(workbench, run_id))
    decided = tuple(
        (each.id, each.spec.name, len(store.adjudications.history(each.id)))
        for each in assignments.with_run(workbench, run_id)
    )
    mapped = tuple(
        (each.id, each.name, each.points, tuple(region.title for region in store.maps.regions(each.id)))
        for each in store.maps.all()
        if each.status is MapStatus.DONE
    )
    return info.name, info.status, info.done, info.failed, scored, store.assignments.of_run(run_id), decided, mapped

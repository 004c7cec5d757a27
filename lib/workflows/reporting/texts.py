"""What was written in the fields of an audit's reports, now and before."""

from lib.types import FieldText
from lib.workflows.workbench import Workbench


def texts(workbench: Workbench, run_id: str) -> dict[str, str]:
    """What stands in each field that has a text, by the field's id. Raises RunError when there is no such run."""
    return workbench.store.reports.texts(run_id)


def history(workbench: Workbench, run_id: str) -> dict[str, list[FieldText]]:
    """Everything ever written, by field, the oldest first. Raises RunError when there is no such run."""
    found: dict[str, list[FieldText]] = {}
    for event in workbench.store.reports.history(run_id):
        found.setdefault(event.field, []).append(event)
    return found

"""Where an audit says that it came from: Evenhand ran it, or its outputs were recorded elsewhere and imported."""

from collections.abc import Iterator

from lib.errors import BundleError
from lib.types import Json
from lib.workflows.workbench import Workbench

IMPORT, RECORDED, IMPORTED_BANK = "import", "recorded", "imported"
GENERATED = "generated"

AS_RECORDED = (
    "That the prompts, settings and groups are those that the models were asked with: the audit was imported, and they "
    "are as the file recorded them."
)


def is_import(about: Json) -> bool:
    """Whether an audit says that its outputs were recorded elsewhere."""
    origin = about.get("origin")
    return isinstance(origin, dict) and origin.get("kind") == IMPORT


def false_origin(workbench: Workbench, run_id: str, about: Json) -> Iterator[str]:
    """What is wrong with where an audit says that it came from.

    Prompts of an import are not expected of a grid, so that nothing may pass for one which Evenhand ran.
    """
    origin = about.get("origin")
    if origin == {}:
        return
    if not is_import(about):
        yield f"its origin is {str(origin)[:120]!r}, and no audit has such a one"
        return
    store = workbench.store
    for entry in store.runs.entries(run_id):
        if entry.backend != RECORDED:
            yield f"it says that it was imported, but model {entry.id} was asked by Evenhand (as {entry.backend!r})"
    if not (bank := store.runs.bank(run_id).id).startswith(IMPORTED_BANK):
        yield f"it says that it was imported, but prompt bank {bank} was not made by an import"
    if GENERATED not in store.runs.environment(run_id):
        yield "it says that it was imported, but its environment is that of a run of Evenhand"


def refuse_false_origin(workbench: Workbench, run_id: str, about: Json) -> None:
    """Raise BundleError for an audit that cannot have come from where it says."""
    for said in false_origin(workbench, run_id, about):
        raise BundleError("the audit in the bundle", said, "Get a fresh copy of the bundle.")

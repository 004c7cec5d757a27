"""The catalogue of models: what is there, what is here, what it was made from, how fast it was."""

from dataclasses import dataclass
from typing import Any

from lib.errors import ModelError
from lib.models.backend import BACKENDS, Backend
from lib.types import Dtype, ModelEntry, Rate
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ModelView:
    """A catalogue entry as a screen shows it; `lineage` goes from the entry to its first ancestor."""

    entry: ModelEntry
    here: bool
    detail: str
    rate: Rate | None
    lineage: list[ModelEntry]
    added: bool


def models(workbench: Workbench) -> list[ModelView]:
    """The whole catalogue, built-in entries first."""
    rates = workbench.store.rates.latest()
    added = {entry.id for entry in workbench.store.models.all()}
    return [view(workbench, entry, rates, entry.id in added) for entry in workbench.catalogue.all()]


def titles(workbench: Workbench) -> dict[str, str]:
    """The title of every model in the catalogue by its id."""
    return {entry.id: entry.title for entry in workbench.catalogue.all()}


def view(workbench: Workbench, entry: ModelEntry, rates: dict[tuple[str, str], Rate], added: bool) -> ModelView:
    """One entry with its availability, its rate in fp32 (else in bf16) and its lineage."""
    availability = BACKENDS.get(entry.backend).availability(entry, workbench.catalogue.parent_of(entry))
    rate = rates.get((entry.id, Dtype.FP32.value)) or rates.get((entry.id, Dtype.BF16.value))
    return ModelView(entry, availability.here, availability.detail, rate, workbench.catalogue.lineage(entry), added)


def backends() -> list[Backend]:
    """The ways to reach a model, in the order a form offers them."""
    return list(BACKENDS)


def make(workbench: Workbench, backend: str, **fields: Any) -> ModelEntry:
    """A checked entry that is not kept yet; raises ModelError naming the field that is wrong."""
    return workbench.catalogue.new_entry(backend=backend, **fields)


def add(workbench: Workbench, entry: ModelEntry) -> None:
    """Keep an entry; raises ModelError when its model is refused or its id is taken."""
    workbench.refuse_when_read_only("add a model")
    if entry.id in {known.id for known in workbench.catalogue.all()}:
        raise ModelError(f"model {entry.title}", "a model of that id is in the catalogue", "Give it another title.")
    BACKENDS.get(entry.backend).check(entry, workbench.catalogue.parent_of(entry))
    workbench.store.models.save(entry)


def remove(workbench: Workbench, model_id: str) -> None:
    """Take an added entry out of the catalogue. Files on disk and finished runs are left alone."""
    workbench.refuse_when_read_only("remove a model")
    children = [entry.title for entry in workbench.store.models.all() if entry.parent == model_id]
    if children:
        raise ModelError(f"model {model_id}", f"{', '.join(children)} was made from it", "Remove that one first.")
    if model_id not in {entry.id for entry in workbench.store.models.all()}:
        raise ModelError(f"model {model_id}", "it comes with Evenhand", "Leave it; it takes no room.")
    workbench.store.models.delete(model_id)

"""A model whose outputs were recorded elsewhere and imported: named in their audit, and never run."""

from typing import NoReturn

from typing_extensions import override

from lib.errors import ModelError
from lib.models.backend import BACKENDS, Availability, Backend
from lib.types import Dtype, ModelEntry, ModelKind


class Recorded(Backend):
    """What stands behind the models of an imported audit. It has no fields, so that no form offers it."""

    id = "recorded"
    title = "Recorded elsewhere"
    help = "A model of an imported audit: its outputs came with a file, and nothing is known of it but its name."
    citation = "The file that was imported; its audit names it with its digest."
    fields = ()
    example = ModelEntry(
        id="some-model-v2",
        title="some-model-v2",
        backend="recorded",
        location="outputs.csv",
        source="Imported from outputs.csv",
        note="Evenhand did not run this model.",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Never here."""
        _refuse(entry)

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError: it cannot be used, and is not for the catalogue."""
        _refuse(entry)

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """BASE: its prompts are kept as they were sent, without a wrapper of ours."""
        return ModelKind.BASE

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> NoReturn:
        """Raise ModelError: there is nothing to load."""
        _refuse(entry)


def _refuse(entry: ModelEntry) -> NoReturn:
    raise ModelError(
        f"model {entry.title}",
        "its outputs were recorded elsewhere, and the model itself is not here",
        "To ask it something new, add it to the catalogue by its hub id, folder or endpoint, and build a grid.",
    )


BACKENDS.register(Recorded.id, Recorded())

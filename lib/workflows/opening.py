"""Worker side of `lib.workflows.execution.load_message`: the model that a message names, opened by its backend."""

from typing import TYPE_CHECKING

from lib.codec import from_json
from lib.models.backend import BACKENDS
from lib.types import Dtype, Generator, Json, ModelEntry

if TYPE_CHECKING:
    from lib.models.local_model import LocalModel


def open_named(message: Json) -> "tuple[ModelEntry, LocalModel | Generator]":
    """The catalogue's entry and what its backend opened; raises ModelError when it does not load."""
    entry = from_json(ModelEntry, message["entry"])
    parent = from_json(ModelEntry, message["parent"]) if message.get("parent") else None
    return entry, BACKENDS.get(entry.backend).open(entry, parent=parent, dtype=Dtype(message["dtype"]))

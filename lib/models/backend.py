"""What every way to reach a model has in common. One file a backend; each registers itself here."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from lib.errors import ModelError
from lib.registry import Registry
from lib.types import Dtype, Generator, ModelEntry, ModelKind

if TYPE_CHECKING:
    from lib.models.local_model import LocalModel


@dataclass(frozen=True, slots=True)
class Field:
    """One field of `ModelEntry` that a backend asks for, as a form shows it."""

    name: str
    label: str
    help: str
    placeholder: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a model can be used without fetching anything, and a sentence on it."""

    here: bool
    detail: str


class Backend(ABC):
    """A way to reach a model.

    Everything but `open` is cheap and never imports torch, so that screens may call it.
    `parent` is the catalogue's entry for `entry.parent`, None when there is none.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    citation: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    example: ClassVar[ModelEntry]

    def availability(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Whether the model is here; never raises for a model that is missing or refused."""
        try:
            self.check(entry, parent)
        except ModelError as trouble:
            return Availability(False, f"{trouble.cause}. {trouble.remedy}")
        return self.state_of(entry, parent)

    @abstractmethod
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError when the entry cannot be used or its model is refused."""

    @abstractmethod
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """What `availability` says of a model that passed `check`."""

    @abstractmethod
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """Whether the model looks like a base or a chat model; a person may say otherwise."""

    @abstractmethod
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> "LocalModel | Generator":
        """Load the model, in a worker process only; raises ModelError when it does not load."""


def local_path(entry: ModelEntry) -> Path:
    """The location of an entry as a path on this computer."""
    return Path(entry.location).expanduser()


BACKENDS: Registry[Backend] = Registry("model backend", "lib.models")

"""The catalogue of models: those that come with Evenhand, and those that people added."""

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.bundled import BUNDLED
from lib.models.published import PUBLISHED
from lib.registry import suggest
from lib.types import ModelEntry, ModelKind

NUMBERS = {"parameters": int, "size_bytes": int, "price_in": float, "price_out": float, "max_concurrency": int}
BUILT_IN = (BUNDLED, *PUBLISHED)


class Catalogue:
    """All known models, built-in ones first."""

    def __init__(self, added: Callable[[], list[ModelEntry]]) -> None:
        """`added` gives the entries people added, as they are kept now."""
        self._added = added

    def all(self) -> list[ModelEntry]:
        """Every entry, built-in ones first; a built-in one wins over an added one of the same id."""
        built_in = {entry.id for entry in BUILT_IN}
        return [*BUILT_IN, *(entry for entry in self._added() if entry.id not in built_in)]

    def get(self, model_id: str) -> ModelEntry:
        """The entry of that id; raises ModelError with the nearest ids when there is none."""
        known = {entry.id: entry for entry in self.all()}
        if model_id not in known:
            raise ModelError(f"model {model_id!r}", "the catalogue has none of that id", suggest(model_id, known))
        return known[model_id]

    def parent_of(self, entry: ModelEntry) -> ModelEntry | None:
        """The entry this one was made from, None when it names none or one that is gone."""
        return next((known for known in self.all() if known.id == entry.parent), None) if entry.parent else None

    def lineage(self, entry: ModelEntry) -> list[ModelEntry]:
        """The entry, what it was made from, and so on back to its first ancestor."""
        line = [entry]
        while (parent := self.parent_of(line[-1])) and parent not in line:
            line.append(parent)
        return line

    def new_entry(self, *, backend: str, title: str = "", kind: str = "", **fields: Any) -> ModelEntry:
        """A checked entry that nobody keeps yet.

        Args:
            backend: id of a registered backend.
            title: what people read; by default the last part of the location.
            kind: "base" or "chat"; empty asks the backend.
            fields: further fields of `ModelEntry`. Without `id`, one is made from the title.

        Raises:
            ModelError: a field is missing, unknown or wrong, the id is taken, or the model is refused.
        """
        way = BACKENDS.get(backend)
        fields = {name: _cleaned(name, value) for name, value in fields.items() if value not in ("", None)}
        title = title.strip() or last_part(fields.get("served_name") or fields.get("location", ""))
        thing = f"model {title}" if title else "the new model"
        if kind and kind not in list(ModelKind):
            raise ModelError(thing, f"{kind} is neither base nor chat", "Choose one of the two, or leave it to us.")
        unknown = fields.keys() - {field.name for field in dataclasses.fields(ModelEntry)}
        if unknown:
            raise ModelError(thing, f"{', '.join(sorted(unknown))} is no field of a model", "Leave it out.")
        for field in way.fields:
            if field.required and not fields.get(field.name):
                raise ModelError(
                    thing, f"the field {field.label} is empty", f"{field.help} For example {field.placeholder}"
                )
        entry = ModelEntry(**{"id": slug(title), **fields}, title=title or way.title, backend=backend)
        if entry.id in {known.id for known in self.all()}:
            raise ModelError(thing, f"the id {entry.id} is in the catalogue already", "Give it another title.")
        parent = self.parent_of(entry)
        way.check(entry, parent)
        return dataclasses.replace(entry, kind=ModelKind(kind) if kind else way.kind_of(entry, parent))


def _cleaned(name: str, value: Any) -> Any:
    """A form's value as the field wants it: numbers as numbers, text without blanks around it."""
    if name in NUMBERS:
        try:
            return NUMBERS[name](value)
        except ValueError as trouble:
            raise ModelError("the new model", f"{value!r} is no number for {name}", "Use digits only.") from trouble
    return value.strip() if isinstance(value, str) else value


def slug(title: str) -> str:
    """A title as an id: small letters, digits and dots, with a hyphen for everything else."""
    return re.sub(r"[^a-z0-9.]+", "-", title.lower()).strip("-.") or "model"


def last_part(location: str) -> str:
    """The last part of a path, hub id or model name, without the ending of a GGUF file."""
    return re.split(r"[/\\]", location.rstrip("/\\"))[-1].removesuffix(".gguf")

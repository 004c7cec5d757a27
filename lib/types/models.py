"""Models of the catalogue, and what was really loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ModelKind(StrEnum):
    """Whether a model was tuned to converse; decides what `PromptFormat.AUTO` means."""

    BASE = "base"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the catalogue.

    `backend` names a registered backend (bundled, hub, folder, gguf, adapter, endpoint);
    `location` is what that backend needs: a hub id, a path or a base URL. `served_name` is the
    model's name at an endpoint, `key_env` the environment variable or Streamlit secret that
    holds its key (never the key). Prices are US dollars per million tokens.
    `parent` is the catalogue id of the model this one was made from (an adapter's base, a
    mitigation's base), `method` how.
    """

    id: str
    title: str
    backend: str
    location: str
    kind: ModelKind = ModelKind.BASE
    revision: str = ""
    served_name: str = ""
    key_env: str = ""
    licence: str = ""
    source: str = ""
    note: str = ""
    parameters: int | None = None
    size_bytes: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    max_concurrency: int = 8
    parent: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What was really loaded: recorded with every run and printed in every report."""

    model: str
    backend: str
    revision: str = ""
    weights_digest: str = ""  # SHA-256 over the weight files
    tokenizer_digest: str = ""
    chat_template_digest: str = ""
    dtype: str = ""
    device: str = ""
    device_reason: str = ""
    parameters: int | None = None
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)

"""A hosted model behind any OpenAI-compatible endpoint: hosted APIs, vLLM, Ollama, llama.cpp, TGI."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from typing_extensions import override

from lib import settings
from lib.errors import ModelError
from lib.models.backend import BACKENDS, Availability, Backend, Field
from lib.types import Dtype, Generator, ModelEntry, ModelKind

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


class Endpoint(Backend):
    """A model that a server answers for; its key stays in the environment."""

    id = "endpoint"
    title = "OpenAI-compatible endpoint"
    help = "A hosted API or a server of your own (vLLM, Ollama, llama.cpp, TGI), by base URL and model name."
    citation = "OpenAI API reference, https://platform.openai.com/docs/api-reference"
    fields = (
        Field("location", "Base URL", "Up to /v1, without what follows.", "http://localhost:11434/v1", True),
        Field("served_name", "Model name", "The model's name at this endpoint.", "llama3.2:1b", True),
        Field("key_env", "Key variable", "Environment variable or secret that holds the key.", "OPENAI_API_KEY"),
        Field("max_concurrency", "Requests at once", "How many may be under way together.", "8"),
        Field("price_in", "Price of prompts", "US dollars for a million prompt tokens.", "0.15"),
        Field("price_out", "Price of responses", "US dollars for a million new tokens.", "0.60"),
        Field("licence", "Licence", "Licence or terms of use.", ""),
    )
    example = ModelEntry(
        id="ollama-llama-3-2-1b",
        title="Llama 3.2 1B in Ollama",
        backend="endpoint",
        location="http://localhost:11434/v1",
        served_name="llama3.2:1b",
        kind=ModelKind.CHAT,
        licence="Llama 3.2 Community License",
    )

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here when the address is sound and the key, where one is named, is set. Asks no server."""
        if entry.key_env and settings.secret(entry.key_env) is None:
            return Availability(
                False,
                f"No key yet: set the environment variable {entry.key_env}, or put it in .streamlit/secrets.toml.",
            )
        if _in_the_open(urlsplit(entry.location)):
            return Availability(True, "Ready, but over plain http: the key and the prompts can be read on the way.")
        return Availability(True, "Ready; asked over the network.")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError for an address that is none, or that could carry a key into the database."""
        thing = f"model {entry.title}"
        _check_address(entry.location, thing)
        if not entry.served_name:
            raise ModelError(thing, "it has no model name", "Give the name that the endpoint knows it by.")
        if entry.key_env and not VARIABLE.fullmatch(entry.key_env):
            raise ModelError(
                thing,
                "what stands as key variable is not the name of an environment variable",
                "Give a name such as OPENAI_API_KEY. If it was the key itself, clear it and set it in the environment.",
            )
        if entry.max_concurrency < 1:
            raise ModelError(thing, "it may not be asked at all", "Allow at least one request at once.")

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """Most endpoints serve chat models."""
        return ModelKind.CHAT

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> Generator:
        """Greet the endpoint and give a generator for it; `dtype` is the server's business."""
        from lib.models.hosted.opening import open_endpoint  # loads the openai client

        self.check(entry, parent)
        key = settings.secret(entry.key_env) if entry.key_env else None
        if entry.key_env and key is None:
            raise ModelError(
                f"model {entry.title}",
                f"{entry.key_env} is not set",
                "Set it in the environment or in .streamlit/secrets.toml, then start again.",
            )
        return open_endpoint(entry, key)


def _check_address(location: str, thing: str) -> None:
    """Raise ModelError unless `location` is a base URL without anything secret in it."""
    try:
        url = urlsplit(location)
        _ = url.port  # raises ValueError for a port that is none
    except ValueError:
        url = SplitResult("", "", "", "", "")
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ModelError(thing, "its base URL is not one", "Give it as https://host/v1.")
    if url.username is not None or url.query or url.fragment:
        raise ModelError(
            thing,
            "its base URL has a user name or a query, where a key may hide",
            "Give scheme, host and path only, and name the key's environment variable.",
        )
    if url.path.rstrip("/").endswith("/completions"):
        raise ModelError(thing, "its base URL goes too far", "End it before /chat/completions or /completions.")


def _in_the_open(url: SplitResult) -> bool:
    """Whether requests travel unencrypted beyond this computer and its private network."""
    if url.scheme != "http":
        return False
    host = url.hostname or ""
    try:
        return not ipaddress.ip_address(host).is_private
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))


BACKENDS.register(Endpoint.id, Endpoint())

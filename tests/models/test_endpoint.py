"""Endpoints: what the catalogue accepts, what it warns of, and the first word with a server."""

from collections.abc import Callable
from typing import Any

import pytest

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.types import Dtype, ModelEntry
from tests.models.endpoint_server import Reply, serving

MakeEntry = Callable[..., ModelEntry]
BACKEND = BACKENDS.get("endpoint")
KEY = "sk-test-0123456789abcdef"


def far(entry: MakeEntry, location: str = "http://127.0.0.1:1/v1", **fields: Any) -> ModelEntry:
    return entry("endpoint", location, **{"served_name": "m"} | fields)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("ftp://example.org/v1", "its base URL is not one"),
        ("example.org/v1", "its base URL is not one"),
        ("https://", "its base URL is not one"),
        ("https://host:port/v1", "its base URL is not one"),
        ("https://me:hush@example.org/v1", "a user name or a query, where a key may hide"),
        ("https://example.org/v1?key=hush", "a user name or a query, where a key may hide"),
        ("https://example.org/v1#hush", "a user name or a query, where a key may hide"),
        ("https://example.org/v1/chat/completions", "its base URL goes too far"),
    ],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(entry: MakeEntry, location: str, message: str) -> None:
    """And the refusal does not repeat the secret."""
    with pytest.raises(ModelError, match=message) as caught:
        BACKEND.check(far(entry, location), None)
    assert "hush" not in str(caught.value)


def test_a_key_in_the_place_of_its_name_is_refused_unseen(entry: MakeEntry) -> None:
    """People paste the key itself; it must not be stored, nor repeated in the message."""
    with pytest.raises(ModelError, match="not the name of an environment variable") as caught:
        BACKEND.check(far(entry, key_env=KEY), None)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"), [({"served_name": ""}, "it has no model name"), ({"max_concurrency": 0}, "may not be asked")]
)
def test_an_incomplete_entry_is_refused(entry: MakeEntry, fields: dict[str, Any], message: str) -> None:
    """A model name and at least one request are needed."""
    with pytest.raises(ModelError, match=message):
        BACKEND.check(far(entry, **fields), None)


@pytest.mark.parametrize(
    ("location", "warned"),
    [
        ("http://localhost:11434/v1", False),
        ("http://127.0.0.1:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.168.1.7/v1", False),
        ("http://gpu-server/v1", False),
        ("http://gpu.local/v1", False),
        ("https://api.example.org/v1", False),
        ("http://api.example.org/v1", True),
        ("http://8.8.8.8/v1", True),
    ],
)
def test_plain_http_is_warned_of_beyond_the_own_network(entry: MakeEntry, location: str, warned: bool) -> None:
    """It is allowed, and the catalogue says what it means."""
    availability = BACKEND.availability(far(entry, location), None)
    assert availability.here
    assert ("can be read on the way" in availability.detail) is warned


def test_a_key_that_is_not_set_is_asked_for(entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of its variable, in the catalogue and when it is opened."""
    asked = far(entry, key_env="FAR_KEY")
    monkeypatch.delenv("FAR_KEY", raising=False)
    assert BACKEND.availability(asked, None).detail.startswith("No key yet: set the environment variable FAR_KEY")
    with pytest.raises(ModelError, match="FAR_KEY is not set"):
        BACKEND.open(asked, parent=None, dtype=Dtype.FP32)
    monkeypatch.setenv("FAR_KEY", KEY)
    assert BACKEND.availability(asked, None).here


def test_opening_greets_the_server_once(entry: MakeEntry) -> None:
    """The key is tried on the list of models, and the facts name model and address, not the key."""
    with serving(lambda *_: Reply({"object": "list", "data": []})) as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAR_KEY", KEY)
        opened = BACKEND.open(far(entry, endpoint.url, key_env="FAR_KEY"), parent=None, dtype=Dtype.FP32)
    assert [(seen.path, seen.headers["authorization"]) for seen in endpoint.seen] == [("/v1/models", f"Bearer {KEY}")]
    assert opened.facts.note == f"m at {endpoint.url}"
    assert "openai" in opened.facts.versions
    assert KEY not in repr(opened.facts)


@pytest.mark.parametrize("reply", [Reply({}, 404), Reply({}, 403), Reply(b"<html>"), Reply({}, 422)])
def test_a_server_without_a_list_of_models_is_opened(entry: MakeEntry, reply: Reply) -> None:
    """Not every server answers that question, and some keys may not ask it."""
    with serving(lambda *_: reply) as endpoint:
        assert BACKEND.open(far(entry, endpoint.url), parent=None, dtype=Dtype.FP32).facts.backend == "endpoint"


def test_a_refused_key_is_told_before_the_run(entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message instead of one for each cell; the key is not in it, nor in what led to it."""
    monkeypatch.setenv("FAR_KEY", KEY)
    leaky = Reply({"error": {"message": f"Incorrect API key provided: {KEY}"}}, 401)
    with (
        serving(lambda *_: leaky) as endpoint,
        pytest.raises(ModelError, match=r"refuses the key. Check FAR_KEY") as caught,
    ):
        BACKEND.open(far(entry, endpoint.url, key_env="FAR_KEY"), parent=None, dtype=Dtype.FP32)
    assert KEY not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_silent_address_is_told_before_the_run(entry: MakeEntry) -> None:
    """Nobody listens on port 1."""
    with pytest.raises(ModelError, match=r"127.0.0.1:1/v1 does not answer. Check the address"):
        BACKEND.open(far(entry), parent=None, dtype=Dtype.FP32)

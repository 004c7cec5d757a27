"""The endpoint backend against llama.cpp's own server, with the bundled model."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from lib.models.backend import BACKENDS
from lib.models.bundled import BUNDLED
from lib.models.formatting import tokenize
from lib.models.hosted.generator import EndpointGenerator
from lib.models.local_model import LocalModel
from lib.types import Decoding, Dtype, Finish, Job, ModelEntry, PromptFormat
from tests.models.llama_cpp import llama_cpp_server
from tests.models.test_generator import queue

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with llama_cpp_server() as url:
        yield url


@pytest.fixture
def far(server: str, entry: Callable[..., ModelEntry]) -> EndpointGenerator:
    asked = entry("endpoint", server, served_name="SmolLM2", max_concurrency=4)
    opened = BACKENDS.get("endpoint").open(asked, parent=None, dtype=Dtype.FP32)
    assert isinstance(opened, EndpointGenerator)
    return opened


def job(no: int, prompt: str, format: PromptFormat, seed: int = 1, **decoding: float) -> Job:
    return Job(no=no, prompt=prompt, format=format, decoding=Decoding(**decoding), seed=seed)


def test_chat_is_answered_with_usage(far: EndpointGenerator) -> None:
    """Concurrent chats come back complete; the token limit is marked as such."""
    prompts = [
        "Who was the first person on the moon?",
        "Name a colour.",
        "Say hello.",
        "What is 2 + 2?",
        "Write a poem.",
    ]
    asked = [job(no, prompt, PromptFormat.CHAT, max_new_tokens=12) for no, prompt in enumerate(prompts)]
    responses = list(far.generate(queue(asked)))
    assert sorted(response.no for response in responses) == list(range(5))
    for response in responses:
        assert response.text
        assert response.finish is (Finish.LENGTH if response.new_tokens == 12 else Finish.STOP)
    assert any(response.finish is Finish.LENGTH for response in responses)
    assert "system fingerprint" in far.facts.note


def test_the_server_reads_the_same_tokens_as_our_own_tokenizer(
    far: EndpointGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Converted tokenizer and chat template agree with llama.cpp on the number of prompt tokens."""
    monkeypatch.delenv("EVENHAND_CACHE")  # the everyday cache: whoever ran Evenhand before need not convert again
    local = BACKENDS.get("bundled").open(BUNDLED, parent=None, dtype=Dtype.FP32)
    assert isinstance(local, LocalModel)
    prompts = [
        "María earned 12,345 € in 2024.",
        "a  b\n\tc's",
        "naïve café — “quoted”",
        "日本語のテスト",
        "👩🏽‍🔬 at work",
    ]
    formats = (PromptFormat.CHAT, PromptFormat.PLAIN, PromptFormat.INSTRUCTION)
    pairs = itertools.product(prompts, formats)
    asked = [job(no, prompt, form, max_new_tokens=1) for no, (prompt, form) in enumerate(pairs)]
    counted = {response.no: response.prompt_tokens for response in far.generate(queue(asked))}
    assert counted == {j.no: len(tokenize(j, local.tokenizer)[1]) for j in asked}


def test_completions_continue_the_prompt_and_a_seed_repeats_it(far: EndpointGenerator) -> None:
    """Plain prompts go to /completions; the same seed gives the same text, another one another."""

    def said(seed: int) -> str:
        asked = job(0, "The nurse said that", PromptFormat.PLAIN, seed=seed, max_new_tokens=16)
        (response,) = far.generate(queue([asked]))
        assert response.finish is Finish.LENGTH
        assert response.prompt_sent == "The nurse said that"
        return response.text

    assert said(7) == said(7)
    assert said(7) != said(8)

"""The exact text and ids a model reads."""

import pytest
from tokenizers.processors import TemplateProcessing

from lib.errors import ModelError
from lib.models.formatting import tokenize, wrap
from lib.types import Decoding, Job, PromptFormat
from tests.models import tiny


def job(prompt: str, format: PromptFormat, system: str = "") -> Job:
    return Job(no=0, prompt=prompt, format=format, decoding=Decoding(), seed=0, system=system)


def test_plain_sends_the_prompt_as_it_is() -> None:
    """Nothing is put around it, and the ids decode to it."""
    words = tiny.tokenizer()
    text, ids = tokenize(job("The nurse said ", PromptFormat.PLAIN), words)
    assert text == "The nurse said " == words.decode(ids)


def test_plain_starts_as_the_tokenizer_does_by_default() -> None:
    """A model that was trained with a start token gets one, though the text does not show it."""
    words = tiny.tokenizer()
    words.backend_tokenizer.post_processor = TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", words.bos_token_id)]
    )
    text, ids = tokenize(job("Hi", PromptFormat.PLAIN), words)
    assert text == "Hi"
    assert ids[0] == words.bos_token_id


def test_a_system_prompt_stands_in_front_of_plain_text() -> None:
    """It is not dropped for models without roles."""
    assert wrap(job("Who?", PromptFormat.PLAIN, "Be fair.")) == "Be fair.\n\nWho?"


def test_instruction_is_alpacas_format() -> None:
    """The wrapper is character for character what the course model was trained on."""
    assert wrap(job("Who?", PromptFormat.INSTRUCTION)) == "### Instruction:\nWho?\n\n### Response:\n"
    assert wrap(job("Who?", PromptFormat.INSTRUCTION, "Be fair.")).startswith("Be fair.\n\n### Instruction:\n")


def test_chat_goes_through_the_models_own_template() -> None:
    """The text is the rendered template, and its special tokens are not doubled."""
    words = tiny.tokenizer(template="<s>" + tiny.TEMPLATE)
    words.backend_tokenizer.post_processor = TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", words.bos_token_id)]
    )
    text, ids = tokenize(job("Hi", PromptFormat.CHAT, "Be fair."), words)
    assert text == "<s>[system]Be fair.\n[user]Hi\n[assistant]"
    assert ids.count(words.bos_token_id) == 1
    assert words.decode(ids) == text


def test_no_system_prompt_means_no_system_message() -> None:
    """The conversation begins with the user."""
    text, _ = tokenize(job("Hi", PromptFormat.CHAT), tiny.tokenizer(template=tiny.TEMPLATE))
    assert text == "[user]Hi\n[assistant]"


def test_chat_without_a_template_is_refused() -> None:
    """A base model cannot be asked in chat format by guessing one."""
    with pytest.raises(ModelError, match=r"no chat template.*plain or instruction"):
        tokenize(job("Hi", PromptFormat.CHAT), tiny.tokenizer())


def test_a_template_that_refuses_a_system_prompt_is_explained() -> None:
    """Some templates raise on a role they do not know; the remedy says what to change."""
    strict = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    with pytest.raises(ModelError, match=r"System role not supported.*Leave the system prompt empty"):
        tokenize(job("Hi", PromptFormat.CHAT, "Be fair."), tiny.tokenizer(template=strict))


@pytest.mark.parametrize(("start", "end", "expected"), [("<s>", "</s>", "<s>"), (None, "</s>", "</s>")])
def test_an_empty_prompt_is_the_start_token_alone(start: str | None, end: str, expected: str) -> None:
    """The least a model can continue: its start token, else the end token that separated its training texts."""
    words = tiny.tokenizer(start=start, end=end)
    assert tokenize(job("", PromptFormat.PLAIN), words) == (expected, [words.convert_tokens_to_ids(expected)])


def test_an_empty_prompt_without_any_start_is_refused() -> None:
    """There is nothing to begin with."""
    with pytest.raises(ModelError, match="no start token"):
        tokenize(job("", PromptFormat.PLAIN), tiny.tokenizer(start=None, end=None))

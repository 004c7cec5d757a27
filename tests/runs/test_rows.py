"""From job to row to response, where the engine's own tests do not reach."""

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from lib.runs.rows import Desk, describe, end_tokens
from lib.runs.support import can_roll
from lib.types import Decoding, Finish
from tests.runs.tiny import byte_tokenizer, jobs_for, tiny_model, tokenize

WORDS = ["▁She", "▁is", "▁a", "▁judge", "<end>"]


def word_tokenizer() -> PreTrainedTokenizerFast:
    """Words that carry their leading space, as in the Llama family; a decoded text loses its first."""
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, "<end>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>")


def test_the_space_before_the_first_word_is_kept():
    """A completion is what it adds to the prompt, although decoded on its own it would lose its space."""
    tokenizer = word_tokenizer()
    desk = Desk(tiny_model("llama"), tokenizer, tokenize)
    row = desk.open(jobs_for(["She is"], Decoding(max_new_tokens=9))[0])
    for token in tokenizer.encode("a judge"):
        assert not desk.extend(row, token)
    assert desk.extend(row, tokenizer.eos_token_id)
    response = desk.close(row)
    assert tokenizer.decode(tokenizer.encode("a judge")) == "a judge"
    assert (response.text, response.finish, response.new_tokens) == (" a judge", Finish.STOP, 2)


def test_a_character_cut_by_the_limit_does_not_reach_into_the_prompt():
    """When the limit falls inside a character of several bytes, the prompt is still cut off exactly."""
    tokenizer = byte_tokenizer()
    desk = Desk(tiny_model("llama"), tokenizer, tokenize)
    row = desk.open(jobs_for(["é"], Decoding(max_new_tokens=3))[0])
    ended = [desk.extend(row, token) for token in tokenizer.encode("né")]
    assert ended == [False, False, True]
    assert desk.close(row).text == "né"
    row = desk.open(jobs_for(["é"], Decoding(max_new_tokens=2))[0])
    assert [desk.extend(row, token) for token in tokenizer.encode("né")[:2]] == [False, True]
    assert desk.close(row).text == "n\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(("configured", "expected"), [(None, {256}), (7, {7, 256}), ([3, 256, 4], {3, 4, 256})])
def test_every_known_end_token_ends(configured, expected):
    """The generation config may name none, one or several end tokens; the tokenizer's own always counts."""
    model = tiny_model("llama")
    model.generation_config.eos_token_id = configured
    assert end_tokens(model, byte_tokenizer()) == expected


def test_errors_name_their_type_unless_they_explain_themselves():
    """An exception of a library is told with its type."""
    assert describe(IndexError("index out of range")) == "IndexError: index out of range"


def test_a_failed_trial_leaves_the_model_as_it_was(monkeypatch):
    """Were a model with ALiBi tried, its trial would fail, and it would compute afterwards what it did before."""
    monkeypatch.setattr("lib.runs.support.looks_plain", lambda _: True)
    model = tiny_model("alibi")
    ids = torch.tensor([[5, 6, 7]])
    before = model(ids).logits
    assert not can_roll(model)
    assert torch.equal(model(ids).logits, before)

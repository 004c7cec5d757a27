"""The distribution after a prompt, on real models small enough to check by hand."""

import pytest
import torch

from lib.models.folder import LocalFolder
from lib.models.next_token import NextTokenModel
from lib.types import Dtype, ModelEntry, PromptFormat
from tests.models import tiny

PROMPTS = ["The nurse said that", "The engineer said he was"]


@pytest.fixture(scope="module", params=[tiny.llama, tiny.gpt2], ids=["llama", "gpt2"])
def local(request, tmp_path_factory):
    folder = request.param(tmp_path_factory.mktemp("next"))
    return LocalFolder().open(ModelEntry("tiny", "Tiny", "folder", str(folder)), parent=None, dtype=Dtype.FP32)


def by_hand(local, ids):
    """Probabilities after some ids, from one plain forward pass; shape (vocabulary,)."""
    with torch.inference_mode():
        return local.model(torch.tensor([ids])).logits[0, -1].float().softmax(-1)


def test_the_top_is_the_softmax(local):
    """The likeliest tokens are those of a plain forward pass, in order, with its probabilities."""
    [found] = NextTokenModel(local).ask(PROMPTS[:1], [], top=5, format=PromptFormat.PLAIN)
    best = by_hand(local, local.tokenizer.encode(PROMPTS[0])).topk(5)
    assert [p for _, p in found.top] == pytest.approx(best.values.tolist(), abs=1e-6)
    assert [text for text, _ in found.top] == [local.tokenizer.decode([int(token)]) for token in best.indices]


def test_a_word_is_the_chain_of_its_tokens_and_its_end(local):
    """P(word) is the product of its tokens' probabilities and the mass of tokens that begin no letter behind it."""
    ids = local.tokenizer.encode(PROMPTS[0])
    expected = 1.0
    for token in local.tokenizer.encode(" she"):
        expected *= float(by_hand(local, ids)[token])
        ids = [*ids, token]
    after = by_hand(local, ids)
    ends = [not local.tokenizer.decode([token])[:1].isalnum() for token in range(len(after))]
    expected *= float(after[torch.tensor(ends)].sum())
    [found] = NextTokenModel(local).ask(PROMPTS[:1], [["she"]], top=1, format=PromptFormat.PLAIN)
    assert found.words == (pytest.approx(expected, rel=1e-4),)


def test_a_word_does_not_count_a_longer_one(local):
    """The probabilities of "he" and of all words that go on from it add up to no more than that of its letters."""
    model = NextTokenModel(local)
    [found] = model.ask(PROMPTS[:1], [["he"]], top=1, format=PromptFormat.PLAIN)
    letters = 1.0
    ids = local.tokenizer.encode(PROMPTS[0])
    for token in local.tokenizer.encode(" he"):
        letters *= float(by_hand(local, ids)[token])
        ids = [*ids, token]
    assert 0 < found.words[0] < letters


def test_spellings_are_summed(local):
    """A word asked in three spellings has the sum of the three; the same one twice counts once."""
    model = NextTokenModel(local)
    [found] = model.ask(
        PROMPTS[:1], [["she"], ["She"], ["SHE"], ["she", "She", "SHE", "she"]], top=1, format=PromptFormat.PLAIN
    )
    assert found.words[3] == pytest.approx(sum(found.words[:3]), rel=1e-6)


def test_batches_change_nothing(local):
    """Words asked together, padded to the longest, have the probabilities they have alone."""
    model = NextTokenModel(local)
    words = [["he"], ["administrator"], ["she"]]
    [together] = model.ask(PROMPTS[1:], words, top=1, format=PromptFormat.PLAIN)
    alone = [model.ask(PROMPTS[1:], [word], top=1, format=PromptFormat.PLAIN)[0].words[0] for word in words]
    assert list(together.words) == pytest.approx(alone, rel=1e-4)


def test_behind_a_space_no_other_is_wanted(local):
    """After a prompt that ends in a space, the word without a space counts too."""
    [found] = NextTokenModel(local).ask(["She said "], [["he"]], top=1, format=PromptFormat.PLAIN)
    assert found.words[0] > 0

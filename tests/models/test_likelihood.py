"""The log-probability of texts under tiny real models."""

import math
from pathlib import Path

import pytest
import torch

from lib.models.likelihood import Likelihood
from lib.models.local_model import LocalModel, load_folder
from lib.types import Dtype, ModelEntry
from tests.models import tiny

TEXTS = ["The nurse said that she was tired.", "He", "", "They wrote a letter to the engineer.", "she was late " * 30]


@pytest.fixture(params=["llama", "gpt2"])
def local(request: pytest.FixtureRequest, tmp_path: Path) -> LocalModel:
    folder = getattr(tiny, request.param)(tmp_path)
    return load_folder(folder, ModelEntry("tiny", "Tiny", "folder", str(folder)), Dtype.FP32)


def by_hand(local: LocalModel, text: str) -> tuple[float, int]:
    """One text, one token after the other, in double precision: log P(token | those before it), from the second on."""
    ids = local.tokenizer.encode(text)
    total = 0.0
    for place in range(1, len(ids)):
        logits = local.model(input_ids=torch.tensor([ids[:place]])).logits[0, -1].double()
        total += float(logits.log_softmax(-1)[ids[place]])
    return total, max(0, len(ids) - 1)


def test_a_batch_gives_what_each_text_gets_alone(local: LocalModel) -> None:
    """Texts of many lengths together equal the sum over single steps, in their own order, whatever the batch."""
    expected = [by_hand(local, text) for text in TEXTS]
    for texts in (TEXTS, TEXTS[::-1]):
        found = dict(zip(texts, Likelihood(local).log_likelihoods(texts), strict=True))
        for text, (total, tokens) in zip(TEXTS, expected, strict=True):
            assert found[text][0] == pytest.approx(total, abs=1e-4)
            assert found[text][1] == tokens


def test_small_batches_give_the_same(local: LocalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the texts are cut into batches changes nothing."""
    whole = Likelihood(local).log_likelihoods(TEXTS)
    monkeypatch.setattr("lib.models.likelihood.TOKENS_AT_ONCE", 20)
    monkeypatch.setattr("lib.models.likelihood.ROWS_AT_ONCE", 3)
    for (total, tokens), (before, n) in zip(Likelihood(local).log_likelihoods(TEXTS), whole, strict=True):
        assert (total, tokens) == (pytest.approx(before, abs=1e-4), n)


def test_nothing_to_score_is_told_by_no_tokens(local: LocalModel) -> None:
    """An empty text, and no texts at all."""
    assert Likelihood(local).log_likelihoods([""]) == [(0.0, 0)]
    assert Likelihood(local).log_likelihoods([]) == []


def test_the_first_token_counts_behind_a_start_token(local: LocalModel) -> None:
    """A tokenizer that puts a start token in front has one more token scored; the start token itself never is."""
    tokenizer = local.tokenizer
    without = Likelihood(local).log_likelihoods(["He was"])[0]
    encode = tokenizer.encode

    class Starting:
        pad_token_id = tokenizer.pad_token_id
        model_max_length = tokenizer.model_max_length

        def encode(self, text: str) -> list[int]:
            return [tokenizer.bos_token_id, *encode(text)]

    with_start = Likelihood(LocalModel(local.model, Starting(), local.facts)).log_likelihoods(["He was"])[0]  # type: ignore[arg-type]
    assert with_start[1] == without[1] + 1


def test_a_text_beyond_the_window_is_cut(local: LocalModel) -> None:
    """What is beyond the model's window is not scored, and does not fail."""
    window = local.model.config.max_position_embeddings
    total, tokens = Likelihood(local).log_likelihoods(["a" * (window * 8)])[0]
    assert tokens <= window - 1
    assert math.isfinite(total)


def test_a_uniform_model_gives_the_logarithm_of_its_vocabulary(tmp_path: Path) -> None:
    """With all logits equal, each token has probability 1 / vocabulary."""
    folder = tiny.llama(tmp_path)
    local = load_folder(folder, ModelEntry("tiny", "Tiny", "folder", str(folder)), Dtype.FP32)
    local.model.get_output_embeddings().weight.zero_()
    size = local.model.config.vocab_size
    total, tokens = Likelihood(local).log_likelihoods(["The nurse said that she was tired."])[0]
    assert total == pytest.approx(-tokens * math.log(size), abs=1e-9)

"""Local folders, loaded by transformers."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.local_model import LocalModel
from lib.types import Dtype, ModelEntry, ModelKind
from tests.models import tiny

MakeEntry = Callable[..., ModelEntry]


def opened(entry: ModelEntry, dtype: Dtype = Dtype.FP32) -> LocalModel:
    model = BACKENDS.get(entry.backend).open(entry, parent=None, dtype=dtype)
    assert isinstance(model, LocalModel)
    return model


def test_a_llama_folder_loads_with_its_facts(llama: Path, entry: MakeEntry) -> None:
    """The facts name exactly the files and numbers that were loaded."""
    local = opened(entry("folder", llama))
    assert local.facts.weights_digest == hashlib.sha256((llama / "model.safetensors").read_bytes()).hexdigest()
    assert local.facts.chat_template_digest == hashlib.sha256(tiny.TEMPLATE.encode()).hexdigest()
    assert local.facts.parameters == sum(weights.numel() for weights in local.model.parameters())
    assert (local.facts.model, local.facts.backend, local.facts.dtype) == ("tiny", "folder", "fp32")
    assert local.facts.versions["torch"] == torch.__version__
    assert local.facts.device_reason


def test_a_loaded_model_only_answers(llama: Path, entry: MakeEntry) -> None:
    """It is in evaluation mode, keeps no gradients and has a pad token."""
    local = opened(entry("folder", llama))
    assert not local.model.training
    assert not any(weights.requires_grad for weights in local.model.parameters())
    assert local.tokenizer.pad_token == "</s>"


def test_a_model_with_tied_weights_loads(tmp_path: Path, entry: MakeEntry) -> None:
    """GPT-2's output layer is not stored, and that is not a missing weight."""
    local = opened(entry("folder", tiny.gpt2(tmp_path / "gpt2")))
    assert local.model.get_output_embeddings().weight is local.model.get_input_embeddings().weight


def test_bf16_is_loaded_on_request(llama: Path, entry: MakeEntry) -> None:
    """The recorded number format is the one in memory."""
    local = opened(entry("folder", llama), Dtype.BF16)
    assert local.facts.dtype == "bf16"
    assert {weights.dtype for weights in local.model.parameters()} == {torch.bfloat16}


def test_missing_weights_are_refused_rather_than_invented(llama: Path, entry: MakeEntry) -> None:
    """transformers would fill the gap with random numbers; an audit must not."""
    weights = load_file(llama / "model.safetensors")
    del weights["model.layers.1.mlp.up_proj.weight"]
    save_file(weights, llama / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"1 weights are missing .*layers.1.mlp.up_proj"):
        opened(entry("folder", llama))


def test_an_unknown_architecture_is_explained(llama: Path, entry: MakeEntry) -> None:
    """What transformers cannot load becomes cause and remedy."""
    config = llama / "config.json"
    config.write_text(config.read_text().replace('"llama"', '"notyetinvented"'))
    with pytest.raises(ModelError, match=r"cannot load it .*notyetinvented.*knows the architecture"):
        opened(entry("folder", llama))


def test_a_damaged_tokenizer_is_explained(llama: Path, entry: MakeEntry) -> None:
    """The message says that it is the tokenizer."""
    (llama / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="tokenizer does not load"):
        opened(entry("folder", llama))


def test_a_sharded_model_is_digested_as_a_whole(made_llama: Path, tmp_path: Path, entry: MakeEntry) -> None:
    """A change in any shard changes the digest; the answers are those of the single file."""
    whole = opened(entry("folder", made_llama))
    whole.model.save_pretrained(tmp_path / "shards", max_shard_size="20KB")
    whole.tokenizer.save_pretrained(tmp_path / "shards")
    assert len(list((tmp_path / "shards").glob("*.safetensors"))) > 1
    sharded = opened(entry("folder", tmp_path / "shards"))
    ids = torch.tensor([[5, 6, 7]])
    assert torch.equal(whole.model(ids).logits, sharded.model(ids).logits)
    shard = sorted((tmp_path / "shards").glob("*.safetensors"))[0]
    content = load_file(shard)
    save_file({name: tensor + 1 for name, tensor in content.items()}, shard, metadata={"format": "pt"})
    assert opened(entry("folder", tmp_path / "shards")).facts.weights_digest != sharded.facts.weights_digest


def test_the_kind_follows_the_chat_template(llama: Path, tmp_path: Path, entry: MakeEntry) -> None:
    """A chat template makes a chat model, wherever transformers keeps it."""
    folder = BACKENDS.get("folder")
    assert folder.kind_of(entry("folder", llama), None) is ModelKind.CHAT
    assert folder.kind_of(entry("folder", tiny.gpt2(tmp_path / "gpt2")), None) is ModelKind.BASE
    (llama / "chat_template.jinja").unlink()
    assert folder.kind_of(entry("folder", llama), None) is ModelKind.BASE
    (llama / "tokenizer_config.json").write_text('{"chat_template": "{{ messages }}"}')
    assert folder.kind_of(entry("folder", llama), None) is ModelKind.CHAT

"""LoRA adapters, made here with peft and merged into their base."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.digests import file_digest
from lib.models.local_model import LocalModel
from lib.types import Dtype, ModelEntry, ModelKind
from tests.models import tiny

MakeEntry = Callable[..., ModelEntry]
IDS = torch.tensor([[5, 6, 7, 8]])


@pytest.fixture
def adapter(llama: Path, tmp_path: Path) -> Path:
    """An adapter on the tiny Llama that changes what it says."""
    torch.manual_seed(3)
    config = LoraConfig(r=2, target_modules=["q_proj", "up_proj"], init_lora_weights=False, task_type="CAUSAL_LM")
    get_peft_model(AutoModelForCausalLM.from_pretrained(llama), config).save_pretrained(tmp_path / "adapter")
    return tmp_path / "adapter"


@pytest.fixture
def base(llama: Path, entry: MakeEntry) -> ModelEntry:
    return entry("folder", llama, id="base", title="Base", kind=ModelKind.CHAT)


def opened(entry: ModelEntry, base: ModelEntry, dtype: Dtype = Dtype.FP32) -> LocalModel:
    model = BACKENDS.get("adapter").open(entry, parent=base, dtype=dtype)
    assert isinstance(model, LocalModel)
    return model


def test_the_merged_model_answers_as_the_adapter_would(
    adapter: Path, base: ModelEntry, llama: Path, entry: MakeEntry
) -> None:
    """Merging changes the speed, not the model; and it is not the base any more."""
    with torch.no_grad():
        merged = opened(entry("adapter", adapter, parent="base"), base).model(IDS).logits
        plain = AutoModelForCausalLM.from_pretrained(llama)
        without = plain(IDS).logits
        unmerged = PeftModel.from_pretrained(plain, adapter)(IDS).logits
    assert torch.allclose(merged, unmerged, atol=1e-5)
    assert not torch.allclose(merged, without, atol=1e-2)


def test_base_and_adapter_are_both_on_record(adapter: Path, base: ModelEntry, llama: Path, entry: MakeEntry) -> None:
    """The facts name both files, and their one digest is that of neither."""
    facts = opened(entry("adapter", adapter, parent="base"), base).facts
    own, of_base = file_digest(adapter / "adapter_model.safetensors"), file_digest(llama / "model.safetensors")
    assert own in facts.note
    assert of_base in facts.note
    assert facts.weights_digest not in (own, of_base)
    assert (facts.model, facts.backend, facts.parameters) == ("tiny", "adapter", tiny_parameters(llama))


def tiny_parameters(llama: Path) -> int:
    return int(AutoModelForCausalLM.from_pretrained(llama).num_parameters())


def test_merging_is_done_in_full_precision(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """A bf16 model is the fp32 merge rounded once, not a sum of rounded parts."""
    asked = entry("adapter", adapter, parent="base")
    half, full = opened(asked, base, Dtype.BF16), opened(asked, base)
    assert half.facts.dtype == "bf16"
    for name, weights in full.model.state_dict().items():
        assert torch.equal(half.model.state_dict()[name], weights.bfloat16())


def test_a_tokenizer_of_its_own_wins(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """A chat adapter on a base model brings the template it was trained with."""
    tiny.tokenizer(template="own").save_pretrained(adapter)
    asked = entry("adapter", adapter, parent="base")
    local = opened(asked, base)
    assert local.tokenizer.chat_template == "own"
    assert BACKENDS.get("adapter").kind_of(asked, base) is ModelKind.CHAT


def test_the_kind_is_that_of_the_base(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """Without a tokenizer of its own an adapter is what its base is."""
    assert BACKENDS.get("adapter").kind_of(entry("adapter", adapter, parent="base"), base) is ModelKind.CHAT


def test_a_tokenizer_with_more_tokens_than_the_base_is_refused(
    adapter: Path, base: ModelEntry, entry: MakeEntry
) -> None:
    """The added tokens would have no trained embedding."""
    words = tiny.tokenizer()
    words.add_tokens(["<new>"])
    words.save_pretrained(adapter)
    with pytest.raises(ModelError, match=r"301 tokens, its base only 300.*Merge it where it was trained"):
        opened(entry("adapter", adapter, parent="base"), base)


def refuse(asked: ModelEntry, base: ModelEntry | None, cause: str) -> None:
    """Assert that `check` refuses and the catalogue says so without raising."""
    backend = BACKENDS.get("adapter")
    with pytest.raises(ModelError, match=cause):
        backend.check(asked, base)
    assert not backend.availability(asked, base).here


def test_pickled_adapters_are_refused(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """adapter_model.bin is a pickle like any other."""
    (adapter / "adapter_model.safetensors").rename(adapter / "adapter_model.bin")
    refuse(entry("adapter", adapter, parent="base"), base, r"pickled \(adapter_model.bin\)")


def test_other_sorts_of_adapter_are_refused(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """Only LoRA can be merged the way this does it."""
    config = json.loads((adapter / "adapter_config.json").read_text())
    (adapter / "adapter_config.json").write_text(json.dumps(config | {"peft_type": "PROMPT_TUNING"}))
    refuse(entry("adapter", adapter, parent="base"), base, "its type is PROMPT_TUNING, not LORA")


def test_a_folder_without_an_adapter_is_refused(base: ModelEntry, tmp_path: Path, entry: MakeEntry) -> None:
    """A path that is not there is a path, not a Hub id."""
    refuse(entry("adapter", tmp_path, parent="base"), base, r"no adapter_config.json")
    refuse(entry("adapter", tmp_path / "nowhere", parent="base"), base, "there is no folder")


def test_a_base_is_needed(adapter: Path, entry: MakeEntry) -> None:
    """No base, or one that is not a whole local model, is refused."""
    refuse(entry("adapter", adapter), None, "it has no base model")
    endpoint = entry("endpoint", "https://example.org/v1", title="Far", served_name="m")
    refuse(entry("adapter", adapter, parent="far"), endpoint, "its base, Far, is reached as endpoint")


def test_an_adapter_of_another_model_is_refused(adapter: Path, tmp_path: Path, entry: MakeEntry) -> None:
    """Layers that the base does not have are an error, not a silent no-op."""
    other = entry("folder", tiny.gpt2(tmp_path / "gpt2"), id="other", title="Other")
    with pytest.raises(ModelError, match=r"does not fit its base .*trained on"):
        opened(entry("adapter", adapter, parent="other"), other)


def test_an_adapter_with_missing_weights_is_refused(adapter: Path, base: ModelEntry, entry: MakeEntry) -> None:
    """peft warns and would merge zeros; an audit of that would be of the base."""
    from safetensors.torch import load_file, save_file

    weights = load_file(adapter / "adapter_model.safetensors")
    del weights[next(iter(weights))]
    save_file(weights, adapter / "adapter_model.safetensors")
    with pytest.raises(ModelError, match=r"missing adapter keys"):
        opened(entry("adapter", adapter, parent="base"), base)

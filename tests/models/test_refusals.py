"""Folders that must not be loaded, each with the reason and the way out."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.types import Json, ModelEntry

MakeEntry = Callable[..., ModelEntry]


def refuse(entry: ModelEntry, cause: str, remedy: str) -> None:
    """Assert that `check` refuses, and that the catalogue says the same without raising."""
    backend = BACKENDS.get(entry.backend)
    with pytest.raises(ModelError) as caught:
        backend.check(entry, None)
    assert caught.value.thing == "model Tiny"
    assert re.search(cause, caught.value.cause)
    assert remedy in caught.value.remedy
    availability = backend.availability(entry, None)
    assert not availability.here
    assert caught.value.cause in availability.detail


def change(path: Path, **fields: object) -> None:
    content: Json = json.loads(path.read_text())
    path.write_text(json.dumps(content | fields))


def test_a_whole_model_passes(llama: Path, entry: MakeEntry) -> None:
    """An intact folder is ready; this is what the other tests damage."""
    assert BACKENDS.get("folder").availability(entry("folder", llama), None).here


def test_pickled_weights_are_refused(llama: Path, entry: MakeEntry) -> None:
    """A folder with only pytorch_model.bin is refused, naming the file and the danger."""
    (llama / "model.safetensors").rename(llama / "pytorch_model.bin")
    refuse(entry("folder", llama), r"pickled \(pytorch_model.bin\).* can run any code", "safetensors version")


def test_a_model_with_code_of_its_own_is_refused(llama: Path, entry: MakeEntry) -> None:
    """auto_map in the model's configuration asks for remote code."""
    change(llama / "config.json", auto_map={"AutoModelForCausalLM": "modeling.Evil"})
    refuse(entry("folder", llama), r"config.json asks to run the model's own code", "transformers supports itself")


def test_a_tokenizer_with_code_of_its_own_is_refused(llama: Path, entry: MakeEntry) -> None:
    """The tokenizer's configuration is held to the same rule."""
    change(llama / "tokenizer_config.json", auto_map={"AutoTokenizer": ["tokenization.Evil", None]})
    refuse(entry("folder", llama), "tokenizer_config.json asks to run", "transformers supports itself")


def test_a_model_that_does_not_continue_text_is_refused(llama: Path, entry: MakeEntry) -> None:
    """A masked language model has nothing to generate with."""
    change(llama / "config.json", architectures=["BertForMaskedLM"])
    refuse(entry("folder", llama), "BertForMaskedLM does not write text", "causal language model")


def test_a_missing_tokenizer_is_named(llama: Path, entry: MakeEntry) -> None:
    """Weights without a tokenizer cannot be used."""
    for path in llama.glob("tokenizer*"):
        path.unlink()
    refuse(entry("folder", llama), "no tokenizer", "base model's tokenizer.json")


def test_a_missing_folder_is_named(tmp_path: Path, entry: MakeEntry) -> None:
    """The message repeats the path that was given."""
    refuse(entry("folder", tmp_path / "nowhere"), "there is no folder .*nowhere", "Check the path")


@pytest.mark.parametrize("keep", [0, 20, 5000])
def test_truncated_weights_are_found_before_loading(llama: Path, entry: MakeEntry, keep: int) -> None:
    """A download that broke off shows in the file's header and length."""
    weights = llama / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    refuse(entry("folder", llama), "model.safetensors is damaged", "download it again")


def test_a_git_lfs_pointer_is_explained(llama: Path, entry: MakeEntry) -> None:
    """A clone without LFS leaves a small text file, and the remedy says which command is missing."""
    (llama / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    refuse(entry("folder", llama), "damaged or not a safetensors file", "git lfs pull")


def test_a_missing_shard_is_named(llama: Path, entry: MakeEntry) -> None:
    """An index that names a file which is not there is an incomplete copy."""
    (llama / "model.safetensors").unlink()
    (llama / "model.safetensors.index.json").write_text(
        json.dumps({"weight_map": {"x": "model-00001-of-2.safetensors"}})
    )
    refuse(entry("folder", llama), r"missing \(model-00001-of-2.safetensors\)", "Copy the whole model")


def test_a_damaged_configuration_is_named(llama: Path, entry: MakeEntry) -> None:
    """Half a config.json is told as such."""
    (llama / "config.json").write_text('{"architectures": [')
    refuse(entry("folder", llama), "config.json is damaged", "Copy the model again")


def test_an_adapter_is_not_taken_for_a_model(llama: Path, entry: MakeEntry) -> None:
    """transformers would fetch the adapter's base by itself, whatever that is."""
    (llama / "adapter_config.json").write_text("{}")
    refuse(entry("folder", llama), "an adapter, not a whole model", "LoRA adapter")


def test_a_folder_of_gguf_files_is_sent_to_the_right_backend(tmp_path: Path, entry: MakeEntry) -> None:
    """The remedy names the way such a file is added."""
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    refuse(entry("folder", tmp_path), "no config.json", "as a GGUF file")


def test_a_file_that_only_ends_in_gguf_is_refused(tmp_path: Path, entry: MakeEntry) -> None:
    """The first four bytes tell."""
    (tmp_path / "model.gguf").write_text("<html>")
    refuse(entry("gguf", tmp_path / "model.gguf"), "not a GGUF file", "download it again")
    refuse(entry("gguf", tmp_path / "other.gguf"), "there is no file .*other.gguf", "Check the path")


@pytest.mark.parametrize("location", ["https://huggingface.co/gpt2", "a/b/c", "../gpt2", "", "a//b", "gpt2 ", "a..b"])
def test_what_is_no_hub_id_is_refused(entry: MakeEntry, location: str) -> None:
    """Addresses, paths and blanks are not ids."""
    refuse(entry("hub", location), "is not a model id", "owner/name")

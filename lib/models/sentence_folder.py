"""What a sentence-embedding model must hold, and what is refused: as with other weights, pickles and foreign code."""

from collections.abc import Collection
from pathlib import Path

from lib.errors import ModelError
from lib.models.digests import files_digest, text_digest
from lib.models.download import Rules, check_hub_id, fetch
from lib.models.weights import PICKLES, check_safetensors, read_json

MODULES = "modules.json"
OWN = "sentence_transformers."
"""Where the classes of a model's modules may come from: any other name is foreign code."""

NOT_WANTED = ("onnx/*", "openvino/*", "consolidated*")


def sentence_folder(location: str, revision: str = "") -> Path:
    """The folder of a model, fetched first where `location` is a hub id; raises ModelError when it is refused."""
    thing = f"embedding model {location}"
    folder = Path(location).expanduser()
    if not folder.is_dir():
        if folder.is_absolute() or location.startswith((".", "~")):
            raise ModelError(thing, "there is no such folder", "Check the path; it must be on this computer.")
        check_hub_id(location, thing)
        folder = fetch(location, revision, Rules(check_names, check_config, NOT_WANTED), thing)
    check_sentence_folder(folder, thing)
    return folder


def check_sentence_folder(folder: Path, thing: str) -> None:
    """Raise ModelError unless a folder holds a sentence-transformers model in intact safetensors."""
    check_names([str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()], thing)
    check_config(folder, thing)
    for path in weights_of(folder):
        check_safetensors(path, thing)


def check_names(names: Collection[str], thing: str) -> None:
    """Raise ModelError when a list of file names cannot be a model that may be loaded."""
    if MODULES not in names:
        raise ModelError(
            thing,
            f"there is no {MODULES}, which says how words become one vector",
            "Choose a sentence-transformers model.",
        )
    if not any(name.endswith(".safetensors") for name in names):
        pickled = any(name.endswith(PICKLES) for name in names)
        cause = "its weights are pickled, and opening a pickle can run any code" if pickled else "it has no safetensors"
        raise ModelError(thing, cause, "Ask for a safetensors version.")


def check_config(folder: Path, thing: str) -> None:
    """Raise ModelError when a model asks to run code of its own."""
    for name in ("config.json", "tokenizer_config.json"):
        if read_json(folder / name, thing).get("auto_map"):
            raise ModelError(thing, f"{name} asks to run the model's own code (auto_map)", "Choose another model.")
    modules = read_json(folder / MODULES, thing, kind=list)
    foreign = [str(each.get("type")) for each in modules if not str(each.get("type", "")).startswith(OWN)]
    if foreign or not modules:
        cause = (
            f"{MODULES} asks for {foreign[0]}, which is no class of sentence-transformers" if foreign else "no modules"
        )
        raise ModelError(thing, cause, "Choose another model.")


def weights_of(folder: Path) -> list[Path]:
    """The weight files of a model and its modules, in the order of their paths."""
    return sorted(folder.rglob("*.safetensors"))


def sentence_digest(folder: Path) -> str:
    """SHA-256 over the weights and over how they are put together, in hex."""
    settings = [path.read_text(encoding="utf-8") for path in sorted([folder / MODULES, *folder.glob("*/config.json")])]
    return text_digest("\0".join([*(files_digest([path]) for path in weights_of(folder)), *settings]))

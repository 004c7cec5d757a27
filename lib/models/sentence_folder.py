"""What a sentence-embedding model must hold, and what is refused: as with other weights, pickles and foreign code."""

from collections.abc import Collection
from pathlib import Path

from lib.errors import ModelError
from lib.models.digests import file_digest, text_digest
from lib.models.download import Rules, check_hub_id, fetch
from lib.models.weights import PICKLES, check_safetensors, read_json

MODULES = "modules.json"
PICKLED = "pytorch_model.bin"
"""What the library opens for a module that has no safetensors."""

OWN = "sentence_transformers."
"""Where the classes of a model's modules may come from: any other name is foreign code."""

DECIDING = (".safetensors", ".json", ".txt", ".model")

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
    check_names([path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()], thing)
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
    safe = {name.rpartition("/")[0] for name in names if name.endswith(".safetensors")}
    for name in sorted(names):
        folder, _, file = name.rpartition("/")
        if file == PICKLED and folder not in safe:
            cause = f"{name} is pickled, and opening a pickle can run any code"
            raise ModelError(thing, cause, "Ask for a version with safetensors for all its modules.")


def check_config(folder: Path, thing: str) -> None:
    """Raise ModelError when a model asks to run code of its own."""
    for name in ("config.json", "tokenizer_config.json"):
        if read_json(folder / name, thing).get("auto_map"):
            raise ModelError(thing, f"{name} asks to run the model's own code (auto_map)", "Choose another model.")
    modules = read_json(folder / MODULES, thing, kind=list)
    types = [str(each.get("type")) if isinstance(each, dict) else str(each) for each in modules]
    foreign = [name for name in types if not name.startswith(OWN)]
    if foreign or not modules:
        cause = (
            f"{MODULES} asks for {foreign[0]}, which is no class of sentence-transformers" if foreign else "no modules"
        )
        raise ModelError(thing, cause, "Choose another model.")


def weights_of(folder: Path) -> list[Path]:
    """The weight files of a model and its modules, in the order of their paths."""
    return sorted(folder.rglob("*.safetensors"))


def sentence_digest(folder: Path) -> str:
    """SHA-256 over all that decides which vector a text gets: weights, configuration, tokenizer, prompts; in hex.

    Of the lines that `sha256sum` prints for these files in the order of their paths.
    """
    parts = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in DECIDING)
    return text_digest("".join(f"{file_digest(folder / name)}  {name}\n" for name in parts))

"""GGUF to safetensors, once for each file: transformers needs 17 s to open a GGUF, 1 s for safetensors."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from lib import settings
from lib.errors import ModelError
from lib.models.digests import file_digest
from lib.models.local_model import LocalModel, load_folder, load_tokenizer, load_weights
from lib.types import Dtype, ModelEntry

VERSION = 1  # raise it when a conversion would come out differently, so that old ones are left aside
MAGIC = b"GGUF"


def check_gguf(gguf: Path, thing: str) -> None:
    """Raise ModelError unless `gguf` is a readable GGUF file."""
    if not gguf.is_file():
        raise ModelError(thing, f"there is no file {gguf}", "Check the path; it must be on this computer.")
    with gguf.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ModelError(thing, f"{gguf.name} is not a GGUF file", "Copy or download it again.")


def folder_for(gguf: Path) -> Path:
    """Where the conversion of this very file is kept, whether it is there yet or not."""
    return settings.cache_path() / "gguf" / f"{file_digest(gguf)[:16]}-v{VERSION}"


def load_gguf(gguf: Path, entry: ModelEntry, dtype: Dtype) -> LocalModel:
    """Load a GGUF file for `entry`, converting it first when that was not done before; raises ModelError.

    The facts carry the digest of the GGUF file, which others can compare, not that of our copy.
    """
    folder = converted(gguf, f"model {entry.title}")
    note = f"dequantised to fp32 from {gguf.name}"
    return load_folder(folder, entry, dtype, weights_digest=file_digest(gguf), note=note)


def converted(gguf: Path, thing: str) -> Path:
    """The folder of fp32 safetensors for a GGUF file; raises ModelError.

    Workers that start together convert once: the others wait for the first. A conversion that
    was killed leaves nothing that could be taken for a finished one.
    """
    check_gguf(gguf, thing)
    folder = folder_for(gguf)
    with _room_in_cache(thing):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not folder.exists():
                _convert(gguf, folder, thing)
    return folder


def _convert(gguf: Path, folder: Path, thing: str) -> None:
    """Write the conversion beside `folder` and move it there when it is complete."""
    half = folder.with_suffix(".part")
    shutil.rmtree(half, ignore_errors=True)  # of a process that was killed; we hold the lock
    tokenizer = load_tokenizer(gguf.parent, thing, gguf_file=gguf.name)
    model = load_weights(gguf.parent, thing, Dtype.FP32, gguf_file=gguf.name)
    try:
        tokenizer.save_pretrained(half)
        model.save_pretrained(half)
        os.replace(half, folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)  # a full disk gets its room back


@contextmanager
def _room_in_cache(thing: str) -> Iterator[None]:
    """Turn a full or write-protected cache folder into a ModelError."""
    try:
        yield
    except OSError as trouble:
        raise ModelError(
            thing,
            f"its conversion cannot be written to {settings.cache_path()} ({trouble.strerror or trouble})",
            "Make room there, or set EVENHAND_CACHE to a folder with about four bytes free for each parameter.",
        ) from trouble

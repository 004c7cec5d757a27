"""SHA-256 of model files, worked out once a file and remembered in the cache folder."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lib import settings


def text_digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex; remembered under its path, size and time of change."""
    path = path.resolve()
    state = path.stat()
    memo = settings.cache_path() / "digests" / text_digest(f"{path}\0{state.st_size}\0{state.st_mtime_ns}")
    if memo.exists():
        return memo.read_text(encoding="ascii")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with contextlib.suppress(OSError):  # a cache that cannot be written only costs time
        _write_at_once(memo, digest)
    return digest


def files_digest(paths: Iterable[Path]) -> str:
    """One digest for a set of files: that of the file when there is one only.

    Several are hashed as the text `sha256sum` prints for them in order of name, so that
    `sha256sum *.safetensors | sha256sum` gives the same number.
    """
    ordered = sorted(paths, key=lambda path: path.name)
    if len(ordered) == 1:
        return file_digest(ordered[0])
    return text_digest("".join(f"{file_digest(path)}  {path.name}\n" for path in ordered))


def _write_at_once(path: Path, text: str) -> None:
    """Write a small file so that no other process ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="ascii") as file:
        file.write(text)
    os.replace(file.name, path)

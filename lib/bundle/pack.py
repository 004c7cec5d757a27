"""Write a bundle: the files of a folder, chained, sealed and put into the canonical archive."""

import mmap
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lib.bundle.chain import chain_bytes, entries_of, linked, manifest_bytes
from lib.bundle.layout import CHAIN, MANIFEST, MOST_BYTES, MOST_CHAIN, MOST_FILES, VERSION, in_order, is_plain_name
from lib.bundle.zipped import planned
from lib.errors import BundleError
from lib.types import Json

_COPIED_AT_ONCE = 1 << 20


def pack(folder: Path, about: Json, file: BinaryIO) -> str:
    """Write every file of `folder` to `file` as a bundle; gives its seal.

    Args:
        about: what the manifest says beside the counts: plain JSON values, without a "seal".

    Raises:
        BundleError: there is more than a bundle can hold.
    """
    names = in_order([path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()])
    if strange := [name for name in names if not is_plain_name(name)]:
        raise ValueError(f"a bundle cannot hold a file called {strange[0]}")
    entries = entries_of(_contents(folder, names))
    manifest = about | {"bundle": VERSION, "files": len(names), "entries": len(entries)}
    chain = linked(manifest, entries)
    head = {MANIFEST: manifest_bytes(manifest | {"seal": chain.seal}), CHAIN: chain_bytes(chain)}
    sizes = [(name, len(content), zlib.crc32(content)) for name, content in head.items()]
    plan = planned([*sizes, *((name, (folder / name).stat().st_size, _crc(folder / name)) for name in names)])
    if plan.total > MOST_BYTES or len(plan.members) > MOST_FILES or len(head[CHAIN]) > MOST_CHAIN:
        raise BundleError(
            "the bundle",
            f"it would have {plan.total:,} bytes in {len(plan.members):,} files",
            "Bundle a smaller audit.",
        )
    headers = iter(plan.parts)
    for content in head.values():
        file.write(next(headers).content)
        file.write(content)
    for name in names:
        file.write(next(headers).content)
        _copy(folder / name, file)
    for part in headers:
        file.write(part.content)
    return chain.seal


@contextmanager
def viewed(path: Path) -> Iterator[memoryview]:
    """The bytes of a file without reading them into memory."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            yield memoryview(b"")
            return
        # Closed by whoever lets go of the last piece of it: a mapping that is looked into cannot be closed.
        yield memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _contents(folder: Path, names: list[str]) -> Iterator[tuple[str, memoryview]]:
    for name in names:
        with viewed(folder / name) as content:
            yield name, content


def _crc(path: Path) -> int:
    with viewed(path) as content:
        return zlib.crc32(content)


def _copy(path: Path, file: BinaryIO) -> None:
    with path.open("rb") as source:
        while part := source.read(_COPIED_AT_ONCE):
            file.write(part)

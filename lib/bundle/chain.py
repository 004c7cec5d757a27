"""The hash chain: a line for every piece of a bundle, each linked to all before it; the last link is the seal.

The first link hashes the manifest without its seal. Every further one hashes the link before it and its own line
without the link, so that no piece can be changed, taken out, put in or moved without changing the seal.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lib.bundle.layout import by_lines
from lib.types import Json

BLOCK = 1024
"""Bytes of a piece that share one CRC, by which a changed byte is found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a bundle: a file, or one line of a history ("…/history.jsonl#17", lines count from 1).

    `blocks` are the CRC-32 of its stretches of `BLOCK` bytes, eight hex digits each, without anything between.
    """

    n: int
    what: str
    bytes: int
    sha256: str
    blocks: str

    @property
    def file(self) -> str:
        """The file it is, or is a line of."""
        return self.what.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Chain:
    """Entries with their links, as they stand in a bundle."""

    entries: tuple[Entry, ...]
    links: tuple[str, ...]

    @property
    def seal(self) -> str:
        """The last link; "" for a chain of nothing."""
        return self.links[-1] if self.links else ""


def canonical(value: Any) -> bytes:
    """JSON in the one form that is hashed: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def manifest_bytes(manifest: Json) -> bytes:
    """A manifest as it lies in a bundle: for people to read, and in one form only."""
    return json.dumps(manifest, sort_keys=True, indent=1, allow_nan=False).encode("ascii") + b"\n"


def first_link(manifest: Json) -> str:
    """The link that stands before the first entry."""
    rest = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def next_link(link: str, entry: Entry) -> str:
    """The link of an entry that follows `link`."""
    return hashlib.sha256(link.encode("ascii") + canonical(_line(entry))).hexdigest()


def pieces(name: str, content: memoryview) -> Iterator[tuple[str, memoryview]]:
    """The pieces of one file: itself, or its lines where it is a history."""
    if not by_lines(name):
        yield name, content
        return
    number = 0
    for number, (start, end) in enumerate(line_places(content), start=1):
        yield f"{name}#{number}", content[start:end]
    if number == 0:
        yield name, content  # a history without a line is still a file


def line_places(content: memoryview) -> Iterator[tuple[int, int]]:
    """Where the lines of a text lie, their line ends included."""
    whole, start = bytes(content), 0
    while start < len(whole):
        end = whole.find(b"\n", start) + 1 or len(whole)
        yield start, end
        start = end


def entries_of(files: Iterable[tuple[str, memoryview]]) -> list[Entry]:
    """The entries of files, in the order given."""
    found: list[Entry] = []
    for name, content in files:
        for what, piece in pieces(name, content):
            found.append(Entry(len(found) + 1, what, len(piece), sha256(piece), blocks_of(piece)))
    return found


def linked(manifest: Json, entries: Iterable[Entry]) -> Chain:
    """Entries with the links they get under a manifest."""
    link, links, kept = first_link(manifest), [], []
    for entry in entries:
        link = next_link(link, entry)
        links.append(link)
        kept.append(entry)
    return Chain(tuple(kept), tuple(links))


def chain_bytes(chain: Chain) -> bytes:
    """A chain as it lies in a bundle, a line an entry."""
    lines = (canonical(_line(entry) | {"link": link}) for entry, link in zip(chain.entries, chain.links, strict=True))
    return b"".join(line + b"\n" for line in lines)


def read_line(line: bytes) -> tuple[Entry, str] | None:
    """An entry with its link; None when the line is not one as `chain_bytes` writes it."""
    try:
        data = json.loads(line.decode("ascii"))
        entry, link = _entry(data), data["link"]
        whole = isinstance(link, str) and canonical(_line(entry) | {"link": link}) + b"\n" == line
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return (entry, link) if whole else None


def blocks_of(content: memoryview) -> str:
    """The CRC-32 of every stretch of `BLOCK` bytes."""
    return "".join(f"{zlib.crc32(content[at : at + BLOCK]):08x}" for at in range(0, len(content), BLOCK))


def sha256(content: memoryview) -> str:
    """The SHA-256 of some bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "n": entry.n,
        "what": entry.what,
        "bytes": entry.bytes,
        "sha256": entry.sha256,
        "blocks": entry.blocks,
    }


def _entry(data: Mapping[str, Any]) -> Entry:
    entry = Entry(data["n"], data["what"], data["bytes"], data["sha256"], data["blocks"])
    kinds = (int, str, int, str, str)
    if [type(value) for value in _line(entry).values()] != list(kinds) or len(data) != len(kinds) + 1:
        raise ValueError("a line of a chain has other values")
    return entry

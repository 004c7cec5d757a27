"""What checking finds, in words and places."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from lib.bundle.chain import BLOCK, Entry, blocks_of, sha256
from lib.bundle.crc import one_byte_changes

MOST_RANGES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was when the bundle was written.

    Attributes:
        what: where in the checking it was found: container, chain, file, data, score, number or rerun.
        where: the piece, such as "responses.parquet" or "assignments/0001/history.jsonl, line 17".
        said: what is wrong with it, in a sentence.
    """

    what: str
    where: str
    said: str


def place_of(entry: Entry) -> str:
    """A piece as people name it."""
    file, _, line = entry.what.partition("#")
    return f"{file}, line {line}" if line else file


def changed_piece(entry: Entry, content: memoryview, start: int) -> Finding:
    """Says how a piece differs from its entry, down to the byte where that can be told.

    Args:
        start: where the piece lies in the archive.
    """
    return Finding("file", place_of(entry), _change(entry, content, start))


def _change(entry: Entry, content: memoryview, start: int) -> str:
    blocks = changed_blocks(entry, content)
    if len(content) != entry.bytes:
        first = blocks[0] * BLOCK if blocks else min(len(content), entry.bytes)
        return f"it has {len(content):,} bytes instead of {entry.bytes:,}, and differs from byte {first:,} on"
    if not blocks:
        return "its SHA-256 is not the one in the chain"
    if len(blocks) == 1 and (found := the_byte(entry, content, blocks[0])):
        place, was = found
        return f"byte {place:,} (byte {start + place:,} of the bundle) is {content[place]:#04x} and was {was:#04x}"
    return f"it was changed within {_ranges(blocks, len(content))}"


def changed_blocks(entry: Entry, content: memoryview) -> list[int]:
    """The numbers of the blocks whose CRC is another, as far as both have blocks; one that is new or gone counts."""
    now, was = blocks_of(content), entry.blocks
    most = max(len(now), len(was)) // 8
    return [n for n in range(most) if now[8 * n : 8 * n + 8] != was[8 * n : 8 * n + 8]]


def the_byte(entry: Entry, content: memoryview, block: int) -> tuple[int, int] | None:
    """(place, what it was) of the one byte that was changed in a block; None when it was not one byte."""
    at = block * BLOCK
    try:
        was = int(entry.blocks[8 * block : 8 * block + 8], 16)
    except ValueError:
        return None
    for place, value in one_byte_changes(content[at : at + BLOCK], was):
        if with_byte(content, at + place, value) == entry.sha256:
            return at + place, value
    return None


def with_byte(content: memoryview, place: int, value: int) -> str:
    """The SHA-256 of `content` with another value for one byte."""
    digest = hashlib.sha256(content[:place])
    digest.update(bytes([value]))
    digest.update(content[place + 1 :])
    return digest.hexdigest()


def _ranges(blocks: Sequence[int], size: int) -> str:
    runs: list[list[int]] = []
    for block in blocks:
        if runs and runs[-1][1] == block:
            runs[-1][1] = block + 1
        else:
            runs.append([block, block + 1])
    words = [f"bytes {a * BLOCK:,} to {min(b * BLOCK, size) - 1:,}" for a, b in runs[:MOST_RANGES]]
    more = len(runs) - MOST_RANGES
    return ", ".join(words) + (f" and {more} more stretches" if more > 0 else "")


def bytes_said(data: memoryview, places: Sequence[int], wanted: bytes, start: int) -> str:
    """What stands at some places of the archive and what should; `wanted` lies there from `start` on."""
    first = places[0]
    said = f"byte {first:,} of the bundle is {data[first]:#04x} and should be {wanted[first - start]:#04x}"
    return said + (f", and so {len(places) - 1} more up to byte {places[-1]:,}" if len(places) > 1 else "")


def same(entry: Entry, content: memoryview) -> bool:
    """Whether a piece is what its entry says."""
    return len(content) == entry.bytes and sha256(content) == entry.sha256

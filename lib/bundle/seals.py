"""Whether manifest and chain are the ones that were sealed, and where they are not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lib.bundle.chain import (
    Chain,
    Entry,
    chain_bytes,
    entries_of,
    first_link,
    line_places,
    linked,
    manifest_bytes,
    next_link,
    read_line,
)
from lib.bundle.crc import one_byte_changes
from lib.bundle.findings import Finding
from lib.bundle.layout import CHAIN, MANIFEST, VERSION
from lib.types import Json

_Lines = Sequence[tuple[Entry, str] | None]


@dataclass(frozen=True, slots=True)
class Sealed:
    """Manifest and chain as they were read; `findings` say what is wrong with them.

    Attributes:
        manifest: {} where it cannot be read.
        entries: those lines of the chain that can be read.
        whole: whether both are as they were sealed, so that every file can be held against them.
    """

    manifest: Json
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether both are as they were sealed."""
        return not self.findings


def read_manifest(content: bytes) -> Json | None:
    """A manifest; None where it is not one as `manifest_bytes` writes it."""
    try:
        data = json.loads(content.decode("ascii"))
        whole = isinstance(data, dict) and isinstance(data.get("seal"), str) and manifest_bytes(data) == content
    except (ValueError, TypeError, RecursionError):
        return None
    return data if whole else None


def is_newer(manifest: Json) -> bool:
    """Whether a later Evenhand wrote the bundle, in a way that this one does not know."""
    version = manifest.get("bundle")
    return isinstance(version, int) and version > VERSION


def read_chain(content: memoryview) -> list[tuple[Entry, str] | None]:
    """The lines of a chain, None for one that is not as it is written."""
    return [read_line(bytes(content[a:b])) for a, b in line_places(content)]


def judged(
    manifest_read: bytes, chain_read: memoryview, checksum: int | None, files: Sequence[tuple[str, memoryview]]
) -> Sealed:
    """Hold manifest, chain and files against each other, and say which of the first two was changed where.

    Args:
        checksum: the CRC-32 that the archive keeps of the manifest, where its two copies agree.
        files: all others, in the order of the bundle.
    """
    manifest = read_manifest(manifest_read)
    lines = read_chain(chain_read)
    entries = tuple(line[0] for line in lines if line)
    links = [line[1] for line in lines if line]
    if manifest is not None and len(links) == len(lines):
        chain = Chain(entries, tuple(links))
        if linked(manifest, entries) == chain and chain.seal == manifest["seal"] and _counted(manifest, entries):
            return Sealed(manifest, entries, ())
    was = manifest if manifest is not None else _mended(manifest_read, checksum, lines)
    anew = linked(was, entries_of(files)) if was is not None else None
    if was is not None and anew is not None and anew.seal == was["seal"]:  # the files are those that were sealed
        changed = [] if manifest is not None else [_manifest_changed(manifest_read, was)]
        return Sealed(was, anew.entries, (*changed, *_chain_changed(chain_read, chain_bytes(anew))))
    return Sealed(manifest or {}, entries, tuple(_wrong(manifest, manifest_read, lines, checksum)))


def _counted(manifest: Json, entries: Sequence[Entry]) -> bool:
    numbered = all(entry.n == n for n, entry in enumerate(entries, start=1))
    return numbered and manifest.get("entries") == len(entries)


def _wrong(manifest: Json | None, manifest_read: bytes, lines: _Lines, checksum: int | None) -> Iterator[Finding]:
    """What is wrong with manifest and chain where the files cannot tell."""
    if (mended := _mended(manifest_read, checksum, lines)) is not None:
        yield _manifest_changed(manifest_read, mended)
        return
    broken = list(_broken(manifest, lines))
    if manifest is None:
        yield Finding("chain", MANIFEST, "it is not a manifest that Evenhand wrote: it was changed in several places")
    elif broken == [1]:
        yield Finding("chain", MANIFEST, "it was changed: the chain does not follow from it")
        return
    elif not broken:
        yield _other_end(manifest, lines)
    for n in broken:
        line = lines[n - 1]
        named = f" ({line[0].what})" if line else ""
        said = "it does not follow from the line before it" if line else "it is not a line that Evenhand wrote"
        yield Finding("chain", f"{CHAIN}, line {n}{named}", said)


def _broken(manifest: Json | None, lines: _Lines) -> Iterator[int]:
    """The lines, from 1, that cannot be read or whose link does not follow from the line before."""
    link: str | None = first_link(manifest) if manifest is not None else None
    for n, line in enumerate(lines, start=1):
        if line is None or (link is not None and next_link(link, line[0]) != line[1]):
            yield n
        link = line[1] if line else None


def _other_end(manifest: Json, lines: _Lines) -> Finding:
    """What is wrong with a chain whose every line follows from the one before."""
    stated = manifest.get("entries")
    if isinstance(stated, int) and stated > len(lines):
        return Finding("chain", CHAIN, f"its last {stated - len(lines)} lines were taken out")
    if not lines or manifest["seal"] != (lines[-1] or ("", ""))[1]:
        return Finding("chain", MANIFEST, "its seal is not the last link of the chain: one of the two was changed")
    return Finding("chain", CHAIN, f"its lines are not numbered from 1 to {stated}, as the manifest says")


def _chain_changed(now: memoryview, was: bytes) -> Iterator[Finding]:
    """The lines of a chain that are not what they were; what it was is known for sure."""
    lines_now = [bytes(now[a:b]) for a, b in line_places(now)]
    lines_was = was.splitlines(keepends=True)
    at = 0
    for n, (one, other) in enumerate(zip(lines_now, lines_was, strict=False), start=1):
        if one != other:
            places = [at + k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
            place = places[0] if places else at + min(len(one), len(other))
            said = f"it was changed from byte {place:,} of {CHAIN} on"
            if len(places) == 1 and len(one) == len(other):
                said = f"byte {place:,} of {CHAIN} is {one[place - at]:#04x} and was {other[place - at]:#04x}"
            named = read_line(other)
            yield Finding("chain", f"{CHAIN}, line {n}" + (f" ({named[0].what})" if named else ""), said)
            if len(one) != len(other):
                return
        at += len(one)
    if len(lines_now) != len(lines_was):
        yield Finding("chain", CHAIN, f"it has {len(lines_now)} lines instead of {len(lines_was)}")


def _mended(content: bytes, checksum: int | None, lines: _Lines) -> Json | None:
    """The manifest with one byte put back, so that the chain follows from it again; None where that is not it."""
    if checksum is None or not lines or lines[0] is None or lines[-1] is None:
        return None
    for place, value in one_byte_changes(memoryview(content), checksum):
        found = read_manifest(content[:place] + bytes([value]) + content[place + 1 :])
        fits = found is not None and next_link(first_link(found), lines[0][0]) == lines[0][1]
        if found is not None and fits and found["seal"] == lines[-1][1]:
            return found
    return None


def _manifest_changed(now: bytes, manifest: Json) -> Finding:
    was = manifest_bytes(manifest)
    place = next(n for n, (a, b) in enumerate(zip(now, was, strict=False)) if a != b)
    return Finding("chain", MANIFEST, f"byte {place:,} of it is {now[place]:#04x} and was {was[place]:#04x}")

"""The container: a ZIP that can look in one way only, so that every byte of it can be checked.

Nothing is compressed, all times and attributes are fixed, there are no comments and no extra fields. Any program opens
it; verifying writes it anew from what it holds and compares every byte.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_LOCAL, _CENTRAL, _END = struct.Struct("<IHHHHHIIIHH"), struct.Struct("<IHHHHHHIIIHHHHHII"), struct.Struct("<IHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = 0x04034B50, 0x02014B50, 0x06054B50
_VERSION, _MADE_BY = 20, 3 << 8 | 20
_NO_TIME, _FIRST_DAY = 0, 1 << 5 | 1  # 1 January 1980, the first that a ZIP knows
_PLAIN_FILE = 0o100644 << 16
_LOCAL_CRC, _CENTRAL_CRC = 14, 16  # where the checksum stands

MASKED = b"\0\0\0\0"


class Member(NamedTuple):
    """A file in an archive: `size` bytes from `start` on."""

    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an archive that is not a file: what stands there, from `start` on.

    `checksum` is the place within it of the CRC-32 of the file `name`; None where there is none.
    """

    title: str
    start: int
    content: bytes
    name: str = ""
    checksum: int | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.content)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an archive of some files looks, but for the files themselves: `parts` in order, `total` bytes in all."""

    members: tuple[Member, ...]
    parts: tuple[Part, ...]
    total: int


def planned(files: Sequence[tuple[str, int, int]]) -> Plan:
    """The archive of files given as (name, size, CRC-32), in this order."""
    members, headers, central, at = [], [], [], 0
    for name, size, crc in files:
        local, entry = _headers(name, size, crc, at)
        headers.append(Part(f"the header of {name}", at, local, name, _LOCAL_CRC))
        members.append(Member(name, at + len(local), size))
        central.append((name, entry))
        at += len(local) + size
    directory = at
    for name, entry in central:
        headers.append(Part(f"the directory's entry of {name}", at, entry, name, _CENTRAL_CRC))
        at += len(entry)
    ending = _END.pack(_END_MARK, 0, 0, len(files), len(files), at - directory, directory, 0)
    headers.append(Part("the end of the directory", at, ending))
    return Plan(tuple(members), tuple(headers), at + len(ending))


def by_directory(data: memoryview) -> list[Member]:
    """The members as the directory at the end lists them; none where it cannot be read."""
    try:
        return list(_listed(data))
    except (struct.error, ValueError):
        return []


def by_headers(data: memoryview) -> list[Member]:
    """The members as their own headers follow each other from the start, as far as they do."""
    return list(_walked(data))


def _headers(name: str, size: int, crc: int, at: int) -> tuple[bytes, bytes]:
    raw = name.encode("ascii")
    shared = (0, 0, _NO_TIME, _FIRST_DAY, crc, size, size, len(raw), 0)
    local = _LOCAL.pack(_LOCAL_MARK, _VERSION, *shared) + raw
    return local, _CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, _VERSION, *shared, 0, 0, 0, _PLAIN_FILE, at) + raw


def _listed(data: memoryview) -> Iterator[Member]:
    end = len(data) - _END.size
    if end < 0:
        return
    mark, _, _, _, count, size, _, _ = _END.unpack_from(data, end)
    if mark != _END_MARK:
        raise ValueError("there is no end of a directory")
    at = end - size
    for _ in range(count):
        if not 0 <= at < end:
            raise ValueError("the directory leaves the file")
        mark, *_, stored, name_length, extra, comment, _, _, _, offset = _CENTRAL.unpack_from(data, at)
        if mark != _CENTRAL_MARK:
            raise ValueError("an entry of the directory is not one")
        name = _name(data[at + _CENTRAL.size : at + _CENTRAL.size + name_length])
        # A bundle has the same name in both places and nothing beside it, so the file's own header need not be trusted.
        yield _inside(data, Member(name, offset + _LOCAL.size + name_length, stored))
        at += _CENTRAL.size + name_length + extra + comment


def _walked(data: memoryview) -> Iterator[Member]:
    at = 0
    while at + _LOCAL.size <= len(data):
        mark, *_, stored, name_length, extra = _LOCAL.unpack_from(data, at)
        if mark != _LOCAL_MARK:
            return
        start = at + _LOCAL.size + name_length + extra
        if start + stored > len(data):
            return
        yield Member(_name(data[at + _LOCAL.size : at + _LOCAL.size + name_length]), start, stored)
        at = start + stored


def _inside(data: memoryview, member: Member) -> Member:
    if member.start + member.size > len(data):
        raise ValueError("a file leaves the archive")
    return member


def _name(raw: memoryview) -> str:
    return bytes(raw).decode("utf-8", "backslashreplace")


def differing(data: memoryview, plan: Plan, checked: Iterable[str] = ()) -> Iterator[tuple[Part, list[int]]]:
    """The parts of a plan that look otherwise in `data`, each with the places of the bytes that do, within the archive.

    What lies behind the end of `data` is left out. Checksums are compared for the files in `checked` only: those of
    another file say no more than the file.
    """
    names = set(checked)
    for part in plan.parts:
        there, wanted = bytes(data[part.start : part.end]), part.content
        if part.checksum is not None and part.name not in names:
            there, wanted = _masked(there, part.checksum), _masked(wanted, part.checksum)
        if places := [part.start + n for n, (a, b) in enumerate(zip(there, wanted, strict=False)) if a != b]:
            yield part, places


def _masked(content: bytes, at: int) -> bytes:
    return content[:at] + MASKED[: max(0, len(content) - at)] + content[at + len(MASKED) :]

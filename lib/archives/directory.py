"""The directory of a ZIP archive: its members, each held against the limits and against its own header."""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lib.archives.ending import FULL32, Place
from lib.archives.flaw import DAMAGED, UNTRUSTED, Flaw
from lib.archives.limits import Limits, megabytes
from lib.archives.names import check_name, decoded, folded

ENTRY = struct.Struct("<4s4B4H3L5H2L")
HEADER = struct.Struct("<4s2B4H3L2H")
ENCRYPTED, PATCHED, UTF8, STRONG, MASKED = 0x1, 0x20, 0x800, 0x40, 0x2000
STORED, DEFLATED, ZSTD = 0, 8, 93
KNOWN = {STORED, DEFLATED, ZSTD}


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `begin` is where its packed bytes are."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    begin: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory, as it stands there."""

    name: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    header: int


def read_members(file: BinaryIO, place: Place, limits: Limits, directories: bool) -> dict[str, Member]:
    """Every member by name, in the order of the directory; raises Flaw at the first that cannot be trusted."""
    entries, names, total = [], set[str](), 0
    for entry in _entries(file, place, limits):
        check_name(entry.name)
        if folded(entry.name) in names:
            raise Flaw("its name is there twice, or differs from another only in case", UNTRUSTED, entry.name)
        names.add(folded(entry.name))
        _check_sort(entry, directories)
        _check_size(entry, limits)
        total += entry.size
        if total > limits.total:
            raise Flaw(f"it unpacks to more than {megabytes(limits.total)}", UNTRUSTED)
        entries.append(entry)
    members = _placed(file, entries, place.begin)
    return {entry.name: members[entry.name] for entry in entries if not entry.name.endswith("/")}


def _entries(file: BinaryIO, place: Place, limits: Limits) -> Iterator[_Entry]:
    file.seek(place.begin)
    count = 0
    while file.tell() < place.end:
        count += 1
        if count > limits.members:
            raise Flaw(f"it has more than {limits.members:,} members", "Split it into several archives.")
        yield _entry(file, place)
    if count != place.members:
        raise Flaw(f"it says it has {place.members:,} members, and has {count:,}", DAMAGED)


def _entry(file: BinaryIO, place: Place) -> _Entry:
    data = file.read(ENTRY.size)
    if len(data) < ENTRY.size or not data.startswith(b"PK\x01\x02"):
        raise Flaw("its directory is damaged", DAMAGED)
    fields = ENTRY.unpack(data)
    flags, method, crc, packed, size = fields[5], fields[6], fields[9], fields[10], fields[11]
    name_length, extra_length, comment_length, disk = fields[12:16]
    attributes, header = fields[17:19]
    raw, extra = file.read(name_length), file.read(extra_length)
    file.seek(comment_length, 1)
    if file.tell() > place.end or disk:
        raise Flaw("its directory is damaged", DAMAGED)
    size, packed, header = _widened(extra, size, packed, header)
    name = decoded(raw, bool(flags & UTF8))
    return _Entry(name, raw, flags, method, crc, packed, size, attributes >> 16, header)


def _widened(extra: bytes, *numbers: int) -> tuple[int, int, int]:
    """Size, packed size and place, those that do not fit 32 bits from the entry's extra field."""
    wide = list(numbers)
    missing = [index for index, number in enumerate(wide) if number == FULL32]
    if missing:
        values = _zip64(extra)
        if len(values) < 8 * len(missing):
            raise Flaw("its directory is damaged", DAMAGED)
        for index, value in zip(missing, struct.unpack_from(f"<{len(missing)}Q", values), strict=True):
            wide[index] = value
    return wide[0], wide[1], wide[2]


def _zip64(extra: bytes) -> bytes:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            return extra[4 : 4 + length]
        extra = extra[4 + length :]
    return b""


def _check_sort(entry: _Entry, directories: bool) -> None:
    folder = entry.name.endswith("/")
    kind = stat.S_IFMT(entry.mode)
    if kind not in ({0, stat.S_IFDIR} if folder else {0, stat.S_IFREG}):
        raise Flaw("it is a link, a device or something else that is no file", UNTRUSTED, entry.name)
    if folder and (entry.size or not directories):
        raise Flaw("it is a folder where only files belong", "Pack the files alone.", entry.name)
    if entry.flags & (ENCRYPTED | STRONG | MASKED):
        raise Flaw("it is encrypted", "Unpack it with its password, and pack it without one.", entry.name)
    if entry.flags & PATCHED or entry.method not in KNOWN:
        remedy = "Pack it anew, with the usual method (deflate)."
        raise Flaw(f"it is packed in a way not known here (method {entry.method})", remedy, entry.name)


def _check_size(entry: _Entry, limits: Limits) -> None:
    if entry.size > limits.member:
        remedy = f"Files in it may have {megabytes(limits.member)}."
        raise Flaw(f"it unpacks to {megabytes(entry.size)}", remedy, entry.name)
    if entry.size > limits.ratio_from and entry.size > entry.packed * limits.ratio:
        cause = f"it unpacks to more than {limits.ratio:,} times its size, as a bomb does"
        raise Flaw(cause, UNTRUSTED, entry.name)
    if entry.method == STORED and entry.size != entry.packed:
        raise Flaw("its two sizes contradict each other", DAMAGED, entry.name)


def _placed(file: BinaryIO, entries: list[_Entry], end: int) -> dict[str, Member]:
    """The members with the place of their bytes, none of which may belong to two of them or to the directory."""
    members, free_from = {}, 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < free_from:
            raise Flaw("it shares its bytes with another, as a bomb does", UNTRUSTED, entry.name)
        begin = _begin(file, entry) if entry.header < end else end
        free_from = begin + entry.packed
        if entry.header >= end or free_from > end:
            raise Flaw("it reaches beyond the end of what is packed", DAMAGED, entry.name)
        members[entry.name] = Member(entry.name, entry.method, entry.crc, entry.packed, entry.size, begin)
    return members


def _begin(file: BinaryIO, entry: _Entry) -> int:
    file.seek(entry.header)
    data = file.read(HEADER.size)
    if len(data) < HEADER.size or not data.startswith(b"PK\x03\x04"):
        raise Flaw("its header is not where the directory says", DAMAGED, entry.name)
    fields = HEADER.unpack(data)
    flags, method, name_length, extra_length = fields[3], fields[4], fields[10], fields[11]
    if file.read(name_length) != entry.raw or method != entry.method or flags != entry.flags:
        raise Flaw("its header and the directory contradict each other", UNTRUSTED, entry.name)
    return entry.header + HEADER.size + name_length + extra_length

"""The end of a ZIP archive, which says where its directory is."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from lib.archives.flaw import DAMAGED, UNTRUSTED, Flaw

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
MAX_COMMENT = 65_535
FULL16, FULL32 = 0xFFFF, 0xFFFF_FFFF

BROKEN = "its end contradicts itself"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the directory begins and ends in the file, and how many members it says it has."""

    begin: int
    end: int
    members: int


def find_directory(file: BinaryIO, size: int) -> Place:
    """Read the end of an archive of `size` bytes; raises Flaw when it is no ZIP, cut off, or of several disks."""
    at, (_, disk, first_disk, here, members, length, begin, _) = _end(file, size)
    if FULL16 in (disk, first_disk, here, members) or FULL32 in (length, begin):
        at, disk, first_disk, here, members, length, begin = _end64(file, at)
    if disk or first_disk or here != members:
        raise Flaw("it is one part of an archive of several", "Join the parts first.")
    if begin + length != at:
        raise Flaw(BROKEN, DAMAGED)
    return Place(begin, at, members)


def _end(file: BinaryIO, size: int) -> tuple[int, tuple[int, ...]]:
    file.seek(0)
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise Flaw("it is not a ZIP archive", "Choose the file as it was made; a renamed one does not become one.")
    tail_from = max(0, size - END.size - MAX_COMMENT)
    file.seek(tail_from)
    tail = file.read(END.size + MAX_COMMENT)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + END.size > len(tail):
        raise Flaw("its end is missing", DAMAGED)
    fields = END.unpack_from(tail, at)
    if at + END.size + fields[-1] != len(tail):
        raise Flaw("something stands behind its end, or its end is cut off", DAMAGED)
    return tail_from + at, fields


def _end64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int, int, int]:
    """The larger end that stands before the usual one when a number does not fit there."""
    at = end - LOCATOR.size
    signature, disk, place, disks = LOCATOR.unpack(_at(file, at, LOCATOR.size))
    if signature != b"PK\x06\x07" or place + END64.size != at:
        raise Flaw(BROKEN, UNTRUSTED)
    if disk or disks > 1:
        raise Flaw("it is one part of an archive of several", "Join the parts first.")
    signature, length, _, _, disk, first_disk, here, members, size, begin = END64.unpack(_at(file, place, END64.size))
    if signature != b"PK\x06\x06" or length != END64.size - 12:
        raise Flaw(BROKEN, UNTRUSTED)
    return place, disk, first_disk, here, members, size, begin


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    if place < 0:
        raise Flaw(BROKEN, DAMAGED)
    file.seek(place)
    data = file.read(length)
    if len(data) < length:
        raise Flaw(BROKEN, DAMAGED)
    return data

"""A member's bytes as they come out: counted, checked, and never many at once."""

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lib.archives.directory import DEFLATED, ZSTD, Member
from lib.archives.flaw import DAMAGED, UNTRUSTED, Flaw

PIECE = 65_536


def unpacked(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a member in pieces; raises Flaw as soon as more come than it says, or at the end if others came."""
    size = crc = 0
    for piece in _pieces(file, member):
        size += len(piece)
        if size > member.size:
            raise Flaw("more comes out of it than it says", UNTRUSTED, member.name)
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != member.size or crc != member.crc:
        raise Flaw("its content is damaged: the checksum differs", DAMAGED, member.name)


def _pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    packed = _Packed(file, member)
    if member.method == DEFLATED:
        return _inflated(packed, member.name)
    return _from_zstd(packed, member.name) if member.method == ZSTD else iter(lambda: packed.read(PIECE), b"")


def _inflated(packed: "_Packed", name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not inflater.eof:
            data = inflater.unconsumed_tail or packed.read(PIECE)
            piece = inflater.decompress(data, PIECE)
            if not data and not piece:
                break
            yield piece
    except zlib.error:
        raise Flaw("its content is damaged: it cannot be unpacked", DAMAGED, name) from None
    if not inflater.eof or inflater.unused_data or packed.read(1):
        raise Flaw("its content is damaged: it does not end where it should", DAMAGED, name)


def _from_zstd(packed: "_Packed", name: str) -> Iterator[bytes]:
    import pyarrow as pa  # the standard library of Python 3.11 has no zstd

    try:
        stream = pa.CompressedInputStream(pa.PythonFile(packed, "r"), "zstd")
        while piece := stream.read(PIECE):
            yield piece
    except OSError:
        raise Flaw("its content is damaged: it cannot be unpacked", DAMAGED, name) from None


class _Packed:
    """The packed bytes of one member as a file; several can be read in turn from the same archive."""

    closed = False

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self._file = file
        self._at = member.begin
        self._end = member.begin + member.packed

    def read(self, size: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(size, self._end - self._at))
        self._at += len(data)
        return data

    def close(self) -> None:
        self._at = self._end


class Pieces(io.RawIOBase):
    """Pieces of bytes as a file that can be read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as the next piece goes; 0 at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

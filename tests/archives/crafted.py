"""ZIP archives written byte by byte, so that every lie can be told in them."""

import struct
import zlib
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True)
class Told:
    """A member, and what the archive says of it where that is not the truth."""

    name: bytes = b"a.txt"
    content: bytes = b"words"
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    lies: dict = field(default_factory=dict)  # packed, size, crc, header, extra, disk of the directory's entry
    header_name: bytes | None = None

    @property
    def packed(self) -> bytes:
        if self.method == 8:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            return squeeze.compress(self.content) + squeeze.flush()
        return pa.compress(self.content, codec="zstd", asbytes=True) if self.method == 93 else self.content


def archive(*members: Told, comment: bytes = b"", **end_lies) -> bytes:
    """The bytes of an archive; `end_lies` are members, here, disk, length, begin of its end."""
    body, directory = b"", b""
    for one in members:
        true = {"packed": len(one.packed), "size": len(one.content), "crc": zlib.crc32(one.content)}
        said = true | {"header": len(body), "extra": b"", "disk": 0} | one.lies
        name = one.header_name if one.header_name is not None else one.name
        numbers = (20, one.flags, one.method, 0, 33, true["crc"], true["packed"], true["size"], len(name), 0)
        body += b"PK\x03\x04" + struct.pack("<5H3L2H", *numbers) + name + one.packed
        directory += b"PK\x01\x02" + struct.pack(
            "<6H3L5H2L",
            *(0x031E, 20, one.flags, one.method, 0, 33),
            *(said["crc"], said["packed"], said["size"]),
            *(len(one.name), len(said["extra"]), 0, said["disk"], 0),
            *(one.mode << 16, said["header"]),
        )
        directory += one.name + said["extra"]
    end = {
        "disk": 0,
        "members": len(members),
        "here": len(members),
        "length": len(directory),
        "begin": len(body),
    } | end_lies
    numbers = (end["disk"], end["disk"], end["here"], end["members"], end["length"], end["begin"], len(comment))
    return body + directory + b"PK\x05\x06" + struct.pack("<4H2LH", *numbers) + comment

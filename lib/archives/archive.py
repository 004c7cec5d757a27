"""Opening a ZIP archive and reading its members."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lib.archives.directory import Member, read_members
from lib.archives.ending import find_directory
from lib.archives.flaw import Flaw, shown
from lib.archives.limits import Limits, megabytes
from lib.archives.unpack import Pieces, unpacked
from lib.errors import AuditError, InterchangeError


class Archive:
    """An open archive: `sizes` gives every member's size by name, in the order of its directory.

    One thread at a time.
    """

    def __init__(self, file: BinaryIO, thing: str, members: Mapping[str, Member], error: type[AuditError]) -> None:
        self._file = file
        self._thing = thing
        self._members = members
        self._error = error
        self.sizes: Mapping[str, int] = {name: member.size for name, member in members.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The whole of a member.

        Raises:
            AuditError: there is none of that name, or it is damaged or larger than it says.
        """
        return b"".join(self._checked(name))

    def open(self, name: str) -> io.BufferedReader:
        """A member as a file, read as it unpacks; what is wrong with it may show only at its end.

        Raises:
            AuditError: there is none of that name. Reading raises it when it is damaged or larger than it says.
        """
        return io.BufferedReader(Pieces(self._checked(name)))

    def _checked(self, name: str) -> Iterator[bytes]:
        if name not in self._members:
            raise self._error(self._thing, f"{shown(name)} is not in it", "Choose the file as it was made.")
        return self._explained(self._members[name])

    def _explained(self, member: Member) -> Iterator[bytes]:
        with explained(self._thing, self._error):
            yield from unpacked(self._file, member)


@contextmanager
def open_archive(
    source: Path,
    *,
    limits: Limits | None = None,
    error: type[AuditError] = InterchangeError,
    directories: bool = False,
) -> Iterator[Archive]:
    """A ZIP archive from elsewhere, its directory checked, none of its content read yet.

    `error` is what is raised when it cannot be trusted; with `directories` folders are passed over, else refused.

    Raises:
        AuditError: the file is missing, no ZIP, damaged or too large; a member has a name that is not plain or that
            occurs twice, is a link, encrypted, packed in an unknown way, larger than the limits, or shares bytes.
    """
    thing = f"archive {shown(source.name)}"
    limits = limits or Limits()
    with explained(thing, error):
        if not source.is_file():
            raise Flaw("there is no such file", "Check its name.")
        file = source.open("rb")
    with file:
        with explained(thing, error):
            size = file.seek(0, io.SEEK_END)
            if size > limits.archive:
                raise Flaw(f"it has {megabytes(size)}", f"An archive may have {megabytes(limits.archive)}.")
            members = read_members(file, find_directory(file, size), limits, directories)
        yield Archive(file, thing, members, error)


@contextmanager
def explained(thing: str, error: type[AuditError]) -> Iterator[None]:
    """Raises `error` in place of a Flaw or an error of the disk."""
    try:
        yield
    except Flaw as flaw:
        place = f"{thing}, member {shown(flaw.member)}" if flaw.member else thing
        raise error(place, flaw.cause, flaw.remedy) from None
    except OSError as failure:
        cause = f"it cannot be read ({failure.strerror or failure})"
        raise error(thing, cause, "Check the file and its disk.") from failure

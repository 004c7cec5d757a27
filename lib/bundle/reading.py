"""Open a bundle without trusting it: what it holds, and everything about it that is not as it was written."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from zlib import crc32

from lib.archives import open_archive
from lib.bundle.chain import Entry, sha256
from lib.bundle.findings import Finding, bytes_said, changed_piece, same
from lib.bundle.layout import CHAIN, MANIFEST, MOST_CHAIN, MOST_MANIFEST, VERSION, by_lines, in_order, is_plain_name
from lib.bundle.lines import changed_lines
from lib.bundle.pack import viewed
from lib.bundle.seals import Sealed, is_newer, judged, read_chain, read_manifest
from lib.bundle.zipped import Member, Plan, by_directory, by_headers, differing, planned
from lib.errors import BundleError
from lib.types import Json

HEAD = 2
"""Manifest and chain stand in front of everything else."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was opened; its files may be read while `opened` lasts.

    Attributes:
        manifest: what it says of itself.
        entries: its chain.
        findings: what is not as it was written; none for a bundle that is whole.
        size: bytes in all.
    """

    manifest: Json
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    size: int
    _members: dict[str, memoryview]

    @property
    def seal(self) -> str:
        """The last link of its chain, as its manifest states it."""
        return str(self.manifest.get("seal", ""))

    @property
    def names(self) -> list[str]:
        """Its files but for manifest and chain."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises KeyError where there is none."""
        return bytes(self._members[name])

    def unpack(self, folder: Path) -> None:
        """Write every file to `folder`. Call it for a bundle without findings only: then all names are plain ones."""
        for name, content in self._members.items():
            if not is_plain_name(name):
                raise ValueError(f"a bundle cannot hold a file called {name}")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Open the bundle at `path` and check every byte of it against its chain and its canonical form.

    Raises:
        BundleError: it is no bundle, cannot be read, is of a later Evenhand, or is an archive that may do harm.
    """
    with ExitStack() as stack:
        try:
            bundle = _read(path, stack.enter_context(viewed(path)))
        except OSError as error:
            raise BundleError(
                f"file {path.name}", f"it cannot be read ({error.strerror})", "Check the name, and that it may be read."
            ) from error
        yield bundle


def is_bundle(path: Path) -> bool:
    """Whether a file is, or once was, a bundle: manifest and chain can be told in it."""
    try:
        with viewed(path) as data:
            return _head(data) is not None
    except OSError:
        return False


def _read(path: Path, data: memoryview) -> Bundle:
    head = _head(data)
    if head is None:
        _refuse_untrusted(path, data)
        raise BundleError(
            f"file {path.name}",
            f"it is not a bundle: it does not begin with {MANIFEST} and {CHAIN}",
            "Choose a file that `bundle` wrote.",
        )
    manifest, chain = head
    stated = read_manifest(bytes(_content(data, manifest))) or {}
    if is_newer(stated):
        raise BundleError(
            f"bundle {path.name}",
            f"a newer Evenhand wrote it (form {stated['bundle']}, not {VERSION})",
            "Update Evenhand.",
        )
    entries = [line[0] for line in read_chain(_content(data, chain)) if line]
    plan = _best_plan(data, head, entries)
    files = [(member.name, _content(data, member)) for member in plan.members[HEAD:]]
    sealed = judged(bytes(_content(data, manifest)), _content(data, chain), _kept_checksum(data, plan, manifest), files)
    wrong = [*_content_findings(sealed, plan, data)]
    changed = {finding.where.partition(",")[0] for finding in (*wrong, *sealed.findings)}
    intact = [member.name for member in plan.members if member.name not in changed]
    container = list(_container_findings(data, _with_checksums(data, plan), intact))
    return Bundle(sealed.manifest, sealed.entries, (*container, *sealed.findings, *wrong), len(data), dict(files))


def _refuse_untrusted(path: Path, data: memoryview) -> None:
    """Say what is wrong with an archive that is no bundle, should it be one that nobody ought to unpack."""
    if data[:2] == b"PK":
        with open_archive(path, error=BundleError):
            return


def _head(data: memoryview) -> tuple[Member, Member] | None:
    """Manifest and chain, from the directory or from the headers, whichever can be read further."""
    found = []
    for view in (by_directory(data), by_headers(data)):
        first = {member.name: member for member in view[:HEAD]}
        if set(first) == {MANIFEST, CHAIN}:
            manifest, chain = first[MANIFEST], first[CHAIN]
            if manifest.size <= MOST_MANIFEST and chain.size <= MOST_CHAIN:
                lines = read_chain(_content(data, chain))
                readable = sum(line is not None for line in lines)
                found.append((readable / max(1, len(lines)), readable, manifest, chain))
    best = max(found, key=lambda each: each[:2], default=None)
    if best is None or (not best[1] and read_manifest(bytes(_content(data, best[2]))) is None):
        return None
    return best[2], best[3]


def _best_plan(data: memoryview, head: tuple[Member, Member], entries: Sequence[Entry]) -> Plan:
    """How the archive is laid out: as the chain, the directory or the headers say, whichever `data` fits best."""
    sizes = {file: sum(entry.bytes for entry in its) for file, its in groupby(entries, lambda entry: entry.file)}
    by_chain = [*((member.name, member.size) for member in head), *sizes.items()]
    views = [by_chain, *([(each.name, each.size) for each in view] for view in (by_directory(data), by_headers(data)))]
    plans = [planned([(name, size, 0) for name, size in view]) for view in views if _sane(view)]
    return min(plans, key=lambda plan: _misfit(data, plan))


def _sane(view: Sequence[tuple[str, int]]) -> bool:
    """Whether an archive of these files can be thought of at all."""
    names = {name for name, _ in view}
    small = all(0 <= size < 1 << 32 and name.isascii() and len(name) < 1 << 16 for name, size in view)
    return small and {MANIFEST, CHAIN} <= names and sum(size for _, size in view) < 1 << 32


def _misfit(data: memoryview, plan: Plan) -> int:
    """How many bytes are not where a plan has them; an end that is missing or too long counts as one."""
    return sum(len(places) for _, places in differing(data, plan)) + (plan.total != len(data))


def _with_checksums(data: memoryview, plan: Plan) -> Plan:
    return planned([(member.name, member.size, crc32(_content(data, member))) for member in plan.members])


def _kept_checksum(data: memoryview, plan: Plan, member: Member) -> int | None:
    """The CRC-32 that header and directory both keep of a file; None where they differ."""
    kept = {
        bytes(data[part.start + part.checksum : part.start + part.checksum + 4])
        for part in plan.parts
        if part.name == member.name and part.checksum is not None
    }
    return int.from_bytes(kept.pop(), "little") if len(kept) == 1 else None


def _container_findings(data: memoryview, plan: Plan, intact: Sequence[str]) -> Iterator[Finding]:
    for part, places in differing(data, plan, intact):
        yield Finding("container", part.title, bytes_said(data, places, part.content, part.start))
    if len(data) > plan.total:
        said = f"{len(data) - plan.total:,} bytes stand behind its end, byte {plan.total:,}"
        yield Finding("container", "the bundle", said)
    if len(data) < plan.total:
        said = f"its last {plan.total - len(data):,} bytes are missing, from byte {len(data):,} on"
        yield Finding("container", "the bundle", said)


def _content_findings(sealed: Sealed, plan: Plan, data: memoryview) -> Iterator[Finding]:
    """What differs between the files and the chain: files gone, come, renamed, moved or changed."""
    members = plan.members[HEAD:]
    by_name = {member.name: member for member in members}
    expected = {file: list(its) for file, its in groupby(sealed.entries, lambda entry: entry.file)}
    renamed = dict(_renamed(expected, by_name, data))
    for file, entries in expected.items():
        if file in renamed:
            yield Finding("file", file, f"it is called {renamed[file]} now")
        elif file not in by_name:
            yield Finding("file", file, "it was taken out")
        else:
            yield from _file_findings(file, entries, by_name[file], data)
    for member in members:
        if member.name not in expected and member.name not in renamed.values():
            yield Finding("file", member.name, "it was put in: the chain knows nothing of it")
    yield from _order_findings([member.name for member in plan.members], list(expected))


def _file_findings(file: str, entries: list[Entry], member: Member, data: memoryview) -> Iterator[Finding]:
    content = _content(data, member)
    if by_lines(file) and "#" in entries[0].what:
        yield from changed_lines(file, entries, content, member.start)
    elif len(entries) != 1:
        yield Finding("chain", file, "the chain has it more than once")
    elif not same(entries[0], content):
        yield changed_piece(entries[0], content, member.start)


def _renamed(
    expected: dict[str, list[Entry]], members: dict[str, Member], data: memoryview
) -> Iterator[tuple[str, str]]:
    gone = {its[0].sha256: file for file, its in expected.items() if file not in members and len(its) == 1}
    if gone:
        for name, member in members.items():
            if name not in expected and (file := gone.get(sha256(_content(data, member)))) is not None:
                yield file, name


def _order_findings(names: list[str], expected: list[str]) -> Iterator[Finding]:
    if len(set(names)) < len(names):
        twice = next(name for n, name in enumerate(names) if name in names[:n])
        yield Finding("file", twice, "the bundle has it more than once")
    elif set(names) == {MANIFEST, CHAIN, *expected} and names != [MANIFEST, CHAIN, *in_order(expected)]:
        wanted = [MANIFEST, CHAIN, *in_order(expected)]
        first = next(n for n, name in enumerate(names) if name != wanted[n])
        yield Finding("file", names[first], f"it stands where {wanted[first]} belongs")
    elif expected != in_order(expected):
        yield Finding("chain", CHAIN, "its files are not in the order that Evenhand writes them in")


def _content(data: memoryview, member: Member) -> memoryview:
    return data[member.start : member.start + member.size]

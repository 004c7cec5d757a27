"""Ways to change a bundle, each with the name of what was changed: a file, a line of it, or a part of the container."""

import json
import random
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lib.bundle.chain import entries_of, read_line
from lib.bundle.layout import by_lines
from lib.bundle.zipped import by_directory, planned

Members = list[tuple[str, bytes]]


class Changed(NamedTuple):
    """A changed bundle; one of `named` has to appear in what is found."""

    content: bytes
    named: tuple[str, ...]


def members_of(content: bytes) -> Members:
    """The files of a bundle, in order."""
    view = memoryview(content)
    return [(name, content[start : start + size]) for name, start, size in by_directory(view)]


def rebuilt(members: Members) -> bytes:
    """A container of these files in the form that Evenhand writes, whatever the chain says."""
    plan = planned([(name, len(content), zlib.crc32(content)) for name, content in members])
    pieces = [(part.start, part.content) for part in plan.parts]
    pieces += [(place.start, content) for place, (_, content) in zip(plan.members, members, strict=True)]
    return b"".join(piece for _, piece in sorted(pieces, key=lambda each: (each[0], len(each[1]))))


def flip(content: bytes, rng: random.Random) -> Changed:
    """One byte becomes another."""
    at = rng.randrange(len(content))
    return Changed(with_byte(content, at, content[at] ^ rng.randrange(1, 256)), (named_at(content, at),))


def with_byte(content: bytes, at: int, value: int) -> bytes:
    """The same with another byte somewhere."""
    return content[:at] + bytes([value]) + content[at + 1 :]


def named_at(content: bytes, at: int) -> str:
    """What lies at a byte of a bundle."""
    for name, start, size in by_directory(memoryview(content)):
        if start <= at < start + size:
            if by_lines(name):
                return f"{name}, line {content[start:at].count(10) + 1}"
            return name
    plan = planned([(name, len(piece), 0) for name, piece in members_of(content)])
    return next(part.title for part in plan.parts if part.start <= at < part.end)


def truncate(content: bytes, rng: random.Random) -> Changed:
    """The end is cut off, but for manifest and chain."""
    first = by_directory(memoryview(content))[2].start
    at = rng.randrange(first, len(content))
    return Changed(content[:at], (f"from byte {at:,} on",))


def append(content: bytes, rng: random.Random) -> Changed:
    """Something is put behind the end."""
    more = rng.randrange(1, 200)
    return Changed(content + rng.randbytes(more), (f"{more:,} bytes stand behind its end",))


def remove_member(content: bytes, rng: random.Random) -> Changed:
    """A file is taken out."""
    members = members_of(content)
    name, _ = members.pop(rng.randrange(2, len(members)))
    return Changed(rebuilt(members), (name,))


def add_member(content: bytes, rng: random.Random) -> Changed:
    """A file is put in."""
    members = members_of(content)
    members.insert(rng.randrange(2, len(members)), ("scores/9999.json", b"{}"))
    return Changed(rebuilt(members), ("scores/9999.json",))


def rename_member(content: bytes, rng: random.Random) -> Changed:
    """A file gets another name."""
    members = members_of(content)
    at = rng.randrange(2, len(members))
    name, piece = members[at]
    members[at] = (name + "x", piece)
    return Changed(rebuilt(members), (name,))


def swap_members(content: bytes, rng: random.Random) -> Changed:
    """Two files change places."""
    members = members_of(content)
    one, other = sorted(rng.sample(range(2, len(members)), 2))
    members[one], members[other] = members[other], members[one]
    return Changed(rebuilt(members), (members[one][0], members[other][0]))


def change_history(content: bytes, rng: random.Random) -> Changed:
    """A line of a history is taken out, written twice, or changes places with the next."""
    members = members_of(content)
    at = rng.choice([n for n, (name, _) in enumerate(members) if by_lines(name)])
    name, piece = members[at]
    lines = piece.splitlines(keepends=True)
    n = rng.randrange(len(lines))
    way = rng.choice(["remove", "double"] + (["swap"] if n + 1 < len(lines) and lines[n] != lines[n + 1] else []))
    if way == "remove":
        del lines[n]
    elif way == "double":
        lines.insert(n, lines[n])
    else:
        lines[n], lines[n + 1] = lines[n + 1], lines[n]
    members[at] = (name, b"".join(lines))
    near = tuple(f"{name}, line {k}" for k in (n + 1, n + 2)) + ((name,) if not lines else ())
    return Changed(rebuilt(members), near)


def edit_number(content: bytes, rng: random.Random) -> Changed:
    """A number of the report becomes another; half of the time its line of the chain is put right, but no link."""
    members = members_of(content)
    at = next(n for n, (name, _) in enumerate(members) if name == "report/facts.json")
    name, piece = members[at]
    members[at] = (name, piece.replace(b"0.125", b"0.225", 1))
    if rng.random() < 0.5:
        members[1] = ("chain.jsonl", corrected(members[1][1], members[at]))
    return Changed(rebuilt(members), (name,))


def corrected(chain: bytes, file: tuple[str, bytes]) -> bytes:
    """A chain whose line of one file fits the file, but not the lines around it."""
    lines = []
    for line in chain.splitlines(keepends=True):
        read = read_line(line)
        assert read is not None
        if read[0].what == file[0]:
            [entry] = entries_of([(file[0], memoryview(file[1]))])
            data = json.loads(line) | {"bytes": entry.bytes, "sha256": entry.sha256, "blocks": entry.blocks}
            line = json.dumps(data, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        lines.append(line)
    return b"".join(lines)


def edit_seal(content: bytes, rng: random.Random) -> Changed:
    """The manifest states another seal."""
    members = members_of(content)
    manifest = json.loads(members[0][1])
    manifest["seal"] = rng.randbytes(32).hex()
    members[0] = ("manifest.json", json.dumps(manifest, sort_keys=True, indent=1).encode() + b"\n")
    return Changed(rebuilt(members), ("manifest.json",))


def drop_last(content: bytes, rng: random.Random) -> Changed:
    """The last file goes, with its line of the chain."""
    members = members_of(content)
    members.pop()
    members[1] = ("chain.jsonl", b"".join(members[1][1].splitlines(keepends=True)[:-1]))
    return Changed(rebuilt(members), ("chain.jsonl",))


CHANGES: tuple[Callable[[bytes, random.Random], Changed], ...] = (
    *(flip,) * 4,
    truncate,
    append,
    remove_member,
    add_member,
    rename_member,
    swap_members,
    change_history,
    edit_number,
    edit_seal,
    drop_last,
)


def changes(content: bytes, many: int, seed: int) -> Iterator[tuple[str, Changed]]:
    """That many changes of every kind in turn, each with its kind."""
    rng = random.Random(seed)
    for n in range(many):
        change = CHANGES[n % len(CHANGES)]
        yield change.__name__, change(content, rng)

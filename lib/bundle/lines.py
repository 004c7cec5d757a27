"""Which lines of a history were taken out, put in, changed or moved, by their digests."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lib.bundle.chain import Entry, line_places, sha256
from lib.bundle.findings import Finding, changed_piece

MOST_MATCHED = 2_000
"""Lines that are compared each with each; where more than these differ, the stretch is named as a whole."""


def changed_lines(file: str, entries: Sequence[Entry], content: memoryview, start: int) -> Iterator[Finding]:
    """What differs between the lines of a history and their entries.

    Args:
        start: where the file lies in the archive.
    """
    places = list(line_places(content))
    now = [sha256(content[a:b]) for a, b in places]
    was = [entry.sha256 for entry in entries]
    if now == was:
        return
    ahead = _shared(was, now)
    behind = _shared(was[ahead:][::-1], now[ahead:][::-1])
    was_left, now_left = was[ahead : len(was) - behind], now[ahead : len(now) - behind]
    if len(was_left) > MOST_MATCHED or len(now_left) > MOST_MATCHED:
        said = f"its lines {ahead + 1:,} to {len(was) - behind:,} are not those that were written"
        yield Finding("file", file, said)
        return
    gone, come = Counter(was_left) - Counter(now_left), Counter(now_left) - Counter(was_left)
    for tag, a, b, c, d in SequenceMatcher(None, was_left, now_left, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        lost = list(range(ahead + a, ahead + b))
        new = list(range(ahead + c, ahead + d))
        if tag == "replace" and len(lost) == len(new) and all(gone[was[n]] for n in lost):
            for before, after in zip(lost, new, strict=True):
                first, last = places[after]
                yield changed_piece(entries[before], content[first:last], start + first)
            continue
        for n in lost:
            said = "it was taken out" if gone[was[n]] else f"it stands at line {now.index(was[n]) + 1} now"
            yield Finding("file", f"{file}, line {n + 1}", said)
        for n in new:
            if come[now[n]]:
                yield Finding("file", f"{file}, line {n + 1}", "it was put in")


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many places agree from the start on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count

"""A lexicon: words, phrases and stems by category, found in a text by longest match.

Matching goes from left to right and takes the longest entry at each place, so that "police officer"
is one match and "policewoman" is one word. An entry is lower-case words, each of which may end in *
and then stands for every word that begins so. Each distinct word is looked up once and remembered,
which makes a match as cheap as a look in a dict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lib.scorers.tokens import Words

IGNORED = ""
"""Where phrases go that hold a word of the lexicon without its meaning, such as "man made"."""

_LONGEST_WORD = 40  # letters: what is longer is no word, and would make notes of any length
_REMEMBERED = 200_000
_COUNTED = re.compile(r"(.+?)(?: ×(\d+))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a lexicon: its words (stems end in *) and the category it belongs to."""

    parts: tuple[str, ...]
    category: str
    exact_case: str = ""  # the first word as it must be written, where its case tells its meaning

    def rank(self) -> tuple[int, bool, int]:
        """Which of several entries at one place is taken: more words, whole words before stems, longer stems."""
        return len(self.parts), not self.parts[0].endswith("*"), len(self.parts[0])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by category, with where they are from. `fingerprint` hashes the text it was read from.

    `sides` groups categories for a label; without any, each category is a side of its own.
    """

    name: str
    source: str
    licence: str
    version: str
    categories: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, tuple[str, ...]]
    entries: tuple[Entry, ...]
    fingerprint: str
    _first: dict[str, list[Entry]] = field(default_factory=dict, repr=False, compare=False)
    _seen: dict[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._first.setdefault(entry.parts[0], []).append(entry)

    def find(self, words: Words) -> dict[str, dict[str, int]]:
        """How often each matched word or phrase occurs, by category; categories without a match are left out."""
        found: dict[str, dict[str, int]] = {}
        lower, at = words.lower, 0
        for here, word in enumerate(lower):
            entries = self._seen.get(word)
            if entries is None:
                entries = self._candidates(word)
            if not entries or here < at:  # here < at: inside the last match
                continue
            for entry in entries:
                length = len(entry.parts)
                if length > 1 and not _fits(entry.parts, lower[here : here + length]):
                    continue
                if entry.exact_case and words.written[here] != entry.exact_case:
                    continue
                at = here + length
                if entry.category is not IGNORED:
                    counts = found.setdefault(entry.category, {})
                    text = word if length == 1 else " ".join(lower[here:at])
                    counts[text] = counts.get(text, 0) + 1
                break
        return found

    def _candidates(self, word: str) -> tuple[Entry, ...]:
        """The entries that may begin with `word`, the one to prefer first."""
        if len(word) > _LONGEST_WORD:
            return ()
        entries = list(self._first.get(word, ()))
        for length in range(1, len(word) + 1):
            entries += self._first.get(word[:length] + "*", ())
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[word] = tuple(sorted(entries, key=Entry.rank, reverse=True))
        return self._seen[word]


def _fits(parts: Sequence[str], words: Sequence[str]) -> bool:
    return len(parts) == len(words) and all(
        word.startswith(part[:-1]) and len(word) <= _LONGEST_WORD if part.endswith("*") else word == part
        for part, word in zip(parts, words, strict=True)
    )


def note_of(found: Mapping[str, Mapping[str, int]], categories: Iterable[str]) -> str:
    """What was found as a line for people: "masculine: he ×2, his; feminine: her"."""
    told = (
        f"{category}: " + ", ".join(f"{text} ×{n}" if n > 1 else text for text, n in found[category].items())
        for category in categories
        if category in found
    )
    return "; ".join(told)


def found(note: str) -> dict[str, dict[str, int]]:
    """What `note_of` told, read back: by category, how often each word occurs."""
    told: dict[str, dict[str, int]] = {}
    for part in note.split("; ") if note else ():
        category, _, listed = part.partition(": ")
        counted = (_COUNTED.fullmatch(item) for item in listed.split(", "))
        told[category] = {match[1]: int(match[2] or 1) for match in counted if match}
    return told

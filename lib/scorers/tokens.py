"""What counts as a word and as a sentence, alike for every scorer that reads the text itself.

A word is a run of letters and digits, with apostrophes inside ("don't"); hyphens separate words, so
that "mother-in-law" and "mother in law" are the same three. A possessive or contracted ending is
taken off ("nurse's" is "nurse", "she'll" is "she").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING = re.compile(r"['’](?:s|d|m|ll|re|ve)$", re.IGNORECASE)
# No run of stops is tried twice: a model may well write a hundred thousand of them.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]*]*+(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“.])(?:mr|mrs|ms|mx|dr|prof|st|sr|jr|vs|no|[b-hj-z])$", re.IGNORECASE)
_CACHED_LENGTH = 20_000  # longer texts are rare, and a thousand of them would fill the memory


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in their order: `lower` in lower case, `written` as they stand there."""

    lower: tuple[str, ...]
    written: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lower)


def words(text: str) -> Words:
    """The words of a text; found once, however many scorers ask for them in turn."""
    return _cached_words(text) if len(text) <= _CACHED_LENGTH else _words(text)


def sentences(text: str) -> list[str]:
    """The text cut behind full stops, question and exclamation marks, and at line ends; blank pieces are left out.

    A stop behind a title, a single letter or a number of a list ("Dr.", "J.", "2.") ends no sentence.
    """
    pieces, start = [], 0
    for mark in _SENTENCE_END.finditer(text):
        if mark[0] == "." and _goes_on(text[max(start, mark.start() - 12) : mark.start()]):
            continue
        pieces.append(text[start : mark.end()].strip())
        start = mark.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if any(letter.isalnum() for letter in piece)]


def ngrams(sequence: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """Every run of `n` neighbours, in order; none when the sequence is shorter."""
    return list(zip(*(sequence[start:] for start in range(n)), strict=False))


def _words(text: str) -> Words:
    found = _WORD.findall(text)
    if "'" in text or "’" in text:
        found = [_ENDING.sub("", word).replace("’", "'") if not word.isalnum() else word for word in found]
    return Words(tuple([word.lower() for word in found]), tuple(found))


_cached_words = lru_cache(maxsize=1024)(_words)


def _goes_on(before: str) -> bool:
    """Whether a full stop behind these characters ends no sentence."""
    return bool(_ABBREVIATION.search(before)) or before.strip().isdigit()

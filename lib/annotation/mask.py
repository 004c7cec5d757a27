"""Identity terms hidden from annotators, so that a span marked in what they see still has its place in the response."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PLACEHOLDER = "▒▒▒"
"""Stands for any hidden words; it has one length, for that of the words would tell."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s-]+")

Stretch = tuple[int, int]
"""Start and end of a part of a text, in code points; the end is not part of it."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text and what is shown of it.

    `hidden` are the stretches of `text` that are hidden, in rising order, and `placed` where their placeholders stand
    in `shown`.
    """

    text: str
    shown: str
    hidden: tuple[Stretch, ...]
    placed: tuple[Stretch, ...]

    def to_original(self, start: int, end: int) -> Stretch:
        """Where in `text` a stretch of `shown` stands; an end inside a placeholder widens to the whole of it."""
        return _moved(start, end, self.placed, self.hidden)

    def to_shown(self, start: int, end: int) -> Stretch:
        """Where in `shown` a stretch of `text` stands; an end inside something hidden widens to its placeholder."""
        return _moved(start, end, self.hidden, self.placed)


def mask(text: str, words: frozenset[str]) -> Masked:
    """`text` with each of `words` (in lower case), or several in a row, as the placeholder.

    Words are found as the scorers that neutralise texts find them: in any case, and several with nothing but space or
    hyphens between them count as one. What follows an apostrophe is a word of its own, so a possessive stays.
    """
    hidden: list[Stretch] = []
    for found in _WORD.finditer(text):
        if found[0].lower() not in words:
            continue
        if hidden and _BETWEEN.fullmatch(text, hidden[-1][1], found.start()):
            hidden[-1] = (hidden[-1][0], found.end())
        else:
            hidden.append(found.span())
    pieces: list[str] = []
    placed: list[Stretch] = []
    done = length = 0
    for start, end in hidden:
        length += start - done
        placed.append((length, length + len(PLACEHOLDER)))
        pieces += text[done:start], PLACEHOLDER
        done, length = end, length + len(PLACEHOLDER)
    return Masked(text, "".join((*pieces, text[done:])), tuple(hidden), tuple(placed))


def _moved(start: int, end: int, here: Sequence[Stretch], there: Sequence[Stretch]) -> Stretch:
    """A stretch moved to the other text, where the stretches `here` of this one are those of `there`."""
    if start >= end:
        return _start_moved(start, here, there), _start_moved(end, here, there)
    return _start_moved(start, here, there), _end_moved(end, here, there)


def _start_moved(place: int, here: Sequence[Stretch], there: Sequence[Stretch]) -> int:
    passed = bisect_right(here, place, key=lambda stretch: stretch[1])
    if passed < len(here) and here[passed][0] < place:
        return there[passed][0]
    return place + (there[passed - 1][1] - here[passed - 1][1] if passed else 0)


def _end_moved(place: int, here: Sequence[Stretch], there: Sequence[Stretch]) -> int:
    begun = bisect_left(here, place, key=lambda stretch: stretch[0])
    if begun and place < here[begun - 1][1]:
        return there[begun - 1][1]
    return place + (there[begun - 1][1] - here[begun - 1][1] if begun else 0)

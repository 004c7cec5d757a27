"""Mark in texts that belong together the words they do not all share.

Good for prompts that differ in a few words and for whole responses side by side. A word is
shared when it lies on a longest common subsequence of the first text with each other text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from lib.types import Piece

COMPARED_WORDS = 3_000
"""How many words of each text are compared between an equal beginning and an equal end. The table for
it takes 18 MB; what lies beyond in longer texts counts as differing."""

_TOKEN = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]")


def mark_differences(texts: Sequence[str]) -> list[list[Piece]]:
    """For each text its pieces, which joined give back the exact text; shared and differing ones alternate.

    White space is not compared: it is marked where the words on both sides of it are.
    """
    if not texts:
        return []
    tokens = [_TOKEN.findall(text) for text in texts]
    numbers: dict[str, int] = {}
    words = [
        np.array([numbers.setdefault(token, len(numbers)) for token in row if not token.isspace()], dtype=np.int64)
        for row in tokens
    ]
    partners = [_partners(words[0], other) for other in words[1:]]
    shared_by_all = np.ones(len(words[0]), dtype=bool)
    for each in partners:
        shared_by_all &= np.isin(np.arange(len(words[0])), each)
    lookup = np.append(shared_by_all, False)  # the last place is what the partner -1 finds
    marks = [shared_by_all, *(lookup[each] for each in partners)]
    return [_pieces(row, ~shared) for row, shared in zip(tokens, marks, strict=True)]


def _partners(first: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each word of `other` the place of its partner in `first`, or -1: same order, as many as can be."""
    before = _equal_words(first, other)
    after = _equal_words(first[before:][::-1], other[before:][::-1])
    partners = np.full(len(other), -1)
    partners[:before] = np.arange(before)
    partners[len(other) - after :] = np.arange(len(first) - after, len(first))
    middle = slice(before, before + COMPARED_WORDS)
    for mine, theirs in _longest_common(first[: len(first) - after][middle], other[: len(other) - after][middle]):
        partners[before + theirs] = before + mine
    return partners


def _equal_words(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    """How many words two texts have in common from the start."""
    length = min(len(one), len(other))
    different = np.flatnonzero(one[:length] != other[:length])
    return int(different[0]) if len(different) else length


def _longest_common(one: NDArray[np.int64], other: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Pairs of places on a longest common subsequence, from the last to the first.

    Cell (i, j) of the table is its length for the first i and j words. Along a row that is a running
    maximum, which lets NumPy fill a row at once.
    """
    lengths = np.zeros((len(one) + 1, len(other) + 1), dtype=np.int16)
    for i, word in enumerate(one):
        lengths[i + 1, 1:] = np.maximum.accumulate(np.maximum(lengths[i, 1:], lengths[i, :-1] + (other == word)))
    i, j = len(one), len(other)
    while lengths[i, j]:
        if lengths[i, j] == lengths[i - 1, j]:
            i -= 1
        elif lengths[i, j] == lengths[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j


def _pieces(tokens: Sequence[str], differs: NDArray[np.bool_]) -> list[Piece]:
    marked: list[bool] = []
    words_before = 0
    for token in tokens:
        if token.isspace():
            marked.append(bool(0 < words_before < len(differs) and differs[words_before - 1] and differs[words_before]))
        else:
            marked.append(bool(differs[words_before]))
            words_before += 1
    stretches = groupby(zip(tokens, marked, strict=True), key=lambda pair: pair[1])
    return [Piece("".join(token for token, _ in stretch), mark) for mark, stretch in stretches]

"""Texts without what tells a group: identity terms, pronouns and gendered words become one placeholder.

Two responses that differ in nothing but "she" and "he" are then the same, so that what difference is left is in what
is said about a person, not in how the person is named.
"""

import re
from collections.abc import Iterable
from functools import cache

from lib.scorers.lexicon_file import shipped

PLACEHOLDER = "someone"

_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(rf"\b{PLACEHOLDER}(?:[\s-]+{PLACEHOLDER})+\b")
_PRONOUNS = {"they", "them", "their", "theirs", "themself", "themselves", "ze", "zir", "xe", "xem", "xyr", "mx"}
_COMMON = {
    "a",
    "an",
    "and",
    "are",
    "at",
    "by",
    "for",
    "from",
    "has",
    "have",
    "in",
    "is",
    "of",
    "on",
    "or",
    "that",
    "the",
    "to",
    "was",
}
_COMMON |= {"who", "whose", "with"}


def identity_words(terms: Iterable[str]) -> frozenset[str]:
    """The words, in lower case, that tell which of some groups a text is about: those of the terms, and gendered words.

    Words that every text has ("who", "with") are left out, and a term's plural is put in.
    """
    own = {word.lower() for term in terms for word in _WORD.findall(term)} - _COMMON
    return _gendered() | own | {f"{word}s" for word in own if word.isalpha()}


def neutralise(text: str, words: frozenset[str]) -> str:
    """`text` with each of `words`, or several in a row, as the placeholder."""
    replaced = _WORD.sub(lambda found: PLACEHOLDER if found[0].lower() in words else found[0], text)
    return _RUN.sub(PLACEHOLDER, replaced)


@cache
def _gendered() -> frozenset[str]:
    """Masculine and feminine words of the shipped lexicon that are one word, and pronouns of any gender."""
    categories = shipped("gendered").categories
    listed = (*categories["masculine"], *categories["feminine"])
    return frozenset(word.lower() for word in listed if _WORD.fullmatch(word)) | _PRONOUNS

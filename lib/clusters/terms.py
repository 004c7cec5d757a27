"""The words and pairs of words of a text, without those that carry no topic."""

import re
from collections.abc import Collection
from itertools import pairwise

# Letters with the marks that belong to them: to `re` a vowel sign of Hindi or Thai is no letter.
_MARK = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957"
_MARK += "\u0980-\u0983\u09bc-\u09d7\u0a00-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
_MARK += (
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83"
)
_MARK += "\u0dca-\u0ddf\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
# Chinese and Japanese put no spaces between words: each two characters in a row stand for one (Nie et al. 2000).
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_LETTERS = rf"[^\W\d_{_UNSPACED}](?:[^\W\d_{_UNSPACED}]|[{_MARK}])*"
_WORD = re.compile(rf"([{_UNSPACED}]+)|{_LETTERS}(?:['’-]{_LETTERS})*")


def words(text: str) -> list[str]:
    """Words of at least two letters, lower case; hyphens and apostrophes inside belong to them, a genitive s not.

    What a script such as Thai writes between two spaces stays whole.
    """
    found = []
    for match in _WORD.finditer(text.lower()):
        if match[1]:
            found += [one + other for one, other in pairwise(match[1])]
        else:
            word = match[0].replace("’", "'").removesuffix("'s")
            found += [word] if len(word) > 1 else []
    return found


def stop_words(exclude: Collection[str]) -> frozenset[str]:
    """scikit-learn's English stop words, and every word of what is excluded."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return ENGLISH_STOP_WORDS | {word for term in exclude for word in words(term)}


def terms(text: str, stop: Collection[str]) -> list[str]:
    """The words of a text that are no stop words, and each two of them that follow each other, with a space between."""
    kept = [word for word in words(text) if word not in stop and not _contracted(word, stop)]
    return kept + [f"{one} {other}" for one, other in pairwise(kept) if one != other and not _unspaced(one)]


def _unspaced(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff"


def _contracted(word: str, stop: Collection[str]) -> bool:
    """Whether it is a stop word with something attached: it'll, you're, don't."""
    head, apostrophe, _ = word.partition("'")
    return bool(apostrophe) and (word.endswith("n't") or head in stop)

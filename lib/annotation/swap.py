"""A response as if it were about another member of its matched set, to see whether annotators judge both alike.

Only what the two prompts say differently is exchanged: their terms and, between a woman and a man, pronouns and words
that tell a gender. A duplicate that is wrong would measure our grammar and not the annotator, so there is none unless
every word is certain, and unless exchanging back gives the response to the letter. What else goes with an identity (a
neighbourhood, a dish) is known for few, and stays. English only.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lib.annotation.gendered_words import ADDRESSES, BOUND, COUNTERPART, PRONOUNS, TITLES, UNPAIRED, WORDS, Gender
from lib.annotation.identity_terms import Form, forms, telling, traces
from lib.annotation.pronoun_case import of_her, of_his

Genders = tuple[Gender, Gender]
"""Of the person the response is about, and of the one it shall be about."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLE = re.compile(r"(?<![\w’'-])(an?) \Z", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:][”\")*_]*\s|\n)[\s\"“‘(*_#>•–-]*(?:\d+[.)]\s+)?[\"“‘(*_]*\Z")
_NAME_FOLLOWS = re.compile(r"(?:['’]s)? [A-ZÀ-Þ]")
_PLACE = re.compile(r"\b(?:across|around|at|from|in|near|outside) \Z", re.IGNORECASE)
_BE = re.compile(r"(?:\b(?:am|are|as|be|being|is|not|was|were)|['’](?:m|re|s)) \Z", re.IGNORECASE)
_NOUN_FOLLOWS = re.compile(r" (?!(?:and|as|at|but|by|for|from|in|is|of|on|or|to|was|who|with)\b)[a-z]")
_SIMPLE = {"she": "he", "herself": "himself", "hers": "his", "he": "she", "himself": "herself", "him": "her"}
_OTHER_COMPOUND = re.compile(r".+(?:wom[ae]n|girls?)")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A response about another identity. Without `text_changed` it named none, and the prompt alone differs."""

    text: str
    text_changed: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """What is put in place of a stretch of a text, from `start` up to but not including `end`."""

    start: int
    end: int
    words: str


class UnsafeError(Exception):
    """The text cannot be exchanged with certainty."""


def swap(
    text: str, own: Mapping[str, str], other: Mapping[str, str], genders: Genders, with_article: Callable[[str], str]
) -> Swapped | None:
    """Exchange the identity in a response; None where that is not certain, or where it names both.

    Args:
        own: the terms of its prompt, slot to words. other: those of another member of its matched set.
        genders: of the two. Alike, pronouns stay; a woman and a man, they are exchanged; any others, there must be
            none, “they” included.
        with_article: gives words with “a” or “an” in front.
    """
    try:
        there = _exchanged(text, own, other, genders, with_article)
        back = _exchanged(there, other, own, (genders[1], genders[0]), with_article)
    except UnsafeError:
        return None
    return Swapped(there, there != text) if back == text else None


def _exchanged(
    text: str, own: Mapping[str, str], other: Mapping[str, str], genders: Genders, with_article: Callable[[str], str]
) -> str:
    """`text` about the other; raises UnsafeError."""
    known = forms(own, other)
    if known is None:
        raise UnsafeError
    edits = _term_edits(text, known)
    covered = {place for edit in edits for place in range(edit.start, edit.end)}
    if genders[0] is not genders[1]:
        edits += _gender_edits(text, genders, covered)
        covered = {place for edit in edits for place in range(edit.start, edit.end)}
    left = "".join("\x00" if place in covered else char for place, char in enumerate(text))
    if any(traces(word).search(left) for word in (*telling(own, other), *telling(other, own))):
        raise UnsafeError
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += _mended(text[at : edit.start], edit.words, with_article), edit.words
        at = edit.end
    return "".join((*pieces, text[at:]))


def _mended(before: str, words: str, with_article: Callable[[str], str]) -> str:
    """`before` with the article at its end, if there is one, fit for `words`."""
    found = _ARTICLE.search(before, max(0, len(before) - 4))
    if found is None:
        return before
    article = with_article(words.lower() if words.isupper() else words).split(" ", 1)[0]
    in_capitals = found[1][0].isupper() and words.isupper()
    return before[: found.start()] + (article.upper() if in_capitals else _like(found[1], article)) + " "


def _like(sample: str, words: str) -> str:
    """`words` in capitals, or with a capital in front, as `sample` is."""
    if sample.isupper() and len(sample) > 1:
        return words.upper()
    return words[0].upper() + words[1:] if sample[0].isupper() else words


def _term_edits(text: str, known: list[Form]) -> list[Edit]:
    """Where the terms stand; raises UnsafeError where the other's would not fit."""
    if not known:
        return []
    written: dict[str, Form] = {}
    for form in known:
        for variant in (form.own, form.own[0].upper() + form.own[1:], form.own.upper()):
            written.setdefault(variant, form)
    choices = "|".join(re.escape(variant) for variant in sorted(written, key=len, reverse=True))
    return [
        Edit(found.start(), found.end(), _words_for(text, found, written[found[0]]))
        for found in re.finditer(rf"(?<![\w@.])(?:{choices})(?!\w|[@.]\w)", text)
    ]


def _words_for(text: str, found: re.Match[str], form: Form) -> str:
    """The other's words for `form` as it stands in `text`."""
    before, after = text[max(0, found.start() - 80) : found.start()], text[found.end() :]
    starts = bool(_SENTENCE_START.search(before))
    if form.own[-1] in "sS" and re.match(r"['’](?!s)", after):
        raise UnsafeError
    if form.part and (_NAME_FOLLOWS.match(after) or _PLACE.search(before) or "-" in (before[-1:], after[:1])):
        raise UnsafeError
    if form.predicate and not (_BE.search(before) and not _NOUN_FOLLOWS.match(after)):
        raise UnsafeError
    if not form.alike and not (_BE.search(before) or _NOUN_FOLLOWS.match(after)):
        raise UnsafeError
    if found[0] != form.own:
        return _like(found[0], form.other)
    return form.other[0].upper() + form.other[1:] if starts else form.other


def _gender_edits(text: str, genders: Genders, covered: set[int]) -> list[Edit]:
    """Where words tell a gender; raises UnsafeError where they tell another, or cannot be exchanged."""
    edits = []
    both = set(genders) == {Gender.WOMAN, Gender.MAN}
    own = WORDS[genders[0]] if both else frozenset()
    banned = UNPAIRED | WORDS[Gender.WOMAN] | WORDS[Gender.MAN]
    banned = banned - own if both else banned | PRONOUNS[Gender.NONBINARY]
    for found in _WORD.finditer(text):
        if found.start() in covered:
            continue
        for start, part in _parts(found):
            word = part.lower()
            if word in banned or part == "Miss" or (word not in own and _OTHER_COMPOUND.fullmatch(word)):
                raise UnsafeError
            if word in own:
                edits.append(Edit(start, start + len(part), _counterpart(text, start, part)))
    return edits


def _parts(found: re.Match[str]) -> list[tuple[int, str]]:
    """The words of a compound such as “sister-in-law”, with their places, and the compound itself first."""
    inner = [(found.start() + each.start(), each[0]) for each in re.finditer(r"[^\W\d_]+", found[0])]
    return inner if len(inner) == 1 else [(found.start(), found[0]), *inner]


def _counterpart(text: str, start: int, part: str) -> str:
    """The word of the other gender for the one at `start`."""
    before, after = text[:start], text[start + len(part) :]
    word = part.lower()
    if word in COUNTERPART:
        _refuse_names(before, after, part)
        return _like(part, COUNTERPART[word])
    if before.endswith(("-", "/")) or after.startswith(("-", "/")):
        raise UnsafeError
    chosen = of_her(before, after) if word == "her" else of_his(after) if word == "his" else _SIMPLE[word]
    if chosen is None:
        raise UnsafeError
    return _like(part, chosen)


def _refuse_names(before: str, after: str, part: str) -> None:
    """Raise UnsafeError for a word that is part of a name or of another word: “King's College”, “mother tongue”."""
    word = part.lower()
    following = re.match(r"(?:['’]s)?[ -]([a-z]+)\b", after)
    if following and following[1] in BOUND:
        raise UnsafeError
    if part.isupper() or part.islower() or word in TITLES:
        return
    if word in ADDRESSES and before.endswith("Dear ") and not _NAME_FOLLOWS.match(after):
        return
    if _NAME_FOLLOWS.match(after) or not _SENTENCE_START.search(before[-80:]):
        raise UnsafeError

"""The words of a prompt's terms as a response may have them, each with what another member has for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lib.annotation.gendered_words import words

_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_COMMON = words("a an and are as at be for from has have i in is it not of old on that the this to was who with")
_COMPANIONS = {
    "buddhist": words("buddha dharma vesak"),
    "christian": words("bible christ christmas church gospel jesus"),
    "hindu": words("diwali mandir vedas vedic"),
    "jewish": words("hanukkah jew jews judaic judaism kosher rabbi sabbath shabbat synagogue torah"),
    "muslim": words("allah eid halal hijab imam islam islamic koran mosque quran ramadan sharia shariah"),
    "sikh": words("gurdwara guru turban"),
    "poland": words("pole poles polish"),
    "states": words("america american americans"),
}
"""Words that go with a term and would give it away, or make no sense beside another: as far as the shipped banks go."""

_NO_PLURAL = re.compile(
    r".*(?:[sxz]|[cs]h|[^aeiou]y|fe?|ese|[^a-z]|\bperson|wom[ae]n|\b[mM][ae]n)|white|black", re.DOTALL
)
_ADJECTIVE = re.compile(r".*(?:[a-z]ish|[a-z]ese)|French|Dutch|Deaf|deaf|blind|white", re.DOTALL)
_PREDICATE = re.compile(r"(?:not|new) .*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Form:
    """Words for one identity, `own`, and for the other.

    Attributes:
        part: they are a part of a full name.
        alike: they can stand in the same places of a sentence, so that one may take the other's anywhere.
        predicate: one of them only stands after “is” and the like.
    """

    own: str
    other: str
    part: bool = False
    alike: bool = True
    predicate: bool = False


def forms(own: Mapping[str, str], other: Mapping[str, str]) -> list[Form] | None:
    """What may stand for the terms that differ, longest first; None where one word would have to become two.

    Args:
        own, other: slot to words, of two members of one matched set.
    """
    found: dict[str, Form] = {}
    for slot, mine in own.items():
        if not mine or not other.get(slot):
            return None
        if mine == other[slot]:
            continue
        for form in _forms_of(mine, other[slot]):
            if found.setdefault(form.own, form).other != form.other:
                return None
    return sorted(found.values(), key=lambda form: (-len(form.own), form.own))


def telling(own: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The words of the terms that `own` has and `other` has not, without those every text may have; and companions."""
    theirs = {word.lower() for term in other.values() for word in _WORD.findall(term)}
    mine = dict.fromkeys(word for term in own.values() for word in _WORD.findall(term))
    found = [word for word in mine if word.lower() not in theirs | _COMMON]
    return found + [with_it for word in found for with_it in sorted(_COMPANIONS.get(word.lower(), ()))]


def traces(word: str) -> re.Pattern[str]:
    """Finds a word of a term in whatever is left of a text: “Emily” in an address, “Chinese” for “China”."""
    if len(word) < 4:
        return re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
    whole = re.escape(word)
    if word[0].isupper() and len(word) > 4:
        return re.compile(rf"(?i:{whole})|\b{re.escape(word[: max(4, len(word) - 2)])}")
    return re.compile(whole, re.IGNORECASE)


def _forms_of(own: str, other: str) -> list[Form]:
    if _ARTICLE.match(own) and _ARTICLE.match(other):
        own, other = _ARTICLE.sub("", own, count=1), _ARTICLE.sub("", other, count=1)
    alike = " " in own or " " in other or bool(_ADJECTIVE.fullmatch(own)) == bool(_ADJECTIVE.fullmatch(other))
    predicate = bool(_PREDICATE.fullmatch(own) or _PREDICATE.fullmatch(other))
    made = [Form(own, other, alike=alike, predicate=predicate)]
    if own.endswith(" person") and other.endswith(" person"):
        made.append(Form(own.removesuffix("person") + "people", other.removesuffix("person") + "people"))
    mine, theirs = own.split(), other.split()
    if len(mine) == len(theirs) > 1 and all(word[0].isupper() for word in (*mine, *theirs)):
        made += [Form(word, for_it, part=True) for word, for_it in zip(mine, theirs, strict=True)]
    elif not _NO_PLURAL.fullmatch(own) and not _NO_PLURAL.fullmatch(other) and alike and not predicate:
        made.append(Form(f"{own}s", f"{other}s"))
    return made

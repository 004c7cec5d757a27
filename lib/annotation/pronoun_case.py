"""Whether “her” is “him” or “his”, and “his” is “her” or “hers”: decided by what stands around it, or not at all.

English has one word for both, so that exchanging pronouns takes some grammar. Where a wrong choice is thinkable (“I saw
her duck”) there is none: better no exchange than an ungrammatical one.
"""

import re

from lib.annotation.pronoun_words import AFTER_OBJECT, AFTER_POSSESSIVE, TWO_OBJECTS, UNSURE

_END = re.compile(r"[”\")\]]|[.,;:!?…]|[ \t]*(?:\Z|\n\s*\n)|\s*[—–]")
"""After a pronoun: its clause ends here."""

_NEXT = re.compile(r" ([^\W\d_][\w’'-]*)")
_PREVIOUS = re.compile(r"([\w’'-]+)\s+\Z")


def of_her(before: str, after: str) -> str | None:
    """What stands for “her” when it is about a man, "him" or "his"; None where that is not certain.

    Args:
        before, after: the text on either side of the pronoun.
    """
    if _END.match(after):
        return "him"
    follows = _NEXT.match(after)
    if follows is None:
        return None
    word = follows[1].lower().replace("’", "'")
    if word == "own":
        return "his"
    if word in AFTER_OBJECT:
        return "him"
    leads = _PREVIOUS.search(before[-60:])
    if not _noun_like(word) or (leads and leads[1].lower() in TWO_OBJECTS):
        return None
    return "his"


def of_his(after: str) -> str | None:
    """What stands for “his” when it is about a woman, "her" or "hers"; None where that is not certain."""
    if _END.match(after):
        return "hers"
    follows = _NEXT.match(after)
    if follows is None or follows[1].lower().replace("’", "'") in AFTER_OBJECT:
        return None
    return "her"


def _noun_like(word: str) -> bool:
    """Whether a word in lower case is a noun or an adjective, so that a possessive may stand in front of it."""
    if word in UNSURE:
        return False
    return word in AFTER_POSSESSIVE or not word.endswith(("ly", "ed", "ing"))

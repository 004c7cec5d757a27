"""Words from a file as titles, and as ids that a bank can have."""

import unicodedata
from functools import lru_cache

from lib.banks.schema import slug
from lib.grid.ids import digest
from lib.store.outcomes import storable

LONGEST = 200
JOINERS = "\u200c\u200d"  # unseen, but part of how some scripts and emoji are written


@lru_cache(10_000)
def tidy(text: str) -> str:
    """A text as a title: one line, nothing unseen in it, not too long. May be empty."""
    if not text.isprintable():
        text = "".join(letter if shown(letter) else " " for letter in storable(text))
    return " ".join(text.split())[:LONGEST].strip()


def shown(letter: str) -> bool:
    """Whether a letter is one to see, or belongs to one."""
    return letter in JOINERS or unicodedata.category(letter)[0] != "C"


class Ids:
    """Gives each different text an id of its own, the same one whenever it comes again."""

    def __init__(self, otherwise: str) -> None:
        """`otherwise` is the id of a text that leaves nothing to make one from."""
        self._otherwise = otherwise
        self._known: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, text: str) -> str:
        """The id of a text; where two texts would share one, the later one gets a mark."""
        if text not in self._known:
            plain = slug(storable(text)) or self._otherwise
            self._known[text] = plain if plain not in self._taken else f"{plain[:45]}_{digest(text)[:8]}"
            self._taken.add(self._known[text])
        return self._known[text]

    def reserve(self, id: str) -> None:
        """Keep an id from being given."""
        self._taken.add(id)

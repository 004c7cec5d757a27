"""What people are called outside this database: by pseudonyms, unless their names are wanted."""

import re
from collections.abc import Iterable

from lib.store.annotators import folded

ANNOTATOR, AUTHOR = "Annotator", "Author"
_PSEUDONYM = re.compile(rf"({ANNOTATOR}|{AUTHOR}) ([1-9][0-9]*)")


def here(name: str, run_id: str) -> str:
    """The name, in this database, of somebody in an audit that came from elsewhere: nobody else's in any other."""
    return f"{name} ({run_id})"


class People:
    """The names that people of one audit get outside, the same every time it is carried out.

    Args:
        annotators: names as they are kept, in the order of what they first did in the audit.
        authors: names of those who wrote in its reports, in the order they first did.
        names: whether people keep their names.
    """

    def __init__(self, run_id: str, annotators: Iterable[str], authors: Iterable[str], *, names: bool) -> None:
        self._suffix = here("", run_id)
        self._labels: dict[str, str] = {}
        self._names = names
        self._real: set[str] = set()
        ordered = [*((name, ANNOTATOR) for name in annotators), *((name, AUTHOR) for name in authors)]
        stripped = [(self._own(name), kind) for name, kind in ordered]
        self._taken = {name for name, _ in stripped if _PSEUDONYM.fullmatch(name)}
        for name, kind in stripped:
            if folded(name) not in self._labels:
                self._labels[folded(name)] = self._label(name, kind)

    def label(self, name: str) -> str:
        """What somebody is called outside."""
        own = self._own(name)
        return own if self._names else self._labels[folded(own)]

    def betrayed(self, text: str) -> bool:
        """Whether a text names somebody who is called by a pseudonym."""
        return any(name in folded(text) for name in self._real)

    def _own(self, name: str) -> str:
        return name.removesuffix(self._suffix)

    def _label(self, name: str, kind: str) -> str:
        if self._names or name in self._taken:
            return name
        self._real.add(folded(name))
        number = next(n for n in range(1, len(self._taken) + 2) if f"{kind} {n}" not in self._taken)
        self._taken.add(f"{kind} {number}")
        return f"{kind} {number}"

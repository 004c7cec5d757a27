"""A named collection that things register themselves in.

One file adds one thing: modules of a room are imported by `discover`, each registers what it
defines, and selectboxes, `python -m lib list` and the contract tests read the same registry.
"""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, TypeVar

from lib.errors import AuditError

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one sort by id, in the order of registration."""

    def __init__(self, sort: str, package: str = "") -> None:
        """`sort` is the word for one member in messages; `package` is what `discover` imports."""
        self.sort = sort
        self._package = package
        self._members: dict[str, T] = {}
        self._discovered = not package

    def register(self, name: str, member: T) -> T:
        """Add `member` under `name`; raises ValueError when the name is taken."""
        if name in self._members:
            raise ValueError(f"{self.sort} {name!r} is registered twice")
        self._members[name] = member
        return member

    def get(self, name: str) -> T:
        """The member called `name`; raises AuditError with the nearest names when there is none."""
        self.discover()
        if name not in self._members:
            raise AuditError(f"{self.sort} {name!r}", "there is none of that name", suggest(name, self._members))
        return self._members[name]

    def names(self) -> list[str]:
        """All names, in the order of registration."""
        self.discover()
        return list(self._members)

    def __iter__(self) -> Iterator[T]:
        self.discover()
        return iter(list(self._members.values()))

    def __len__(self) -> int:
        self.discover()
        return len(self._members)

    def discover(self) -> None:
        """Import every module of the package once, so that each can register itself."""
        if self._discovered:
            return
        self._discovered = True
        package = importlib.import_module(self._package)
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            importlib.import_module(f"{self._package}.{module.name}")


def suggest(name: str, known: "dict[str, T] | list[str]") -> str:
    """A remedy for an unknown name: the nearest known ones, else all of them."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3)
    if near:
        return "Did you mean " + " or ".join(near) + "?"
    return "Known: " + (", ".join(names) if names else "none yet") + "."

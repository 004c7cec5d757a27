"""The items of an assignment as arrays, so that the next of a hundred thousand is found at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lib.types import AnnotationItem, ItemKind

NO_ITEM = -1

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]


class Pile:
    """The items of an assignment as arrays by item number; a number that is no item has `wanted` NO_ITEM.

    A family is a plain item with its doubles. `doubled` are the numbers of all items of families of two or more,
    `families` says for each of them which family it is, counted from 0.
    """

    def __init__(self, items: Sequence[AnnotationItem]) -> None:
        size = 1 + max((max(item.no, item.of or 0) for item in items), default=-1)
        self.wanted: Numbers = np.full(size, NO_ITEM, np.int32)
        self.sets: Numbers = np.zeros(size, np.int32)
        known: dict[str, int] = {}
        for item in items:
            self.wanted[item.no] = item.wanted
            self.sets[item.no] = known.setdefault(item.set_id, len(known))
        self.everybody: Flags = self.wanted == 0
        self.largest_set = int(np.bincount(self.sets[self.wanted != NO_ITEM], minlength=1).max())
        repeats = [(item.no, item.of) for item in items if item.kind is ItemKind.REPEAT and item.of is not None]
        self.repeats: Numbers = np.array([no for no, _ in repeats], np.int32)
        self.repeated: Numbers = np.array([of for _, of in repeats], np.int32)
        self._gather_families({item.no: item.of for item in items if item.of is not None})

    def _gather_families(self, doubles: dict[int, int]) -> None:
        numbers = np.array(sorted({*doubles, *doubles.values()}), np.int32)
        roots = np.array([doubles.get(int(no), int(no)) for no in numbers], np.int32)
        _, families, sizes = np.unique(roots, return_inverse=True, return_counts=True)
        self.doubled: Numbers = numbers
        self.families: Numbers = families.astype(np.int32)
        self.largest_family = int(sizes.max(initial=1))

    def family(self, item: int) -> int:
        """The family of an item, -1 for one without doubles."""
        place = int(np.searchsorted(self.doubled, item))
        found = place < len(self.doubled) and self.doubled[place] == item
        return int(self.families[place]) if found else -1

"""Items to queue, by hand or drawn, and people who work through them."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from hypothesis import strategies as st

from lib.annotation.queue import Queue
from lib.types import AnnotationItem, ItemKind, ItemState


def pile(*sets: int, wanted: int = 0) -> list[AnnotationItem]:
    """Plain items of matched sets of these sizes, one set after the other."""
    names = chain.from_iterable([f"r/{name}"] * size for name, size in enumerate(sets))
    return [AnnotationItem(no, "r", no, set_id, wanted=wanted) for no, set_id in enumerate(names)]


def with_doubles(items: Sequence[AnnotationItem], kind: ItemKind, originals: Iterable[int]) -> list[AnnotationItem]:
    """The items, and a double of each of `originals`."""
    doubled = [items[no] for no in originals]
    extra = [
        AnnotationItem(len(items) + place, "r", of.cell, of.set_id, kind, of.no, wanted=0)
        for place, of in enumerate(doubled)
    ]
    return [*items, *extra]


def all_of(queue: Queue, annotator: str, state: ItemState = ItemState.DONE) -> list[int]:
    """Everything a person gets, in order, handled at once."""
    found = []
    while (item := queue.next(annotator, 0)) is not None:
        queue.record(annotator, item, state)
        found.append(item)
    return found


def adjacent(items: Sequence[AnnotationItem], order: Sequence[int]) -> int:
    """How often two members of one matched set follow each other."""
    return sum(items[one].set_id == items[other].set_id for one, other in pairwise(order))


drawn_piles = st.lists(st.integers(1, 6), min_size=1, max_size=8).flatmap(
    lambda sizes: st.lists(st.integers(0, 3), min_size=sum(sizes), max_size=sum(sizes)).map(
        lambda wanted: [
            AnnotationItem(item.no, "r", item.no, item.set_id, wanted=each)
            for item, each in zip(pile(*sizes), wanted, strict=True)
        ]
    )
)
"""Up to 48 items in up to 8 matched sets, each wanted by everybody or by up to three people."""

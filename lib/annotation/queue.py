"""Which item comes next for whom: the items of one assignment, and what everybody did with them.

Nothing here is stored: a queue is fed from the store with what was done, and claims live as long as the process.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lib.annotation.order import Order
from lib.annotation.pile import Flags, Pile
from lib.types import AnnotationItem, ItemState

ANSWERS = (ItemState.FLAGGED, ItemState.DONE, ItemState.DISCARDED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a person is, in items.

    `done` includes what is flagged and discarded; `left` may still come; `target` is what the person is asked for, or
    what there is for them when that is less.
    """

    done: int
    flagged: int
    skipped: int
    discarded: int
    target: int
    left: int


@dataclass(frozen=True, slots=True)
class _Claim:
    """An item that is on somebody's screen. `after` is what they had handled last when they got it."""

    item: int
    until: float
    after: int | None


class Queue:
    """The items of one assignment, in a random order for each annotator. Not for two threads at once.

    An item with `wanted` 0 goes to everybody; they come as every second one until they are used up, so that people
    can be compared early. Any other goes to `wanted` annotators: those who answered it and those who have claimed it
    count, those who skipped it do not. Members of one matched set never follow each other while there is another set,
    and a repeat or a swapped duplicate is kept ten items from the response it doubles while there are others.

    Args:
        items: each under its own number; numbers may be missing.
        seed: of the order, together with the annotator's name.
        target: items after which an annotator gets no more; 0 for none.
        lease: seconds after which a claim counts no more.
    """

    def __init__(self, items: Sequence[AnnotationItem], *, seed: int, target: int = 0, lease: float = 600.0) -> None:
        self._pile = Pile(items)
        self._seed = seed
        self._target = target
        self._lease = lease
        self._orders: dict[str, Order] = {}
        self._claims: dict[str, _Claim] = {}
        self._taken = np.zeros(len(self._pile.wanted), np.int32)
        self._supply: Flags = self._pile.wanted >= 0

    def record(self, annotator: str, item: int, state: ItemState) -> None:
        """Note what an annotator did with an item, which ends their claim on it; PENDING takes it back."""
        order = self._order(annotator)
        claim = self._claims.get(annotator)
        if claim and claim.item == item:
            self._release(annotator)
        self._take(item, (state in ANSWERS) - (order.state(item) in ANSWERS))
        order.put(item, state)

    def next(self, annotator: str, now: float) -> int | None:
        """The next item for an annotator, claimed for them until `now` + lease; None when nothing is left for them.

        An item they have claimed is given again, unless what they have done since then speaks against it.
        """
        order = self._order(annotator)
        held = self._release(annotator)
        for other in [name for name, claim in self._claims.items() if claim.until <= now]:
            self._release(other)
        if self._target and self._done(annotator) >= self._target:
            return None
        left = order.left(self._supply)
        if held and (order.suits(held.item, left) or (held.after == order.last and left[held.item])):
            item: int | None = held.item
        else:
            item, held = order.pick(left), None
        if item is not None:
            claim = replace(held, until=now + self._lease) if held else _Claim(item, now + self._lease, order.last)
            self._hold(annotator, claim)
        return item

    def state(self, annotator: str, item: int) -> ItemState:
        """Where an item stands for an annotator."""
        return self._order(annotator).state(item)

    def in_state(self, annotator: str, state: ItemState) -> list[int]:
        """An annotator's items in a state, the last handled first.

        Raises:
            ValueError: the state is PENDING; what may still come has no order, and `progress` counts it.
        """
        if state is ItemState.PENDING:
            raise ValueError("pending items are only counted")
        return self._order(annotator).in_state(state)

    def previous(self, annotator: str, item: int | None) -> int | None:
        """The item the annotator handled just before `item`, None when there is none; for None the last one handled.

        An item that is handled again counts as handled then.
        """
        order = self._order(annotator)
        return order.last if item is None else order.before(item)

    def progress(self, annotator: str) -> Counts:
        """How far an annotator is."""
        order = self._order(annotator)
        tally = order.tally()
        done = self._done(annotator)
        held = self._release(annotator)
        left = int(np.count_nonzero(order.left(self._supply)))
        if held:
            self._hold(annotator, held)
        there = done + tally[ItemState.SKIPPED] + left
        return Counts(
            done=done,
            flagged=tally[ItemState.FLAGGED],
            skipped=tally[ItemState.SKIPPED],
            discarded=tally[ItemState.DISCARDED],
            target=min(self._target, there) if self._target else there,
            left=min(left, max(0, self._target - done)) if self._target else left,
        )

    def _order(self, annotator: str) -> Order:
        if annotator not in self._orders:
            self._orders[annotator] = Order(self._pile, self._seed, annotator)
        return self._orders[annotator]

    def _done(self, annotator: str) -> int:
        tally = self._order(annotator).tally()
        return sum(tally[state] for state in ANSWERS)

    def _take(self, item: int, by: int) -> None:
        self._taken[item] += by
        wanted = self._pile.wanted[item]
        self._supply[item] = wanted == 0 or self._taken[item] < wanted

    def _hold(self, annotator: str, claim: _Claim) -> None:
        self._claims[annotator] = claim
        self._take(claim.item, 1)

    def _release(self, annotator: str) -> _Claim | None:
        claim = self._claims.pop(annotator, None)
        if claim:
            self._take(claim.item, -1)
        return claim

"""The order in which one person meets items: random, members of a matched set apart, doubles far from originals."""

import hashlib
from array import array

import numpy as np
import numpy.typing as npt

from lib.annotation.pile import Flags, Numbers, Pile
from lib.types import ItemState

DISTANCE = 10
"""At least so many other items come between two items that show the same response."""

STATES = tuple(ItemState)
CODES = {state: code for code, state in enumerate(STATES)}
PENDING = CODES[ItemState.PENDING]
ANSWERED = CODES[ItemState.FLAGGED]
"""From this code on a state is an answer, so that an item needs one annotator less."""


class Order:
    """One person's order of the items of a pile, and what they did with them so far.

    The order depends on the assignment's seed and the person's name alone.
    """

    def __init__(self, pile: Pile, seed: int, annotator: str) -> None:
        self._pile = pile
        digest = hashlib.sha256(f"{seed}\x1f{annotator}".encode("utf-8", "surrogatepass")).digest()
        size = len(pile.wanted)
        rank = np.random.default_rng(int.from_bytes(digest, "big")).permutation(size).astype(np.int32)
        originals, repeats = rank[pile.repeated], rank[pile.repeats]
        rank[pile.repeated], rank[pile.repeats] = np.minimum(originals, repeats), np.maximum(originals, repeats)
        self._rank: Numbers = rank
        self._states: npt.NDArray[np.uint8] = np.zeros(size, np.uint8)
        self._log = array("i")

    def state(self, item: int) -> ItemState:
        """Where an item stands for this person."""
        return STATES[self._states[item]]

    def put(self, item: int, state: ItemState) -> None:
        """Note what was done; the item is now the last one handled, or with PENDING as if it had never been."""
        if self._states[item] != PENDING:
            self._log.pop(int(np.flatnonzero(self._handled() == item)[-1]))
        self._states[item] = CODES[state]
        if state is not ItemState.PENDING:
            self._log.append(item)

    @property
    def last(self) -> int | None:
        """The item handled last, None when there is none."""
        return self._log[-1] if self._log else None

    def before(self, item: int) -> int | None:
        """The item handled just before `item`; None for the first. One that was not handled comes after all others."""
        if self._states[item] == PENDING:
            return self.last
        place = int(np.flatnonzero(self._handled() == item)[-1])
        return self._log[place - 1] if place else None

    def in_state(self, state: ItemState) -> list[int]:
        """The items in a state, the last handled first."""
        handled = self._handled()[::-1]
        found: list[int] = handled[self._states[handled] == CODES[state]].tolist()
        return found

    def tally(self) -> dict[ItemState, int]:
        """How many items were handled, by state."""
        counts = np.bincount(self._states[self._handled()], minlength=len(STATES))
        return {state: int(counts[code]) for state, code in CODES.items()}

    def left(self, supply: Flags) -> Flags:
        """What may still come, of the items that are there to be had: a repeat only of what this person answers."""
        pile = self._pile
        left: Flags = supply & (self._states == PENDING)
        left[pile.repeats] &= self._answered(pile.repeated) | left[pile.repeated]
        return left

    def suits(self, item: int, left: Flags) -> bool:
        """Whether `item` may come now: it is left, not of the last item's matched set, and no repeat too early."""
        return bool(self._ripe(left)[item]) and (
            self.last is None or self._pile.sets[item] != self._pile.sets[self.last]
        )

    def pick(self, left: Flags) -> int | None:
        """The next of the items that are left, None when there is none.

        Wishes in order of importance, each kept as far as the ones before it allow: not the last item's matched set; a
        set that would otherwise be left over alone; far from the same response; with its doubles still to come, when
        little is left; every second one an item for everybody. Among the rest this person's order decides.
        """
        pool = self._ripe(left)
        if not pool.any():
            return None
        sets = self._pile.sets
        if self.last is not None:
            pool = _narrowed(pool, sets != sets[self.last])
        pressing = self._pressing_set(left)
        if pressing is not None:
            pool = _narrowed(pool, sets == pressing)
        if len(self._pile.doubled):
            self._keep_farthest(pool)
            self._keep_those_with_most_to_come(pool, left)
        everybody = self._pile.everybody
        pool = _narrowed(pool, ~everybody if len(self._log) % 2 else everybody)
        return int(np.argmin(np.where(pool, self._rank, len(pool))))

    def _handled(self) -> Numbers:
        # A view would keep the array from growing for as long as it lives.
        return np.array(self._log, np.int32)

    def _answered(self, items: Numbers) -> Flags:
        answered: Flags = self._states[items] >= ANSWERED
        return answered

    def _ripe(self, left: Flags) -> Flags:
        """`left` without repeats whose original is still to come."""
        ripe = left.copy()
        ripe[self._pile.repeats] &= self._answered(self._pile.repeated)
        return ripe

    def _pressing_set(self, left: Flags) -> int | None:
        """The matched set that holds more than half of what is left, None without one."""
        count = np.count_nonzero(left)
        if 2 * self._pile.largest_set <= count:
            return None
        sizes = np.bincount(self._pile.sets[left])
        biggest = int(sizes.argmax())
        return biggest if 2 * sizes[biggest] > count else None

    def _keep_farthest(self, pool: Flags) -> None:
        """Take out of `pool` what shows a response that was on the screen a short while ago, as far as more is left."""
        pile = self._pile
        between = np.full(len(pile.doubled), DISTANCE)
        recent = self._log[-DISTANCE:]
        for passed, item in zip(range(len(recent) - 1, -1, -1), recent, strict=True):
            between[pile.families == pile.family(item)] = passed
        among = pool[pile.doubled]
        others = np.count_nonzero(pool) > np.count_nonzero(among)
        farthest = DISTANCE if others else int(between[among].max())
        pool[pile.doubled[between < farthest]] = False

    def _keep_those_with_most_to_come(self, pool: Flags, left: Flags) -> None:
        """Narrow `pool` to what has most doubles to come, when so little is left that their distance is in danger."""
        pile = self._pile
        if np.count_nonzero(left) > (DISTANCE + 1) * pile.largest_family:
            return
        to_come = np.bincount(pile.families[left[pile.doubled]], minlength=1 + int(pile.families.max()))[pile.families]
        most = int(to_come[pool[pile.doubled]].max(initial=0))
        if most > 1:
            kept = pile.doubled[(to_come == most) & pool[pile.doubled]]
            pool[:] = False
            pool[kept] = True


def _narrowed(pool: Flags, wish: Flags) -> Flags:
    """What of `pool` fulfils a wish; all of it when nothing does."""
    both = pool & wish
    return both if both.any() else pool

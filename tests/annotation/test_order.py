"""One person's order: random, matched sets apart, doubles far from what they double."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.annotation.queue import Queue
from lib.types import ItemKind
from tests.annotation.piles import adjacent, all_of, pile, with_doubles

SEEDS = st.integers(0, 1000)


@settings(deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=8), SEEDS)
def test_matched_sets_stay_apart(sizes: list[int], seed: int) -> None:
    """Of n items, m of them in the largest set, 2m - n - 1 neighbours cannot be helped, and there are no others."""
    items = pile(*sizes)
    order = all_of(Queue(items, seed=seed), "Ada")
    assert sorted(order) == list(range(len(items)))
    assert adjacent(items, order) == max(0, 2 * max(sizes) - len(items) - 1)


@settings(deadline=None)
@given(st.lists(st.integers(2, 5), min_size=2, max_size=8), st.sampled_from([ItemKind.REPEAT, ItemKind.SWAPPED]), SEEDS)
def test_doubles_stay_apart_from_their_set(sizes: list[int], kind: ItemKind, seed: int) -> None:
    """A double belongs to its original's matched set, and everything comes once."""
    items = with_doubles(pile(*sizes), kind, range(0, sum(sizes), 3))
    order = all_of(Queue(items, seed=seed), "Ada")
    assert sorted(order) == list(range(len(items)))
    largest = max(sum(item.set_id == other.set_id for other in items) for item in items)
    assert adjacent(items, order) == max(0, 2 * largest - len(items) - 1)


def between(order: list[int], one: int, other: int) -> int:
    """How many items stand between two."""
    return abs(order.index(one) - order.index(other)) - 1


@settings(deadline=None)
@given(st.integers(8, 14), st.integers(1, 10), SEEDS)
def test_a_repeat_comes_ten_items_later(sets: int, repeats: int, seed: int) -> None:
    """In sets of four, every repeat comes after its original with at least ten items in between."""
    items = with_doubles(pile(*[4] * sets), ItemKind.REPEAT, range(0, 3 * repeats, 3))
    order = all_of(Queue(items, seed=seed), "Ada")
    for item in items[4 * sets :]:
        assert item.of is not None
        assert order.index(item.of) < order.index(item.no)
        assert between(order, item.of, item.no) >= 10


@settings(deadline=None)
@given(st.integers(8, 14), st.integers(1, 10), SEEDS)
def test_a_swapped_duplicate_comes_ten_items_apart(sets: int, doubles: int, seed: int) -> None:
    """Whichever of the two comes first."""
    items = with_doubles(pile(*[4] * sets), ItemKind.SWAPPED, range(0, 3 * doubles, 3))
    order = all_of(Queue(items, seed=seed), "Ada")
    assert all(between(order, item.of, item.no) >= 10 for item in items if item.of is not None)


def test_when_a_repeat_comes_cannot_be_guessed() -> None:
    """Of 300 items, two are within ten of each other for one person in fifteen; only then it is ten items later."""
    items = with_doubles(pile(*[1] * 300), ItemKind.REPEAT, [0])
    queue = Queue(items, seed=0)
    assert sum(between(all_of(queue, f"person {name}"), 0, 300) == 10 for name in range(40)) <= 10


def test_a_swapped_duplicate_comes_first_for_some() -> None:
    """Over 200 people each order is about as frequent: 100 ± 4 standard deviations of 7."""
    items = with_doubles(pile(*[2] * 20), ItemKind.SWAPPED, [0])
    queue = Queue(items, seed=3)
    first = sum((order := all_of(queue, f"person {name}")).index(40) < order.index(0) for name in range(200))
    assert 72 <= first <= 128


@pytest.mark.parametrize("seed", range(20))
def test_a_repeat_in_a_small_pile_comes_as_late_as_it_can(seed: int) -> None:
    """Of six items in sets of their own and one repeat, its original is the first and it is the last."""
    items = with_doubles(pile(*[1] * 6), ItemKind.REPEAT, [2])
    order = all_of(Queue(items, seed=seed), "Ada")
    assert (order[0], order[-1]) == (2, 6)


def test_a_repeat_in_one_set_is_not_next_to_its_original() -> None:
    """Where only one matched set is there, its other members still come between."""
    items = with_doubles(pile(3), ItemKind.REPEAT, [1])
    assert all(between(all_of(Queue(items, seed=seed), "Ada"), 1, 3) == 2 for seed in range(20))


def test_two_repeats_of_one_response() -> None:
    """Both come after it, and far from each other."""
    items = with_doubles(pile(*[1] * 40), ItemKind.REPEAT, [5, 5])
    for seed in range(20):
        order = all_of(Queue(items, seed=seed), "Ada")
        places = sorted(order.index(no) for no in (5, 40, 41))
        assert places[0] == order.index(5)
        assert min(late - early for early, late in pairwise(places)) > 10


def test_items_for_everybody_come_as_every_second() -> None:
    """Ten of forty items go to everybody: they are the 1st, 3rd … 19th."""
    items = [*pile(*[1] * 10), *pile(*[1] * 40, wanted=1)[10:]]
    order = all_of(Queue(items, seed=7), "Ada")
    assert [place for place, item in enumerate(order) if item < 10] == list(range(0, 20, 2))


def test_everybody_has_an_order_of_their_own() -> None:
    """It depends on the name and the seed, and on nothing else."""
    items = pile(*[2] * 30)
    orders = [all_of(Queue(items, seed=seed), name) for seed in (0, 1) for name in ("Ada", "Ben")]
    assert len({tuple(order) for order in orders}) == 4
    assert all_of(Queue(items, seed=0), "Ada") == orders[0]


def test_the_order_is_random() -> None:
    """Over 300 people each of ten items is first about 30 times: within 4 standard deviations of 5.2."""
    queue = Queue(pile(*[1] * 10), seed=0)
    first = [queue.next(f"person {name}", 0) for name in range(300)]
    assert all(9 <= first.count(item) <= 51 for item in range(10))


def test_the_order_is_the_same_in_another_process() -> None:
    """A new process, whose hash() of text differs, gives the same order."""
    items = pile(*[2] * 5)
    code = (
        "from lib.annotation.queue import Queue\n"
        "from tests.annotation.piles import all_of, pile\n"
        "print(all_of(Queue(pile(*[2] * 5), seed=4), 'Ådá 🙂'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(all_of(Queue(items, seed=4), "Ådá 🙂"))

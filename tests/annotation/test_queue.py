"""Who gets which item: claims, how many people an item needs, targets, and starting again."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.annotation.queue import ANSWERS, Counts, Queue
from lib.types import AnnotationItem, ItemKind, ItemState
from tests.annotation.piles import all_of, drawn_piles, pile, with_doubles

DONE, SKIPPED, FLAGGED, DISCARDED, PENDING = (
    ItemState.DONE,
    ItemState.SKIPPED,
    ItemState.FLAGGED,
    ItemState.DISCARDED,
    ItemState.PENDING,
)
PEOPLE = ("Ada", "Ben", "Cyd", "Dee")
TURNS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from([DONE, DONE, SKIPPED, FLAGGED, DISCARDED, None])), max_size=120
)
"""Who asks for the next item, and what they do with it; None: nothing yet."""


def take(queue: Queue, annotator: str, now: float = 0.0) -> int:
    item = queue.next(annotator, now)
    assert item is not None
    return item


@settings(deadline=None)
@given(drawn_piles, TURNS, st.integers(0, 100))
def test_no_item_goes_to_more_people_than_it_needs(items: list[AnnotationItem], turns: list, seed: int) -> None:
    """Answers and open claims together never exceed what is wanted, and nobody gets an item again after handling it."""
    queue = Queue(items, seed=seed)
    handled: dict[tuple[str, int], ItemState] = {}
    claims: dict[str, int] = {}
    for annotator, state in turns:
        item = queue.next(annotator, 0)
        if item is None:
            continue
        assert (annotator, item) not in handled
        claims[annotator] = item
        if state:
            queue.record(annotator, item, state)
            handled[annotator, item] = state
            del claims[annotator]
        taken = Counter(item for (_, item), state in handled.items() if state is not SKIPPED)
        taken.update(claims.values())
        assert all(not items[item].wanted or count <= items[item].wanted for item, count in taken.items())


@settings(deadline=None)
@given(drawn_piles, TURNS, st.integers(0, 100))
def test_one_set_follows_itself_only_when_nothing_else_is_left(
    items: list[AnnotationItem], turns: list, seed: int
) -> None:
    """Whatever others take in between: what they have answered or claimed is not left, all else is."""
    queue = Queue(items, seed=seed)
    claims: dict[str, int] = {}
    for annotator, state in turns:
        last = queue.previous(annotator, None)
        held = claims.pop(annotator, None)
        taken = Counter(claims.values())
        taken.update(no for name in PEOPLE for no in range(len(items)) if queue.state(name, no) in ANSWERS)
        left = {
            item.set_id
            for item in items
            if queue.state(annotator, item.no) is PENDING and (not item.wanted or taken[item.no] < item.wanted)
        }
        item = queue.next(annotator, 0)
        assert (item is None) == (not left)
        if item is None:
            continue
        if last is not None and item != held and items[item].set_id == items[last].set_id:
            assert left == {items[item].set_id}
        if state:
            queue.record(annotator, item, state)
        else:
            claims[annotator] = item


@settings(deadline=None)
@given(drawn_piles, st.integers(0, 100))
def test_everything_gets_the_people_it_needs(items: list[AnnotationItem], seed: int) -> None:
    """When four people do all they get, items for everybody have four answers and each other as many as it needs."""
    queue = Queue(items, seed=seed)
    answers: Counter[int] = Counter()
    going = list(PEOPLE)
    while going:
        for annotator in list(going):
            item = queue.next(annotator, 0)
            if item is None:
                going.remove(annotator)
            else:
                queue.record(annotator, item, DONE)
                answers[item] += 1
    assert answers == {item.no: item.wanted or len(PEOPLE) for item in items}


@settings(deadline=None)
@given(drawn_piles, TURNS, st.integers(0, 100))
def test_a_new_process_goes_on_where_the_last_one_stopped(items: list[AnnotationItem], turns: list, seed: int) -> None:
    """A queue fed with the same states gives everybody the same next item, and nothing that was handled."""
    queue = Queue(items, seed=seed)
    done: dict[tuple[int, str], ItemState] = {}
    for annotator, state in turns:
        item = queue.next(annotator, 0)
        if item is not None:
            queue.record(annotator, item, state or DONE)
            done[item, annotator] = state or DONE
    again = Queue(items, seed=seed)
    for (item, annotator), state in done.items():
        again.record(annotator, item, state)
    for annotator in PEOPLE:
        assert again.progress(annotator) == queue.progress(annotator)
        assert again.previous(annotator, None) == queue.previous(annotator, None)
        following = again.next(annotator, 0)
        assert following == queue.next(annotator, 0)
        assert (following, annotator) not in done


def test_an_open_claim_is_given_again() -> None:
    """Loading the page again shows the same item, to its own annotator alone."""
    queue = Queue(pile(*[1] * 5, wanted=1), seed=0)
    item = take(queue, "Ada")
    assert take(queue, "Ada", 500) == item
    assert item not in all_of(queue, "Ben")
    assert take(queue, "Ada", 550) == item


def test_a_claim_expires() -> None:
    """After the lease the item goes to somebody else; asking for it again before that renews the lease."""
    queue = Queue(pile(1, wanted=1), seed=0, lease=100)
    assert queue.next("Ada", 0) == 0
    assert queue.next("Ben", 99) is None
    assert queue.next("Ada", 99) == 0
    assert queue.next("Ben", 198) is None
    assert queue.next("Ben", 199) == 0
    assert queue.next("Ada", 200) is None


def test_an_answer_after_the_lease_counts() -> None:
    """Work that was done is never refused; the other person who has the item by then keeps it."""
    queue = Queue(pile(1, wanted=1), seed=0, lease=100)
    queue.next("Ada", 0)
    assert queue.next("Ben", 100) == 0
    queue.record("Ada", 0, DONE)
    assert queue.state("Ada", 0) is DONE
    queue.record("Ben", 0, DONE)
    assert queue.next("Cyd", 100) is None


def test_skipping_leaves_an_item_to_others() -> None:
    """Who skips an item does not get it again; somebody else does."""
    queue = Queue(pile(1, wanted=1), seed=0)
    queue.record("Ada", take(queue, "Ada"), SKIPPED)
    assert queue.next("Ada", 0) is None
    assert queue.in_state("Ada", SKIPPED) == [0]
    assert queue.next("Ben", 0) == 0


def test_a_skipped_item_can_be_answered() -> None:
    """From the list of skipped ones it counts like any other."""
    queue = Queue(pile(1, wanted=1), seed=0)
    queue.record("Ada", 0, SKIPPED)
    queue.record("Ada", 0, FLAGGED)
    assert (queue.in_state("Ada", SKIPPED), queue.in_state("Ada", FLAGGED)) == ([], [0])
    assert queue.next("Ben", 0) is None


def test_taking_back_gives_an_item_free() -> None:
    """After undo it comes again, for this person or another."""
    queue = Queue(pile(1, wanted=1), seed=0)
    queue.record("Ada", 0, DISCARDED)
    assert queue.next("Ben", 0) is None
    queue.record("Ada", 0, PENDING)
    assert (queue.state("Ada", 0), queue.previous("Ada", None)) == (PENDING, None)
    assert queue.next("Ben", 0) == 0


def test_answering_twice_counts_once() -> None:
    """An edit needs no second person less."""
    queue = Queue(pile(1, wanted=2), seed=0)
    for state in (DONE, FLAGGED, DONE):
        queue.record("Ada", 0, state)
    assert queue.next("Ben", 0) == 0
    queue.record("Ben", 0, DONE)
    assert queue.next("Cyd", 0) is None


def test_a_claim_outlives_undo() -> None:
    """The item on the screen is still the next one when the one before it was taken back."""
    queue = Queue(pile(*[1] * 9), seed=0)
    first = take(queue, "Ada")
    queue.record("Ada", first, DONE)
    held = take(queue, "Ada")
    queue.record("Ada", first, PENDING)
    assert take(queue, "Ada") == held


def test_a_claim_gives_way_when_its_set_was_handled_meanwhile() -> None:
    """An item on the screen waits when the person goes back and edits one of its matched set."""
    items = pile(2, 2, 2)
    queue = Queue(items, seed=0)
    done = [take(queue, "Ada")]
    queue.record("Ada", done[0], DONE)
    queue.record("Ada", take(queue, "Ada"), DONE)
    held = take(queue, "Ada")
    mate = next(item.no for item in items if item.set_id == items[held].set_id and item.no != held)
    queue.record("Ada", mate, DONE)
    assert items[take(queue, "Ada")].set_id != items[held].set_id


def test_a_repeat_needs_an_answer_to_repeat() -> None:
    """Who skipped a response, or left it to somebody else, does not get its repeat."""
    items = with_doubles(pile(1, wanted=1), ItemKind.REPEAT, [0])
    queue = Queue(items, seed=0)
    assert queue.progress("Ada").left == 2
    queue.record("Ada", take(queue, "Ada"), SKIPPED)
    assert queue.next("Ada", 0) is None
    assert queue.progress("Ada").left == 0
    queue.record("Ada", 0, DONE)
    assert queue.next("Ada", 0) == 1
    assert queue.next("Ben", 0) is None
    queue.record("Ada", 0, PENDING)
    assert queue.next("Ada", 0) == 0


def test_a_target_ends_the_work() -> None:
    """After three answers, discarded and flagged ones among them, nothing more comes; skips do not count."""
    queue = Queue(pile(*[1] * 9), seed=0, target=3)
    for state in (SKIPPED, DONE, DISCARDED, SKIPPED):
        queue.record("Ada", take(queue, "Ada"), state)
    assert queue.progress("Ada") == Counts(done=2, flagged=0, skipped=2, discarded=1, target=3, left=1)
    queue.record("Ada", take(queue, "Ada"), FLAGGED)
    assert queue.next("Ada", 0) is None
    assert queue.progress("Ada") == Counts(done=3, flagged=1, skipped=2, discarded=1, target=3, left=0)


def test_a_claim_ends_with_the_target() -> None:
    """An item on the screen is free for others when its annotator reaches the target with another one."""
    queue = Queue(pile(1, 1, wanted=1), seed=0, target=1)
    held = take(queue, "Ada")
    queue.record("Ada", 1 - held, DONE)
    assert queue.next("Ada", 0) is None
    assert queue.next("Ben", 0) == held


def test_progress_without_a_target() -> None:
    """The target is what there is for this person; what others have taken is not, what is on the own screen is."""
    queue = Queue(pile(*[1] * 4, wanted=1), seed=0)
    assert queue.progress("Ada") == Counts(0, 0, 0, 0, target=4, left=4)
    queue.record("Ben", 0, DONE)
    queue.record("Ada", take(queue, "Ada"), SKIPPED)
    take(queue, "Ada")
    assert queue.progress("Ada") == Counts(0, 0, skipped=1, discarded=0, target=3, left=2)
    assert queue.progress("Cyd").left == 2


def test_a_target_beyond_what_there_is() -> None:
    """Nobody is asked for more than there is."""
    assert Queue(pile(1, 1), seed=0, target=50).progress("Ada").target == 2


def test_the_way_back() -> None:
    """Back goes through what was handled, the last first; an edited item was handled last."""
    queue = Queue(pile(*[1] * 4), seed=0)
    for item in (2, 0, 1):
        queue.record("Ada", item, DONE)
    assert [queue.previous("Ada", item) for item in (None, 3, 1, 0, 2)] == [1, 1, 0, 2, None]
    queue.record("Ada", 0, FLAGGED)
    assert [queue.previous("Ada", item) for item in (None, 0, 1, 2)] == [0, 1, 2, None]
    assert queue.in_state("Ada", DONE) == [1, 2]
    assert queue.previous("Ben", None) is None


def test_pending_items_are_not_listed() -> None:
    """What may still come has no order to list it in."""
    with pytest.raises(ValueError, match="only counted"):
        Queue(pile(1), seed=0).in_state("Ada", PENDING)


def test_an_empty_assignment() -> None:
    """There is nothing to do, and nothing breaks."""
    queue = Queue([], seed=0)
    assert queue.next("Ada", 0) is None
    assert queue.progress("Ada") == Counts(0, 0, 0, 0, 0, 0)


def test_numbers_may_be_missing() -> None:
    """Items of a deleted run leave holes between the numbers, which are never given out."""
    items = [replace(item, no=3 * item.no + 2) for item in pile(2, 2, 2)]
    assert sorted(all_of(Queue(items, seed=0), "Ada")) == [2, 5, 8, 11, 14, 17]

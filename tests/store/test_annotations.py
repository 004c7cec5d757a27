"""What annotators and adjudicators say: kept as it was said, once, the last of it current."""

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lib.errors import AnnotationError
from lib.store.store import Store
from lib.types import Act, AnnotationEvent, Answer, Decision, ItemState, Span
from tests.store.annotation_samples import FULL, HARSH, KIND, assignment, event

HOSTILE = ["'; DROP TABLE annotations; --", '"quoted" \\u0000', "nul\0inside", "👩🏽‍⚕️ بِسْمِ\u202e", "two\nlines\t", ""]


@pytest.fixture
def id(store: Store) -> str:
    """An assignment of eight items."""
    return assignment(store)


def bare(stored: AnnotationEvent) -> AnnotationEvent:
    """An event without what storing it adds."""
    return replace(stored, created=None, event=0)


def said(store: Store, id: str, annotator: str | None = None) -> list[tuple[int, str, Answer]]:
    """(item, annotator, answer) of what is current."""
    return [(each.item, each.annotator, each.answer) for each in store.annotations.current(id, annotator)]


def test_events_come_back_as_they_went_in(store: Store, id: str) -> None:
    """Every field is kept, an answer of every shape is, and each event gets a number and a time."""
    events = [
        event(0, said=FULL, seconds=12.5, suggestion="harsh", suggested=True, masked=True, unblinded=True),
        event(1, said=Answer()),
        event(2, said=Answer(labels={"tone": ()}, spans={"where": ()}, confidence=None)),
        event(3, act=Act.SKIP, said=Answer()),
        event(4, act=Act.DISCARD, said=Answer(discard="not English")),
    ]
    before = datetime.now(UTC)
    assert store.annotations.add(id, events) == 5
    kept = store.annotations.history(id)
    assert [bare(each) for each in kept] == events
    assert [each.event for each in kept] == sorted({each.event for each in kept})
    assert all(each.created is not None and before <= each.created <= datetime.now(UTC) for each in kept)


def test_hostile_text_is_kept_as_it_was_typed(store: Store, id: str) -> None:
    """Quotes, NULs, emoji, turned text and line ends survive in every text a person can send."""
    for item, text in enumerate(HOSTILE):
        answer = Answer(texts={"why": text}, note=text, discard=text)
        sent = event(item, said=answer, suggestion=text, submission=text)
        assert store.annotations.add(id, [sent]) == 1
        assert store.annotations.add(id, [sent]) == 0
        decided = Decision(item, "Bea", answer, text, text)
        assert [store.adjudications.add(id, decided), store.adjudications.add(id, decided)] == [1, 0]
    for kept in (store.annotations.current(id), store.adjudications.current(id)):
        assert [(each.submission, each.answer.note, each.answer.texts["why"]) for each in kept] == [
            (text, text, text) for text in HOSTILE
        ]


def test_half_a_surrogate_pair_is_stored_as_a_replacement(store: Store, id: str) -> None:
    """No file can hold one, and spans still count the same code points; such a submission is still known again."""
    answer = Answer(texts={"why": "a \ud83d b"}, spans={"where": (Span(0, 5, "\ud83d"),)})
    sent = event(0, "Ada \ud83d", answer, submission="s \ud83d")
    assert [store.annotations.add(id, [sent]), store.annotations.add(id, [sent])] == [1, 0]
    [kept] = store.annotations.current(id, "Ada \ud83d")
    assert kept.annotator == "Ada \ufffd"
    assert kept.answer == Answer(texts={"why": "a \ufffd b"}, spans={"where": (Span(0, 5, "\ufffd"),)})


def test_a_time_that_is_given_is_kept(store: Store, id: str) -> None:
    """Imported annotations keep when they were made, in whatever zone that was said; order is that of arrival."""
    made = datetime(2020, 1, 2, 3, 4, 5, 678_901, timezone(timedelta(hours=2)))
    store.annotations.add(id, [event(0), event(1, created=made)])
    store.adjudications.add(id, Decision(0, "Bea", KIND, "", "s", made))
    first, second = store.annotations.history(id)
    assert (second.created, second.created.tzinfo if second.created else None) == (made, UTC)
    assert first.event < second.event
    assert store.adjudications.current(id)[0].created == made


def test_the_last_event_of_each_item_and_annotator_is_current(store: Store, id: str) -> None:
    """An edit replaces what was said, taking back removes it, and the whole history stays."""
    steps = [
        event(0, said=HARSH),
        event(0, "Bea", HARSH),
        event(1, act=Act.SKIP, said=Answer()),
        event(0, said=KIND),
        event(1, said=KIND),
        event(2, said=HARSH),
        event(2, act=Act.WITHDRAW, said=Answer()),
    ]
    for step in steps:
        store.annotations.add(id, [step])
    assert said(store, id) == [(0, "Bea", HARSH), (0, "Ada", KIND), (1, "Ada", KIND)]
    assert said(store, id, "Ada") == [(0, "Ada", KIND), (1, "Ada", KIND)]
    assert said(store, id, "Cleo") == []
    assert [bare(each) for each in store.annotations.history(id)] == steps
    assert [bare(each) for each in store.annotations.history(id, item=0)] == [steps[0], steps[1], steps[3]]
    assert [bare(each) for each in store.annotations.history(id, 0, "Ada")] == [steps[0], steps[3]]
    assert [bare(each) for each in store.annotations.history(id, annotator="Bea")] == [steps[1]]
    assert store.annotations.history(id, annotator="Cleo") == []
    store.annotations.add(id, [event(2, said=KIND)])
    assert said(store, id)[-1] == (2, "Ada", KIND)


def test_states_tell_where_each_item_stands(store: Store, id: str) -> None:
    """Skipped, flagged, done and discarded by the last event; what was taken back is pending and left out."""
    store.annotations.add(
        id,
        [
            event(0, act=Act.SKIP, said=Answer()),
            event(1, said=replace(KIND, unsure=True)),
            event(2, said=KIND),
            event(3, act=Act.DISCARD, said=Answer(discard="empty", unsure=True)),
            event(4),
            event(4, act=Act.WITHDRAW, said=Answer()),
            event(0, "Bea"),
            event(1, said=KIND),
            event(1, "Bea", replace(KIND, unsure=True)),
        ],
    )
    assert store.annotations.states(id) == [
        (0, "Ada", ItemState.SKIPPED),
        (2, "Ada", ItemState.DONE),
        (3, "Ada", ItemState.DISCARDED),
        (0, "Bea", ItemState.DONE),
        (1, "Ada", ItemState.DONE),
        (1, "Bea", ItemState.FLAGGED),
    ]


def test_a_submission_is_stored_once(store: Store, id: str) -> None:
    """Sent again, alone, in one batch or with something new, the first of it counts; other keys are other events."""
    first = event(0, said=KIND, submission="s")
    again = replace(first, answer=HARSH)
    assert store.annotations.add(id, [first, again]) == 1
    assert store.annotations.add(id, [again]) == 0
    others = [event(1, submission="s"), event(0, "Bea", submission="s"), event(0, said=HARSH, submission="t")]
    assert store.annotations.add(id, [again, *others, others[0]]) == 3
    assert [bare(each) for each in store.annotations.history(id)] == [first, *others]
    assert store.annotations.add(id, []) == 0


def test_all_of_a_batch_is_stored_or_nothing(store: Store, id: str) -> None:
    """One item that is not in the assignment keeps everything out, the new annotator too."""
    for act in (
        lambda: store.annotations.add(id, [event(0), event(8)]),
        lambda: store.annotations.unblind(id, 8, "Ada"),
        lambda: store.adjudications.add(id, Decision(8, "Ada", KIND, "", "s")),
    ):
        with pytest.raises(AnnotationError, match=r"item 8.*its audit may have been deleted"):
            act()
    assert store.annotations.history(id) == store.annotations.unblindings(id) == store.adjudications.history(id) == []
    assert store.annotators.names() == []


def test_two_assignments_are_never_mixed(store: Store, id: str) -> None:
    """The same item number, annotator and submission in two assignments are two events."""
    other = assignment(store, store.assignments.items(id))
    for each, answer in ((id, KIND), (other, HARSH)):
        assert store.annotations.add(each, [event(0, said=answer, submission="s")]) == 1
        assert store.adjudications.add(each, Decision(0, "Bea", answer, "because", "s")) == 1
        store.annotations.unblind(each, 0, "Ada")
    for each, answer in ((id, KIND), (other, HARSH)):
        assert said(store, each) == said(store, each, "Ada") == [(0, "Ada", answer)]
        assert [bare(kept).answer for kept in store.annotations.history(each, 0)] == [answer]
        assert store.annotations.states(each) == [(0, "Ada", ItemState.DONE)]
        assert [decision.answer for decision in store.adjudications.current(each)] == [answer]
        assert len(store.annotations.unblindings(each)) == len(store.annotations.pace(each)) == 1


def test_names_that_differ_in_case_or_composition_are_one_person(store: Store, id: str) -> None:
    """The name as it was first written stays; what was said under either is one person's."""
    composed, decomposed = "Zo\u00eb Strau\u00df", "ZOE\u0308 STRAUSS"
    assert store.annotators.join(composed) == store.annotators.join(decomposed) == composed
    assert store.annotators.join("Ada") == "Ada"
    store.annotations.add(id, [event(0, decomposed, KIND, submission="s"), event(1, "Bea")])
    assert store.annotations.add(id, [event(0, composed, HARSH, submission="s")]) == 0
    assert said(store, id, decomposed.lower()) == [(0, composed, KIND)]
    assert store.annotators.names() == [composed, "Ada", "Bea"]
    assert store.annotators.join("Zoe Strauss") == "Zoe Strauss"


def test_decisions_are_kept_with_reasons_and_the_last_counts(store: Store, id: str) -> None:
    """Each item has one current decision; earlier ones stay on record, and a closed assignment is adjudicated too."""
    store.assignments.close(id, closed=True)
    decisions = [
        Decision(1, "Bea", FULL, "two of three said so", "a"),
        Decision(0, "Bea", KIND, "", "b"),
        Decision(1, "Cleo", KIND, "seen again", "c"),
    ]
    for decision in decisions:
        assert store.adjudications.add(id, decision) == 1
    kept = store.adjudications.history(id)
    assert [replace(each, created=None, event=0) for each in kept] == decisions
    assert store.adjudications.current(id) == kept[1:]


def test_looking_up_where_a_response_comes_from_is_on_record(store: Store, id: str) -> None:
    """Every look is kept with who and when, in the order of all events."""
    store.annotations.unblind(id, 3, "Ada")
    store.annotations.unblind(id, 0, "Bea")
    store.annotations.unblind(id, 3, "ADA")
    kept = store.annotations.unblindings(id)
    assert [(item, name) for item, name, _ in kept] == [(3, "Ada"), (0, "Bea"), (3, "Ada")]
    assert all(when.tzinfo is UTC for *_, when in kept)
    store.annotations.add(id, [event(0)])
    assert store.annotations.history(id)[0].event > store._database.value("SELECT max(event) FROM unblindings")


def test_pace_is_the_median_time_an_item_was_on_screen(store: Store, id: str) -> None:
    """Visits to one item add up, and undoing or importing, which takes no time, does not count as fast."""
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)
    store.annotations.add(
        id,
        [
            event(0, "Bea", seconds=0.0, created=early),
            event(0, seconds=4.0, created=late),
            event(0, said=HARSH, seconds=6.0, created=early),
            event(1, seconds=2.0, created=late),
            event(2, seconds=30.0, created=late),
            event(3, seconds=0.0, created=late),
        ],
    )
    assert store.annotations.pace(id) == [("Bea", early, early, 0.0), ("Ada", early, late, 10.0)]


def test_nothing_said_yet_is_empty(store: Store, id: str) -> None:
    """A new assignment answers every question with nothing."""
    annotations = store.annotations
    for ask in (
        annotations.current,
        annotations.history,
        annotations.states,
        annotations.pace,
        annotations.unblindings,
    ):
        assert ask(id) == []
    assert store.adjudications.current(id) == store.adjudications.history(id) == store.annotators.names() == []


def asking(store: Store, id: str) -> list[Callable[[], object]]:
    """Everything that takes an assignment's id."""
    annotations, adjudications, assignments = store.annotations, store.adjudications, store.assignments
    readers = (annotations.current, annotations.history, annotations.states, annotations.pace, annotations.unblindings)
    readers += (adjudications.current, adjudications.history, assignments.get, assignments.items, assignments.delete)
    return [
        *(functools.partial(read, id) for read in readers),
        lambda: annotations.add(id, [event(0)]),
        lambda: annotations.unblind(id, 0, "Ada"),
        lambda: adjudications.add(id, Decision(0, "Bea", KIND, "", "s")),
        lambda: assignments.item(id, 0),
        lambda: assignments.close(id, closed=True),
        lambda: assignments.rename(id, "x"),
    ]


def test_an_unknown_assignment_is_answered_with_the_nearest(store: Store, id: str) -> None:
    """Whatever is asked, the message names the id and one that is close."""
    for ask in asking(store, id + "x"):
        with pytest.raises(AnnotationError, match=rf"assignment {id}x: there is none of that id\. Did you mean {id}\?"):
            ask()

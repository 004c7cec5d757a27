"""Assignments with their items and codebooks, and what goes when an audit is deleted."""

from dataclasses import replace
from datetime import UTC

import pytest

from lib.errors import AnnotationError, RunError
from lib.store.store import Store
from lib.types import Assignment, AssignmentSpec, Decision
from tests.store.annotation_samples import (
    CODEBOOK,
    KIND,
    SPEC,
    answered_run,
    assignment,
    doubles_of,
    event,
    items_of,
)
from tests.store.samples import create

EVENTS = ("annotations", "adjudications", "unblindings")


def annotate(store: Store, id: str, *items: int) -> None:
    """An annotation, a decision and a look-up for each of the items."""
    for item in items:
        store.annotations.add(id, [event(item)])
        store.adjudications.add(id, Decision(item, "Bea", KIND, "", f"{item}"))
        store.annotations.unblind(id, item, "Ada")


def rows(store: Store, table: str) -> int:
    """How many rows a table has."""
    count: int = store._database.value(f"SELECT count(*) FROM {table}")
    return count


def test_an_assignment_comes_back_as_it_was_made(store: Store) -> None:
    """Its spec, its codebook's digest and title, its number of items, open, and with an id that recalls its name."""
    run_id = answered_run(store)
    id = store.assignments.create(SPEC, CODEBOOK, items_of(run_id))
    made = store.assignments.get(id)
    assert made == Assignment(id, SPEC, "c1", "Tone", 8, closed=False, created=made.created)
    assert made.created.tzinfo is UTC
    assert "tone-first-round" in id
    assert store.codebooks.text("c1") == CODEBOOK.text


def test_items_come_back_as_they_were_made(store: Store) -> None:
    """Plain ones, repeats and swapped ones with their own prompt and text; in order, whatever order they came in."""
    run_id = answered_run(store)
    items = [*items_of(run_id), *doubles_of(run_id)]
    id = assignment(store, items[::-1])
    kept = store.assignments.items(id)
    assert kept == [*items[:9], replace(items[9], text="She \ufffd 👩 is fine.")]
    assert [store.assignments.item(id, no) for no in range(10)] == kept
    assert (kept[9].prompt, kept[8].prompt, kept[8].probability) == ("", None, None)


def test_an_item_that_is_not_there_is_named(store: Store) -> None:
    """The message tells why it may be gone."""
    id = assignment(store)
    with pytest.raises(AnnotationError, match=rf"item 8 of assignment {id}: there is none"):
        store.assignments.item(id, 8)


def test_an_assignment_without_items_is_kept(store: Store) -> None:
    """Empty is a size like any other."""
    id = assignment(store, [])
    assert (store.assignments.get(id).items, store.assignments.items(id)) == (0, [])


def test_the_newest_assignment_comes_first(store: Store) -> None:
    """Also where several are made within a minute, or under one name."""
    run_id = answered_run(store)
    ids = [assignment(store, items_of(run_id, count)) for count in (1, 2, 3)]
    assert [(each.id, each.items) for each in store.assignments.all()] == list(zip(ids[::-1], (3, 2, 1), strict=True))


def test_an_assignment_of_a_run_that_is_gone_is_not_made(store: Store) -> None:
    """Nothing of it stays, its codebook neither."""
    with pytest.raises(RunError, match="run no-such-run"):
        assignment(store, items_of("no-such-run"))
    assert [rows(store, table) for table in ("assignments", "annotation_items", "codebooks")] == [0, 0, 0]


def test_a_closed_assignment_takes_no_annotations_until_it_is_opened(store: Store) -> None:
    """What is stored already may be sent again; anything new is refused in words and leaves nothing."""
    id = assignment(store)
    store.annotations.add(id, [event(0)])
    store.assignments.close(id, closed=True)
    assert store.assignments.get(id).closed
    assert store.annotations.add(id, [event(0)]) == 0
    with pytest.raises(AnnotationError, match=rf"assignment {id}: it is closed"):
        store.annotations.add(id, [event(0), event(1, "Bea")])
    assert len(store.annotations.history(id)) == 1
    assert store.annotators.names() == ["Ada"]
    store.assignments.close(id, closed=False)
    assert store.annotations.add(id, [event(1, "Bea")]) == 1
    assert not store.assignments.get(id).closed


def test_a_renamed_assignment_keeps_everything_else(store: Store) -> None:
    """Its id, its spec and what was said stay; other assignments keep their names."""
    run_id = answered_run(store)
    id, other = (store.assignments.create(SPEC, CODEBOOK, items_of(run_id)) for _ in range(2))
    annotate(store, id, 0)
    store.assignments.rename(id, "'; DROP -- \ud83d")
    assert store.assignments.get(id).spec == replace(SPEC, name="'; DROP -- \ufffd")
    assert store.assignments.get(other).spec == SPEC
    assert len(store.annotations.current(id)) == 1


def test_a_deleted_assignment_leaves_the_others(store: Store) -> None:
    """All that was said in it goes; its codebook, its annotators and its audit stay."""
    run_id = answered_run(store)
    kept, gone = (assignment(store, items_of(run_id)) for _ in range(2))
    for id in (kept, gone):
        annotate(store, id, 0, 1)
    store.assignments.delete(gone)
    assert [each.id for each in store.assignments.all()] == [kept]
    assert [rows(store, table) for table in (*EVENTS, "annotation_items")] == [2, 2, 2, 8]
    assert (store.annotators.names(), store.codebooks.text("c1")) == (["Ada", "Bea"], CODEBOOK.text)
    assert store.runs.get(run_id).done == 8


def test_deleting_an_audit_takes_what_was_said_of_it(store: Store) -> None:
    """Items of other audits keep their numbers, an assignment that has none left goes, and one that had none stays."""
    first, second, unused = answered_run(store, "first"), answered_run(store, "second"), create(store, "unused")
    both = assignment(store, [*items_of(first), *items_of(second, first=8)])
    alone, empty = assignment(store, [*items_of(first), *doubles_of(first)]), assignment(store, [])
    annotate(store, both, 0, 9)
    annotate(store, alone, 0, 8, 9)
    assert store.assignments.of_run(first) == (2, 4)
    assert store.assignments.of_run(second) == (1, 1)
    assert store.assignments.of_run(unused) == (0, 0)
    store.runs.delete(first)
    assert [each.id for each in store.assignments.all()] == [empty, both]
    assert store.assignments.items(both) == items_of(second, first=8)
    assert store.assignments.get(both).items == 8
    assert [each.item for each in store.annotations.history(both)] == [9]
    assert [each.item for each in store.adjudications.current(both)] == [9]
    assert [item for item, *_ in store.annotations.unblindings(both)] == [9]
    assert [rows(store, table) for table in (*EVENTS, "annotation_items")] == [1, 1, 1, 8]
    with pytest.raises(RunError, match="there is none of that id"):
        store.assignments.of_run(first)


def test_a_codebook_is_kept_once_a_version(store: Store) -> None:
    """An edited one is another version; versions come the oldest first, and other codebooks are not among them."""
    edited = replace(CODEBOOK, text="id: tone\n# two\n", digest="c2")
    for codebook in (CODEBOOK, edited, replace(CODEBOOK, title="Ignored"), replace(CODEBOOK, id="other", digest="c0")):
        store.codebooks.keep(codebook)
    assert [digest for digest, _ in store.codebooks.versions("tone")] == ["c1", "c2"]
    assert all(used.tzinfo is UTC for _, used in store.codebooks.versions("tone"))
    assert store.codebooks.versions("none") == []
    assert [store.codebooks.text(digest) for digest in ("c1", "c2")] == [CODEBOOK.text, edited.text]
    with pytest.raises(AnnotationError, match="no assignment here was made with it"):
        store.codebooks.text("c3")


def test_a_spec_of_a_later_version_is_read(store: Store) -> None:
    """Fields this code does not know are left out, and those that are missing are as they are by default."""
    id = assignment(store)
    store._database.write('UPDATE assignments SET spec = \'{"name": "x", "later": 1}\'')
    assert store.assignments.get(id).spec == AssignmentSpec(SPEC.name)

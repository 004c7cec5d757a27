"""Annotations beside other work: several threads, databases and runs that may only be read, older files."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from lib.errors import StoreError
from lib.store.database import Database
from lib.store.migrate import migrate, read_migrations
from lib.store.store import Store
from lib.types import Decision
from tests.store.annotation_samples import CODEBOOK, HARSH, KIND, SPEC, answered_run, assignment, event, items_of
from tests.store.samples import answer, create
from tests.store.score_samples import score, scoring


def test_a_submission_sent_by_many_threads_at_once_is_stored_once(store: Store) -> None:
    """Eight threads send the same sixteen submissions, under one name written in several ways; each counts once."""
    id = assignment(store)
    together = Barrier(8)

    def work(thread: int) -> int:
        together.wait()
        name = ("ada", "Ada", "ADA")[thread % 3]
        return sum(
            store.annotations.add(id, [event(number % 8, name, submission=f"s{number}")])
            + store.adjudications.add(id, Decision(number % 8, "Bea", KIND, "", f"s{number}"))
            for number in range(16)
        )

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 32
    kept = store.annotations.history(id)
    assert sorted(each.submission for each in kept) == sorted(f"s{number}" for number in range(16))
    assert len(store.annotators.names()) == 2
    assert len(store.adjudications.history(id)) == 16


def test_two_stores_on_one_file_store_no_submission_twice(store: Store) -> None:
    """Writers take turns by file, not by store."""
    id = assignment(store)
    with Store.open(store.path) as second, ThreadPoolExecutor(8) as pool:
        for number in range(30):
            for each in (store, second):
                pool.submit(each.annotations.add, id, [event(number % 8, submission=f"s{number}")])
    assert len(store.annotations.history(id)) == 30


def test_what_was_said_is_there_after_opening_again(path: Path) -> None:
    """Everything is on disk when a call returns; a database that may only be read shows it and takes no more."""
    with Store.open(path) as store:
        id = assignment(store)
        store.annotations.add(id, [event(0, "Ada", HARSH)])
    with Store.open(path, read_only=True) as store:
        [kept] = store.annotations.current(id)
        assert (kept.item, kept.annotator, kept.answer) == (0, "Ada", HARSH)
        assert store.annotators.join("ADA") == "Ada"
        for refused in (
            lambda: store.annotators.join("Bea"),
            lambda: store.annotations.add(id, [event(1)]),
            lambda: store.annotations.unblind(id, 0, "Ada"),
            lambda: store.assignments.create(SPEC, CODEBOOK, []),
            lambda: store.assignments.close(id, closed=True),
            lambda: store.assignments.delete(id),
        ):
            with pytest.raises(StoreError, match="reading only"):
                refused()


def test_a_run_recorded_elsewhere_can_be_annotated(store: Store, tmp_path: Path) -> None:
    """Its responses stay as they are, yet anyone may say what they see in them."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0)])
    store.exchange.record(run_id, tmp_path / "run")
    with Store.open(tmp_path / "other.duckdb") as other:
        assert other.exchange.load(tmp_path / "run") == run_id
        assert other.runs.get(run_id).read_only
        id = assignment(other, items_of(run_id, 1))
        assert other.annotations.add(id, [event(0)]) == 1
        other.runs.delete(run_id)
        assert other.assignments.all() == []


def test_an_audit_from_before_there_were_annotations_can_be_annotated(path: Path) -> None:
    """A file of the second schema is brought up to date with its responses and scores in it, after a backup."""
    database = migrate(Database(path), read_migrations()[:2])
    second = Store(database)
    run_id = create(second)
    second.responses.add(run_id, [answer(0), answer(1)])
    number = scoring(second).no
    second.scores.add(run_id, number, [(0, score())])
    second.close()
    with Store.open(path) as store:
        assert store.scores.counts(run_id) == {number: 1}
        id = assignment(store, items_of(run_id, 2))
        store.annotations.add(id, [event(0), event(1)])
        assert [each.item for each in store.annotations.current(id)] == [0, 1]
    assert len(list(path.parent.glob("*.backup-v2-*"))) == 1


def test_annotating_goes_on_while_an_audit_is_deleted(store: Store) -> None:
    """Whoever is in the middle of an item is told; nothing of the deleted audit stays behind."""
    kept, gone = answered_run(store, "kept"), answered_run(store, "gone")
    id = assignment(store, [*items_of(kept), *items_of(gone, first=8)])
    together = Barrier(5)

    def annotate(thread: int) -> None:
        together.wait()
        for item in range(16):
            try:
                store.annotations.add(id, [event(item, f"A{thread}")])
            except Exception as error:
                assert "its audit may have been deleted" in str(error)  # noqa: PT017 - it may or may not be raised

    with ThreadPoolExecutor(5) as pool:
        work = [pool.submit(annotate, thread) for thread in range(4)]
        together.wait()
        store.runs.delete(gone)
        for each in work:
            each.result()
    assert {each.item for each in store.annotations.history(id)} == set(range(8))
    assert len(store.annotations.current(id)) == 32

"""Scores beside other work: databases and runs that may only be read, older files, several threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from lib.errors import StoreError
from lib.store.database import Database
from lib.store.migrate import migrate, read_migrations
from lib.store.store import Store
from tests.store.samples import ENTRIES, answer, bank, cells, create, spec
from tests.store.score_samples import score, scoring


def test_a_database_that_may_only_be_read_takes_no_scores(path: Path) -> None:
    """What is there is read as ever, a version that is known too; anything new is refused in words."""
    with Store.open(path) as store:
        run_id, number = create(store), scoring(store).no
        store.responses.add(run_id, [answer(0), answer(1)])
        store.scores.add(run_id, number, [(0, score())])
    with Store.open(path, read_only=True) as store:
        assert scoring(store).no == number
        assert store.scores.table(run_id, number).column("label")[0].as_py() == "bold"
        assert store.scores.lacking(run_id, number) == [1]
        assert store.scores.families(run_id, [0]) == [[0, 1]]
        with pytest.raises(StoreError, match="reading only"):
            scoring(store, version="2")
        with pytest.raises(StoreError, match="reading only"):
            store.scores.add(run_id, number, [(1, score())])


def test_a_run_recorded_elsewhere_can_be_scored(store: Store, tmp_path: Path) -> None:
    """Its responses stay as they are, yet anyone may measure them."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0)])
    store.exchange.record(run_id, tmp_path / "run")
    with Store.open(tmp_path / "other.duckdb") as other:
        assert other.exchange.load(tmp_path / "run") == run_id
        assert other.runs.get(run_id).read_only
        number = scoring(other).no
        other.scores.add(run_id, number, [(0, score())])
        assert other.scores.counts(run_id) == {number: 1}


def test_an_audit_from_before_there_were_scores_can_be_scored(path: Path) -> None:
    """A file of the first schema is brought up to date with its responses in it, all lacking a score."""
    database = migrate(Database(path), read_migrations()[:1])
    first = Store(database)
    run_id = create(first)
    first.responses.add(run_id, [answer(0), answer(1)])
    first.close()
    with Store.open(path) as store:
        assert store.scores.lacking(run_id, scoring(store).no) == [0, 1]
    assert len(list(path.parent.glob("*.backup-v1-*"))) == 1


def test_scoring_goes_on_while_responses_arrive(store: Store) -> None:
    """Whatever was answered while others were being scored is scored in the end, once each."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=200), ENTRIES, {})
    number, answered = scoring(store).no, Event()

    def respond() -> None:
        for start in range(0, 600, 20):
            store.responses.add(run_id, [answer(no) for no in range(start, start + 20)])
        answered.set()

    def keep_scoring() -> None:
        last = False
        while not last:
            last = answered.is_set()
            lacking = store.scores.lacking(run_id, number)
            assert [item.no for item in store.scores.items(run_id, lacking)] == lacking
            store.scores.add(run_id, number, [(no, score(float(no))) for no in lacking])
            assert store.scores.table(run_id, number).num_rows == 600

    with ThreadPoolExecutor(4) as pool:
        for work in [pool.submit(respond), *(pool.submit(keep_scoring) for _ in range(2))]:
            work.result()
    numbers = store.scores.table(run_id, number).column("numbers").to_pylist()
    assert numbers == [[float(no), 8.0] for no in range(600)]
    assert store.scores.counts(run_id) == {number: 600}


def test_one_version_used_by_many_at_once_gets_one_number(store: Store) -> None:
    """Threads that start the same scorer together share its scoring."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: scoring(store).no, range(16)))) == 1

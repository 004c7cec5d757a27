from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lib.errors import StoreError
from lib.store.store import Store
from lib.types import ResponseFilter
from tests.store.samples import ENTRIES, answer, bank, cells, create, spec


def test_many_threads_write_and_read_at_once(store: Store) -> None:
    """Sixteen threads that store overlapping groups lose nothing, double nothing and see no wrong row."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=400), ENTRIES, {})
    together = Barrier(16)

    def work(thread: int) -> None:
        together.wait()
        for start in range(thread * 50, thread * 50 + 400, 50):
            numbers = [no % 1_200 for no in range(start, start + 50)]
            store.responses.add(run_id, [answer(no, f"text {no}") for no in numbers])
            for row in store.responses.page(ResponseFilter(groups=("man",)), limit=20):
                assert row.response is not None
                assert (row.response.text, row.cell.group) == (f"text {row.no}", "man")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert store.runs.get(run_id).done == 15 * 50 + 400


def test_two_stores_on_one_file_store_no_response_twice(store: Store) -> None:
    """Writers take turns by file, not by store, so the same groups from both arrive once."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=100), ENTRIES, {})
    with Store.open(store.path) as second, ThreadPoolExecutor(8) as pool:
        for start in range(0, 300, 10):
            group = [answer(no) for no in range(start, start + 10)]
            pool.submit(store.responses.add, run_id, group)
            pool.submit(second.responses.add, run_id, group)
    assert [row.no for row in store.responses.page(ResponseFilter(), limit=999)] == list(range(300))


def test_a_transaction_that_raises_leaves_the_thread_able_to_go_on(store: Store) -> None:
    """After a rolled back transaction the same thread reads and writes as before."""
    run_id = create(store)

    def fail_half_way() -> None:
        with store._database.transaction():
            store.settings.set("a", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert store.settings.get("a") is None
    store.responses.add(run_id, [answer(0)])
    assert store.runs.get(run_id).done == 1


def test_a_snapshot_is_one_moment(store: Store) -> None:
    """What another thread stores meanwhile is seen after the snapshot, not within."""
    run_id = create(store)
    with ThreadPoolExecutor(1) as pool, store._database.snapshot():
        before = store.responses.count(ResponseFilter())
        pool.submit(store.responses.add, run_id, [answer(0)]).result()
        assert store.responses.count(ResponseFilter()) == before == 0
    assert store.responses.count(ResponseFilter()) == 1


def test_a_closed_store_says_so(store: Store) -> None:
    """Using a store after closing it is an error in words."""
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.runs.all()


def test_stored_statements_reach_no_other_file(store: Store, tmp_path) -> None:
    """The database is a sandbox: SQL can neither read nor write another file, nor open the door again."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    for sql in (
        f"SELECT * FROM read_csv('{secret}')",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(Exception, match=r"disabled|locked|external"):
            store._database.write(sql)
    assert not (tmp_path / "out.csv").exists()

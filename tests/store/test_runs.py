from collections.abc import Iterator
from dataclasses import replace

import pytest

from lib.errors import RunError
from lib.store.store import Store
from lib.types import Cell, Job, PromptFormat, ResponseFilter, RunStatus
from tests.store.samples import ENTRIES, ENVIRONMENT, FACTS, SAMPLED, answer, bank, cells, create, failure, spec


def test_a_new_run_is_queued_with_all_its_cells_pending(store: Store) -> None:
    """A run comes back as it was created, with nothing done, last in the queue."""
    create(store, "First")
    run = store.runs.get(create(store, "Hiring letters"))
    assert (run.name, run.status, run.grid, run.bank_title) == (
        "Hiring letters",
        RunStatus.QUEUED,
        spec(),
        "Letters of reference",
    )
    assert (run.total, run.done, run.failed, run.position) == (24, 0, 0, 1)
    assert (run.started, run.finished, run.read_only) == (None, None, False)
    assert store.runs.entries(run.id) == ENTRIES
    assert store.runs.environment(run.id) == ENVIRONMENT


def test_an_id_recalls_the_name_and_is_never_used_twice(store: Store) -> None:
    """Two runs of one name get different ids, in plain letters, that start with the date."""
    first, second = create(store, "Größe & Ärzte!"), create(store, "Größe & Ärzte!")
    assert first != second
    assert "-groe-arzte-" in first
    assert first.isascii()
    assert first[:8] == f"{store.runs.get(first).created:%Y%m%d}"


def test_an_unknown_run_is_answered_with_the_nearest_ids(store: Store) -> None:
    """A mistyped id raises an error that offers the right one."""
    run_id = create(store)
    with pytest.raises(RunError) as caught:
        store.runs.get(run_id[:-1] + "x")
    assert run_id in caught.value.remedy


def test_jobs_are_the_cells_of_one_model_in_grid_order(store: Store) -> None:
    """Pending jobs carry what a worker needs, and no other model's cells."""
    run_id = create(store)
    jobs = store.runs.pending(run_id, "base")
    assert [job.no for job in jobs] == list(range(12))
    assert jobs[4] == Job(
        4, "Describe the man as a nurse (1).", PromptFormat.CHAT, SAMPLED, seed=2**62 + 1, system="Be brief."
    )
    assert [job.no for job in store.runs.pending(run_id, "chatty")] == list(range(12, 24))


def test_answered_and_failed_cells_are_not_pending(store: Store) -> None:
    """What was tried is not handed out again until a retry is asked for."""
    run_id = create(store)
    store.responses.add(run_id, [answer(0), failure(1), answer(3)])
    assert [job.no for job in store.runs.pending(run_id, "base")] == [2, *range(4, 12)]
    run = store.runs.get(run_id)
    assert (run.done, run.failed) == (2, 1)


def test_retry_makes_failed_cells_pending_once(store: Store) -> None:
    """Retrying clears every open failure; a new failure of the same cell is open again."""
    run_id = create(store)
    store.responses.add(run_id, [failure(1), failure(2), answer(3)])
    assert store.runs.retry_failed(run_id) == 2
    assert [job.no for job in store.runs.pending(run_id, "base")][:3] == [0, 1, 2]
    assert store.runs.retry_failed(run_id) == 0
    store.responses.add(run_id, [failure(2, "again")])
    assert store.runs.failures(run_id) == [("again", 1)]


def test_reasons_of_failures_are_counted_by_cell(store: Store) -> None:
    """The last error of each cell counts, the most frequent reason first."""
    run_id = create(store)
    store.responses.add(run_id, [failure(0, "slow"), failure(1, "slow"), failure(2, "slow")])
    store.responses.add(run_id, [failure(2, "gone"), failure(3, "gone"), failure(4, "gone")])
    assert store.runs.failures(run_id) == [("gone", 3), ("slow", 2)]
    assert store.runs.get(run_id).failed == 5


def test_an_answer_closes_the_failure_before_it(store: Store) -> None:
    """A cell that failed and was answered after all is done, not failed."""
    run_id = create(store)
    store.responses.add(run_id, [failure(1)])
    store.responses.add(run_id, [answer(1)])
    store.responses.add(run_id, [failure(1)])
    run = store.runs.get(run_id)
    assert (run.done, run.failed) == (1, 0)


def test_status_keeps_the_first_start_and_the_last_end(store: Store) -> None:
    """A resumed run has started when it first did, and ends anew."""
    run_id = create(store)
    store.runs.set_status(run_id, RunStatus.RUNNING)
    started = store.runs.get(run_id).started
    store.runs.set_status(run_id, RunStatus.STOPPED, "by hand")
    stopped = store.runs.get(run_id)
    assert (stopped.status, stopped.note, stopped.started) == (RunStatus.STOPPED, "by hand", started)
    assert stopped.finished is not None
    store.runs.set_status(run_id, RunStatus.RUNNING)
    resumed = store.runs.get(run_id)
    assert (resumed.started, resumed.finished, resumed.note) == (started, None, "")
    assert started is not None
    assert started.tzinfo is not None


def test_a_run_whose_process_is_gone_is_interrupted(store: Store) -> None:
    """Only what was running is marked."""
    running, queued = create(store, "a"), create(store, "b")
    store.runs.set_status(running, RunStatus.RUNNING)
    assert store.runs.mark_interrupted() == 1
    assert store.runs.get(running).status is RunStatus.INTERRUPTED
    assert store.runs.get(queued).status is RunStatus.QUEUED


@pytest.mark.parametrize(
    ("moved", "delta", "order"), [("a", 1, "bac"), ("c", -1, "acb"), ("a", 9, "bca"), ("c", -9, "cab"), ("b", 0, "abc")]
)
def test_runs_move_within_the_queue(store: Store, moved: str, delta: int, order: str) -> None:
    """A move by n places stops at the ends."""
    ids = {name: create(store, name) for name in "abc"}
    store.runs.move(ids[moved], delta)
    assert "".join(run.name for run in store.runs.all()) == order


def test_facts_are_kept_per_model(store: Store) -> None:
    """What was loaded is kept for the model it is about, the latest load in place of the one before."""
    run_id = create(store)
    assert store.runs.facts(run_id) == []
    store.runs.record_facts(run_id, replace(FACTS, revision="old"))
    store.runs.record_facts(run_id, FACTS)
    assert store.runs.facts(run_id) == [FACTS]


def test_a_deleted_run_leaves_nothing_and_its_neighbour_stays(store: Store) -> None:
    """Deleting takes cells, responses and facets of one run only."""
    gone, kept = create(store, "gone"), create(store, "kept")
    for run_id in (gone, kept):
        store.responses.add(run_id, [answer(0), failure(1)])
    store.runs.delete(gone)
    assert [run.name for run in store.runs.all()] == ["kept"]
    assert [row.run for row in store.responses.page(ResponseFilter(), limit=10)] == [kept, kept]
    assert store.responses.facets()["runs"] == [(kept, 24)]
    with pytest.raises(RunError):
        store.runs.delete(gone)


def test_renaming_keeps_the_id(store: Store) -> None:
    """A run's address survives a new name."""
    run_id = create(store)
    store.runs.rename(run_id, "Letters, second try")
    assert store.runs.get(run_id).name == "Letters, second try"


def test_a_grid_that_fails_half_way_leaves_no_run(store: Store) -> None:
    """Creating a run is all or nothing."""

    def failing() -> Iterator[Cell]:
        yield from cells(sets=5_000)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.runs.create("x", spec(), bank(), failing(), ENTRIES, {})
    assert store.runs.all() == []
    assert store.responses.facets()["groups"] == []


def test_a_large_grid_is_numbered_through_its_batches(store: Store) -> None:
    """Cells beyond one batch keep counting from where the last one ended."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=4_000), ENTRIES, {})
    assert store.runs.get(run_id).total == 12_000
    assert [job.no for job in store.runs.pending(run_id, "base")] == list(range(12_000))

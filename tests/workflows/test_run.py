"""Runs are queued, executed by real workers, paused, stopped, taken up again and retried."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.errors import GridError, RunError, StoreError
from lib.types import Finish, GridSpec, ModelEntry, ResponseFilter, RunInfo, RunStatus
from lib.workflows import models, read, run
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows.conftest import grid

PATIENCE_SECONDS = 90


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that workers bring about."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)


def begun(workbench: Workbench, run_id: str) -> Callable[[], bool]:
    """Whether a run has stored a response."""
    return lambda: run.get(workbench, run_id).done > 0


def settled(workbench: Workbench, run_id: str) -> RunInfo:
    """The run once it neither waits nor works."""
    return run.wait(workbench, run_id)


def texts(workbench: Workbench, run_id: str) -> list[str]:
    """All stored texts of a run in cell order; fails when a cell has none."""
    rows = read.responses(workbench, ResponseFilter(runs=(run_id,)), size=100_000).rows
    found = [row.response.text for row in sorted(rows, key=lambda row: row.no) if row.response]
    assert len(found) == run.get(workbench, run_id).total
    return found


def test_a_run_waits_with_every_cell_pending(workbench: Workbench, spec: GridSpec) -> None:
    """Creating a run stores its cells and executes nothing."""
    info = run.get(workbench, run.create(workbench, spec, "Mine"))
    assert (info.name, info.status, info.total, info.done, info.failed) == ("Mine", RunStatus.QUEUED, 6, 0, 0)


def test_runs_change_places(workbench: Workbench, spec: GridSpec) -> None:
    """A run can be moved ahead of another in the queue."""
    first, second = run.create(workbench, spec), run.create(workbench, spec)
    run.move(workbench, second, -1)
    assert [info.id for info in run.runs(workbench)] == [second, first]


def test_a_waiting_run_is_held_and_deleted(workbench: Workbench, spec: GridSpec) -> None:
    """A queued run can be paused, then deleted with its cells."""
    run_id = run.create(workbench, spec)
    run.pause(workbench, run_id)
    assert run.get(workbench, run_id).status is RunStatus.PAUSED
    run.delete(workbench, run_id)
    assert run.runs(workbench) == []


def test_an_unknown_run_is_named(workbench: Workbench) -> None:
    """Asking for a run that is not there names it."""
    with pytest.raises(RunError, match="nowhere"):
        run.resume(workbench, "nowhere")


def test_a_grid_without_repeats_is_refused(workbench: Workbench, spec: GridSpec) -> None:
    """A grid that cannot be expanded makes no run."""
    with pytest.raises(GridError, match="repeats"):
        run.start(workbench, replace(spec, repeats=0))
    assert run.runs(workbench) == []


def test_a_read_only_database_starts_nothing(workbench: Workbench, spec: GridSpec) -> None:
    """Starting a run where nothing can be written says so."""
    path = workbench.path
    workbench.close()
    with open_workbench(path, read_only=True) as reading, pytest.raises(StoreError, match="reading only"):
        run.start(reading, spec)


@pytest.mark.slow
def test_a_run_is_answered_to_the_last_cell(workbench: Workbench, spec: GridSpec) -> None:
    """A run ends done, every cell has its response, and what was loaded is recorded."""
    run_id = run.start(workbench, spec)
    info = settled(workbench, run_id)
    assert (info.status, info.done, info.failed) == (RunStatus.DONE, 6, 0)
    assert len(texts(workbench, run_id)) == 6
    (facts,) = workbench.store.runs.facts(run_id)
    assert len(facts.weights_digest) == 64


@pytest.mark.slow
def test_the_same_grid_gives_the_same_texts(workbench: Workbench, spec: GridSpec) -> None:
    """Running a grid twice gives the same responses; another seed gives others."""
    again = [run.start(workbench, spec), run.start(workbench, spec), run.start(workbench, replace(spec, seed=2))]
    for run_id in again:
        settled(workbench, run_id)
    first, second, other = (texts(workbench, run_id) for run_id in again)
    assert first == second
    assert first != other


@pytest.mark.slow
def test_pause_stop_and_resume_change_nothing(workbench: Workbench, model: ModelEntry) -> None:
    """A run paused, stopped and resumed ends with the texts of one left alone."""
    long = grid(model.id, repeats=200, tokens=40)
    run_id = run.start(workbench, long)
    until(begun(workbench, run_id))
    run.pause(workbench, run_id)
    paused = settled(workbench, run_id)
    assert paused.status is RunStatus.PAUSED
    assert paused.done < paused.total

    run.resume(workbench, run_id)
    until(lambda: run.get(workbench, run_id).done > paused.done)
    run.stop(workbench, run_id)
    assert settled(workbench, run_id).status is RunStatus.STOPPED

    run.resume(workbench, run_id)
    assert settled(workbench, run_id).status is RunStatus.DONE
    calm = run.start(workbench, long)
    settled(workbench, calm)
    assert texts(workbench, run_id) == texts(workbench, calm)


@pytest.mark.slow
def test_closing_interrupts_and_opening_goes_on(workbench: Workbench, model: ModelEntry) -> None:
    """A run going on when the program ends is interrupted, and finished when it starts again."""
    run_id = run.start(workbench, grid(model.id, repeats=200, tokens=40))
    until(begun(workbench, run_id))
    workbench.close()
    with open_workbench(workbench.path) as again:
        assert run.get(again, run_id).status is RunStatus.INTERRUPTED
        run.take_up(again)
        assert settled(again, run_id).status is RunStatus.DONE
        assert len(texts(again, run_id)) == 1200


@pytest.mark.slow
def test_a_model_that_is_gone_fails_its_cells_and_can_be_retried(
    workbench: Workbench, model_folder: Path, spec: GridSpec, tmp_path: Path
) -> None:
    """Cells of a model that does not load keep the reason, the other model's are answered, and a retry heals."""
    folder = Path(shutil.copytree(model_folder, tmp_path / "second"))
    entry = models.make(workbench, "folder", title="Second", location=str(folder))
    models.add(workbench, entry)
    hidden = folder.rename(tmp_path / "hidden")
    run_id = run.start(workbench, replace(spec, models=(entry.id, *spec.models)))
    info = settled(workbench, run_id)
    assert (info.status, info.done, info.failed) == (RunStatus.DONE, 6, 6)
    ((reason, count),) = run.progress_of(workbench, info).failures
    assert count == 6
    assert "Second" in reason

    hidden.rename(folder)
    assert run.retry_failed(workbench, run_id) == 6
    healed = settled(workbench, run_id)
    assert (healed.done, healed.failed) == (12, 0)


@pytest.mark.slow
def test_a_run_learns_the_rate_of_its_model(workbench: Workbench, model: ModelEntry) -> None:
    """After a run the next plan needs no warm-up."""
    settled(workbench, run.start(workbench, grid(model.id, repeats=4)))
    assert (model.id, "fp32") in workbench.store.rates.latest()


@pytest.mark.slow
def test_a_response_names_everything_that_determined_it(workbench: Workbench, spec: GridSpec) -> None:
    """Provenance has prompt as sent, seed, decoding, model digest, bank digest and versions."""
    run_id = run.start(workbench, spec)
    settled(workbench, run_id)
    row = read.responses(workbench, ResponseFilter(runs=(run_id,))).rows[0]
    told = str(read.provenance(workbench, run_id, row.no))
    bank = workbench.shelf.get(spec.bank)
    (facts,) = workbench.store.runs.facts(run_id)
    for expected in (str(row.cell.seed), facts.weights_digest, bank.digest, "transformers", "max_new_tokens"):
        assert expected in told
    assert row.response is not None
    assert row.response.finish is not Finish.FAILED
    assert row.response.prompt_sent in told or repr(row.response.prompt_sent)[1:-1] in told

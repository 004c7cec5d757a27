from pathlib import Path

import pytest

from lib.types import RunStatus
from lib.workflows import models, run
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import bundle
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows import mapped
from tests.workflows.bundling.audits import resealed, with_value
from tests.workflows.conftest import grid


@pytest.mark.slow
def test_responses_come_out_the_same_again(workbench: Workbench, spec, tmp_path: Path) -> None:
    """A sample is generated again by the model itself; a response that was never its own is told, with the place."""
    run_id = run.start(workbench, spec)
    assert run.wait(workbench, run_id).status is RunStatus.DONE
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    [tiny] = workbench.store.runs.entries(run_id)
    models = Path(tiny.location).parent
    found = verify(written.path, rerun=4, seed=3, models=models)
    assert (found.findings, found.checked["generated again"]) == ((), 4)

    def invented(folder: Path) -> None:
        with_value(folder / "responses.parquet", 2, "text", lambda text: text + " and lies")

    told = [
        each
        for each in verify(resealed(written.path, tmp_path, invented), rerun=6, models=models).findings
        if each.what == "rerun"
    ]
    assert [finding.where for finding in told] == ["responses.parquet, cell 2"]
    assert "and lies" in told[0].said
    elsewhere = verify(written.path, rerun=2)
    assert (elsewhere.findings, elsewhere.whole) == ((), False)
    assert "--models" in elsewhere.uncompared[0].said


@pytest.mark.slow
def test_the_recorded_example_comes_out_the_same_again(tmp_path: Path) -> None:
    """Responses of the example audit, recorded elsewhere with the bundled model, are the same here, or said why not."""
    with open_workbench(tmp_path / "audits.duckdb") as workbench:
        example = next(each for each in workbench.store.runs.all() if "ideal" in each.id)
        written = bundle(workbench, example.id, tmp_path / "b.evenhand.zip")
    found = verify(written.path, rerun=2)
    assert found.checked["generated again"] == 2
    assert found.findings == () or all(each.what == "rerun" for each in found.findings)
    assert found.findings == () or found.notes


def test_a_model_over_the_network_is_not_asked_unasked(workbench: Workbench, tmp_path: Path) -> None:
    """An address that a bundle names gets no prompt and no key, unless that is allowed."""
    entry = models.make(workbench, "endpoint", title="Theirs", location="http://127.0.0.1:9/v1", served_name="m")
    models.add(workbench, entry)
    run_id = mapped.answered(workbench, grid(entry.id))
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    found = verify(written.path, rerun=2)
    assert "generated again" not in found.checked
    [each] = found.uncompared
    assert (each.what, each.where) == ("rerun", f"model {entry.id}")
    assert "http://127.0.0.1:9/v1" in each.said
    assert "--hosted" in each.said
    assert not found.whole

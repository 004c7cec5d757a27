"""A whole run against a real OpenAI-compatible server, and where its key must never be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.types import ResponseFilter, RunStatus
from lib.workflows import export, models, read, run
from lib.workflows.workbench import Workbench, open_workbench
from tests.models.llama_cpp import llama_cpp_server
from tests.workflows.conftest import grid

KEY = "sk-evenhand-test-5f0e9a1c"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """llama.cpp's server with the bundled model, which asks for the key."""
    with llama_cpp_server(api_keys=[KEY]) as url:
        yield url


def ran(workbench: Workbench, server: str) -> run.RunProgress:
    """The small grid, run at the endpoint to its end."""
    entry = models.make(
        workbench,
        "endpoint",
        title="Far",
        location=server,
        served_name="SmolLM2",
        key_env="EVENHAND_TEST_KEY",
        kind="chat",
    )
    models.add(workbench, entry)
    run_id = run.start(workbench, grid(entry.id))
    return run.progress_of(workbench, run.wait(workbench, run_id))


@pytest.mark.slow
def test_an_endpoint_answers_a_run_and_its_key_is_kept_nowhere(
    workbench: Workbench, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text, tokens and the served model are stored; the key is in no file, export or recording."""
    monkeypatch.setenv("EVENHAND_TEST_KEY", KEY)
    info = ran(workbench, server).info
    assert (info.status, info.done, info.failed) == (RunStatus.DONE, 6, 0)
    rows = read.responses(workbench, ResponseFilter(runs=(info.id,))).rows
    assert all(row.response and row.response.new_tokens > 0 and row.response.prompt_tokens > 0 for row in rows)
    (facts,) = workbench.store.runs.facts(info.id)
    assert facts.revision, "the model the server named"
    for file_format in export.ExportFormat:
        export.export_run(workbench, info.id, file_format, tmp_path / f"out.{file_format}")
    export.record(workbench, info.id, tmp_path / "recorded")
    workbench.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 6
    assert not [path.name for path in files if KEY.encode() in path.read_bytes()]


@pytest.mark.slow
def test_a_missing_key_is_named_and_a_retry_heals(
    workbench: Workbench, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the key every cell fails with the variable's name; with it a retry answers them."""
    monkeypatch.delenv("EVENHAND_TEST_KEY", raising=False)
    progress = ran(workbench, server)
    assert progress.info.failed == 6
    assert "EVENHAND_TEST_KEY" in progress.failures[0][0]
    monkeypatch.setenv("EVENHAND_TEST_KEY", KEY)
    run.retry_failed(workbench, progress.info.id)
    assert run.wait(workbench, progress.info.id).done == 6
    path = workbench.path
    workbench.close()
    with open_workbench(path) as again:
        assert run.get(again, progress.info.id).failed == 0

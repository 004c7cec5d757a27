"""The verbs in a terminal: what they print, and the exit codes that scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lib.settings import ROOT
from lib.types import GridSpec, ModelEntry
from lib.workflows import build, run
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows.conftest import grid


def verb(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Call `python -m lib` as a user would; EVENHAND_BANKS points at the test's bank."""
    command = [sys.executable, "-m", "lib", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def result(done: subprocess.CompletedProcess[str], code: int = 0) -> Any:
    """The one JSON object a verb printed."""
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def closed(workbench: Workbench, model: ModelEntry) -> Path:
    """A database that knows the tiny model and that nobody has open."""
    workbench.close()
    return workbench.path


@pytest.fixture
def grid_file(closed: Path, model: ModelEntry, tmp_path: Path) -> Path:
    path = tmp_path / "grid.yaml"
    path.write_text(build.to_yaml(grid(model.id)), encoding="utf-8")
    return path


def test_help_lists_every_verb() -> None:
    """`--help` names the verbs the README promises."""
    told = verb("--help").stdout
    for name in ("example", "run", "resume", "status", "list", "map", "regions", "show", "export"):
        assert name in told


def test_banks_and_models_are_listed(closed: Path) -> None:
    """`list banks` and `list models` print what the pages show."""
    assert [bank["bank"] for bank in result(verb("list", "banks", "--db", closed, "--json"))["banks"]] == ["two_groups"]
    listed = {model["model"]: model for model in result(verb("list", "models", "--db", closed, "--json"))["models"]}
    assert listed["tiny"]["here"]
    assert listed["smollm2-135m-instruct-q4_1"]["licence"] == "Apache-2.0"


def test_a_bank_that_does_not_load_is_told_and_hides_no_other(closed: Path, banks: Path) -> None:
    """A broken file is named on standard error, and the good bank is still listed."""
    (banks / "broken.yaml").write_text("bank: [", encoding="utf-8")
    done = verb("list", "banks", "--db", closed)
    assert done.returncode == 0
    assert "two_groups" in done.stdout
    assert "broken.yaml" in done.stderr


@pytest.mark.slow
def test_bad_usage_exits_with_two(closed: Path, tmp_path: Path) -> None:
    """An unknown verb, an unknown run, a missing and a malformed grid: 2 each, with the thing named."""
    (tmp_path / "odd.yaml").write_text("grid: 1\nbanana: 2\n", encoding="utf-8")
    for arguments, named in (
        (["dance"], "dance"),
        (["show", "nowhere", "--db", closed], "nowhere"),
        (["run", tmp_path / "none.yaml", "--db", closed], "none.yaml"),
        (["run", tmp_path / "odd.yaml", "--db", closed], "odd.yaml"),
        (["export", "nowhere", "--out", tmp_path / "x.csv", "--db", closed], "nowhere"),
        (["export", "nowhere", "--format", "xls", "--out", tmp_path / "x", "--db", closed], "xls"),
    ):
        done = verb(*arguments)
        assert done.returncode == 2, arguments
        assert named in done.stderr.replace("\n", "")
        assert "Traceback" not in done.stderr


def test_a_database_that_is_open_elsewhere_exits_with_one(workbench: Workbench) -> None:
    """A second process is told that the file is in use, by whom, and what to do."""
    done = verb("status", "--db", workbench.path)
    assert done.returncode == 1
    assert "--db" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """A file of another kind is refused and not touched."""
    path = tmp_path / "notes.duckdb"
    path.write_text("my notes", encoding="utf-8")
    done = verb("status", "--db", path)
    assert done.returncode == 1
    assert "notes.duckdb" in done.stderr
    assert path.read_text(encoding="utf-8") == "my notes"


def test_a_new_database_has_the_recorded_examples(tmp_path: Path) -> None:
    """A database made by any verb starts with the recorded audits, complete and read-only."""
    runs = result(verb("list", "runs", "--db", tmp_path / "new.duckdb", "--json"))["runs"]
    assert runs
    assert all(listed["stored"] == listed["cells"] > 0 for listed in runs)


@pytest.mark.slow
def test_run_show_and_export(closed: Path, grid_file: Path, tmp_path: Path) -> None:
    """A grid runs to the end, is shown, and is exported whole in each format."""
    ran = result(verb("run", grid_file, "--name", "From a file", "--db", closed, "--json"))
    assert (ran["status"], ran["cells"], ran["stored"], ran["failed"]) == ("done", 6, 6, 0)
    assert sum(sum(counts.values()) for counts in ran["outcomes"].values()) == 6
    shown = result(verb("show", ran["run"], "--db", closed, "--json"))
    assert shown["name"] == "From a file"
    assert len(shown["samples"]) == 5
    for file_format in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"out.{file_format}"
        wrote = result(verb("export", ran["run"], "--format", file_format, "--out", out, "--db", closed, "--json"))
        assert wrote["rows"] == 6
        assert out.stat().st_size > 0
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 6
    assert result(verb("status", "--db", closed, "--json"))["runs"][0]["status"] == "done"


@pytest.mark.slow
def test_failures_exit_with_one_and_counts(closed: Path, grid_file: Path, model_folder: Path) -> None:
    """A run whose model does not load ends with exit code 1, the count and the reason."""
    with open_workbench(closed) as workbench:
        entry = workbench.catalogue.get("tiny")
        workbench.store.models.save(type(entry)("tiny", "Tiny", "folder", str(model_folder / "gone")))
    done = verb("run", grid_file, "--db", closed, "--json")
    failed = result(done, code=1)
    assert (failed["stored"], failed["failed"]) == (0, 6)
    assert failed["failures"][0]["count"] == 6


@pytest.mark.slow
def test_resume_runs_only_the_run_it_names(closed: Path, model: ModelEntry) -> None:
    """`resume` finishes one run and leaves another that waits in the queue alone."""
    spec: GridSpec = grid(model.id)
    with open_workbench(closed) as workbench:
        waiting, wanted = run.create(workbench, spec), run.create(workbench, spec)
    assert result(verb("resume", wanted, "--db", closed, "--json"))["status"] == "done"
    states = {row["run"]: row["status"] for row in result(verb("status", "--db", closed, "--json"))["runs"]}
    assert states == {waiting: "queued", wanted: "done"}

"""What of a computer and of people leaves it in a bundle."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.bundle.reading import opened
from lib.types import AssignmentSpec, Decision, Finish, ModelEntry, Response, RunStatus
from lib.workflows import annotation_files, run
from lib.workflows.bundling.open import open_bundle
from lib.workflows.bundling.temporary import temporary
from lib.workflows.bundling.typed_names import names_typed
from lib.workflows.bundling.verify import verify
from lib.workflows.bundling.write import bundle
from lib.workflows.export import ExportFormat, export_run
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows import annotated
from tests.workflows.bundling.audits import CODEBOOK, scored
from tests.workflows.conftest import grid

pytestmark = pytest.mark.slow

USER = "renate.mueller"
FOLDER = f"/home/{USER}/secret/models/tiny"
ZOE, BART = "Zoë Quintero", "Bart Oldenburg"


def leaky(workbench: Workbench) -> str:
    """An audit of a model in somebody's home folder, in which one answer failed and people name each other."""
    entry = ModelEntry("mine", "Mine", "folder", FOLDER, source=f"from /home/{USER}/y", note=f"see '{FOLDER}/a b.txt'")
    workbench.store.models.save(entry)
    run_id = run.create(workbench, grid("mine"))
    jobs = workbench.store.runs.pending(run_id, "mine")
    workbench.store.responses.add(
        run_id,
        [
            Response(job.no, "", Finish.FAILED, error=f"OSError: {FOLDER}/config.json not found")
            if place < 2
            else Response(job.no, "She is kind.", Finish.STOP)
            for place, job in enumerate(jobs)
        ],
    )
    workbench.store.runs.set_status(run_id, RunStatus.DONE, f"no room in {FOLDER}")
    scored(workbench, run_id)
    items = annotated.plain_items(workbench, run_id, [job.no for job in jobs[2:6]])
    made = workbench.store.assignments.create(AssignmentSpec(f"Round of {ZOE}"), CODEBOOK, items)
    events = [annotated.event(0, ZOE, annotated.says("y", note="seen by Zoë"))]
    events += [replace(annotated.event(1, BART, annotated.says("n")), submission=f"{BART}-1")]
    workbench.store.annotations.add(made, events)
    workbench.store.adjudications.add(made, Decision(1, BART, annotated.says("y"), f"because {BART} says", "d1"))
    workbench.store.reports.write(run_id, "audit/conclusion", "As Renate Mueller wrote.", "Renate Mueller")
    return run_id


def test_no_path_leaves_with_a_bundle(workbench: Workbench, tmp_path: Path) -> None:
    """Of a model's folder and of paths in errors the last part is there; opened and bundled again it is the same."""
    run_id = leaky(workbench)
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    with opened(written.path) as read:
        for name in read.names:
            content = read.read(name)
            assert b"/home/" not in content, name
            assert USER.encode() not in content, name
        told = json.loads(read.read("run.json"))
        assert told["note"] == "no room in tiny"
        [model] = told["models"]
        entry = model["entry"]
        assert (entry["location"], entry["source"], entry["note"]) == ("tiny", "from y", "see 'a b.txt'")
        failures = [json.loads(line) for line in read.read("failures.jsonl").splitlines()]
        assert {each["error"] for each in failures} == {"OSError: config.json not found"}
    assert workbench.store.runs.entries(run_id)[0].location == FOLDER
    assert verify(written.path).whole
    with open_workbench(tmp_path / "fresh.duckdb", with_example=False) as fresh:
        open_bundle(fresh, written.path)
        again = bundle(fresh, run_id, tmp_path / "again.evenhand.zip")
    assert (tmp_path / "again.evenhand.zip").read_bytes() == written.path.read_bytes()
    assert again.names_left == ()


def test_a_name_that_was_typed_is_told(workbench: Workbench, db: Path, tmp_path: Path) -> None:
    """Names in assignments, notes, reasons and texts are told where they stand, unless names are wanted."""
    run_id = leaky(workbench)
    written = bundle(workbench, run_id, tmp_path / "b.evenhand.zip")
    assert written.names_left == (
        f"assignments/0001/assignment.json names {ZOE}",
        f"assignments/0001/history.jsonl, line 1, names {ZOE}",
        f"assignments/0001/history.jsonl, line 3, names {BART}",
        "report/texts.jsonl, line 1, names Renate Mueller",
    )
    assert bundle(workbench, run_id, tmp_path / "n.evenhand.zip", names=True).names_left == ()
    workbench.close()
    done = CliRunner().invoke(app, ["bundle", run_id, "--out", str(tmp_path / "c.zip"), "--db", str(db)])
    assert done.exit_code == 0
    assert f"- assignments/0001/assignment.json names {ZOE}" in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [("I asked zoë quintero.", True), ("Zoë did", True), ("zoës", False), ("Quinteros", False), ("Nobody", False)],
)
def test_names_are_looked_for_as_words(tmp_path: Path, text: str, told: bool) -> None:
    """A whole name in any case and a part of it as it is written count, a part of a word does not."""
    (tmp_path / "run.json").write_text(json.dumps({"name": text, "environment": {"x": ZOE}}))
    (tmp_path / "audit.json").write_text("{}")
    assert bool(names_typed(tmp_path, [ZOE])) is told


def test_an_export_under_pseudonyms_names_nobody(workbench: Workbench) -> None:
    """The id that an annotation was imported with is another where it is somebody's name, and stays with names."""
    leaky(workbench)
    [made] = workbench.store.assignments.all()
    for names in (True, False):
        data = annotation_files.export(workbench, made.id, annotation_files.AnnotationFormat.JSONL, names=names)
        lines = [json.loads(line) for line in data.decode().splitlines()]
        submissions = [line["submission"] for line in lines]
        assert (f"{BART}-1" in submissions) is names
        assert "d1" in submissions
        assert len(set(submissions)) == 3


@pytest.mark.parametrize("format", list(ExportFormat))
def test_no_path_leaves_with_an_export(workbench: Workbench, tmp_path: Path, format: ExportFormat) -> None:
    """Errors of exported responses name no folder of this computer, in any format."""
    path = tmp_path / f"r.{format}"
    export_run(workbench, leaky(workbench), format, path)
    if format is ExportFormat.PARQUET:
        errors = {error for error in pq.read_table(path)["error"].to_pylist() if error}
        assert errors == {"OSError: config.json not found"}
    else:
        text = path.read_text(encoding="utf-8")
        assert text.count("OSError: config.json not found") == 2
        assert USER not in text


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go in a test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_goes(scratch: Path) -> None:
    """A folder of a process that is no more goes at the next use; those of living ones and other things stay."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    stale = scratch / f"evenhand-bundle-{gone.pid}-x"
    kept = [scratch / f"evenhand-bundle-{os.getppid()}-x", scratch / "evenhand-bundle-x", scratch / "other"]
    for folder in (stale, *kept):
        (folder / "audit").mkdir(parents=True)
    link = scratch / f"evenhand-bundle-{gone.pid}-link"
    link.symlink_to(kept[-1])
    with temporary() as place:
        assert place.name.startswith(f"evenhand-bundle-{os.getpid()}-")
        assert not stale.exists()
    assert not place.exists()
    assert all((folder / "audit").exists() for folder in kept)

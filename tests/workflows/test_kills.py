"""Nothing stored is lost and nothing is stored twice, however often workers and server are killed."""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from lib.settings import ROOT
from lib.types import Decoding, ResponseFilter
from lib.workflows import build, example, read
from lib.workflows.workbench import open_workbench

KILLS = 20


def terminal(*arguments: object) -> subprocess.Popen[str]:
    """Start one verb, as a user would in a terminal."""
    command = [sys.executable, "-m", "lib", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a verb to end well; gives what it printed."""
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return out


def stored(db: Path) -> dict[int, str]:
    """Every stored response of the run by the number of its cell, read from the file as it is on disk."""
    wanted = ResponseFilter(runs=(only_run(db),), finishes=("stop", "length"))
    with open_workbench(db) as workbench:
        page = read.responses(workbench, wanted, size=10_000)
    texts = {row.no: row.response.text for row in page.rows if row.response}
    assert len(texts) == page.total, "a cell has more than one response"
    return texts


def only_run(db: Path) -> str:
    """The id of the run that is not a recorded example."""
    with open_workbench(db) as workbench:
        return next(info.id for info in workbench.store.runs.all() if not info.read_only)


def exported(db: Path, run: str, folder: Path) -> list[dict[str, object]]:
    """The exported table of a run without what legitimately differs: run id and times."""
    path = folder / "run.parquet"
    finish(terminal("export", run, "--format", "parquet", "--out", path, "--db", db))
    rows = pq.read_table(path).to_pylist()
    return [{k: v for k, v in row.items() if k not in {"run", "created", "seconds"}} for row in rows]


def kill_something(process: subprocess.Popen[str], rng: random.Random) -> str:
    """SIGKILL the verb itself or one of its workers; says which."""
    workers = psutil.Process(process.pid).children()
    if workers and rng.random() < 0.5:
        rng.choice(workers).send_signal(signal.SIGKILL)
        return "worker"
    process.kill()
    process.wait()
    return "server"


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_a_run_killed_twenty_times_ends_as_an_undisturbed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL of workers and server at random moments changes nothing in the final table."""
    monkeypatch.delenv("EVENHAND_BANKS")  # the shipped bank and the bundled model
    grid = tmp_path / "grid.yaml"
    # Short responses and many of them: every moment finds some stored, some in flight, some to come.
    spec = replace(example.spec(), decodings=(Decoding(temperature=0.7, max_new_tokens=16),), repeats=20)
    grid.write_text(build.to_yaml(spec), encoding="utf-8")
    calm, wild = tmp_path / "calm.duckdb", tmp_path / "wild.duckdb"
    calm_run = json.loads(finish(terminal("run", grid, "--db", calm, "--json")))["run"]

    rng = random.Random(20261123)
    process = terminal("run", grid, "--db", wild, "--json")
    killed = {"worker": 0, "server": 0}
    seen: dict[int, str] = {}
    while sum(killed.values()) < KILLS:
        time.sleep(rng.uniform(0.5, 7.0))
        if process.poll() is not None:
            break
        what = kill_something(process, rng)
        killed[what] += 1
        if what == "server":
            now = stored(wild)
            assert seen.items() <= now.items(), "a stored response was lost or changed"
            seen = now
            process = terminal("resume", only_run(wild), "--db", wild, "--json")
    finish(process)

    assert sum(killed.values()) == KILLS, f"the run was over after {killed}"
    assert exported(wild, only_run(wild), tmp_path) == exported(calm, calm_run, tmp_path)

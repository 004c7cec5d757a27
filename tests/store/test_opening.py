"""What can be wrong with a database file, and that nothing is lost by it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.errors import StoreError
from lib.store.store import Store
from lib.types import ModelEntry, ResponseFilter, RunStatus
from tests.store.samples import answer, create

HOLD = """
import sys, time
from pathlib import Path
from lib.store.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def filled(path: Path) -> str:
    """A database with a run and two responses; gives the run's id."""
    with Store.open(path) as store:
        run_id = create(store)
        store.responses.add(run_id, [answer(0), answer(1)])
        return run_id


@pytest.fixture
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the database open."""
    filled(path)
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_open_elsewhere_names_who_has_it(
    path: Path, held: subprocess.Popen[str], read_only: bool
) -> None:
    """The message has the other process's number and command, and what to do."""
    with pytest.raises(StoreError) as caught:
        Store.open(path, read_only=read_only)
    assert f"process {held.pid} (python" in caught.value.cause
    assert "--db" in caught.value.remedy


def test_a_file_is_free_once_its_process_was_killed(path: Path, held: subprocess.Popen[str]) -> None:
    """SIGKILL leaves no lock behind."""
    held.kill()
    held.wait()
    with Store.open(path) as store:
        assert store.responses.count(ResponseFilter()) == 2


def test_closing_lets_go_while_other_threads_hold_cursors(path: Path) -> None:
    """A second process may open the file as soon as the store is closed."""
    filled(path)
    store = Store.open(path)
    store.runs.all()
    store.close()
    store.close()
    command = [sys.executable, "-c", HOLD.replace("time.sleep(60)", ""), str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "open\n"


@pytest.mark.parametrize("damage", ["noise", "cut", "flipped"])
def test_a_damaged_file_is_told_and_left_alone(path: Path, damage: str) -> None:
    """Noise, a cut file and a flipped header are refused in words that point to the backup."""
    filled(path)
    whole = path.read_bytes()
    harmed = {
        "noise": os.urandom(len(whole)),
        "cut": whole[:20_000],
        "flipped": whole[:4_096] + bytes(byte ^ 0xFF for byte in whole[4_096:12_288]) + whole[12_288:],
    }[damage]
    path.write_bytes(harmed)
    with pytest.raises(StoreError, match="damaged, or not a DuckDB file") as caught:
        Store.open(path)
    assert ".backup-" in caught.value.remedy
    assert path.read_bytes() == harmed


def test_a_path_out_of_reach_is_told(tmp_path: Path) -> None:
    """A missing folder, a folder in the file's place, and a missing file to read."""
    with pytest.raises(StoreError, match="does not exist"):
        Store.open(tmp_path / "missing" / "audits.duckdb")
    with pytest.raises(StoreError, match="it is a folder"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="no such file to read"):
        Store.open(tmp_path / "audits.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """No file can be made there, and the message says where."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"):
        Store.open(tmp_path / "audits.duckdb")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("size", [0, 4_096, 8_192])
def test_a_file_that_was_never_finished_is_told_apart_from_a_damaged_one(path: Path, size: int) -> None:
    """A disk that filled up before the first byte of content left nothing to lose: the remedy is to delete it."""
    filled(path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(StoreError, match="Delete the file"):
        Store.open(path)
    path.write_bytes(b"my own notes")
    with pytest.raises(StoreError, match="not a DuckDB file"):
        Store.open(path)


def test_a_database_open_for_reading_refuses_every_write(path: Path) -> None:
    """Reading works; each way of writing is refused in words and changes nothing."""
    run_id = filled(path)
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        assert store.read_only
        assert store.responses.count(ResponseFilter()) == 2
        assert store.exchange.export(run_id, "csv", path.with_name("run.csv")) == 24
        for write in (
            lambda: store.responses.add(run_id, [answer(2)]),
            lambda: create(store),
            lambda: store.runs.set_status(run_id, RunStatus.DONE),
            lambda: store.runs.delete(run_id),
            lambda: store.settings.set("a", 1),
            lambda: store.models.save(ModelEntry("m", "M", "hub", "x")),
        ):
            with pytest.raises(StoreError, match="open for reading only"):
                write()
    assert path.read_bytes() == before


def test_what_a_killed_process_left_in_its_log_is_read_without_writing(path: Path) -> None:
    """A database with a write-ahead log beside it opens for reading and shows all of it."""
    script = (
        "import os, sys; from pathlib import Path; from lib.store.store import Store\n"
        "from tests.store.samples import answer, create\n"
        "store = Store.open(Path(sys.argv[1])); store.responses.add(create(store), [answer(0)]); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name(f"{path.name}.wal").exists()
    with Store.open(path, read_only=True) as store:
        assert store.responses.count(ResponseFilter()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_is_told_and_loses_nothing_stored(path: Path) -> None:
    """When no byte more can be written, what was acknowledged stays and storing works again afterwards.

    The operating system's own limit on file size stands in for the disk: every write beyond it
    fails as on a full one.
    """
    run_id = filled(path)
    script = f"""
import resource, sys
from pathlib import Path
from lib.errors import StoreError
from lib.store.store import Store
from tests.store.samples import answer
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
stored = 0
try:
    for no in range(2, 24):
        store.responses.add({run_id!r}, [answer(no, str(no) * 20_000)])
        stored += 1
except StoreError as error:
    print(stored, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.responses.add({run_id!r}, [answer(23, "after")])
"""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    stored, _, message = done.stdout.partition(" ")
    assert "the disk is full. Make room" in message, done.stderr
    assert done.stderr == ""
    assert 0 < int(stored) < 20
    with Store.open(path) as store:
        numbers = [row.no for row in store.responses.page(ResponseFilter(), limit=99)]
    assert numbers == [*range(2 + int(stored)), 23]


@pytest.mark.parametrize("seed", range(4))
def test_acknowledged_responses_survive_a_kill_at_any_moment(path: Path, seed: int) -> None:
    """After SIGKILL in the midst of writing, what was acknowledged is there, once, in whole groups."""
    run_id = filled(path)
    script = f"""
import sys
from pathlib import Path
from lib.store.store import Store
from tests.store.samples import answer
store = Store.open(Path(sys.argv[1]))
for no in range(2, 24, 2):
    store.responses.add({run_id!r}, [answer(no), answer(no + 1)])
    print(no, flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = int(process.stdout.readline())
    time.sleep(seed * 0.01)
    process.kill()
    acknowledged = max([acknowledged, *(int(line) for line in process.stdout.read().split())])
    process.wait()
    with Store.open(path) as store:
        numbers = [row.no for row in store.responses.page(ResponseFilter(), limit=99)]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) % 2 == 0
        assert len(numbers) >= acknowledged + 2
        store.responses.add(run_id, [answer(no) for no in range(24)])
        assert store.runs.get(run_id).done == 24

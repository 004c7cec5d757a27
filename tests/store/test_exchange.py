import csv
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lib.errors import ExportError, RunError
from lib.store.export import write_whole
from lib.store.record import digest_of
from lib.store.store import Store
from lib.types import ResponseFilter, RunStatus
from tests.store.samples import ENTRIES, ENVIRONMENT, FACTS, answer, bank, cells, create, failure, spec

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1", "'quoted'", "plain", "", "a=b"]


@pytest.fixture
def run_id(store: Store) -> str:
    run_id = create(store)
    store.responses.add(run_id, [*(answer(no, text) for no, text in enumerate(FORMULAS)), failure(13)])
    store.runs.record_facts(run_id, FACTS)
    store.runs.set_status(run_id, RunStatus.RUNNING)
    store.runs.set_status(run_id, RunStatus.STOPPED, "enough")
    return run_id


def read_back(value: str) -> str:
    """A CSV text as it was before its formulas were defused."""
    return value[1:] if re.match(r"'+[=+\-@\t\r]", value) else value


def test_csv_runs_no_formula_and_loses_nothing(store: Store, run_id: str, tmp_path: Path) -> None:
    """Texts a spreadsheet would run get an apostrophe, and taking it off gives the text back."""
    assert store.exchange.export(run_id, "csv", tmp_path / "run.csv") == 24
    with (tmp_path / "run.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["no"] for row in rows] == [str(no) for no in range(24)]
    texts = [row["text"] for row in rows[:12]]
    assert not [text for text in texts if text[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert [read_back(text) for text in texts] == FORMULAS
    assert json.loads(rows[4]["context"]) == {"job": "nurse"}


def test_jsonl_has_an_object_a_cell(store: Store, run_id: str, tmp_path: Path) -> None:
    """Mappings are objects, unanswered cells are there with nulls."""
    store.exchange.export(run_id, "jsonl", tmp_path / "run.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 24
    assert rows[1]["groups"] == {"gender": "man"}
    assert (rows[0]["text"], rows[0]["finish"], rows[0]["temperature"]) == ("=1+1", "stop", 0.8)
    assert (rows[12]["text"], rows[12]["finish"], rows[12]["created"]) == (None, None, None)
    assert (rows[13]["finish"], rows[13]["error"]) == ("failed", "out of memory")


def test_parquet_has_a_typed_column_a_field(store: Store, run_id: str, tmp_path: Path) -> None:
    """Numbers stay numbers and times know that they are UTC."""
    store.exchange.export(run_id, "parquet", tmp_path / "run.parquet")
    table = pq.read_table(tmp_path / "run.parquet")
    assert table["seed"].to_pylist()[3] == 2**62 + 1
    assert str(table.schema.field("created").type) == "timestamp[us, tz=UTC]"
    assert table["text"].to_pylist()[:12] == FORMULAS


def test_an_export_of_many_windows_has_every_cell_once(store: Store, tmp_path: Path) -> None:
    """A run larger than what is read at once comes out whole and in order."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=4_000), ENTRIES, {})
    assert store.exchange.export(run_id, "parquet", tmp_path / "run.parquet") == 12_000
    assert pq.read_table(tmp_path / "run.parquet")["no"].to_pylist() == list(range(12_000))


def test_a_place_that_cannot_be_written_is_named(store: Store, run_id: str, tmp_path: Path) -> None:
    """A missing folder, a folder in the file's place and an unknown format are refused; nothing is left behind."""
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "missing" / "run.csv", tmp_path / "folder"):
        with pytest.raises(ExportError, match=path.name):
            store.exchange.export(run_id, "csv", path)
    with pytest.raises(ExportError, match="csv, jsonl, parquet"):
        store.exchange.export(run_id, "xlsx", tmp_path / "run.xlsx")
    with pytest.raises(RunError):
        store.exchange.export("nothing", "csv", tmp_path / "run.csv")
    assert {path.name for path in tmp_path.iterdir()} <= {"folder", "audits.duckdb", "audits.duckdb.wal"}


def test_a_failed_export_leaves_the_file_before_it(tmp_path: Path) -> None:
    """A file that is there already is replaced whole or not at all."""
    path = tmp_path / "run.csv"
    path.write_text("before", encoding="utf-8")

    def half(partial: Path) -> None:
        partial.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left on device"):
        write_whole(path, half)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_recorded_run_loads_as_it_was(store: Store, run_id: str, tmp_path: Path) -> None:
    """Cells, responses, failures, times, models, facts, bank and environment survive the round trip."""
    store.exchange.record(run_id, tmp_path / "recorded")
    with Store.open(tmp_path / "other.duckdb") as other:
        assert other.exchange.load(tmp_path / "recorded", read_only=False) == run_id
        assert other.runs.get(run_id) == store.runs.get(run_id)
        everything = ResponseFilter()
        assert other.responses.page(everything, limit=99) == store.responses.page(everything, limit=99)
        assert other.runs.pending(run_id, "chatty") == store.runs.pending(run_id, "chatty")
        assert (other.runs.entries(run_id), other.runs.facts(run_id)) == (ENTRIES, [FACTS])
        assert other.runs.environment(run_id) == ENVIRONMENT
        assert other.banks.get("d1") == store.banks.get("d1")
        other.exchange.record(run_id, tmp_path / "again")
    for name in ("run.json", "responses.parquet"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "recorded" / name).read_bytes()


def test_loading_twice_changes_nothing(store: Store, run_id: str, tmp_path: Path) -> None:
    """A run that is here already stays as it is."""
    store.exchange.record(run_id, tmp_path / "recorded")
    store.runs.rename(run_id, "mine")
    assert store.exchange.load(tmp_path / "recorded") == run_id
    assert [run.name for run in store.runs.all()] == ["mine"]


def test_a_loaded_run_may_only_be_read(store: Store, run_id: str, tmp_path: Path) -> None:
    """Nothing is added to a recorded run, but it can be deleted; what went on elsewhere does not go on here."""
    store.runs.set_status(run_id, RunStatus.RUNNING)
    store.exchange.record(run_id, tmp_path / "recorded")
    with Store.open(tmp_path / "other.duckdb") as other:
        other.exchange.load(tmp_path / "recorded")
        run = other.runs.get(run_id)
        assert (run.read_only, run.status) == (True, RunStatus.INTERRUPTED)
        for change in (
            lambda: other.responses.add(run_id, [answer(20)]),
            lambda: other.runs.retry_failed(run_id),
            lambda: other.runs.set_status(run_id, RunStatus.QUEUED),
            lambda: other.runs.rename(run_id, "x"),
            lambda: other.runs.record_facts(run_id, FACTS),
        ):
            with pytest.raises(RunError, match="may only be read"):
                change()
        other.runs.delete(run_id)
        assert other.runs.all() == []


def damage_rows(folder: Path) -> None:
    path = folder / "responses.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def damage_description(folder: Path) -> None:
    path = folder / "run.json"
    path.write_text(path.read_text(encoding="utf-8")[:-100], encoding="utf-8")


def change_description(folder: Path, **changes: object) -> None:
    path = folder / "run.json"
    description = json.loads(path.read_text(encoding="utf-8")) | changes
    kept = {name: value for name, value in description.items() if value is not ...}
    path.write_text(json.dumps(kept), encoding="utf-8")


def replace_rows(folder: Path) -> None:
    """Rows of another make, with a digest that agrees."""
    path = folder / "responses.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["seed"]), path)
    change_description(folder, responses_sha256=digest_of(path))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (damage_rows, "not the file that was recorded"),
        (damage_description, "cannot be read"),
        (replace_rows, "other columns"),
        (lambda folder: change_description(folder, recording=2), "newer Evenhand"),
        (lambda folder: change_description(folder, grid=...), "grid"),
        (lambda folder: change_description(folder, status="dancing"), "dancing"),
        (lambda folder: change_description(folder, models=7), "cannot be read"),
        (lambda folder: (folder / "responses.parquet").unlink(), "responses.parquet is missing"),
        (lambda folder: (folder / "run.json").unlink(), "run.json is missing"),
    ],
)
def test_a_damaged_recording_is_refused(store: Store, run_id: str, tmp_path: Path, harm, told: str) -> None:
    """Every kind of damage is told in words, and nothing of the run is stored."""
    store.exchange.record(run_id, tmp_path / "recorded")
    harm(tmp_path / "recorded")
    with Store.open(tmp_path / "other.duckdb") as other:
        with pytest.raises(ExportError, match=told):
            other.exchange.load(tmp_path / "recorded")
        assert other.runs.all() == []
        assert other.responses.count(ResponseFilter()) == 0

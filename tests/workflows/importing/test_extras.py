"""Columns of a file that mean nothing here are kept with each output, and change nothing else."""

import csv
import json

import pytest

from lib.interchange.recorded import Mapping
from lib.types import ResponseFilter
from lib.workflows import comparison, export, scoring
from lib.workflows.bundling.open import open_bundle
from lib.workflows.bundling.write import bundle
from lib.workflows.export import ExportFormat
from lib.workflows.exporting.dataset import dataset
from lib.workflows.importing.create import import_file
from lib.workflows.importing.extras import LONGEST, cut, extras
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import preview
from lib.workflows.workbench import open_workbench
from tests.workflows.importing.files import HEADER, pairs, write_csv, write_jsonl

MORE = ["rater note", "latency", "cell"]
"""Columns without a meaning; the last one is called as one of our own exports is."""


def wide(cases=2):
    """Rows with three more values, other ones in each row."""
    return [
        [*row, f"=note {number}", f"{number}.5 s", "" if number else "x"] for number, row in enumerate(pairs(cases))
    ]


def cells(workbench, run_id):
    """The cells of a run in order."""
    return [row.cell for row in workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=1_000)]


def kept(workbench, run_id):
    """What each cell keeps beside what is held fixed."""
    return [
        {name: value for name, value in cell.context.items() if name not in cell.held}
        for cell in cells(workbench, run_id)
    ]


def test_every_other_column_is_kept(workbench, tmp_path):
    """Word for word, under a key that no slot can have; what is empty is left out, and what is held fixed stays."""
    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", wide(), [*HEADER, *MORE]))
    found = kept(workbench, run_id)
    assert found[0] == {"extra:rater note": "=note 0", "extra:latency": "0.5 s", "extra:cell": "x"}
    assert found[1] == {"extra:rater note": "=note 1", "extra:latency": "1.5 s"}
    assert set(cells(workbench, run_id)[0].held) == {"topic", "case"}


def test_the_preview_names_them(tmp_path):
    """Before anything is stored people know which columns are kept; chosen categories are none of them."""
    path = write_csv(tmp_path / "a.csv", wide(), [*HEADER, *MORE])
    assert preview(path).extras == tuple(MORE)
    assert preview(path, options=ImportOptions(categories=("latency",))).extras == ("rater note", "cell")
    unmapped = Mapping("prompt", "completion", set="case", group="gender")
    assert preview(path, unmapped).extras == ("topic", "model", *MORE)


def test_sets_families_and_gaps_do_not_see_them(workbench, tmp_path):
    """Two samples a prompt at temperature 0: with and without further columns the same sets, families and gaps."""
    header = [*HEADER, "temperature", "repeat"]
    rows = [[*row, "0", str(repeat)] for repeat in range(2) for row in pairs(3)]
    bare = import_file(workbench, write_csv(tmp_path / "a.csv", rows, header))
    noted = [[*row, f"note {number}"] for number, row in enumerate(rows)]
    more = import_file(workbench, write_csv(tmp_path / "b.csv", noted, [*header, "remark"]))
    found = []
    for run_id in (bare, more):
        scoring.score(workbench, run_id, ["agency"], lambda _: None)
        table = workbench.store.scores.table(run_id).to_pydict()
        question = comparison.Question(run_id, "gender", "agency.any_communal", by="context:topic", resamples=100)
        rows = comparison.compare(workbench, question).rows
        gaps = [(row.label, row.gap.estimate, row.gap.sets) for row in rows]
        shared = {name: table[name] for name in ("set_id", "family", "context")}
        found.append([shared, gaps, set(comparison.compare(workbench, question).frame.columns)])
    assert found[0] == found[1]
    assert len(set(found[1][0]["family"])) == 3
    assert found[1][1][0][2] == 3
    assert not any("remark" in name for name in found[1][2])


@pytest.mark.parametrize("format", list(ExportFormat))
def test_they_go_out_and_come_back(workbench, tmp_path, format):
    """An export has them in its context, and a second import keeps them as they are."""
    first = import_file(workbench, write_csv(tmp_path / "theirs.csv", wide(), [*HEADER, *MORE]))
    path = tmp_path / f"ours.{format}"
    export.export_run(workbench, first, format, path)
    assert preview(path).extras == tuple(MORE)
    second = import_file(workbench, path)
    assert kept(workbench, second) == kept(workbench, first)
    assert [cell.context for cell in cells(workbench, second)] == [cell.context for cell in cells(workbench, first)]
    assert [cell.seed for cell in cells(workbench, second)] == [-1] * 4


def test_a_column_that_somebody_adds_to_an_export_is_kept_too(workbench, tmp_path):
    """A reader's remark beside our own columns comes in; our own columns do not come in twice."""
    first = import_file(workbench, write_csv(tmp_path / "theirs.csv", pairs(1)))
    path = tmp_path / "ours.csv"
    export.export_run(workbench, first, ExportFormat.CSV, path)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert {dict(zip(header, row, strict=True))["temperature"] for row in rows} == {""}
    second = import_file(workbench, write_csv(path, [[*row, "seen"] for row in rows], [*header, "remark"]))
    assert kept(workbench, second) == [{"extra:remark": "seen"}] * 2


@pytest.mark.slow
def test_a_bundle_carries_them(workbench, tmp_path):
    """Opened in another database the cells keep what they had, and a data set has it by name."""
    import pyarrow.parquet as pq

    run_id = import_file(workbench, write_csv(tmp_path / "a.csv", wide(), [*HEADER, *MORE]))
    scoring.score(workbench, run_id, ["length"], lambda _: None)
    path = tmp_path / "a.zip"
    bundle(workbench, run_id, path)
    _, data, *_ = dataset(workbench, run_id, tmp_path / "set")
    assert pq.read_table(data)["context"].to_pylist()[0]["extra:rater note"] == "=note 0"
    other = open_workbench(tmp_path / "other.duckdb")
    try:
        assert kept(other, open_bundle(other, path)) == kept(workbench, run_id)
    finally:
        other.close()


def test_long_values_are_cut_and_say_so(workbench, tmp_path):
    """At most 2,000 characters are kept, and the import says of which columns; what is cut stays as it is."""
    row = dict(zip(HEADER, pairs(1)[0], strict=True)) | {"raw": "é" * 2_001, "near": "é" * 2_000}
    path = write_jsonl(tmp_path / "a.jsonl", [row])
    found = preview(path)
    assert "Of values beyond 2,000 characters the beginning is kept, in these columns: raw." in found.problems
    [values] = kept(workbench, import_file(workbench, path))
    assert values["extra:near"] == "é" * 2_000
    assert len(values["extra:raw"]) == LONGEST
    assert values["extra:raw"].endswith("é […] (cut: it had 2,001 characters)")
    assert cut(values["extra:raw"]) == values["extra:raw"]


def test_hostile_names_and_values_stay_data(workbench, tmp_path):
    """Half a surrogate pair, controls, a name beyond measure and a name that is a key of ours."""
    row = dict(zip(HEADER, pairs(1)[0], strict=True))
    hostile = {"n" * 300: "1", "n" * 299 + "m": "2", "\ud800": "\ud800\x00\u202e", "extra:x": "3", "": "4"}
    run_id = import_file(workbench, write_jsonl(tmp_path / "a.jsonl", [row | hostile]))
    [values] = kept(workbench, run_id)
    assert sorted(values.values()) == sorted(["1", "2", "�\x00\u202e", "3", "4"])
    assert max(map(len, values)) <= 210
    path = tmp_path / "ours.jsonl"
    export.export_run(workbench, run_id, ExportFormat.JSONL, path)
    assert json.loads(path.read_text(encoding="utf-8"))["context"]["extra:extra:x"] == "3"
    assert kept(workbench, import_file(workbench, path)) == [values]


def test_what_is_known_is_no_extra():
    """Only what has no meaning and is not empty is kept."""
    assert extras({"a": "1", "b": "", "c": "3"}, {"c"}) == {"a": "1"}

"""Files as other programs write them, all the way to a comparison."""

import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.types import ResponseFilter
from lib.workflows import comparison, scoring
from lib.workflows.attributes import attributes
from lib.workflows.exporting.dataset import dataset
from lib.workflows.importing.create import import_file
from lib.workflows.importing.preview import preview
from tests.interchange.reading import SAMPLES
from tests.interchange.test_chainforge import CACHE, flow
from tests.interchange.test_inspect import HEADER as INSPECT
from tests.interchange.test_inspect import said, sample
from tests.workflows.importing.files import HEADER, pairs, write_csv, write_jsonl


def chainforge(folder):
    """A flow in which Maria and Paul were asked twice; one answer is empty."""
    return flow(folder, CACHE)


def inspect(folder):
    """A log with a pair of samples for each of two jobs."""
    samples = [
        {**sample(f"{who}-{job}", group, said(f"{who} is here.")), "input": f"About {who}, a {job}."}
        | {"metadata": {"gender": group, "job": job}}
        for job in ("nurse", "judge")
        for who, group in (("Maria", "woman"), ("Paul", "man"))
    ]
    path = folder / "log.json"
    path.write_text(json.dumps(INSPECT | {"samples": samples}), encoding="utf-8")
    return path


def inspect_eval(folder):
    """The same log in the archive that newer versions write."""
    log = json.loads(inspect(folder).read_text(encoding="utf-8"))
    path = folder / "log.eval"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.json", json.dumps({name: part for name, part in log.items() if name != "samples"}))
        for each in log["samples"]:
            archive.writestr(f"samples/{each['id']}_epoch_1.json", json.dumps(each))
    return path


def parquet(folder):
    """A table of pairs."""
    rows = [dict(zip(HEADER, row, strict=True)) for row in pairs(2)]
    pq.write_table(pa.Table.from_pylist(rows), folder / "table.parquet")
    return folder / "table.parquet"


FILES = {
    "csv": (lambda folder: write_csv(folder / "a.csv", pairs(2)), 4, 0, 2),
    "jsonl": (
        lambda folder: write_jsonl(folder / "a.jsonl", [dict(zip(HEADER, row, strict=True)) for row in pairs(2)]),
        4, 0, 2,
    ),
    "parquet": (parquet, 4, 0, 2),
    "chainforge": (chainforge, 4, 0, 2),
    "inspect_json": (inspect, 4, 0, 2),
    "inspect_eval": (inspect_eval, 4, 0, 2),
    "lm_eval": (lambda _: next(SAMPLES.glob("samples_workdays_*.jsonl")), 4, 0, 2),
    "promptfoo": (lambda _: SAMPLES / "promptfoo.json", 8, 4, 4),
}  # fmt: skip
"""How to get the file of a format, its outputs, how many of them failed, and its complete matched sets."""


@pytest.mark.parametrize("format", FILES)
def test_a_file_of_each_format_becomes_an_audit(workbench, tmp_path, format):
    """Every output is there, women and men stand in matched sets by model and repeat, and can be compared."""
    make, outputs, failed, sets = FILES[format]
    path = make(tmp_path)
    found = preview(path)
    assert (found.format, found.sets.complete, found.sets.alone) == (format, sets, 0)
    assert found.groups == {"woman": outputs / 2, "man": outputs / 2}
    run_id = import_file(workbench, path)
    info = workbench.store.runs.get(run_id)
    assert (info.total, info.done, info.failed) == (outputs, outputs - failed, failed)
    scoring.score(workbench, run_id, ["length"], lambda _: None)
    [attribute] = attributes(workbench, run_id)
    question = comparison.Question(run_id, attribute.id, "length.words", resamples=100)
    [row] = comparison.compare(workbench, question).rows[:1]
    assert (row.group_title, row.reference_title) == ("woman", "man")
    cells = [stored.cell for stored in workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=100)]
    assert len({cell.set_id for cell in cells}) == sets


def test_a_data_set_of_ours_can_be_imported(workbench, tmp_path):
    """The structures of its Parquet file say what the JSON of other exports says."""
    first = import_file(workbench, write_csv(tmp_path / "a.csv", pairs(2)))
    dataset(workbench, first, tmp_path / "set")
    second = import_file(workbench, tmp_path / "set" / "data" / "responses.parquet")
    rows = [
        [(row.cell.groups, row.cell.context, row.cell.terms, row.response.text) for row in
         workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=100)]
        for run_id in (first, second)
    ]  # fmt: skip
    assert rows[0] == rows[1]

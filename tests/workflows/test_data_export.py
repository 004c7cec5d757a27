"""An audit's data as files for others, and as a data set."""

import csv
import json
import zipfile

import pyarrow.parquet as pq
import pytest
import yaml

from lib import settings
from lib.errors import ExportError, RunError
from lib.types import (
    Audience,
    Column,
    ColumnKind,
    Document,
    Field,
    Figure,
    Finish,
    Paragraph,
    ReportKind,
    Response,
    Section,
    Table,
)
from lib.workflows import export, run, scoring
from lib.workflows.export import ExportFormat
from lib.workflows.exporting import data
from lib.workflows.exporting.dataset import dataset
from lib.workflows.exporting.tables import arrow_table, write_table
from tests.workflows.assigning import assigned
from tests.workflows.conftest import grid

FORMATS = list(ExportFormat)


@pytest.fixture
def audit(workbench, model):
    """A scored run of six cells: five answered, one of them empty, one failed."""
    run_id = run.create(workbench, grid(model.id), "=Risky <name>")
    texts = ["She is kind.", "He leads.", "", "=1+1", "I cannot help with that."]
    workbench.store.responses.add(run_id, [Response(no, text, Finish.STOP) for no, text in enumerate(texts)])
    workbench.store.responses.add(run_id, [Response(5, "", Finish.FAILED, error="out of memory")])
    scoring.score(workbench, run_id, ["agency", "refusal"], lambda _: None)
    return run_id


def without_tables(files):
    """The files but the tables of the report, which are many."""
    return [file for file in files if file.parent.name != "tables"]


def read(path):
    """The rows of a file as dicts."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in file]
        return list(csv.DictReader(file))


@pytest.mark.parametrize("format", FORMATS)
def test_scores_are_one_wide_table(workbench, audit, tmp_path, format):
    """A row a response in every format, a column a measure; what had nothing to score says so and has no number."""
    files = data.data_files(workbench, audit, format, tmp_path / "out")
    assert [file.name for file in without_tables(files)] == [f"responses.{format}", f"scores.{format}"]
    rows = read(files[1])
    assert [int(row["no"]) for row in rows] == [0, 1, 2, 3, 4, 5]
    assert float(rows[0]["agency.communal"]) == 1  # kind
    assert float(rows[1]["agency.agentic"]) == 1  # leads
    assert [float(row["refusal.refused"]) for row in rows[:2] + rows[4:5]] == [0, 0, 1]
    assert rows[4]["refusal.label"] == "refused"
    assert (rows[2]["outcome"], rows[2]["agency.outcome"]) == ("empty", "nothing to score")
    assert rows[5]["outcome"] == "failed"
    assert rows[5]["agency.communal"] in (None, "")
    assert len(read(files[0])) == 6


def test_a_run_without_scores_has_no_file_of_them(workbench, model, tmp_path):
    """Nothing was answered or scored: there is no report yet either, and the responses alone are written."""
    run_id = run.create(workbench, grid(model.id))
    assert data.data_files(workbench, run_id, ExportFormat.CSV, tmp_path) == [tmp_path / "responses.csv"]


def test_annotations_come_along_under_pseudonyms(workbench, audit, tmp_path):
    """Each assignment with responses of the run has its file."""
    assignment = assigned(workbench, audit)
    files = data.data_files(workbench, audit, ExportFormat.JSONL, tmp_path)
    assert without_tables(files)[-1].name == f"annotations-{assignment}.jsonl"


def test_formulas_are_defused_in_cells_and_headers(tmp_path):
    """What a spreadsheet would run gets an apostrophe in CSV and stays as it is elsewhere; numbers stay numbers."""
    table = arrow_table(["=cmd()", "n", "n"], [["@x", -2, 0.5], ["plain", 3, None]])
    for format in FORMATS:
        write_table(table, format, tmp_path / f"t.{format}")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8")
    assert text.splitlines() == ["'=cmd(),n,n (2)", "'@x,-2,0.5", "plain,3,"]
    expected = [{"=cmd()": "@x", "n": -2, "n (2)": 0.5}, {"=cmd()": "plain", "n": 3, "n (2)": None}]
    assert read(tmp_path / "t.jsonl") == read(tmp_path / "t.parquet") == expected


def test_each_table_and_figure_of_a_document_is_a_file(tmp_path):
    """Tables in sections of sections and behind figures are found; a field is its text, no id leaves the folder."""
    columns = (Column("Group"), Column("Gap", ColumnKind.SIGNED))
    shown = Table("gaps", "Gaps", columns, (("Woman", 0.25),))
    plan = Table("../risks/1", "Risks", (Column("Risk"), Column("Owner")), (("R1", Field("plan/r1", "Owner", "Ada")),))
    figure = Figure("forest", None, "Gaps", "A forest plot.", Table("forest", "Gaps", columns, (("Man", None),)))
    inner = Section("inner", "Inner", (plan, figure))
    document = Document(
        ReportKind.AUDIT,
        "Report",
        "",
        "run",
        Audience.EXPERTS,
        (Section("all", "All", (Paragraph("Words."), shown, inner, shown)),),
    )
    files = data.table_files(list(data.tables_of(document)), ExportFormat.JSONL, tmp_path / "tables")
    assert [file.name for file in files] == ["gaps.jsonl", "risks-1.jsonl", "forest.jsonl"]
    assert [read(file) for file in files] == [
        [{"Group": "Woman", "Gap": 0.25}],
        [{"Risk": "R1", "Owner": "Ada"}],
        [{"Group": "Man", "Gap": None}],
    ]


def test_one_archive_holds_all(workbench, audit, tmp_path):
    """The archive has the same files below the run's id, and nothing else."""
    path = data.as_zip(workbench, audit, ExportFormat.CSV, tmp_path / "all.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[:2] == [f"{audit}/responses.csv", f"{audit}/scores.csv"]
        assert all(name.startswith(f"{audit}/tables/") for name in archive.namelist()[2:])
        assert archive.testzip() is None
    assert data.zip_bytes(workbench, audit, ExportFormat.CSV)[:2] == b"PK"


def test_what_cannot_be_written_is_told(workbench, audit, tmp_path):
    """A file where the folder should be, and a run that is not there."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="taken"):
        data.data_files(workbench, audit, ExportFormat.CSV, tmp_path / "taken")
    with pytest.raises(RunError, match="nowhere"):
        data.data_files(workbench, "nowhere", ExportFormat.CSV, tmp_path / "new")


def front_and_body(folder):
    """The card's YAML as data, and its Markdown."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def test_a_data_set_has_a_card_that_names_its_files(workbench, tmp_path):
    """Front matter with licence, size and a config for each file; a field table; responses with readable structures."""
    run_id = export.load(workbench, settings.examples_path() / "ideal_candidates")
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    files = dataset(workbench, run_id, tmp_path)
    front, body = front_and_body(tmp_path)
    assert front["license"] == "cc-by-4.0"
    assert front["size_categories"] == ["n<1K"]
    assert {each["config_name"]: each["data_files"][0]["path"] for each in front["configs"]} == {
        "responses": "data/responses.parquet",
        "scores": "data/scores.parquet",
    }
    assert [file.relative_to(tmp_path).as_posix() for file in files[1:]] == [
        each["data_files"][0]["path"] for each in front["configs"]
    ]
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["responses.parquet", "scores.parquet"]
    for heading in ("Content notice", "How it was made", "Limits", "Citation"):
        assert f"\n## {heading}\n" in body
    first = read(files[1])[0]
    assert first["context"] == {"occupation": "manager"}
    assert first["terms"] == {"gender": "candidate", "occupation": "manager"}


def test_a_card_keeps_what_people_wrote_inert(workbench, audit, tmp_path):
    """A run's name with markup, YAML and line breaks is shown as it is, and breaks neither half of the card."""
    workbench.store.runs.rename(audit, "---\nlicense: mit\n# <script>alert(1)</script> [x](http://x.de) | `a` \u202e{{")
    dataset(workbench, audit, tmp_path)
    front, body = front_and_body(tmp_path)
    assert front["pretty_name"].startswith("--- license: mit # <script>")
    assert front["license"] == "apache-2.0"
    [title] = [line for line in body.splitlines() if line.startswith("# ")]
    assert title == (r"# \--- license: mit # &lt;script>alert(1)&lt;/script> \[x\](http\://x.de) \| \`a\` {{")
    assert "<script" not in body

"""The terminal's verbs that take data in and hand it on."""

import json

import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.workflows.bundling.write import bundle
from lib.workflows.importing.create import import_file
from lib.workflows.workbench import open_workbench
from tests.workflows.importing.files import HEADER, pairs, write_csv


def call(db, *arguments, code=0):
    """What a verb printed."""
    done = CliRunner().invoke(app, [*map(str, arguments), "--db", str(db)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def closed(workbench):
    """A new database that nobody has open."""
    workbench.close()
    return workbench.path


@pytest.fixture
def file(tmp_path):
    return write_csv(tmp_path / "answers.csv", pairs(3))


def test_a_file_is_imported_once(closed, file):
    """The result says what was found and where it is; the second time that it is here already."""
    first = json.loads(call(closed, "import", file, "--name", "Theirs", "--json").stdout)
    assert (first["stored"], first["already_here"], first["groups"]) == (True, False, {"woman": 3, "man": 3})
    assert first["matched_sets"] == {"complete": 3, "incomplete": 0, "alone": 0, "split": 0}
    assert json.loads(call(closed, "import", file, "--json").stdout)["already_here"]
    [listed] = json.loads(call(closed, "list", "runs", "--json").stdout)["runs"]
    assert (listed["run"], listed["name"], listed["stored"]) == (first["run"], "Theirs", 6)


def test_next_steps_are_told(closed, file):
    """People read the groups, the matched sets, what limits the file, and which verbs come next."""
    done = call(closed, "import", file)
    told = " ".join(done.stdout.split())
    assert "groups: woman 3, man 3" in told
    assert "Matched sets: 3 complete" in told
    assert "python -m lib score import-answers-" in told
    assert "--attribute gender" in told
    assert "does not say at what temperature" in " ".join(done.stderr.split())


def test_a_dry_run_stores_nothing(closed, file):
    """Only what would be stored is told."""
    found = json.loads(call(closed, "import", file, "--dry-run", "--map", "group=topic", "--json").stdout)
    assert (found["stored"], found["mapping"]["group"]) == (False, "topic")
    assert json.loads(call(closed, "list", "runs", "--json").stdout)["runs"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--map", "completion=anser"], "there is no column 'anser'"),
        (["--map", "completon=completion"], "Did you mean completion?"),
        (["--map", "completion"], "it has no ="),
        (["--category", "topik"], "Did you mean topic?"),
        (["--format", "cvs"], "Did you mean csv"),
    ],
)
def test_what_does_not_fit_exits_with_two(closed, file, arguments, said):
    """A wrong column, meaning or format is named with the nearest ones."""
    assert said in " ".join(call(closed, "import", file, *arguments, code=2).stderr.split())


def test_a_missing_file_exits_with_two(closed, tmp_path):
    """There is no such file."""
    assert "there is no such file" in " ".join(call(closed, "import", tmp_path / "none.csv", code=2).stderr.split())


@pytest.mark.slow
def test_a_bundle_is_opened(closed, file, tmp_path):
    """The same verb recognises a bundle, opens it, and knows it when it comes again."""
    with open_workbench(closed) as workbench:
        run_id = import_file(workbench, file)
        bundle(workbench, run_id, tmp_path / "audit.zip")
    other = tmp_path / "other.duckdb"
    open_workbench(other, with_example=False).close()
    opened = json.loads(call(other, "import", tmp_path / "audit.zip", "--json").stdout)
    assert (opened["run"], opened["already_here"]) == (run_id, False)
    assert json.loads(call(other, "import", tmp_path / "audit.zip", "--json").stdout)["already_here"]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_all_data_of_an_audit_is_handed_on(closed, file, tmp_path, format):
    """`data` writes responses, scores and each table of the report; the files are those that it names."""
    run_id = json.loads(call(closed, "import", file, "--json").stdout)["run"]
    call(closed, "score", run_id, "--scorer", "agency", "--json")
    folder = tmp_path / "out"
    told = json.loads(call(closed, "data", run_id, "--format", format, "--out", folder, "--json").stdout)
    there = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    assert sorted(told["files"]) == there
    names = {path.removeprefix(f"{folder}/") for path in there}
    assert {f"responses.{format}", f"scores.{format}"} < names
    assert sum(name.startswith("tables/") for name in names) > 3


def test_a_data_set_is_written(closed, file, tmp_path):
    """`dataset` writes a card and Parquet files."""
    run_id = json.loads(call(closed, "import", file, "--json").stdout)["run"]
    told = json.loads(call(closed, "dataset", run_id, "--out", tmp_path / "set", "--json").stdout)
    assert told["files"] == [str(tmp_path / "set" / "README.md"), str(tmp_path / "set" / "data" / "responses.parquet")]
    assert "imported from answers.csv" in (tmp_path / "set" / "README.md").read_text(encoding="utf-8")


def test_columns_without_a_meaning_are_named(closed, tmp_path):
    """People read which columns are kept as they are, and programs get them as a list."""
    path = write_csv(tmp_path / "more.csv", [[*row, "seen"] for row in pairs(1)], [*HEADER, "rater note"])
    told = " ".join(call(closed, "import", path, "--dry-run").stdout.split())
    assert "Kept as they are, without a meaning here: rater note" in told
    assert json.loads(call(closed, "import", path, "--json").stdout)["extras"] == ["rater note"]


def test_the_language_is_given(closed, file):
    """A tag makes an audit of its own; what is no tag is refused with how to write it."""
    runs = [
        json.loads(call(closed, "import", file, *more, "--json").stdout)["run"] for more in ([], ["--language", "de"])
    ]
    assert len(set(runs)) == 2
    with open_workbench(closed) as workbench:
        assert [workbench.store.runs.bank(run).language for run in runs] == ["und", "de"]
    told = " ".join(call(closed, "import", file, "--language", "German!", code=2).stderr.split())
    assert "language 'German!': it is no language tag. Write it as en, de or pt-BR." in told


def test_what_pairs_outputs_is_told(closed, tmp_path):
    """Without a case column people read how pairs were found; a second look gives the same mapping and notes."""
    rows = [row[1:2] + row[4:] for row in pairs(3)]
    path = write_csv(tmp_path / "bare.csv", rows, ["gender", "prompt", "completion"])
    told = " ".join(call(closed, "import", path, "--dry-run").stdout.split())
    assert "Matched sets: 3 complete, 0 incomplete, 0 of one group" in told
    assert "No column names the pairs: outputs belong together whose prompts are the same" in told

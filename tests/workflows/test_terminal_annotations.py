"""The terminal's verbs about annotation: assign, annotations, import-annotations, agreement and their lists."""

import pytest

from lib.workflows import annotate
from lib.workflows.workbench import open_workbench
from tests.workflows.assigning import audited, work_through
from tests.workflows.test_terminal import verb
from tests.workflows.test_terminal_scores import strict

pytestmark = pytest.mark.slow  # each verb is a process of its own


@pytest.fixture
def audit(workbench, model):
    """A closed database with a scored run of six sets; gives (db, run)."""
    run_id = audited(workbench, model)
    workbench.close()
    return workbench.path, run_id


def test_an_assignment_goes_the_whole_way(audit, tmp_path):
    """Made in the terminal, annotated by two, agreed upon, carried out, and taken in again by an equal assignment."""
    db, run_id = audit
    asked = ("assign", run_id, "--codebook", "bias", "--sets", "0", "--overlap", "1", "--db", db, "--json")
    made = strict(verb(*asked))
    assert (made["sets"], made["items"], made["everybody"], made["problems"]) == (6, 12, 12, [])
    with open_workbench(db) as workbench:
        for name, biased in (("Ada", "kind"), ("Ben", "people")):
            desk = annotate.join(workbench, made["assignment"], name)
            work_through(workbench, desk, lambda task, word=biased: "yes" if word in task.text else "no")
    [listed] = strict(verb("list", "assignments", "--db", db, "--json"))["assignments"]
    assert (listed["assignment"], listed["annotators"], listed["answers"]) == (made["assignment"], 2, 24)
    found = strict(verb("agreement", made["assignment"], "--db", db, "--json"))
    bias = next(field for field in found["fields"] if field["field"] == "bias")
    assert (found["annotators"], found["shared"], bias["overall"]["percent"]["value"]) == (2, 12, 1.0)
    file = tmp_path / "said.jsonl"
    strict(verb("annotations", made["assignment"], "--format", "jsonl", "--out", file, "--db", db, "--json"))
    assert "Ada" not in file.read_text(encoding="utf-8")  # pseudonyms unless names are asked for
    again = strict(verb(*asked))["assignment"]
    taken = strict(verb("import-annotations", again, file, "--db", db, "--json"))
    assert (taken["stored"], taken["problems"]) == (24, [])
    assert strict(verb("import-annotations", again, file, "--db", db, "--json"))["already_there"] == 24


def test_what_cannot_be_taken_is_told_and_the_rest_is(audit, tmp_path):
    """A broken line has its number; the exit code says that something was left out."""
    db, run_id = audit
    made, again = (
        strict(verb("assign", run_id, "--codebook", "bias", "--db", db, "--json"))["assignment"] for _ in range(2)
    )
    with open_workbench(db) as workbench:
        work_through(workbench, annotate.join(workbench, made, "Ada"), lambda task: "no", most=3)
    file = tmp_path / "said.jsonl"
    strict(verb("annotations", made, "--format", "jsonl", "--out", file, "--db", db, "--json"))
    first, second, third = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([first, second[:-9], third]), encoding="utf-8")
    taken = strict(verb("import-annotations", again, file, "--db", db, "--json"), code=1)
    assert taken["stored"] == 2
    [problem] = taken["problems"]
    assert "line 2" in problem["place"]


def test_codebooks_are_listed_and_slips_answered(audit):
    """Bad ids exit with 2 and near names."""
    db, run_id = audit
    [listed] = strict(verb("list", "codebooks", "--db", db, "--json"))["codebooks"]
    assert (listed["codebook"], listed["fields"]) == ("bias", ["bias", "kind", "severity", "evidence"])
    done = verb("assign", run_id, "--codebook", "bia", "--db", db)
    assert done.returncode == 2
    assert "Did you mean bias" in done.stderr.replace("\n", " ")
    assert verb("agreement", "nothing", "--db", db).returncode == 2

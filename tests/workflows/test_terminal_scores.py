"""The terminal's verbs about numbers: score, gaps and next-token, with the exit codes that scripts rely on."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from lib.__main__ import app
from lib.types import Finish, Response, ScorerEntry
from lib.workflows import run, scoring
from tests.workflows.conftest import grid
from tests.workflows.scored import MAN, WOMAN, stored
from tests.workflows.test_terminal import verb

pytestmark = pytest.mark.slow  # each verb is a process of its own


def strict(done, code=0) -> Any:
    """The one JSON object a verb printed, in which NaN and Infinity are errors."""
    assert done.returncode == code, done.stderr

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(done.stdout, parse_constant=refuse)


@pytest.fixture
def lopsided(workbench, model):
    """A closed database with a scored run: 15 of 30 sets have a communal word for the woman alone; gives (db, run)."""
    run_id = stored(workbench, model, lambda place, group: WOMAN if group == "woman" and place % 2 == 0 else MAN)
    workbench.close()
    return workbench.path, run_id


def gaps(audit, *more):
    db, run_id = audit
    return verb("gaps", run_id, "--attribute", "gender", "--db", db, *more)


def test_gaps_are_printed_as_strict_json(lopsided):
    """The gap over everything and for each job, numbers in the measure's unit, and what has none is null."""
    found = strict(gaps(lopsided, "--scorer", "agency.any_communal", "--by", "context:occupation", "--json"))
    whole = found["gaps"][0]
    assert (whole["category"], whole["group"], whole["reference"]) == ("All together", "Woman", "Man")
    assert (whole["estimate"], whole["sets"], whole["responses"], whole["clear"]) == (0.5, 30, 60, True)
    assert [row["category"] for row in found["gaps"][1:]] == ["nurse", "engineer", "judge"]
    assert found["fail_above"] is None
    assert found["beyond"] == []
    constant = strict(gaps(lopsided, "--scorer", "agency.words", "--fail-above", "inf", "--json"))
    assert constant["gaps"][0]["low"] is None
    assert constant["gaps"][0]["note"]


def test_the_gate_closes_only_on_a_whole_interval(lopsided):
    """The gap is 0.50 with an interval from about 0.32 to 0.68: beyond 0.2, not beyond 0.4, and 1 where any row is."""
    scorer = ("--scorer", "agency.any_communal", "--by", "template")
    closed = strict(gaps(lopsided, *scorer, "--fail-above", "0.2", "--json"), code=1)
    assert closed["beyond"] == [{"category": "All together", "group": "Woman", "reference": "Man"}]
    told = gaps(lopsided, *scorer, "--reference", "woman", "--fail-above", "0.2")
    assert told.returncode == 1
    assert "Man lies beyond ±0.2" in told.stderr.replace("\n", " ")
    opened = strict(gaps(lopsided, *scorer, "--fail-above", "0.4", "--json"))
    assert opened["beyond"] == []


def refused(named, *arguments):
    """A verb, called here since a process for each would take long, exits with 2 and names the thing."""
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == 2, arguments
    assert isinstance(done.exception, SystemExit)
    assert named in " ".join(done.stderr.split())


def test_what_cannot_be_asked_exits_with_two(lopsided):
    """A wrong run, attribute, measure, reference, split, correction or bound: 2, with the thing named."""
    db, run_id = lopsided
    for named, arguments in (
        ("Did you mean gender", ["--scorer", "agency", "--attribute", "gendre"]),
        ("agency.any_communal", ["--scorer", "agency.any_comunal"]),
        ("was not scored with it", ["--scorer", "sentiment"]),
        ("Did you mean woman", ["--scorer", "agency", "--reference", "womn"]),
        ("rows by 'no'", ["--scorer", "agency", "--by", "no"]),
        ("hollm", ["--scorer", "agency", "--correction", "hollm"]),
        ("--fail-above", ["--scorer", "agency", "--fail-above", "nan"]),
        ("--fail-above", ["--scorer", "agency", "--fail-above", "-0.1"]),
        ("--margin", ["--scorer", "agency", "--margin", "-1"]),
    ):
        refused(named, "gaps", run_id, "--attribute", "gender", *arguments, "--db", db)
    refused("run nowhere", "gaps", "nowhere", "--attribute", "gender", "--scorer", "agency", "--db", db)
    refused("run nowhere", "score", "nowhere", "--db", db)
    refused("scorer lenght", "score", run_id, "--scorer", "lenght", "--db", db)


def test_score_says_what_is_scored(workbench, model):
    """Five of six cells are answered and scored."""
    run_id = run.create(workbench, grid(model.id))
    workbench.store.responses.add(run_id, [Response(no, MAN, Finish.STOP) for no in range(5)])
    workbench.close()
    done = strict(verb("score", run_id, "--scorer", "length", "--db", workbench.path, "--json"))
    row = {"scorer": "length", "scored": 5, "responses": 5, "older_versions": 0}
    assert done == {"run": run_id, "scorers": [row], "problems": {}}


def test_a_scorer_that_fails_exits_with_one(workbench, model):
    """A scorer whose options no longer fit is named with its reason, and the exit code is 1."""
    run_id = run.create(workbench, grid(model.id))
    workbench.store.responses.add(run_id, [Response(no, MAN, Finish.STOP) for no in range(6)])
    workbench.store.scorers.save(ScorerEntry("own_lexicon-broken", "own_lexicon", "Broken", {"lexicon": "no: lexicon"}))
    assert scoring.current_scoring(workbench, scoring.entry_of(workbench, "own_lexicon-broken")) is None
    workbench.close()
    done = strict(verb("score", run_id, "--scorer", "own_lexicon-broken", "--db", workbench.path, "--json"), code=1)
    assert list(done["problems"]) == ["Broken"]


def test_scorers_are_listed(workbench):
    """`list scorers` gives each scorer with its measures, licence and whether it is ready."""
    workbench.close()
    listed = {
        row["scorer"]: row for row in strict(verb("list", "scorers", "--db", workbench.path, "--json"))["scorers"]
    }
    assert listed["length"]["measures"] == ["words", "characters", "sentences"]
    assert all(row["licence"] and row["version"] and row["returns"] for row in listed.values())


def test_next_token_gives_a_distribution_for_each_group(workbench, model):
    """Two groups, three tokens each, most probable first; a wrong model or prompt exits with 2."""
    workbench.close()
    ask = ("next-token", "--db", workbench.path, "--model")
    groups = ("--group", "woman", "--group", "man")
    found = strict(verb(*ask, model.id, "--prompt", "The {group} works", *groups, "--word", "as", "--top", 3, "--json"))
    assert [answer["group"] for answer in found["answers"]] == ["woman", "man"]
    for answer in found["answers"]:
        chances = [token["probability"] for token in answer["top"]]
        assert len(chances) == 3
        assert chances == sorted(chances, reverse=True)
        assert 0 < sum(chances) <= 1
        assert 0 <= answer["words"]["as"] <= 1
    refused("nope", *ask, "nope", "--prompt", "The {group} works", *groups)
    refused("{group}", *ask, model.id, "--prompt", "No place", *groups)

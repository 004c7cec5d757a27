"""The terminal's verbs about maps: map, regions and list maps, with the exit codes that scripts rely on."""

import pytest

from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, answered, planted
from tests.workflows.sentences import BOOKKEEPING, COOKING, FOOTBALL
from tests.workflows.test_map_findings import lopsided
from tests.workflows.test_terminal import verb
from tests.workflows.test_terminal_scores import refused, strict

pytestmark = pytest.mark.slow  # each verb is a process of its own


def test_a_map_is_made_listed_and_compared(workbench):
    """90 answers about three topics: the map says what lies on it, and then it can be listed and asked about."""
    topics = (COOKING, FOOTBALL, BOOKKEEPING)
    run_id = answered(workbench, grid(MODEL, repeats=15), lambda s: topics[s.no % 3][s.no // 3] if s.no else "")
    workbench.close()
    made = strict(verb("map", run_id, "--smallest", "10", "--seed", "3", "--db", workbench.path, "--json"))
    assert (made["status"], made["points"], made["blank"], made["name"]) == ("done", 89, 1, "Small")
    assert sum(region["size"] for region in made["regions"]) == round(89 * (1 - made["quality"]["unclustered"]))
    assert all(region["size"] >= 10 and region["words"] for region in made["regions"])
    assert made["made_with"]["smallest region"] == "10"
    [listed] = strict(verb("list", "maps", "--db", workbench.path, "--json"))["maps"]
    assert (listed["map"], listed["status"], listed["points"]) == (made["map"], "done", 89)
    found = strict(verb("regions", made["map"], "--attribute", "gender", "--db", workbench.path, "--json"))
    assert len(found["gaps"]) == len(made["regions"]) + 1
    told = verb("map", run_id, "--name", "Again", "--db", workbench.path)
    assert told.returncode == 0
    assert "89 responses as map" in told.stdout
    assert "Trustworthiness" in told.stdout
    assert all(region["name"].split(",")[0] in told.stdout for region in made["regions"])


@pytest.fixture
def mapped(workbench):
    """A closed database with a map on which the woman has 18 of 30 in A, the man 6; gives (db, map)."""
    map_id = planted(workbench, [answered(workbench)], lopsided)
    workbench.close()
    return workbench.path, map_id


def test_regions_are_printed_as_strict_json(mapped):
    """The most lopsided region first, what lies in none last, untested and with null where there is no number."""
    db, map_id = mapped
    found = strict(verb("regions", map_id, "--attribute", "gender", "--db", db, "--json"))
    first, *_, last = found["gaps"]
    assert (first["title"], first["group"], first["reference"], first["clear"]) == ("A", "Woman", "Man", True)
    assert (first["estimate"], first["sets"]) == (pytest.approx(0.4), 30)
    assert (last["title"], last["tested"], last["p_adjusted"]) == ("In no region", False, None)
    assert found["reading"].startswith("Of the responses about Woman, 60 % lie in “A”")


def test_regions_are_printed_for_people(mapped):
    """The table, then what it says; with another reference the sign turns."""
    db, map_id = mapped
    ask = ("--attribute", "gender", "--reference", "woman", "--correction", "bh", "--db", db)
    told = " ".join(verb("regions", map_id, *ask).stdout.split())
    assert "Of the responses about Man, 20 % lie in “A”, against 60 % for Woman: a gap of −40.0 points" in told
    assert "Corrected (Benjamini–Hochberg) over the 3 gaps shown." in told
    assert "not tested" in told


def test_what_cannot_be_asked_exits_with_two(mapped):
    """A wrong map, attribute, reference, correction, run or size, a map of one model only: 2, with the thing named."""
    db, map_id = mapped
    for named, arguments in (
        (f"Did you mean {map_id}", ["regions", map_id[:-1], "--attribute", "gender"]),
        ("Did you mean gender", ["regions", map_id, "--attribute", "gendre"]),
        ("do not vary it", ["regions", map_id, "--attribute", "model"]),
        ("group womn", ["regions", map_id, "--attribute", "gender", "--reference", "womn"]),
        ("correction hollm", ["regions", map_id, "--attribute", "gender", "--correction", "hollm"]),
        ("run nowhere", ["map", "nowhere"]),
        ("--smallest", ["map", "--smallest", "-1"]),
    ):
        refused(named, *arguments, "--db", db)


def test_a_map_that_fails_exits_with_one(workbench):
    """Where the embedding model is not there the reason is said, and kept with the map."""
    run_id = answered(workbench)
    workbench.close()
    failed = strict(verb("map", run_id, "--embedder", "/nowhere", "--db", workbench.path, "--json"), code=1)
    assert (failed["status"], failed["regions"], failed["quality"]) == ("failed", [], None)
    assert "there is no such folder" in failed["problem"]
    told = verb("map", "--embedder", "/nowhere", "--db", workbench.path)
    assert told.returncode == 1
    assert "there is no such folder" in " ".join(told.stderr.split())

"""Maps made by real worker processes with the bundled embedding model: the same again, stopped, taken up, searched."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.errors import MapError, StoreError
from lib.types import MapSettings, MapStatus, ResponseFilter
from lib.workflows import map_search, maps, models
from lib.workflows.workbench import Workbench, open_workbench
from tests.workflows.conftest import BANK, grid
from tests.workflows.mapped import MODEL, answered
from tests.workflows.sentences import BOOKKEEPING, COOKING, FOOTBALL, texts

pytestmark = pytest.mark.slow

TOPICS = (COOKING, FOOTBALL, BOOKKEEPING)
MEALS = "How do I prepare a tasty meal?"
PATIENCE_SECONDS = 90


def text_of(spot):
    """Of 90 answers: two that differ in the pronoun, one empty, one cut in the middle of a character, three topics."""
    odd = {0: "She is kind and fair.", 1: "He is kind and fair.", 2: " ", 3: "Fry the bacon \ud83d"}
    return odd.get(spot.no) or TOPICS[spot.no % 3][spot.no // 3]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a finished map of everything in it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "two_groups.yaml").write_text(BANK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, open_banks(patch, folder) as workbench:
        run_id = answered(workbench, grid(MODEL, repeats=15), text_of)
        finished(workbench, maps.create(workbench, "First", ResponseFilter(runs=(run_id,)), MapSettings()))
    return folder / "made.duckdb"


def open_banks(patch: pytest.MonkeyPatch, folder: Path) -> Workbench:
    patch.setenv("EVENHAND_BANKS", str(folder))
    return open_workbench(folder / "made.duckdb", with_example=False)


@pytest.fixture
def workbench(made: Path, db: Path):
    """A copy of it."""
    shutil.copy(made, db)
    with open_workbench(db) as opened:
        yield opened


@pytest.fixture
def first(workbench):
    [info] = maps.all(workbench)
    return maps.open_map(workbench, info.id)


def finished(workbench, map_id):
    """The map once it is made, with how many texts were embedded for it."""
    info = maps.wait(workbench, map_id)
    assert info.status is MapStatus.DONE, info.problem
    return workbench.mapping.latest(map_id).done


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that workers bring about."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)


def same(one, other) -> bool:
    """Whether two maps have the same places and regions, to the last bit."""
    return one.frame[["no", "x", "y", "region"]].equals(other.frame[["no", "x", "y", "region"]])


def stored_vectors(workbench) -> int:
    """How many texts have a vector."""
    return workbench.store._database.value("SELECT count(*) FROM vectors_1")


def test_a_map_is_made_of_all_that_says_something(workbench, first):
    """89 of 90 answers have a place, the empty one is counted, and what made it is on record."""
    info = first.info
    assert (info.points, info.blank, len(first.frame)) == (89, 1, 89)
    assert {"embedding model", "weights", "dtype", "smallest region", "pacmap", "torch"} <= set(info.made_with)
    assert 0.7 < info.quality.trustworthiness <= 1
    assert sum(region.size for region in first.regions) == (first.frame["region"] >= 0).sum()
    assert first.frame[["x", "y"]].abs().to_numpy().max() <= 1.05
    assert all(region.name and region.central for region in first.regions)


def keys(workbench, map_id):
    """The key of each response's text, in the order of the grid."""
    return workbench.store.maps.points(map_id).column("text_digest").to_pylist()


def test_she_and_he_share_one_vector(workbench, first):
    """Two answers that differ in the pronoun are one text, beside each other and in one region."""
    she, he, other = keys(workbench, first.info.id)[:3]
    assert she == he != other
    assert first.frame["region"].iloc[0] == first.frame["region"].iloc[1]
    places = first.frame[["x", "y"]].iloc[:2].to_numpy()
    assert np.abs(places[0] - places[1]).max() < 0.1


def test_the_same_settings_make_the_same_map(workbench, first):
    """To the last bit, and without embedding anything; another seed lays it out differently."""
    before = stored_vectors(workbench)
    again = maps.create(workbench, "Again", first.info.filter, MapSettings())
    assert finished(workbench, again) == 0
    assert same(maps.open_map(workbench, again), first)
    other = maps.create(workbench, "Other", first.info.filter, MapSettings(seed=1))
    assert finished(workbench, other) == 0
    assert not same(maps.open_map(workbench, other), first)
    assert stored_vectors(workbench) == before == 88


def test_with_identity_terms_the_pronoun_counts(workbench, first):
    """Only texts in which a group is told get a vector more; of one group alone a map can be made as well."""
    before = stored_vectors(workbench)
    wanted = ResponseFilter(runs=first.info.filter.runs)
    map_id = maps.create(workbench, "With terms", wanted, MapSettings(neutral=False))
    embedded = finished(workbench, map_id)
    assert 2 <= embedded == stored_vectors(workbench) - before < 20
    she, he = keys(workbench, map_id)[:2]
    assert she != he
    women = maps.create(workbench, "Women", ResponseFilter(groups=("woman",)), MapSettings())
    assert finished(workbench, women) == 0
    assert set(maps.open_map(workbench, women).frame["group"]) == {"woman"}


def test_meaning_is_found_by_other_words(workbench, first, db):
    """A question about meals finds cooking; asked again it is embedded no second time, so that reading suffices."""
    found = map_search.by_meaning(workbench, first, MEALS, most=5)
    assert set(first.frame["no"].iloc[found.rows] % 3) == {0}
    assert (np.diff(found.alike) <= 0).all()
    workbench.close()
    with open_workbench(db, read_only=True) as locked:
        there = maps.open_map(locked, first.info.id)
        assert map_search.by_meaning(locked, there, MEALS, most=5).rows.tolist() == found.rows.tolist()
        with pytest.raises(StoreError, match="cannot search for the meaning of new words"):
            map_search.by_meaning(locked, there, "Something else")


def test_like_this_finds_its_topic(workbench, first):
    """The most alike to an answer about bookkeeping is itself, then others about it."""
    row = int(np.flatnonzero(first.frame["no"] == 5)[0])
    found = map_search.like(workbench, first, row, most=4)
    assert found.rows[0] == row
    assert found.alike[0] == pytest.approx(1, abs=1e-5)
    assert set(first.frame["no"].iloc[found.rows] % 3) == {2}


def test_a_model_proposes_names(workbench, first, model_folder):
    """A tiny model with random weights says something of each region, or it is told that it said no name.

    What it says is a proposal alone, and seen on the map that is open.
    """
    entry = models.make(workbench, "folder", title="Tiny", location=str(model_folder))
    models.add(workbench, entry)
    maps.propose_names(workbench, first.info.id, entry.id)
    maps.wait(workbench, first.info.id)
    there = maps.open_map(workbench, first.info.id)
    proposed = [region.proposed for region in there.regions]
    problems = maps.problems(workbench, first.info.id)
    assert any(proposed) != (problems == ["It answered nothing that could be a name."])
    assert there.titles == first.titles
    assert workbench.mapping.latest(first.info.id).done == len(first.regions)


def many(workbench: Workbench) -> str:
    """A run of 450 answers of five sentences each."""
    rng = np.random.default_rng(7)
    pool = [text for topic in TOPICS for text in texts(topic, rng, 150)]
    return answered(workbench, grid(MODEL, repeats=75), lambda spot: pool[spot.no])


def test_stopped_closed_and_taken_up_it_is_the_same_map(made, db, tmp_path, banks):
    """Stopped on the way, gone on with, cut off by closing the database and taken up: the map of one left alone.

    Vectors made so far stay each time, none is made twice, and what is being made cannot be deleted.
    """
    shutil.copy(made, db)
    with open_workbench(db) as workbench:
        run_id = many(workbench)
        start = stored_vectors(workbench)
    calm = tmp_path / "calm.duckdb"
    shutil.copy(db, calm)
    wanted = ResponseFilter(runs=(run_id,))
    with open_workbench(calm) as workbench:
        alone = maps.create(workbench, "Calm", wanted, MapSettings())
        assert finished(workbench, alone) == 450
        undisturbed = maps.open_map(workbench, alone)

    with open_workbench(db) as workbench:
        map_id = maps.create(workbench, "Wild", wanted, MapSettings())
        until(lambda: maps.progress(workbench, map_id).done > 0)
        with pytest.raises(MapError, match=r"it is being made\. Stop it first"):
            maps.delete(workbench, map_id)
        maps.stop(workbench, map_id)
        assert maps.wait(workbench, map_id).status is MapStatus.STOPPED
        stopped = stored_vectors(workbench)
        assert start < stopped < start + 450
        maps.again(workbench, map_id)
        until(lambda: maps.progress(workbench, map_id).done > 0)
    with open_workbench(db) as workbench:
        closed = stored_vectors(workbench)
        assert stopped < closed
        assert maps.get(workbench, map_id).status is MapStatus.PENDING
        maps.take_up(workbench)
        assert finished(workbench, map_id) == start + 450 - closed
        assert same(maps.open_map(workbench, map_id), undisturbed)

"""Maps are asked for, refused, named, opened and deleted; what a map is made of is told before anything is embedded."""

import os

import pytest

from lib.errors import MapError, StoreError
from lib.types import Finish, MapSettings, MapStatus, Response, ResponseFilter
from lib.workflows import map_execution, maps, run, selections
from lib.workflows.map_execution import read_texts
from lib.workflows.workbench import open_workbench
from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, QUALITY, answered, opened, planted


def everything(run_id, **more):
    return ResponseFilter(runs=(run_id,), **more)


def failed(workbench, text_of, **settings):
    """Why a map of these texts cannot be made."""
    run_id = answered(workbench, grid(MODEL, repeats=4), text_of)
    map_id = maps.create(workbench, "Map", everything(run_id), MapSettings(**settings))
    info = maps.wait(workbench, map_id)
    assert info.status is MapStatus.FAILED
    assert maps.problems(workbench, map_id) == [info.problem]
    return info.problem


def said(workbench, text_of, **settings):
    """What a map of six responses is made of."""
    run_id = answered(workbench, grid(MODEL), text_of)
    map_id = workbench.store.maps.create("Map", everything(run_id), MapSettings(**settings))
    return read_texts(workbench.store, workbench.store.maps.get(map_id))


@pytest.fixture
def run_id(workbench):
    return answered(workbench)


@pytest.fixture
def map_id(workbench, run_id):
    return planted(workbench, [run_id], lambda spot: spot.place % 3)


def test_too_few_responses_make_no_map(workbench):
    """With six answers nothing is stored, and the message counts them; a map without a name is no map either."""
    run_id = answered(workbench, grid(MODEL))
    with pytest.raises(MapError, match=r"map: 6 answered responses pass the filter, and a map needs 10\. Widen"):
        maps.create(workbench, "Map", everything(run_id), MapSettings())
    with pytest.raises(MapError, match="map: it has no name"):
        maps.create(workbench, " ", everything(run_id), MapSettings())
    assert maps.all(workbench) == []


def test_empty_answers_have_no_place(workbench):
    """Of 24 answers 16 are empty: eight are left, which is said with the number of empty ones."""
    problem = failed(workbench, lambda spot: f"Text {spot.no}." if spot.place % 3 == 0 else " \n")
    assert problem == (
        "map: 8 responses with words in them pass the filter (16 more are empty), and a map needs 10. "
        "Widen the filter, or run more."
    )


def test_one_text_or_two_are_nothing_to_lay_out(workbench):
    """All the same, or one of two things: the message says which; so it is when only the pronoun differs."""
    assert "all 24 responses say the same. There is nothing to lay out" in failed(workbench, lambda _: "Yes.")
    assert "say one of two things" in failed(workbench, lambda spot: "Yes." if spot.place % 2 else "No.")
    pronoun = {"woman": "She works here.", "man": "He works here."}
    assert "say the same" in failed(workbench, lambda spot: pronoun[spot.group])
    assert "say one of two things" in failed(workbench, lambda spot: pronoun[spot.group], neutral=False)


def test_a_missing_embedding_model_is_told(workbench):
    """A folder that is not there makes the map fail with its name, and trying again is possible."""
    problem = failed(workbench, lambda spot: f"Text {spot.no}.", embedder="/nowhere/model")
    assert problem.startswith("embedding model /nowhere/model: there is no such folder.")
    [info] = maps.all(workbench)
    maps.again(workbench, info.id)
    assert maps.wait(workbench, info.id).problem == problem


def test_who_is_meant_makes_no_other_text(workbench):
    """Answers that differ in the pronoun or the term alone are one text, unless identity terms are embedded as well."""
    pronoun = {"woman": "The woman says she is kind.", "man": "The man says he is kind."}
    neutral = said(workbench, lambda spot: pronoun[spot.group])
    assert neutral.texts == ["The someone says someone is kind."]
    assert neutral.places.tolist() == [0] * 6
    assert {"woman", "man", "she", "he", "someone"} <= neutral.exclude
    plain = said(workbench, lambda spot: pronoun[spot.group], neutral=False)
    assert plain.texts == list(pronoun.values())


def test_blank_and_broken_texts(workbench):
    """An empty answer is counted, a pending one is not there, and half of a character is replaced."""
    texts = ["", "Kind\ud83d", "Fine.", "Fine.", None, "\t"]
    found = said(workbench, lambda spot: texts[spot.no])
    assert found.texts == ["Kind�", "Fine."]
    assert [no for _, no in found.cells] == [1, 2, 3]
    assert (found.places.tolist(), found.blank) == ([0, 1, 1], 2)


def test_a_map_is_found_by_its_id(workbench, map_id):
    """A misspelt id gets the nearest."""
    assert maps.get(workbench, map_id).points == 60
    with pytest.raises(MapError, match=f"Did you mean {map_id}"):
        maps.open_map(workbench, map_id[:-1])


def test_a_map_that_is_not_made_is_not_opened(workbench, run_id):
    """One that failed or waits has nothing to show, and that is not remembered once it is made."""
    map_id = workbench.store.maps.create("Later", everything(run_id), MapSettings())
    with pytest.raises(MapError, match="it is pending, not done"):
        maps.open_map(workbench, map_id)
    workbench.store.maps.set_status(map_id, MapStatus.FAILED, "out of memory")
    with pytest.raises(MapError, match="it is failed, not done"):
        maps.open_map(workbench, map_id)


def test_names_change_what_is_open(workbench, map_id):
    """A new name is seen at once, also on a map that is open; an empty one is refused for a map."""
    assert maps.open_map(workbench, map_id).titles == {0: "A", 1: "B", 2: "C"}
    maps.rename(workbench, map_id, " Praise ")
    maps.name_region(workbench, map_id, 1, " Warm words ")
    there = maps.open_map(workbench, map_id)
    assert (there.info.name, there.titles[1]) == ("Praise", "Warm words")
    maps.name_region(workbench, map_id, 1, "")
    assert maps.open_map(workbench, map_id).titles[1] == "B"
    with pytest.raises(MapError, match="the new name is empty"):
        maps.rename(workbench, map_id, " ")


def test_regions_called_alike_carry_their_number(workbench, map_id):
    """Two regions of one name can be told apart."""
    maps.name_region(workbench, map_id, 2, "A")
    assert maps.open_map(workbench, map_id).titles == {0: "A (1)", 1: "B", 2: "A (3)"}


def test_a_deleted_map_is_gone_and_its_responses_are_not(workbench, run_id, map_id):
    """Responses, vectors and selections stay."""
    there = maps.open_map(workbench, map_id)
    kept = selections.keep(workbench, there, there.frame.index[:3].to_numpy(), "Three")
    maps.delete(workbench, map_id)
    assert maps.all(workbench) == []
    with pytest.raises(MapError):
        maps.open_map(workbench, map_id)
    assert maps.count(workbench, everything(run_id)) == 60
    assert selections.get(workbench, kept).size == 3


def test_a_deleted_run_leaves_every_map(workbench, run_id):
    """Points of a deleted run are gone from a map that is open, and a map without any goes with it."""
    other = answered(workbench)
    both = opened(workbench, [run_id, other], lambda spot: spot.place % 3)
    alone = opened(workbench, [run_id], lambda spot: spot.place % 3)
    run.delete(workbench, run_id)
    assert maps.open_map(workbench, both.info.id).runs == [other]
    assert [info.id for info in maps.all(workbench)] == [both.info.id]
    with pytest.raises(MapError):
        maps.open_map(workbench, alone.info.id)


def test_answers_that_came_later_are_counted(workbench):
    """A map of the first twelve answers of 24 says that twelve are new once all are there."""
    run_id = answered(workbench, grid(MODEL, repeats=4), lambda spot: f"Text {spot.no}." if spot.no < 12 else None)
    there = opened(workbench, [run_id], lambda spot: 0 if spot.no < 12 else None)
    assert maps.newer(workbench, there) == 0
    for job in workbench.store.runs.pending(run_id, MODEL):
        workbench.store.responses.add(run_id, [Response(job.no, "Late.", Finish.STOP)])
    assert maps.newer(workbench, there) == 12


def test_a_read_only_database_is_only_looked_at(workbench, run_id, map_id, db):
    """An open map can be read; nothing about maps can be made, changed or deleted, and nothing is taken up."""
    waiting = workbench.store.maps.create("Later", everything(run_id), MapSettings())
    workbench.close()
    with open_workbench(db, read_only=True) as locked:
        maps.take_up(locked)
        assert maps.progress(locked, waiting) is None
        there = maps.open_map(locked, map_id)
        for forbidden in (
            lambda: maps.create(locked, "Map", everything(run_id), MapSettings()),
            lambda: maps.again(locked, map_id),
            lambda: maps.rename(locked, map_id, "Other"),
            lambda: maps.name_region(locked, map_id, 0, "Other"),
            lambda: maps.propose_names(locked, map_id, MODEL),
            lambda: maps.delete(locked, map_id),
            lambda: selections.keep(locked, there, there.frame.index[:3].to_numpy(), "Three"),
        ):
            with pytest.raises(StoreError, match="reading only"):
                forbidden()


def test_a_map_that_is_made_is_not_made_again(workbench, map_id):
    """Going on is for what was stopped or failed; a finished map stays as it is."""
    with pytest.raises(MapError, match="it is made already"):
        maps.again(workbench, map_id)
    assert workbench.store.maps.get(map_id).status is MapStatus.DONE


def test_a_map_whose_audits_were_deleted_meanwhile_fails(workbench, run_id, map_id):
    """With no response left there is no map, and the reason stays with it so that it can be deleted."""
    points = workbench.store.maps.points(map_id)
    embedding = workbench.store.embeddings.of_map(map_id)
    waiting = workbench.store.maps.create("Late", everything(run_id), MapSettings())
    workbench.store.runs.delete(run_id)
    with pytest.raises(MapError, match="its audits were deleted while it was made"):
        workbench.store.maps.finish(waiting, embedding, points, [], QUALITY, blank=0, made_with={})
    assert workbench.store.maps.get(waiting).status is MapStatus.PENDING


def test_what_killed_processes_left_is_swept(monkeypatch, tmp_path):
    """Folders of processes that are gone are deleted, those of living ones are not."""
    monkeypatch.setattr(map_execution.tempfile, "gettempdir", lambda: str(tmp_path))
    gone, living, other = (tmp_path / f"evenhand-map-{owner}-x" for owner in (2**22 + 1, os.getpid(), "mine"))
    for folder in (gone, living, other):
        folder.mkdir()
    map_execution.sweep()
    assert [folder.exists() for folder in (gone, living, other)] == [False, True, True]

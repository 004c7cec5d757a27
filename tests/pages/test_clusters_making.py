"""Making a map: the form, what is handed over to it and from it, and maps that are not there yet."""

import re
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.types import Dtype, MapSettings, MapStatus, Projection, ResponseFilter, Sampling
from lib.ui import frame
from lib.workflows import assignments, map_findings, maps, selections
from lib.workflows.maps import MapProgress
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open
from tests.pages.mapped import PAGE, past_notice, plant, words_of

ASSIGNMENTS = "pages/14_Assignments.py"
RESPONSES = "pages/4_Responses.py"


@pytest.fixture(autouse=True)
def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No map of these tests reaches a worker; gives those that were asked for."""
    asked: list[str] = []
    monkeypatch.setattr("lib.workflows.map_queue.MapQueue.submit", lambda queue, map_id: asked.append(map_id))
    monkeypatch.setattr(map_findings, "RESAMPLES", 200)
    return asked


@pytest.fixture
def planted(seeded: str, database: Path) -> str:
    """A finished map of the seeded run; gives its id."""
    with open_workbench(database) as workbench:
        return plant(workbench, seeded)


def parameter(test: AppTest, name: str) -> list[str]:
    """What the address says."""
    value = test.query_params.get(name, [])
    return value if isinstance(value, list) else [value]


def unfinished(database: Path, run_id: str, status: MapStatus, problem: str = "") -> str:
    """A map that was not made to the end; gives its id."""
    with open_workbench(database) as workbench:
        map_id = workbench.store.maps.create("Half", ResponseFilter(runs=(run_id,)), MapSettings())
        workbench.store.maps.set_status(map_id, status, problem)
    return map_id


def picked_out(database: Path, map_id: str) -> tuple[str, int]:
    """The newest selection of a map, and how many responses it has."""
    with open_workbench(database) as workbench:
        found = selections.all(workbench)[0]
    assert found.map == map_id
    return found.id, found.size


def test_without_a_run_the_page_says_where_to_begin(database, open_at: Open):
    """Nothing can be mapped before something was run."""
    test = open_at(PAGE)
    assert "a map needs a run with responses" in test.info[0].value
    assert any(link.proto.label == "Build a grid" for link in test.main.get("page_link"))


def test_without_a_map_the_form_is_open(seeded, database, nothing_is_made, open_at: Open):
    """What is offered at first can be made as it stands, and is then the map that is shown."""
    test = open_at(PAGE)
    assert not test.error
    answered = int(test.metric[0].value)
    test.button(key="map-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (info,) = maps.all(workbench)
        assert maps.count(workbench, info.filter) == answered
    assert info.name == "All audits"
    assert info.filter == ResponseFilter()
    assert info.settings == MapSettings()
    assert nothing_is_made[0] == info.id
    assert parameter(test, "map") == [info.id]
    assert test.selectbox(key="clusters-map").value == info.id


def test_every_choice_is_kept(seeded, database, open_at: Open):
    """What is chosen in the form is what is stored."""
    test = open_at(PAGE)
    test.multiselect(key="map-run").select(seeded)
    test.multiselect(key="map-group").select("woman")
    test.toggle(key="map-neutral").set_value(False)
    test.toggle(key="map-exact").set_value(True)
    test.selectbox(key="map-projection").select(Projection.UMAP)
    test.selectbox(key="map-embedder").select("own")
    test.number_input(key="map-smallest").set_value(4)
    test.number_input(key="map-seed").set_value(9)
    test.run()
    test.text_input(key="map-location").input(" folder ")
    test.text_input(key="map-name").input(" Mine ").run()
    assert parameter(test, "run") == [seeded]
    assert parameter(test, "group") == ["woman"]
    test.button(key="map-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (info,) = maps.all(workbench)
    assert info.name == "Mine"
    assert info.filter == ResponseFilter(runs=(seeded,), groups=("woman",))
    assert info.settings == MapSettings("folder", Dtype.FP32, False, Projection.UMAP, 4, 9)


def test_too_few_responses_are_told(seeded, nothing_is_made, open_at: Open):
    """A filter that next to nothing passes gives a sentence, and no map."""
    test = open_at(PAGE, run=seeded, search="zzzzz")
    test.button(key="map-make").click().run()
    assert "a map needs 10" in test.error[0].value
    assert nothing_is_made == []


def test_a_filter_comes_in_the_address(planted, seeded, database, open_at: Open):
    """Responses hands its filter over: the form opens with it although there is a map, and counts what passes."""
    test = open_at(PAGE, new="map", run=seeded, group="man", search="kindness")
    assert test.multiselect(key="map-run").value == [seeded]
    assert test.multiselect(key="map-group").value == ["man"]
    assert test.text_input(key="map-search").value == "kindness"
    assert any("2 in use" in fold.label for fold in test.expander)
    with open_workbench(database) as workbench:
        wanted = ResponseFilter(runs=(seeded,), groups=("man",), search="kindness")
        assert test.metric[0].value == str(maps.count(workbench, wanted))


def test_a_filter_that_restricts_nothing_opens_the_form(planted, open_at: Open):
    """“Map these” over everything stored offers all audits, although there is a map to look at."""
    test = open_at(PAGE, new="map")
    assert test.multiselect(key="map-run").value == []
    assert not test.button(key="map-make").disabled


def test_an_address_of_nothing_gives_the_usual_form(planted, open_at: Open):
    """Values that do not exist are left out; a selection that is gone is told."""
    test = open_at(PAGE, new="map", run="none", group="nobody", selection="gone")
    assert not test.exception
    assert "there is none of that id" in test.error[0].value.casefold()
    assert test.multiselect(key="map-run").value == []
    assert test.multiselect(key="map-group").value == []
    assert not parameter(test, "selection")


def test_responses_lead_to_the_map(seeded, open_at: Open):
    """The link from the responses carries run and group to the form."""
    test = past_notice(open_at(RESPONSES, run=seeded, group="woman"))
    (link,) = (link.proto for link in test.get("page_link") if link.proto.label == "Map these")
    assert {"new=map", f"run={seeded}", "group=woman"} <= set(link.query_string.split("&"))


def handed_over(open_at: Open, map_id: str, button: str, **parameters: str) -> AppTest:
    """The page on which a button beside what is picked out ends."""
    test = past_notice(open_at(PAGE, map=map_id, **parameters))
    test.button(key=button).click().run()
    return test.switch_page(ASSIGNMENTS if button == "map-annotate" else RESPONSES)  # AppTest goes on where it was


def test_what_is_picked_out_becomes_an_assignment(planted, seeded, database, open_at: Open):
    """Annotate keeps a selection and opens the form with all of it; what is made has these responses and no others."""
    test = handed_over(open_at, planted, "map-annotate", show="region:0")
    kept, size = picked_out(database, planted)
    assert not test.error
    assert test.title[0].value.endswith("Assignments")
    assert parameter(test, "selection") == [kept]
    assert f"Only **caring**, {size} responses picked out on a map" in words_of(test)
    assert test.selectbox(key="assignment-sampling").value == Sampling.ALL
    figures = {metric.label: metric.value for metric in test.metric}
    assert figures["Responses"] == str(size)
    test.button(key="assignment-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (made,) = assignments.all(workbench)
        points = workbench.store.maps.points(planted).to_pylist()
        assert {item.cell for item in workbench.store.assignments.items(made.id)} == {
            point["no"] for point in points if point["region"] == 0
        }
    assert made.spec.filter.selection == kept


def test_a_selection_is_taken_out_of_an_assignment(planted, database, open_at: Open):
    """Without the chip, everything that passes the rest of the filter is drawn from again."""
    test = handed_over(open_at, planted, "map-annotate", show="region:0")
    _, size = picked_out(database, planted)
    test.button(key="assignment-selection-out").click().run()
    assert not test.error
    assert "picked out on a map" not in words_of(test)
    assert not parameter(test, "selection")
    assert int(next(metric.value for metric in test.metric if metric.label == "Responses")) > size


def test_what_is_picked_out_can_be_read(planted, seeded, database, open_at: Open):
    """Read opens Responses with the selection and nothing else in its table, until it is taken out."""
    test = handed_over(open_at, planted, "map-read", show="words:kindness")
    kept, size = picked_out(database, planted)
    assert not test.error
    assert parameter(test, "selection") == [kept]
    assert f"**{size} cells**" in words_of(test)
    assert len(test.dataframe[0].value) == min(size, 100)
    links = {link.proto.label: link.proto.query_string for link in test.get("page_link")}
    assert f"selection={kept}" in links["Map these"]
    assert f"selection={kept}" in links["Annotate these"]
    test.button(key="responses-selection-out").click().run()
    assert re.search(r"\*\*\d+ cells\*\*", words_of(test))
    assert f"**{size} cells**" not in words_of(test)


def test_a_selection_is_shown_on_the_map_and_not_kept_twice(planted, database, open_at: Open):
    """A kept selection opens on its map by address; annotating it keeps no second one."""
    handed_over(open_at, planted, "map-read", show="region:1")
    kept, size = picked_out(database, planted)
    test = past_notice(open_at(PAGE, map=planted, show=f"selection:{kept}"))
    assert f"**{size} responses** of a kept selection" in words_of(test)
    test.button(key="map-annotate").click().run()
    with open_workbench(database) as workbench:
        assert len(selections.all(workbench)) == 1


def test_a_map_of_a_selection(planted, database, open_at: Open):
    """A selection that is handed to the form is all that is mapped."""
    handed_over(open_at, planted, "map-read", show="region:0")
    kept, size = picked_out(database, planted)
    test = open_at(PAGE, new="map", selection=kept)
    assert test.metric[0].value == str(size)
    assert "Only **caring**" in words_of(test)
    test.button(key="map-selection-out").click().run()
    assert int(test.metric[0].value) > size


@pytest.mark.parametrize(
    ("status", "problem", "said"),
    [
        (MapStatus.STOPPED, "", "This map was stopped"),
        (MapStatus.PENDING, "", "This map waits to be made"),
        (MapStatus.FAILED, "![x](http://example.org/x.png) no memory", "no memory"),
    ],
)
def test_an_unfinished_map_says_why_and_goes_on(
    status, problem, said, seeded, database, nothing_is_made, open_at: Open
):
    """A map that was stopped, waits or failed says so, with buttons to go on and to delete it."""
    map_id = unfinished(database, seeded, status, problem)
    test = open_at(PAGE, map=map_id)
    told = [*(part.value for part in test.info), *(part.value for part in test.error)]
    assert said in told[0]
    assert "![x](" not in told[0]
    assert not test.get("vega_lite_chart")
    nothing_is_made.clear()
    test.button(key="map-again").click().run()
    assert nothing_is_made == [map_id]


def test_a_map_being_made_shows_how_far_it_is(seeded, database, monkeypatch, open_at: Open):
    """There is a bar with what goes on, done of total, rate and time left, and a stop button."""
    map_id = unfinished(database, seeded, MapStatus.PENDING)
    now = MapProgress("computing meaning", 1_200, 4_000, 250.0, 90.0)
    stopped = []
    monkeypatch.setattr(maps, "progress", lambda workbench, map_id: now)
    monkeypatch.setattr(maps, "stop", lambda workbench, map_id: stopped.append(map_id))
    test = open_at(PAGE, map=map_id)
    (bar,) = test.get("progress")
    assert bar.proto.text == "Computing meaning · 1,200 of 4,000 texts · 250 a second · 2 min left"
    assert bar.proto.value == 30
    assert "(being made)" in test.selectbox(key="clusters-map").options[0]
    test.button(key="map-stop").click().run()
    assert stopped == [map_id]


def test_an_unfinished_map_is_deleted(seeded, database, open_at: Open):
    """Deleting says what stays; afterwards nothing asks for the map any more."""
    map_id = unfinished(database, seeded, MapStatus.FAILED, "no memory")
    test = open_at(PAGE, map=map_id)
    assert "Responses, their vectors and kept selections stay" in words_of(test).replace("\\", "")
    test.button(key=f"map-delete-{map_id}").click().run()
    assert not test.error
    assert not test.warning
    with open_workbench(database) as workbench:
        assert maps.all(workbench) == []


@pytest.mark.parametrize("status", [MapStatus.STOPPED, MapStatus.PENDING, MapStatus.FAILED])
def test_a_locked_database_leaves_unfinished_maps(status, seeded, database, monkeypatch, open_at: Open):
    """Reading only, a map can be thought through but not made, gone on with or deleted."""
    map_id = unfinished(database, seeded, status, "no memory")
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = open_at(PAGE, map=map_id)
    assert not test.exception
    assert test.button(key="map-again").disabled
    assert test.button(key=f"map-delete-{map_id}").disabled
    test = open_at(PAGE, new="map")
    assert test.button(key="map-make").disabled
    assert "reading only" in test.button(key="map-make").help

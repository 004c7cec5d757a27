"""The clusters page: a finished map, its address, what is picked out on it, and what can be done with that."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lib.types import Finish, Response
from lib.ui import frame
from lib.workflows import map_findings, maps, run, selections
from lib.workflows.workbench import open_workbench
from tests.pages.conftest import Open
from tests.pages.mapped import LEFT, PAGE, past_notice, plant, read_as_markdown, words_of
from tests.seeding import seed

pytestmark = pytest.mark.slow

OVERRIDE = "\u202e"
HOSTILE = f"{OVERRIDE}![x](http://example.org/x.png) <b>bold</b> :red[hot] \x1b[2J"
SHOWN = r"\!\[x\]\(http"


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests look at does not hang on the intervals; and no page of theirs makes a map by itself."""
    monkeypatch.setattr(map_findings, "RESAMPLES", 200)
    monkeypatch.setattr(maps, "take_up", lambda workbench: None)


@pytest.fixture
def planted(seeded: str, database: Path) -> str:
    """A finished map of the seeded run; gives its id."""
    with open_workbench(database) as workbench:
        return plant(workbench, seeded)


def at(open_at: Open, **parameters: str) -> AppTest:
    """The page past the content notice."""
    return past_notice(open_at(PAGE, **parameters))


def picture(test: AppTest):
    """The map's own chart."""
    return test.get("vega_lite_chart")[0].proto


def asked(test: AppTest, name: str) -> str:
    """What the address says."""
    value = test.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


def selection_of(test: AppTest, **parts: object) -> AppTest:
    """The page after a click or a box on the map."""
    test.session_state[f"map-picture-{asked(test, 'map')}-0"] = {"selection": parts}
    return test.run()


def in_region(database: Path, map_id: str, no: int) -> int:
    """How many responses a region has."""
    with open_workbench(database) as workbench:
        return workbench.store.maps.points(map_id)["region"].to_pylist().count(no)


def told(test: AppTest) -> str:
    """All that the page says as trouble; never a fault of the program."""
    assert not test.exception
    assert all(error.proto.title != "Something went wrong" for error in test.error)
    return "\n".join([*(error.value for error in test.error), *(warning.value for warning in test.warning)])


def test_a_map_answers_at_once(planted, open_at: Open):
    """Without a single choice there are the picture, the most lopsided region in words, and how far to trust them."""
    test = at(open_at)
    assert not told(test)
    assert len(test.get("vega_lite_chart")) == 2
    said = words_of(test).replace("\\", "")
    assert "“caring”" in said
    assert "matched sets" in said
    assert "trustworthiness 0.91 · stability 0.82 · 12 % in no region" in said
    assert asked(test, "map") == planted
    assert asked(test, "colour") == "gender"
    assert asked(test, "by") == "gender"


def test_the_table_of_the_finding_is_under_it(planted, open_at: Open):
    """Every gap of the figure is a row of the table, and what lies in no region is one too."""
    (table,) = (part.value for part in at(open_at).dataframe)
    assert {"Region", "Gap", "Low", "High", "p, corrected", "Cohen’s h", "Compared responses in it"} <= set(
        table.columns
    )
    assert {"caring", "leading", map_findings.NOWHERE} == set(table["Region"])


def test_the_notice_stands_before_model_output(planted, open_at: Open):
    """Before the content notice was accepted there is neither picture nor finding, whatever the address asks for."""
    for parameters in ({}, {"show": "region:0"}):
        test = open_at(PAGE, **parameters)
        assert test.button(key="accept-notice")
        assert not test.get("vega_lite_chart")
        assert not test.dataframe
    test.button(key="accept-notice").click().run()
    assert test.get("vega_lite_chart")


def test_an_address_sets_every_choice(planted, open_at: Open):
    """An address opens the map, colour, comparison and reference it names, and stays."""
    test = at(open_at, map=planted, colour="region", by="gender", against="man", view="moves")
    assert test.selectbox(key="clusters-map").value == planted
    assert test.selectbox(key="clusters-colour").value == "region"
    assert test.selectbox(key="clusters-against").value == "man"
    assert test.segmented_control(key="clusters-view").value == "moves"
    assert "coloured by Region" in picture(test).alt
    assert {name: asked(test, name) for name in ("map", "colour", "by", "against", "view")} == {
        "map": planted,
        "colour": "region",
        "by": "gender",
        "against": "man",
        "view": "moves",
    }


def test_an_address_of_nothing_gives_the_usual_view(planted, open_at: Open):
    """Choices that do not exist give way to what is shown at first."""
    test = at(open_at, map=planted, colour="none", by="x", against="nobody", view="x", zoom="1,2", show="x:y")
    assert "this map has none of it" in told(test).casefold()
    assert test.selectbox(key="clusters-colour").value == "gender"
    assert test.segmented_control(key="clusters-view").value == "finding"
    assert len(test.get("vega_lite_chart")) == 2


def test_an_unknown_map_is_told(planted, open_at: Open):
    """The newest map is shown with a sentence that the one asked for is not there."""
    test = at(open_at, map="no-such")
    assert "There is no map no" in told(test)
    assert asked(test, "map") == planted


@pytest.mark.parametrize("parameter", ["show", "without"])
def test_an_unknown_selection_is_told(parameter, planted, open_at: Open):
    """A selection that is gone is told once; the map is there, and the address no longer asks for it."""
    test = at(open_at, map=planted, **{parameter: "selection:gone" if parameter == "show" else "gone"})
    assert "there is none of that id" in told(test).casefold()
    assert len(test.get("vega_lite_chart")) == 2
    assert not asked(test, parameter)
    assert not told(test.run())


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"show": "region:--3"},
        {"show": "region:" + "9" * 30},
        {"show": "region:" + "9" * 5_000},
        {"show": "region:²"},
        {"show": "region:-7"},
        {"show": "region:"},
        {"show": "box:1,2"},
        {"show": "box:nan,1,nan,1"},
        {"show": "box:-inf,inf,-inf,inf"},
        {"show": "box:1e400,2,3,4"},
        {"show": "box:" + "," * 99},
        {"show": "like:nobody/0"},
        {"show": "like:/"},
        {"show": "words:"},
        {"show": "words:((("},
        {"show": "words:\x00"},
        {"show": "selection:"},
        {"show": ":"},
        {"show": "{}"},
        {"zoom": "a,b,c,d"},
        {"zoom": "-inf,inf,-inf,inf"},
        {"zoom": "1e300,1e308,1e300,1e308"},
        {"zoom": "5,6,5,6"},
        {"zoom": "0,0,0,0"},
        {"open": "x"},
        {"open": "x/y"},
        {"open": "x/" + "9" * 5_000, "view": "response"},
        {"open": "/²"},
        {"one": "x", "other": "x", "view": "moves"},
    ],
    ids=lambda parameters: str(parameters)[:40],
)
def test_nonsense_in_the_address_is_no_fault(parameters, planted, open_at: Open):
    """Whatever an address says, the map is drawn, with numbers that a browser can read."""
    test = at(open_at, map=planted, **parameters)
    told(test)
    assert test.get("vega_lite_chart")
    json.loads(picture(test).spec, parse_constant=lambda name: pytest.fail(f"the picture has {name} in it"))


def test_another_colour_is_in_the_address(planted, open_at: Open):
    """A chosen colour changes the picture and the address; back at the first one, the picture is as before."""
    test = at(open_at)
    before = picture(test).spec
    test.selectbox(key="clusters-colour").select("of:context:occupation").run()
    assert "coloured by Occupation" in picture(test).alt
    assert asked(test, "colour") == "of:context:occupation"
    test.selectbox(key="clusters-colour").select("gender").run()
    assert json.loads(picture(test).spec).keys() == json.loads(before).keys()
    assert "coloured by Gender" in picture(test).alt


def test_another_reference_changes_the_finding(planted, open_at: Open):
    """What groups are held against is in the table and the address."""
    test = at(open_at)
    test.selectbox(key="clusters-against").select("man").run()
    assert set(test.dataframe[0].value["Against"]) == {"Man"}
    assert asked(test, "against") == "man"


def test_a_region_of_the_address_is_picked_out(planted, database, open_at: Open):
    """Its number, typical words, name, shares and responses stand beside the map."""
    test = at(open_at, map=planted, show="region:0")
    assert not told(test)
    assert test.segmented_control(key="clusters-view").value == "picked"
    said = words_of(test).replace("\\", "")
    assert f"**{in_region(database, planted, 0)} responses** in “caring”" in said
    assert "Typical words: word 0. Found again in halves of the responses: 0.80 of 1, steady" in said
    assert test.dataframe[1].value.columns.tolist() == ["Group", "Response", "Model"]


def test_a_region_is_renamed_and_given_back(planted, database, open_at: Open):
    """A region is called what the auditor says, on the map too, until the name of its words is given back."""
    test = at(open_at, map=planted, show="region:0")
    name = test.text_input(key=f"region-name-{planted}-0-caring")
    assert name.value == "caring"
    assert test.button(key="region-rename").disabled
    name.input("  Warm words ").run()
    test.button(key="region-rename").click().run()
    assert not told(test)
    assert "in “Warm words”" in words_of(test)
    assert "Warm words" in json.dumps(named(test))
    with open_workbench(database) as workbench:
        assert workbench.store.maps.regions(planted)[0].given == "Warm words"
    test.button(key="region-back").click().run()
    assert "in “caring”" in words_of(test)


def named(test: AppTest) -> list[str]:
    """What is written on the map."""
    import pyarrow as pa

    tables = [data.data.data for data in picture(test).datasets]
    frames = [pa.ipc.open_stream(table).read_pandas() for table in tables]
    return [name for frame in frames if "name" in frame for name in frame["name"]]


def test_what_a_model_proposed_can_be_taken(planted, database, open_at: Open):
    """A proposed name counts only once it is taken."""
    with open_workbench(database) as workbench:
        workbench.store.maps.propose_name(planted, 1, "Bosses")
    test = at(open_at, map=planted, show="region:1")
    assert "in “leading”" in words_of(test)
    test.button(key="region-take").click().run()
    assert "in “Bosses”" in words_of(test)


def test_words_of_the_address_are_found(planted, database, seeded, open_at: Open):
    """What has the words stands out, and the heading counts it."""
    with open_workbench(database) as workbench:
        texts = dict(workbench.store.scores.texts(seeded))
        nos = workbench.store.maps.points(planted)["no"].to_pylist()
    having = sum("kindness" in texts[no] for no in nos)
    test = at(open_at, map=planted, show="words:KINDNESS")
    assert f"**{having} responses** with “KINDNESS”" in words_of(test)


def test_a_search_is_typed_and_cleared(planted, open_at: Open):
    """Typed words are picked out and in the address; cleared, the finding is there again."""
    test = at(open_at)
    test.text_input(key="clusters-text").input("kindness").run()
    assert asked(test, "show") == "words:kindness"
    assert test.segmented_control(key="clusters-view").value == "picked"
    test.button(key="map-clear").click().run()
    assert not asked(test, "show")
    assert test.text_input(key="clusters-text").value == ""
    assert test.segmented_control(key="clusters-view").value == "finding"


def test_nothing_found_is_told(planted, open_at: Open):
    """Words that nobody said give a sentence and a way back."""
    test = at(open_at, map=planted, show="words:zzzzz")
    assert "No response on this map" in test.info[0].value
    assert test.button(key="map-clear")


def test_a_search_by_meaning_that_cannot_be_made_is_told(planted, monkeypatch, open_at: Open):
    """Reading only, no new words can be embedded: a sentence says so, and the map stays."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = at(open_at, map=planted, show="meaning:new words")
    assert "search for the meaning" in told(test)
    assert len(test.get("vega_lite_chart")) == 2


def test_a_box_is_picked_out(planted, database, open_at: Open):
    """What lies in a box that was dragged open is picked out; the address has its corners, and shows the same again."""
    left, right, bottom, top = LEFT
    test = selection_of(at(open_at), box={"x": [right, left], "y": [bottom, top]}, picked=[])
    assert asked(test, "show") == "box:-1.0000,0.0000,-1.0000,1.0000"
    with open_workbench(database) as workbench:
        points = workbench.store.maps.points(planted).to_pandas()
    inside = int((points["x"].between(left, right) & points["y"].between(bottom, top)).sum())
    assert f"**{inside} responses** in the box" in words_of(test)
    again = at(open_at, map=planted, show=asked(test, "show"))
    assert f"**{inside} responses** in the box" in words_of(again)


def test_a_click_opens_the_response(planted, seeded, database, open_at: Open):
    """A clicked point shows its text beside its matched set; the address names it, and opens it again."""
    with open_workbench(database) as workbench:
        no = workbench.store.maps.points(planted)["no"].to_pylist()[5]
    test = selection_of(at(open_at), picked=[{"place": 5}])
    assert asked(test, "open") == f"{seeded}/{no}"
    for shown in (test, at(open_at, map=planted, open=f"{seeded}/{no}", view="response")):
        assert not told(shown)
        assert shown.segmented_control(key="clusters-view").value == "response"
        assert "Its matched set: 4 prompts that differ in the group alone" in words_of(shown)
    test.button(key="map-close").click().run()
    assert not asked(test, "open")


def test_more_like_this(planted, open_at: Open):
    """From an opened response to those closest in meaning, itself first."""
    test = selection_of(at(open_at), picked=[{"place": 5}])
    test.button(key="map-like").click().run()
    assert not told(test)
    assert test.segmented_control(key="clusters-view").value == "picked"
    assert "most like the opened one" in words_of(test)
    alike = test.dataframe[-1].value["Alike"]
    assert alike.iloc[0] == 1.0
    assert alike.is_monotonic_decreasing


def test_magnified_and_back(planted, open_at: Open):
    """A box becomes the whole picture, in the address too; a button goes back."""
    test = at(open_at, map=planted, show="box:-1,-0.5,-0.5,0.5")
    test.button(key="map-magnify").click().run()
    assert not told(test)
    assert not asked(test, "show")
    left, right, bottom, top = map(float, asked(test, "zoom").split(","))
    assert left < -1 < -0.5 < right
    assert bottom < -0.5 < 0.5 < top
    test.button(key="map-whole").click().run()
    assert not asked(test, "zoom")


def test_left_out_and_taken_in_again(planted, database, open_at: Open):
    """What is left out counts nowhere on the page, also from its address, until it is taken in again."""
    size, total = in_region(database, planted, 0), sum(in_region(database, planted, no) for no in (-1, 0, 1))
    test = at(open_at, map=planted, show="region:0")
    test.button(key="map-leave-out").click().run()
    assert not told(test)
    kept = asked(test, "without")
    for shown in (test, at(open_at, map=planted, without=kept)):
        said = words_of(shown)
        assert f"{size} responses (caring) left out" in said
        assert f"{size} are left out and count nowhere on this page" in said
        assert f"Map of {total - size} responses" in picture(shown).alt
        assert not asked(shown, "show")
    assert "caring" not in set(test.dataframe[0].value["Region"])
    test.button(key=f"map-in-{kept}").click().run()
    assert f"Map of {total} responses" in picture(test).alt
    assert not asked(test, "without")


def test_everything_left_out_is_no_fault(planted, open_at: Open):
    """With nothing left on it, the page still stands and can take all in again."""
    test = at(open_at, map=planted, show="box:-2,2,-2,2")
    test.button(key="map-leave-out").click().run()
    told(test)
    assert "Map of 0 responses" in picture(test).alt
    test.button(key=f"map-in-{asked(test, 'without')}").click().run()
    assert not told(test)


def test_two_models_need_two(planted, open_at: Open):
    """With one model on the map the view says what to do."""
    test = at(open_at, map=planted, view="moves")
    assert "There is one model on this map" in test.info[0].value


def test_where_answers_moved_between_two_models(database, seeded, open_at: Open):
    """With two models the view counts where the answers to the same prompts lie."""
    with open_workbench(database) as workbench:
        (info,) = workbench.store.runs.all()
        other = next(entry.id for entry in workbench.catalogue.all() if entry.id != info.grid.models[0])
        spec = replace(info.grid, models=(info.grid.models[0], other))
        both = run.create(workbench, spec)
        for model in spec.models:
            jobs = workbench.store.runs.pending(both, model)
            workbench.store.responses.add(both, [Response(job.no, f"{model} {job.no}", Finish.STOP) for job in jobs])
        map_id = plant(workbench, both, "Both")
    test = at(open_at, map=map_id, view="moves", one=other)
    assert not told(test)
    assert f"Of {len(jobs)} pairs of answers to the same prompt" in words_of(test)
    assert test.selectbox(key="clusters-one").value == other
    assert test.selectbox(key="clusters-other").value == spec.models[0]
    assert asked(test, "other") == spec.models[0]
    test.selectbox(key="clusters-by").select("@model").run()
    test.segmented_control(key="clusters-view").set_value("finding").run()
    assert "Share of a model" in test.get("vega_lite_chart")[1].proto.spec


def test_no_region_is_told(seeded, database, open_at: Open):
    """A map without a region has its picture, and says why there is nothing to compare."""
    with open_workbench(database) as workbench:
        plant(workbench, seeded, names=())
    test = at(open_at)
    assert not told(test)
    assert "form no region" in test.info[0].value
    assert len(test.get("vega_lite_chart")) == 1


def test_another_map_begins_anew(planted, seeded, database, open_at: Open):
    """What is picked out, left out or open on one map is not on the next."""
    with open_workbench(database) as workbench:
        other = plant(workbench, seeded, "Second")
    test = at(open_at, map=planted, show="region:0", zoom="-1,0,-1,0", colour="region")
    test.selectbox(key="clusters-map").select(other).run()
    assert not told(test)
    assert asked(test, "map") == other
    assert not any(asked(test, name) for name in ("show", "zoom", "open", "without"))


def test_a_map_is_renamed_and_deleted(planted, database, open_at: Open):
    """Both are in the menu; deleted, the address asks for nothing that is gone."""
    test = at(open_at)
    test.text_input(key=f"map-name-{planted}").input("Better").run()
    test.button(key="map-rename").click().run()
    assert test.selectbox(key="clusters-map").options == ["Better"]
    assert test.button(key="map-delete").disabled
    test.checkbox(key="map-sure").check().run()
    test.button(key="map-delete").click().run()
    assert not told(test)
    assert "There is no map yet" in words_of(test)
    with open_workbench(database) as workbench:
        assert maps.all(workbench) == []


def test_newer_responses_are_counted(database, open_at: Open):
    """What came in since the map was made is told."""
    with open_workbench(database) as workbench:
        run_id = seed(workbench, left=4)
        plant(workbench, run_id)
        (info,) = workbench.store.runs.all()
        jobs = workbench.store.runs.pending(run_id, info.grid.models[0])
        workbench.store.responses.add(run_id, [Response(job.no, "Late", Finish.STOP) for job in jobs])
    assert f"Not on this map: {len(jobs)} responses that came in" in words_of(at(open_at))


def test_a_locked_database_shows_and_takes_nothing(planted, seeded, monkeypatch, open_at: Open):
    """Reading only, everything can be looked at, and what would write cannot be pressed."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = at(open_at, map=planted, show="region:0")
    assert not told(test)
    for key in ("map-annotate", "map-read", "map-leave-out", "map-rename", "map-propose", "map-delete"):
        assert test.button(key=key).disabled, key
        assert "reading only" in test.button(key=key).help, key
    assert test.button(key="region-rename").disabled
    assert test.text_input(key=f"region-name-{planted}-0-caring").disabled
    test.segmented_control(key="clusters-view").set_value("finding").run()
    assert len(test.get("vega_lite_chart")) == 2
    test.selectbox(key="clusters-colour").select("region").run()
    assert not told(test)


def test_hostile_names_and_texts_stay_letters(database, open_at: Open):
    """Names of map, regions and run, search words and responses with markup in them come alive nowhere."""
    with open_workbench(database) as workbench:
        run_id = seed(workbench, HOSTILE, extra=f" {HOSTILE}")
        map_id = plant(workbench, run_id, HOSTILE, names=(HOSTILE, "leading"))
        workbench.store.maps.propose_name(map_id, 0, f"{HOSTILE} proposed")
        opened = maps.open_map(workbench, map_id)
        kept = selections.keep(workbench, opened, np.arange(3), HOSTILE)
        no = int(opened.frame["no"].iloc[4])
    shown = [
        at(open_at, map=map_id, colour="region", without=kept),
        at(open_at, map=map_id, show="region:0"),
        at(open_at, map=map_id, show=f"words:{HOSTILE}"),
        at(open_at, map=map_id, show=f"selection:{kept}"),
        at(open_at, map=map_id, open=f"{run_id}/{no}", view="response"),
        at(open_at, map=HOSTILE),
        at(open_at, new="map", selection=kept),
        past_notice(open_at("pages/4_Responses.py", selection=kept)),
        open_at("pages/14_Assignments.py", selection=kept),
    ]
    for test in shown:
        assert not test.exception
        assert all(error.proto.title != "Something went wrong" for error in test.error)
        for text in read_as_markdown(test):
            assert "![x](" not in text
            assert "<b>" not in text
            assert ":red[" not in text
            assert OVERRIDE not in text
        for table in test.dataframe:
            assert OVERRIDE not in table.value.to_csv()
        for chart in test.get("vega_lite_chart"):
            assert OVERRIDE not in chart.proto.spec + chart.proto.alt
            assert all(OVERRIDE.encode() not in data.data.data for data in chart.proto.datasets)
        for box in test.selectbox:
            assert OVERRIDE not in "".join(box.options)
    assert SHOWN in words_of(shown[1])

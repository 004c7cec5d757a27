"""The map of responses: each has a place and a colour, and nothing of what it says is evaluated."""

import json

import pandas as pd
import pytest
import vl_convert

from lib.charts import export
from lib.charts.cluster_map import cluster_map
from lib.charts.map_looks import FADED, LOOSE, PLAIN, SEQUENCE, speakable
from lib.charts.palette import HUES, NEUTRAL_GREY, group_colours, group_shapes
from tests.charts.drawing import drawn
from tests.charts.test_forest import HOSTILE, NAN, said
from tests.charts.test_palette import luminance

NO_NAMES = pd.DataFrame(columns=["x", "y", "name"])
DOMAIN = (-10.0, 10.0)


def response(place, **changed):
    """A response of a woman in the region of care."""
    usual = {
        "place": place,
        "x": float(place % 9),
        "y": float(place % 7),
        "colour": "Woman",
        "lit": True,
        "clustered": True,
        "text": "She cares for them.",
        "group": "Woman",
        "region": "care",
        "model": "smol",
        "shown": "Woman",
    }
    return usual | changed


def chart(*responses, names=NO_NAMES, kind="groups", title="Gender", **options):
    frame = pd.DataFrame(list(responses) or [response(0)])
    return cluster_map(frame, names, kind=kind, title=title, x_domain=DOMAIN, y_domain=DOMAIN, **options)


def points(*responses, **options):
    """The points as they are drawn, by their text."""
    return {said(mark)["Text"]: mark for mark in drawn(chart(*responses, **options)).marks["point"]}


def names(*rows):
    return pd.DataFrame(rows, columns=["x", "y", "name"])


def test_groups_have_their_own_colour_and_shape():
    """A group looks as it does in every other chart, and the legend names it."""
    groups = ["Man", "Woman"]
    rows = [response(at, text=group, colour=group, shown=group) for at, group in enumerate(groups)]
    picture = drawn(chart(*rows))
    colours = dict(zip(groups, group_colours(groups).range, strict=True))
    drawn_as = {said(mark)["Gender"]: mark for mark in picture.marks["point"]}
    assert {group: mark["fill"] for group, mark in drawn_as.items()} == colours
    assert len({mark["d"] for mark in drawn_as.values()}) == 2
    assert {"Gender", "Man", "Woman"} <= set(picture.texts)


def test_a_group_keeps_its_look_when_others_are_filtered_away():
    """With all groups in `order`, the colour and shape of one do not depend on which are left."""
    groups = ["Any", "Man", "Woman"]
    spec = chart(response(0), order=groups).to_dict()["layer"][0]["encoding"]
    assert spec["color"]["scale"]["range"] == group_colours(groups).range
    assert spec["shape"]["scale"]["range"] == group_shapes(groups).range


def test_regions_are_dealt_the_hues_in_order_and_the_rest_is_grey():
    """The order given decides; what lies in no region is grey and hollow, whatever its colour says."""
    marks = points(
        response(0, text="a", colour="law"),
        response(1, text="b", colour="care"),
        response(2, text="c", colour="care", clustered=False),
        kind="regions",
        order=["care", "law"],
    )
    assert (marks["a"]["fill"], marks["b"]["fill"]) == (HUES[1], HUES[0])
    assert marks["c"]["stroke"] == NEUTRAL_GREY
    assert marks["c"].get("fill", "none") == "none"


def test_regions_need_no_legend():
    """Their names are on the map."""
    assert drawn(chart(response(0, colour="care"), kind="regions")).texts == []


def test_more_regions_than_hues_start_again():
    """The seventh region has the hue of the first."""
    order = [f"region {at}" for at in range(7)]
    marks = points(*(response(at, text=name, colour=name) for at, name in enumerate(order)), kind="regions")
    assert [marks[name]["fill"] for name in order] == [*HUES, HUES[0]]


def test_numbers_run_from_dark_to_light():
    """Lowest and highest have the ends of the scale, a missing one is grey, and the legend says so."""
    rows = [response(at, text=str(at), colour=value, shown=str(value)) for at, value in enumerate([0.2, 0.9, NAN])]
    picture = drawn(chart(*rows, kind="numbers", title="Toxicity", percent=True))
    fills = {said(mark)["Text"]: colour(mark["fill"]) for mark in picture.marks["point"]}
    assert fills == {"0": SEQUENCE[0].upper(), "1": SEQUENCE[-1].upper(), "2": NEUTRAL_GREY}
    assert "Toxicity · grey: no value" in picture.texts
    assert any(text.endswith(" %") for text in picture.texts)
    assert [said(mark)["Text"] for mark in picture.marks["point"] if mark["stroke"] != mark["fill"]] == []


def colour(written):
    """A colour as #RRGGBB, however the renderer writes it."""
    if written.startswith("rgb("):
        return "#" + "".join(f"{int(part):02X}" for part in written[4:-1].split(","))
    return written.upper()


@pytest.mark.parametrize("background", ["#FFFFFF", "#0E1117"])
def test_every_number_is_seen_on_light_and_dark(background):
    """No end of the scale comes close to either page: a contrast of 1.8 to 1 or more."""
    for each in SEQUENCE:
        light, dark = sorted((luminance(each), luminance(background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 1.8, each


def test_lightness_alone_tells_the_order_of_numbers():
    """Each step of the scale is lighter than the one before."""
    assert [luminance(each) for each in SEQUENCE] == sorted(luminance(each) for each in SEQUENCE)


@pytest.mark.parametrize(("kind", "missing"), [("numbers", NAN), ("groups", None), ("regions", None)])
def test_without_any_value_all_is_grey(kind, missing):
    """Nothing known: grey points, no legend."""
    rows = [response(0, colour=missing, shown=None), response(1, colour=missing, shown=None, clustered=False)]
    picture = drawn(chart(*rows, kind=kind))
    assert {mark["stroke"] for mark in picture.marks["point"]} == {NEUTRAL_GREY}
    assert {mark.get("fill", "none") for mark in picture.marks["point"]} == {NEUTRAL_GREY, "none"}
    assert {said(mark)["Gender"] for mark in picture.marks["point"]} == {"none"}
    assert picture.texts == []


def test_what_lies_in_no_region_keeps_its_group_but_is_hollow_and_paler():
    """Outside the regions a point is smaller, hollow and paler, and still has the colour of its group."""
    marks = points(response(0, text="in"), response(1, text="out", clustered=False))
    assert marks["in"]["stroke"] == marks["out"]["stroke"]
    assert marks["out"].get("fill", "none") == "none"
    assert (float(marks["in"]["opacity"]), float(marks["out"]["opacity"])) == (PLAIN, LOOSE)
    assert marks["in"]["d"] != marks["out"]["d"]


def test_what_is_not_lit_is_faded_and_lies_below():
    """Once something is lit, all else is nearly gone, and what is lit is drawn last."""
    marks = points(response(0, text="lit"), response(1, text="dark", lit=False), response(2, text="too", lit=False))
    assert float(marks["lit"]["opacity"]) == PLAIN
    assert float(marks["dark"]["opacity"]) == float(marks["too"]["opacity"]) == FADED
    assert list(marks)[-1] == "lit"


def test_no_group_lies_on_top_because_it_came_last():
    """Points are drawn in a shuffled order, and in the same one each time."""
    rows = [response(at, colour=group) for at, group in enumerate(["Man"] * 30 + ["Woman"] * 30)]
    once, again = (
        [said(mark)["Group"] + mark["transform"] for mark in drawn(chart(*rows)).marks["point"]] for _ in "ab"
    )
    assert once == again
    order = [mark["fill"] for mark in drawn(chart(*rows)).marks["point"]]
    assert len(set(order[:30])) == len(set(order[30:])) == 2


def test_a_tooltip_tells_the_response():
    """Text, group, region and model, and what the colour says by its title."""
    told = said(
        drawn(chart(response(0, shown="0.35", colour=0.35), kind="numbers", title="toxicity")).marks["point"][0]
    )
    assert {key: told[key] for key in ("Text", "Group", "Region", "Model", "toxicity")} == {
        "Text": "She cares for them.",
        "Group": "Woman",
        "Region": "care",
        "Model": "smol",
        "toxicity": "0.35",
    }


def test_a_click_gives_a_place_and_a_drag_a_box():
    """Both selections have the names, fields and directions that the page reads, and belong to the points."""
    spec = chart(names=names((0, 0, "care"))).to_dict()
    chosen = {param["name"]: param["select"] for param in spec["params"] if "select" in param}
    assert chosen["picked"]["fields"] == ["place"]
    assert chosen["box"]["encodings"] == ["x", "y"]
    compiled = vl_convert.vegalite_to_vega(spec)
    assert {"picked", "box"} <= {signal["name"] for signal in compiled["signals"]}
    written = [mark for mark in compiled["marks"] if mark["type"] == "text"]
    assert [mark["interactive"] for mark in written] == [False, False]


def test_a_box_that_is_shown_lies_behind_the_points():
    """What is in it can still be pointed at; nothing of it is drawn beyond the map."""
    boxed = chart(boxed=(-3.0, 4.0, -2.0, 99.0))
    compiled = vl_convert.vegalite_to_vega(boxed.to_dict())
    assert [mark["type"] for mark in compiled["marks"] if mark["type"] in ("rect", "symbol")][-2:] == ["symbol", "rect"]
    (box,) = drawn(boxed).marks["rect mark"]
    assert box["fill-opacity"] == "0.15"


def test_a_map_that_is_not_to_be_clicked_has_no_selection():
    """In a report nothing is selected."""
    spec = chart(picked=False).to_dict()
    assert [param["name"] for param in spec["params"] if "select" in param] == []
    assert drawn(chart(picked=False)).marks["point"]


def test_names_are_written_on_the_map():
    """A name is drawn twice: its halo in the colour of the page, and above that itself, dark or light as need be."""
    spec = chart(names=names((0, 0, "care"))).to_dict()
    for background, ink in (("white", "#1A1A1A"), ("#0E1117", "#FAFAFA")):
        svg = vl_convert.vegalite_to_svg(spec | {"config": {"background": background}}, allowed_base_urls=[])
        assert svg.count(">care</text>") == 2
        assert f'fill="{ink}">care<' in svg
        assert f'stroke="{background}"' in svg


def test_hostile_texts_stay_data():
    """Quotes, markup and expressions in texts and names come out as they went in."""
    row = response(0, text=HOSTILE, colour=HOSTILE, group=HOSTILE, region=HOSTILE, model=HOSTILE, shown=HOSTILE)
    for kind in ("groups", "regions"):
        picture = drawn(chart(row, names=names((0, 0, HOSTILE)), kind=kind, title=HOSTILE, order=[HOSTILE]))
        label = picture.marks["point"][0]["aria-label"]
        assert label.count(f": {HOSTILE}") == (6 if kind == "groups" else 5)
        assert any(text.startswith('Quote\'s "x" \\ <img src=x') for text in picture.texts)
        assert not any("undefined" in text for text in picture.texts)


@pytest.mark.parametrize("title", ["ends in \\", '\\" + alert(1) + "', "image", "\u2028", "Group", ""])
def test_a_hostile_title_can_be_drawn(title):
    """A title heads the tooltip without ending the expression that Vega-Lite makes of it."""
    assert drawn(chart(title=title)).marks["point"]


def test_no_title_makes_the_tooltip_load_a_picture():
    """vega-tooltip shows what is called "image" as a picture, and "title" as a heading."""
    assert {speakable("image"), speakable(" image"), speakable("title")} == {"Image", "Title"}


def test_nothing_of_a_response_stands_in_an_expression():
    """What a model said is in the data, what recurs in the list that the chart looks up, and neither anywhere else."""
    spec = chart(response(0, text="zzz", group="zzz", region="zzz", model="zzz"), kind="groups").to_dict()
    spec.pop("datasets")
    spec["params"] = [param for param in spec["params"] if "value" not in param]
    assert "zzz" not in json.dumps(spec)


def test_one_response_alone_and_none_at_all():
    """A map of one response has one point, an empty one none."""
    assert len(drawn(chart(response(0))).marks["point"]) == 1
    empty = pd.DataFrame([response(0)])[:0]
    for kind in ("groups", "regions", "numbers"):
        made = cluster_map(empty, NO_NAMES, kind=kind, title="x", x_domain=DOMAIN, y_domain=DOMAIN)
        assert "point" not in drawn(made).marks


def test_a_response_without_a_place_is_not_drawn():
    """It must not look as if it lay in the corner."""
    assert list(points(response(0, text="here"), response(1, text="nowhere", x=NAN))) == ["here"]


@pytest.mark.slow
def test_twenty_thousand_responses_stay_small():
    """What recurs is sent once: with excerpts of 200 characters, 4 MB of text, all is little more than 6 MB."""
    rows = [
        response(at, x=at / 7_001, y=-at / 9_001, text="x" * 200, model="an/organisation-with/a-long-name" * 2)
        for at in range(20_000)
    ]
    spec = export.standing_alone(chart(*rows, names=names((0, 0, "care"))), "", "")
    assert len(json.dumps(spec, separators=(",", ":"))) < 6_500_000


def test_many_points_are_smaller_than_few():
    """The more there are, the less room each takes."""
    few, many = (chart(*(response(at) for at in range(n))).to_dict() for n in (10, 3000))
    few, many = (spec["layer"][0]["encoding"]["size"]["condition"][-1]["value"] for spec in (few, many))
    assert few > many


def test_a_map_can_be_taken_along_as_a_picture():
    """The export draws it with its names."""
    made = chart(response(0), response(1, lit=False), names=names((0, 0, "care")))
    assert export.as_png(made, title="Map").startswith(b"\x89PNG")

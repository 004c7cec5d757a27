"""An exported picture stands by itself: it has its data, its title and its signature, and it fetched nothing."""

import json
import sys
import threading
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import altair as alt
import pandas as pd
import pytest

from lib.charts import export
from lib.charts.levels import levels_chart
from lib.charts.next_tokens import next_tokens_chart
from lib.errors import ExportError

PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = "<script>alert(1)</script> ]]> & \"x\" 'y'"
LEVELS = pd.DataFrame(
    [("Woman", 0.31, 0.28, 0.34, 360, 180, 0.99), (HOSTILE, float("nan"), float("nan"), float("nan"), 0, 0, 0.0)],
    columns=["group", "value", "low", "high", "responses", "sets", "coverage"],
)
CAPTION = "360 of 720 responses have a number."
TOKENS = pd.DataFrame(
    [("Woman", " he", 0.2, 1), ("Man", " she", 0.1, 1)], columns=["group", "token", "probability", "rank"]
)


@pytest.fixture
def levels():
    return levels_chart(LEVELS, "Refused", True)


@pytest.fixture
def listener():
    """A server on this computer that writes down what it is asked for."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'[{"a": 1}]')

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def texts(svg):
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return [line for text in root.iter("{http://www.w3.org/2000/svg}text") for line in text.itertext()]


@pytest.fixture(scope="module")
def svg():
    return export.as_svg(levels_chart(LEVELS, "Refused", True), title="Refused by gender", caption=CAPTION)


def test_a_png_is_one(levels, svg):
    """PNG begins with the eight bytes of the format, and has twice the pixels of the scalable picture each way."""
    made = export.as_png(levels, title="Refused by gender", caption=CAPTION)
    assert made.startswith(PNG)
    width, height = (int.from_bytes(made[at : at + 4], "big") for at in (16, 20))
    root = ET.fromstring(svg)
    assert (width, height) == pytest.approx((2 * float(root.get("width")), 2 * float(root.get("height"))), abs=2)


def test_an_svg_says_what_it_is(svg):
    """Title, caption, labels, n and the signature are texts of the picture."""
    assert {"Refused by gender", CAPTION, "Evenhand", "Woman", "n = 360 · 99 % scored"} <= set(texts(svg))


def test_hostile_names_stay_text(svg):
    """Markup in a name is shown letter by letter; nothing in the picture is a script or a link."""
    assert HOSTILE in texts(svg)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}
    assert not tags & {"script", "a", "image", "foreignObject"}


def test_long_titles_are_broken_into_lines(levels):
    """No line above the picture is too long, however long the caveat, and all its words are there."""
    caption = " ".join(f"word{number}" for number in range(80))
    title = export.standing_alone(levels, "title " * 40, caption)["title"]
    assert " ".join(title["text"]).split() == ["title"] * 40
    assert " ".join(title["subtitle"]) == f"{caption} Evenhand"
    assert max(map(len, title["text"])) <= export.TITLE_LINE
    assert max(map(len, title["subtitle"])) <= export.CAPTION_LINE


def test_panels_have_their_data():
    """A chart of panels is drawn whole: the frame within it is found."""
    said = texts(export.as_svg(next_tokens_chart(TOKENS)))
    assert {"␣he", "␣she", "Woman", "Man"} <= set(said)


def test_other_threads_settings_do_not_matter(levels):
    """Streamlit swaps Altair's transformer of data while it draws; a picture made meanwhile still has its data."""
    alt.data_transformers.register("elsewhere", lambda data: {"name": "kept elsewhere"})
    with alt.data_transformers.enable("elsewhere"):
        spec = export.standing_alone(levels, "", "")
    assert "kept elsewhere" not in json.dumps(spec)
    assert '"middle": 0.31' in json.dumps(spec)


def test_the_chart_stays_as_it_was(levels):
    """What is on the screen is not changed by being exported."""
    before = levels.to_dict()
    export.standing_alone(levels, "t", "c")
    assert levels.to_dict() == before


def test_the_renderer_does_not_stay(levels):
    """Its JavaScript engine is never loaded into the dashboard's own process."""
    loaded = sys.modules.pop("vl_convert", None)
    try:
        export.as_svg(levels)
        assert "vl_convert" not in sys.modules
    finally:
        if loaded:
            sys.modules["vl_convert"] = loaded


@pytest.mark.parametrize("make", [export.as_png, export.as_svg])
def test_nothing_is_fetched_or_read(make, listener, tmp_path):
    """A specification that points at a server, a picture, a link or a file gets no picture; nobody is asked."""
    url, heard = listener
    here = pd.DataFrame({"a": [1]})
    (tmp_path / "secret.json").write_text('[{"a": 1}]')
    for chart in (
        alt.Chart(f"{url}/data.json").mark_point().encode(x="a:Q"),
        alt.Chart(f"file://{tmp_path}/secret.json").mark_point().encode(x="a:Q"),
        alt.Chart(here).mark_image(url=f"{url}/image.png", width=9, height=9).encode(x="a:Q"),
        alt.layer(alt.Chart(here).mark_image(width=9, height=9).encode(x="a:Q", url=alt.value(f"{url}/image.png"))),
        alt.Chart(here).mark_point(href=url).encode(x="a:Q"),
    ):
        with pytest.raises(ExportError, match="points outside itself"):
            make(chart)
    assert heard == []


def test_the_renderer_itself_asks_nobody(listener):
    """Should an address get past the first check, data are still not fetched."""
    url, heard = listener
    with pytest.raises(ExportError, match="could not be drawn"):
        export.rendered({"data": {"url": f"{url}/data.json"}, "mark": "point"}, "svg", 1)
    assert heard == []


def test_what_cannot_be_drawn_is_an_error_with_a_remedy():
    """A broken specification gives a sentence, not a traceback."""
    with pytest.raises(ExportError) as caught:
        export.rendered({"mark": "no such mark"}, "svg", 1)
    assert "CSV" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_pictures_from_one_process(levels, monkeypatch):
    """Pictures asked for together are the ones that each would be alone, in order, from one renderer."""
    specs = [export.standing_alone(levels, title, "") for title in ("First", "Second")]
    alone = [export.rendered(spec, "svg", 1) for spec in specs]
    started, run = [], export.subprocess.run
    monkeypatch.setattr(export.subprocess, "run", lambda *args, **more: started.append(args) or run(*args, **more))
    together = export.all_rendered(specs, "svg", 1)
    assert ["First" in texts(made) for made in together] == [True, False]
    assert [sorted(texts(made)) for made in together] == [sorted(texts(made)) for made in alone]
    assert len(started) == 1


def test_no_picture_needs_no_renderer():
    """Nothing asked for is nothing made."""
    assert export.all_rendered([], "png", 2) == []


def test_the_one_that_cannot_be_drawn_is_named(levels):
    """Of several pictures the message says which failed."""
    with pytest.raises(ExportError, match="picture 2 of 2"):
        export.all_rendered([export.standing_alone(levels, "", ""), {"mark": "no such mark"}], "svg", 1)


def test_the_script_of_living_charts_is_whole():
    """It brings its libraries along, makes vegaEmbed known, and can stand inside a page's script element."""
    script = export.live_script()
    assert "window.vegaEmbed=" in script
    assert "</script" not in script.lower()
    assert "<!--" not in script


def test_a_renderer_that_hangs_is_ended(levels, monkeypatch):
    """A picture that takes too long is given up with what to do about it."""
    monkeypatch.setattr(export, "SECONDS", 0.01)
    with pytest.raises(ExportError, match="fewer rows"):
        export.as_svg(levels)

"""The charts and scorers pages in a real browser: from a picture to what is behind it, its files, and hostile text."""

import csv
import io
import json
import random
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from lib.types import Decoding, Finish, GridSpec, Response, RunStatus
from lib.ui.charts_views import TITLES
from lib.workflows import banks, run, scoring
from lib.workflows.workbench import open_workbench
from tests.browser.hostile import attack, bank_text
from tests.browser.reading import settle
from tests.browser.test_safety import assert_inert
from tests.seeding import WORDS, seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMULA = '=HYPERLINK("http://127.0.0.1:9","open")'
OVERRIDE = "\u202e"  # shows what follows from right to left
VIEWS = {title: view for view, title in TITLES.items() if view != "order"}  # that one is for pairs
CLICKED = ("Gaps", "Groups", "Heat map", "Models & decoding")
UNSEEN = "document.documentElement.outerHTML.match(/[\\u0000-\\u0008\\u001b\\u202a-\\u202e]/)"


@pytest.fixture
def seeded(folder: Path) -> str:
    """A finished run with every score that the page would start by itself; gives its id."""
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        run_id = seed(workbench)
        scoring.score(workbench, run_id, scoring.instant(workbench), lambda _: None)
    return run_id


@pytest.fixture
def hostile(folder: Path, listener) -> str:
    """A scored run all of whose titles, texts and responses attack; gives its id."""
    bank = json.loads(bank_text(listener.url))
    groups = bank["attributes"]["kind"]["groups"]
    groups["one"]["title"] = f"{OVERRIDE}eno {groups['one']['title']}"
    groups["three"] = {"title": FORMULA, "terms": ["=three"]}
    bank["contexts"]["job"]["values"].append(
        {"id": "pilot", "text": f"pilot{OVERRIDE} {attack(listener.url, 'pilot')}"}
    )
    second = {"id": "second", "title": f"{OVERRIDE}{attack(listener.url, 'second')}", "text": "{kind} is a {job} as"}
    bank["templates"].append(second)
    lexicon = {
        "name": attack(listener.url, "lexicon"),
        "source": attack(listener.url, "lexicon-source"),
        "licence": attack(listener.url, "lexicon-licence"),
        "version": "1",
        "categories": {"image": ["caring", "img", "script"], "title": ["strong", "leads"]},
    }
    with open_workbench(folder / "audits.duckdb", with_example=False) as workbench:
        banks.save(workbench, json.dumps(bank, ensure_ascii=False))
        model = workbench.catalogue.all()[0].id
        decodings = (Decoding(), Decoding(temperature=0))
        spec = GridSpec(attack(listener.url, "grid"), "hostile", ("kind",), (model,), decodings=decodings, repeats=2)
        run_id = run.create(workbench, spec, OVERRIDE + attack(listener.url, "run"))
        rng = random.Random(3)
        workbench.store.responses.add(
            run_id,
            [
                Response(job.no, evil_answer(listener.url, rng), Finish.STOP, job.prompt)
                for job in workbench.store.runs.pending(run_id, model)
            ],
        )
        workbench.store.runs.set_status(run_id, RunStatus.DONE)
        scoring.add(workbench, "own_lexicon", f"Own {attack(listener.url, 'scorer')}", {"lexicon": json.dumps(lexicon)})
        scoring.score(workbench, run_id, scoring.instant(workbench), lambda _: None)
    return run_id


def evil_answer(listener: str, rng: random.Random) -> str:
    """An attack with control and direction characters between words that scorers count."""
    words = " ".join(rng.choices(WORDS, k=20))
    return f"\x07\x1b[2J {OVERRIDE}{words}\u202c \u2066{attack(listener, 'response')}\u2069"


def first_chart(tab: Page) -> Locator:
    """The first figure, once it is drawn."""
    chart = tab.get_by_test_id("stVegaLiteChart").first
    chart.locator("svg").wait_for()
    settle(tab)
    return chart


def marks(chart: Locator) -> Locator:
    """The dots of a figure, or its cells."""
    return chart.locator("path[aria-roledescription=point], path[aria-roledescription='rect mark']")


def show_view(tab: Page, title: str) -> None:
    """Choose a view of the charts page, and wait until it is there."""
    tab.get_by_role("radio", name=title, exact=True).click()
    expect(tab).to_have_url(re.compile(rf"view={VIEWS[title]}(&|$)"))  # by then the page is being drawn
    settle(tab)


def errors(tab: Page) -> list[str]:
    """What error boxes say."""
    return tab.get_by_test_id("stAlertContentError").all_inner_texts()


def downloaded(tab: Page, button: str) -> bytes:
    """What the first button of that name gives."""
    with tab.expect_download() as started:
        tab.get_by_test_id("stDownloadButton").filter(has_text=button).first.get_by_role("button").click()
    return Path(started.value.path()).read_bytes()


def test_from_the_recorded_example_to_the_responses_behind_a_gap(serve, tab):
    """A newcomer sees the forest plot without a click, every view without an error, and the responses behind a mark."""
    tab.goto(f"{serve().url}/Charts")
    chart = first_chart(tab)
    assert "gap" in chart.get_attribute("aria-label").lower()
    expect(tab.get_by_text(re.compile(r"Corrected \(Holm\) over the \d+ gaps shown"))).to_be_visible()
    for title in VIEWS:
        show_view(tab, title)
        assert errors(tab) == [], title
    show_view(tab, "Gaps")
    marks(first_chart(tab)).first.click()
    behind = tab.get_by_role("paragraph").filter(has_text="Behind the mark")
    expect(behind).to_be_visible()
    expect(tab.locator("article")).to_have_count(0)
    tab.get_by_role("button", name="Show the responses").click()
    tab.locator("article").first.wait_for()
    settle(tab)
    assert tab.locator("article").count() > 1
    responses = re.search(r"(\d+) responses in", behind.inner_text())
    tab.get_by_text("All of these responses").click()
    expect(tab).to_have_url(re.compile(r"/Responses\?run=.*group="))
    expect(tab.get_by_text(f"{responses[1]} cells")).to_be_visible()


def test_a_picture_its_table_and_all_tables_can_be_taken_along(serve, tab, hostile):
    """PNG, SVG, CSV and the ZIP of the course tables are what they say, and run nothing in a spreadsheet."""
    tab.goto(f"{serve().url}/Charts?run={hostile}&reference=two")
    first_chart(tab)
    assert downloaded(tab, "PNG").startswith(b"\x89PNG\r\n\x1a\n")
    svg = downloaded(tab, "SVG")
    drawn = ElementTree.fromstring(svg)
    assert drawn.tag.endswith("svg")
    assert {element.tag.rpartition("}")[2] for element in drawn.iter()}.isdisjoint({"script", "image", "a", "style"})
    assert OVERRIDE not in svg.decode()
    rows = list(csv.DictReader(io.StringIO(downloaded(tab, "CSV").decode("utf-8"))))
    assert f"'{FORMULA}" in {row["Group"] for row in rows}
    assert not any(value.startswith("=") for row in rows for value in row.values())
    show_view(tab, "Course tables")
    with zipfile.ZipFile(io.BytesIO(downloaded(tab, "Download all as ZIP"))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert [name for name in names if name.endswith(".md")] == ["course_tables.md"]
        assert 1 <= len([name for name in names if name.endswith(".csv")]) <= 5
        told = archive.read("course_tables.md").decode("utf-8")
    assert "## Lexicon signals" in told
    assert re.search(r"(?<!\\)(<img|!\[)", told) is None


def test_hostile_titles_and_responses_stay_letters(serve, tab, listener, hostile):
    """In no view of the charts, and not behind a mark, does text of banks, scorers or models come alive."""
    server = serve()
    tab.on("dialog", lambda dialog: pytest.fail(dialog.message))
    tab.goto(f"{server.url}/Charts?run={hostile}&reference=two&by=context:job")
    chart = first_chart(tab)
    expect(chart.locator("text", has_text="⟨U+202E⟩eno <img src=").first).to_be_attached()
    for title in VIEWS:
        show_view(tab, title)
        if title in CLICKED:
            mark = marks(first_chart(tab)).first
            mark.hover(force=True)  # a cell lies under its number
            expect(tab.locator("#vg-tooltip-element")).to_be_visible()
            mark.click(force=True)
            tab.get_by_text("Behind the mark").wait_for()
            if title == CLICKED[0]:
                tab.get_by_role("button", name="Show the responses").click()
            expect(tab.locator("article", has_text="/markdown-response").first).to_be_visible()
            settle(tab)
        assert errors(tab) == [], title
        assert_inert(tab, listener)
        assert tab.evaluate(UNSEEN) is None, title


def test_hostile_text_stays_letters_on_scorers_and_next_token(serve, tab, listener, hostile):
    """What is typed to try the scorers, what an added scorer calls itself, and a bank to go on with, stay letters."""
    server = serve()
    tab.goto(f"{server.url}/Scorers")
    settle(tab)
    tab.get_by_role("tab", name="Try it").click()
    typed = tab.get_by_label("A text, as a model might have written it")
    typed.fill(f"{OVERRIDE}\x1b {attack(listener.url, 'typed')} caring image")
    typed.press("Control+Enter")
    settle(tab)
    assert_inert(tab, listener)
    for name in ("Catalogue", "Score an audit", "Add a scorer"):
        tab.get_by_role("tab", name=name).click()
        settle(tab)
        assert errors(tab) == []
        assert_inert(tab, listener)
    tab.goto(f"{server.url}/Next_token?bank=hostile")
    settle(tab)
    expect(tab.get_by_role("button", name="Ask (6 prompts)")).to_be_visible()
    assert errors(tab) == []
    assert_inert(tab, listener)
    assert tab.evaluate(UNSEEN) is None


def test_an_address_shows_the_same_question_to_somebody_else(serve, tab, browser, seeded):
    """The address of a view, opened in a fresh session, shows the same view, measure, reference and numbers."""
    server = serve()
    tab.goto(f"{server.url}/Charts?run={seeded}&measure=sentiment.positive&reference=man&correction=bh")
    first_chart(tab)
    show_view(tab, "Heat map")
    reading = tab.get_by_text(re.compile("^Highest")).first
    expect(tab).to_have_url(re.compile("view=heat-map"))
    other = browser.new_context().new_page()
    other.goto(tab.url)
    first_chart(other)
    expect(other.get_by_role("radio", name="Heat map", exact=True)).to_be_checked()
    expect(other.get_by_text(reading.inner_text())).to_be_visible()
    assert other.url == tab.url
    other.context.close()


def test_figures_have_words_and_the_keyboard_reaches_the_views(serve, tab, seeded):
    """Figures and tables say what they are to those who cannot see them, and the views need no mouse."""
    tab.goto(f"{serve().url}/Charts?run={seeded}")
    chart = first_chart(tab)
    expect(chart).to_have_attribute("role", "graphics-document")
    expect(chart).to_have_accessible_name(re.compile("Gaps in .* between groups, overall and by category"))
    expect(tab.get_by_role("radiogroup", name="View")).to_be_visible()
    tab.get_by_role("button", name="Options").focus()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("radio", name="Gaps", exact=True)).to_be_focused()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Space")
    expect(tab.get_by_role("radio", name="Groups", exact=True)).to_be_checked()
    settle(tab)
    expect(tab.get_by_test_id("stVegaLiteChart").last).to_have_accessible_name(re.compile("responses of each group"))

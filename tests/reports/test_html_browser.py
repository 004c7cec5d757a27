"""The page in a real browser without a network: charts alive, nothing of the data run, nothing found by axe-core."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from lib.reports import html
from lib.types import ReportKind
from tests.reports import sample

CHROMIUM = os.environ.get("EVENHAND_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SERIOUS = {"serious", "critical"}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Every kind of report as a page on disk."""
    folder = tmp_path_factory.mktemp("pages")
    documents = {kind.value: sample.document(kind) for kind in (ReportKind.AUDIT, ReportKind.PLAN, ReportKind.CARD)}
    documents["deck"] = sample.deck(hostile=True)
    for name, document in documents.items():
        (folder / f"{name}.html").write_bytes(html.write(document))
    return folder


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def page(request, chromium, files):
    """A page that writes down what it asked for and what it said."""
    context = chromium.new_context(color_scheme=request.param, viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{files}/audit.html")
    page.wait_for_function("document.querySelectorAll('figure .live svg').length === 10", timeout=20_000)
    yield page
    context.close()


def test_charts_live_and_data_does_not(page):
    """Ten charts are drawn by the page's own script; no dialog, no complaint, no request but for the file itself."""
    assert [url for url in page.asked if not url.startswith("data:")] == [page.url]
    assert page.said == []
    assert page.title() == "Reference letters <b>& co</b> — the audit"
    assert page.locator("figure img:visible").count() == 0
    assert page.evaluate("typeof injected") == "undefined"


def test_charts_answer_to_the_pointer(page):
    """A dot under the pointer tells its numbers."""
    dot = page.locator("figure .live .mark-symbol path").first
    dot.scroll_into_view_if_needed()
    dot.hover(force=True)
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "31.0 %" in page.locator("#vg-tooltip-element").inner_text()


def test_nothing_serious_is_found_by_axe(page):
    """In light and in dark, with the numbers of every figure opened."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page).response
    assert len(found["passes"]) > 15
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"] if each["impact"] in SERIOUS] == []


def test_nothing_is_wider_than_the_window(page):
    """Ten thousand letters without a space are broken, at a desk and on a phone."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["deck", "plan", "card"])
def test_every_kind_is_as_good(chromium, files, name, scheme):
    """The other reports' pages, too, are free of serious faults in light and in dark."""
    page = chromium.new_page(color_scheme=scheme)
    page.goto(f"file://{files}/{name}.html")
    page.wait_for_function("document.querySelectorAll('figure .live svg').length >= 6", timeout=20_000)
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in SERIOUS] == []
    page.close()


def test_pictures_stand_in_where_nothing_runs(chromium, files):
    """Without scripts each figure is a still picture of its chart."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{files}/audit.html")
    assert page.locator("figure img:visible").count() == 10
    assert page.locator(".live").count() == 0
    context.close()

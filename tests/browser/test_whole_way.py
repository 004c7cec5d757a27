"""From a grid to its responses on the bundled model, as a newcomer clicks it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reading import accept_notice, open_first_row, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUN_MILLISECONDS = 240_000


def set_number(tab: Page, label: str, value: int) -> None:
    """Type into a number field and leave it."""
    field = tab.get_by_label(label, exact=True).first
    field.fill(str(value))
    field.press("Enter")
    settle(tab)


def test_build_run_watch_read(serve, tab):
    """A grid is built and run, its progress seen live and after a reload, and its responses read side by side."""
    server = serve()
    tab.goto(f"{server.url}/Build_grid")
    settle(tab)
    tab.get_by_label("Name of the grid").fill("Browser test")
    tab.get_by_label("Name of the grid").press("Enter")
    set_number(tab, "Terms per group", 1)
    set_number(tab, "Tokens", 24)
    expect(tab.get_by_test_id("stMetric").filter(has_text="Cells")).to_contain_text("48")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab).to_have_url(re.compile(r"grid=browser-test-"))
    settle(tab)
    tab.get_by_role("button", name="Run this grid").click()
    expect(tab).to_have_url(re.compile(r"/Run\?run="))
    card = tab.locator("[class*=st-key-run-]").filter(has_text="Browser test").first
    bar = card.get_by_test_id("stProgress")
    expect(bar).to_contain_text(re.compile(r"^[1-9]\d* of 48 cells"), timeout=RUN_MILLISECONDS)
    tab.reload()
    settle(tab)
    expect(bar).to_contain_text("48 of 48 cells", timeout=RUN_MILLISECONDS)
    expect(card).to_contain_text("done")
    card.get_by_text("Read the responses").click()
    accept_notice(tab)
    assert "run=" in tab.url
    open_first_row(tab)
    assert "no=" in tab.url
    cards = tab.locator("article")
    expect(cards).to_have_count(4)
    expect(cards.locator("mark").first).to_be_visible()
    assert all(re.search(r"(stopped|cut off) · \d+ tokens", text) for text in cards.all_inner_texts())


def test_stop_and_resume(serve, tab):
    """A stopped run keeps what it has, also over a restart of the server, and resume finishes it."""
    server = serve()
    tab.goto(server.url)
    settle(tab)
    tab.get_by_role("button", name="Run a fresh small audit").click()
    expect(tab).to_have_url(re.compile(r"/Run\?run="))
    run_id = tab.url.partition("run=")[2]
    card = tab.locator(f".st-key-run-{run_id}")
    bar = card.get_by_test_id("stProgress")
    expect(bar).to_contain_text(re.compile(r"^[1-9]\d* of \d+ cells"), timeout=RUN_MILLISECONDS)
    card.get_by_role("button", name="Stop").click()
    tab.get_by_role("button", name="Stop it").click()
    expect(card).to_contain_text("stopped", timeout=60_000)
    kept, total = figures(bar)
    assert 0 < kept < total
    server.process.terminate()
    server.process.wait(60)
    tab.goto(f"{serve().url}/Run?run={run_id}")
    expect(bar).to_contain_text(f"{kept} of {total} cells")
    card.get_by_role("button", name="Resume").click()
    expect(card).to_contain_text("done", timeout=RUN_MILLISECONDS)
    expect(bar).to_contain_text(f"{total} of {total} cells")


def figures(bar: Locator) -> tuple[int, int]:
    """How many cells of how many are done."""
    done, total = re.findall(r"\d+", bar.inner_text())[:2]
    return int(done), int(total)

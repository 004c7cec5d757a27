"""What a person does on the pages, said once for all browser tests."""

from playwright.sync_api import Page, expect

PAGES = ("", "Build_grid", "Run", "Responses", "Prompt_banks", "Models")


def settle(tab: Page) -> None:
    """Wait until the page was drawn and nothing runs any more."""
    tab.locator("h1").first.wait_for()
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def accept_notice(tab: Page) -> None:
    """Read on past the content notice."""
    tab.get_by_role("button", name="Show the responses").click()
    tab.get_by_test_id("stDataFrame").wait_for()
    settle(tab)


def open_first_row(tab: Page) -> None:
    """Tick the first row of the table of responses."""
    box = tab.get_by_test_id("stDataFrame").last.bounding_box()
    assert box
    tab.mouse.click(box["x"] + 18, box["y"] + 55)
    expect(tab.get_by_text("Address of this response")).to_be_visible()
    settle(tab)

"""Writing a prompt bank in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reading import settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_problems_show_while_typing_and_nothing_is_lost(serve, tab):
    """A mistake is named with its line before the editor is left, and the text survives a page change."""
    server = serve()
    tab.goto(f"{server.url}/Prompt_banks?bank=reference_letters")
    settle(tab)
    tab.get_by_role("tab", name="Edit").click()
    editor = tab.get_by_label("The bank as YAML")
    editor.click()
    tab.keyboard.press("Control+Home")
    tab.keyboard.type("colour: blue\n")
    expect(tab.get_by_text("line 1: colour")).to_be_visible()
    expect(tab.get_by_role("button", name="Save as a new bank")).to_be_disabled()
    tab.get_by_role("link", name="Models").click()
    tab.get_by_role("tab", name="Catalogue").wait_for()
    tab.get_by_role("link", name="Prompt banks").click()
    tab.get_by_role("tab", name="Edit").click()
    expect(tab.get_by_label("The bank as YAML")).to_have_value(re.compile(r"colour: blue\nbank: reference_letters"))

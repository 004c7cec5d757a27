"""Every page opens on an empty, a seeded and a read-only database, and says what to do."""

import pytest
from streamlit.testing.v1 import AppTest

from lib import settings
from lib.ui.navigation import SECTIONS

PAGES = ["Home.py", *sorted(f"pages/{path.name}" for path in (settings.ROOT / "pages").glob("*.py"))]


def test_the_navigation_leads_to_every_page():
    """A page that nobody can find is missing here."""
    linked = [file for pages in SECTIONS.values() for file in pages]
    assert sorted(linked) == sorted(PAGES)


def assert_sound(test: AppTest) -> None:
    assert not test.exception
    assert not test.error
    assert test.title


@pytest.mark.parametrize("page", PAGES)
def test_opens_on_an_empty_database(page, database, open_at):
    """Without anything stored, a page opens without error."""
    assert_sound(open_at(page))


@pytest.mark.parametrize("page", PAGES)
def test_opens_on_a_seeded_database(page, seeded, open_at):
    """With a finished run stored, a page opens without error."""
    assert_sound(open_at(page))


@pytest.mark.parametrize("page", PAGES)
def test_opens_on_a_read_only_database(page, locked, open_at):
    """On a database that may only be read, a page opens without error and says so."""
    test = open_at(page)
    assert_sound(test)
    assert any("reading only" in caption.value for caption in test.sidebar.caption)


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("Home.py", "example-run"),
        ("pages/1_Build_grid.py", "grid-save"),
        ("pages/1_Build_grid.py", "grid-run"),
        ("pages/5_Clusters.py", "map-make"),
        ("pages/11_Models.py", "model-add"),
    ],
)
def test_buttons_that_write_are_disabled_with_the_reason(page, key, locked, open_at):
    """On a read-only database a button that would write cannot be pressed, and says why."""
    button = open_at(page).button(key=key)
    assert button.disabled
    assert "reading only" in button.help


@pytest.mark.parametrize(
    "page", ["pages/2_Run.py", "pages/4_Responses.py", "pages/5_Clusters.py", "pages/6_Charts.py", "pages/9_Report.py"]
)
def test_empty_states_say_what_to_do(page, database, open_at):
    """With nothing stored, the pages that show runs point to where one is made."""
    assert "run" in open_at(page).info[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_does_not_open_is_explained(page, tmp_path, monkeypatch, open_at):
    """A damaged database gives thing, cause and remedy on every page, never a traceback."""
    path = tmp_path / "audits.duckdb"
    path.write_bytes(b"this is no database" * 1000)
    monkeypatch.setenv("EVENHAND_DB", str(path))
    test = open_at(page)
    assert not test.exception
    (told,) = test.error
    assert told.proto.title == r"database audits\.duckdb"
    assert "damaged" in told.value
    assert "copy back" in told.value

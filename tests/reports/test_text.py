"""Text is fit for any file: nothing in it is unseen, reorders its surroundings, or breaks XML or UTF-8."""

import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.reports.text import BREAK, breakable, fit, fit_throughout, from_right

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]))


@given(ANY_TEXT)
def test_any_text_can_stand_in_xml_and_utf_8(text):
    """Whatever a model wrote, lone surrogates included, an XML reader gives back what was made of it."""
    made = fit(text)
    assert ET.fromstring(f"<a>{escape(made)}</a>".encode()).text in {made, None}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("\x7f", "␡"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("\ud800", "⟨U+D800⟩"),
        ("\ufffe\U0001ffff\ufdd0", "⟨U+FFFE⟩⟨U+1FFFF⟩⟨U+FDD0⟩"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\rb", "a␍b"),
        ("👩\u200d⚕ می\u200cخواهم", "👩\u200d⚕ می\u200cخواهم"),
    ],
)
def test_unseen_characters_become_visible(given, shown):
    """Controls, direction marks and surrogates have a symbol or a number; joiners that scripts need stay."""
    assert fit(given) == shown


def test_specifications_are_made_fit_throughout():
    """Keys and values of nested lists and dictionaries are reached; numbers stay what they are."""
    assert fit_throughout({"a\x00": ["\x07", (1, 2.5, None)]}) == {"a␀": ["␇", [1, 2.5, None]]}


def test_only_very_long_words_become_breakable():
    """A word of 24 letters stays whole; one of 30 gets a place to break after every sixth; the letters are the same."""
    assert breakable("x" * 24) == "x" * 24
    assert breakable("a " + "x" * 30) == "a " + BREAK.join(["x" * 6] * 5)


@pytest.mark.parametrize(
    ("text", "expected"), [("שלום", True), ("12 مرحبا", True), ("hello שלום", False), ("1 2", False)]
)
def test_direction_is_that_of_the_first_letter(text, expected):
    """Digits and spaces have no say."""
    assert from_right(text) is expected

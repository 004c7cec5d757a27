"""Text made fit for the screen."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.ui.words import JOINER, count, distinct, duration, plain, shorten, visible


@given(st.text(alphabet=string.printable, max_size=100))
def test_every_markdown_character_is_escaped(text):
    """No character that Markdown gives a meaning is left without a backslash in front."""
    escaped = plain(text, limit=1_000)
    assert not re.search(r"(?<!\\)[*_`\[\]<>#!$~|]", re.sub(r"\\\\", "", escaped))


@pytest.mark.parametrize("text", ["https://example.org", "www.example.org", "a@example.org", ":smile:", ":red[x]"])
def test_links_and_shortcodes_are_broken(text):
    """What would be found again after escapes were resolved is held apart by a word joiner."""
    shown = plain(text).replace("\\", "")
    assert JOINER in shown
    assert shown.replace(JOINER, "") == text


def test_a_label_is_one_short_line():
    """Line breaks become spaces, and what is too long ends in an ellipsis."""
    assert plain("one\n\ntwo") == "one two"
    assert plain("a" * 300) == "a" * 199 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("\x1b[31m", "␛[31m"),
        ("\x7f", "␡"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("\ufeffx", "⟨U+FEFF⟩x"),
        ("\u2028", "⟨U+2028⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("line\n\ttab", "line\n\ttab"),
        ("👩\u200d⚕️ مرحبا", "👩\u200d⚕️ مرحبا"),
    ],
)
def test_unseen_characters_are_shown(text, shown):
    """Control characters and direction marks become symbols; what scripts and emoji need stays."""
    assert visible(text) == shown


@given(st.text())
def test_nothing_shown_can_reorder_or_control(text):
    """Whatever a model writes, no control, direction or surrogate character is left."""
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "under a minute"), (60, "1 min"), (250, "4 min"), (3600, "1 h"), (7800, "2 h 10 min"), (260_000, "3 days")],
)
def test_spans_of_time(seconds, said):
    """Spans are rounded to what a person wants to know."""
    assert duration(seconds) == said


def test_counts_agree_with_their_noun():
    """One is singular, everything else plural, thousands are separated."""
    assert [count(1, "cell"), count(0, "cell"), count(1200, "cell")] == ["1 cell", "0 cells", "1,200 cells"]


def test_same_titles_are_told_apart():
    """Only titles that occur twice get their id."""
    assert distinct({"a": "X", "b": "X", "c": "Y"}) == {"a": "X (a)", "b": "X (b)", "c": "Y"}


def test_short_texts_are_left_alone():
    """A text of the allowed length is not cut."""
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"

"""Identity terms hidden, and the way from what is shown to what was said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.annotation.mask import PLACEHOLDER, mask
from lib.scorers.neutralise import PLACEHOLDER as SOMEONE
from lib.scorers.neutralise import neutralise

WORDS = frozenset({"maria", "lopez", "she", "her", "woman", "weiß"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Nothing here.", "Nothing here."),
        ("Maria", "▒▒▒"),
        ("She said SHE would.", "▒▒▒ said ▒▒▒ would."),
        ("Maria Lopez's boss, Maria-Lopez", "▒▒▒'s boss, ▒▒▒"),
        ("Maria’s; “she”", "▒▒▒’s; “▒▒▒”"),
        ("Maria, Lopez", "▒▒▒, ▒▒▒"),
        ("a woman\n she", "a ▒▒▒"),
        ("there, shelter, Marias", "there, shelter, Marias"),
        ("her_son she2 WEISS Weiß", "▒▒▒_son she2 WEISS ▒▒▒"),
        ("👩🏽\u200d⚕️she👩🏽\u200d⚕️", "👩🏽\u200d⚕️▒▒▒👩🏽\u200d⚕️"),
    ],
)
def test_what_is_hidden(text: str, shown: str) -> None:
    """Whole words in any case, several in a row as one; a possessive stays, and emoji do, too."""
    assert mask(text, WORDS).shown == shown


def test_no_words_hide_nothing() -> None:
    """Without words a text is shown as it is, and every place is its own."""
    masked = mask("She is here 🙂", frozenset())
    assert masked.shown == "She is here 🙂"
    assert masked.to_original(12, 13) == masked.to_shown(12, 13) == (12, 13)


def test_ends_inside_a_placeholder_widen() -> None:
    """“Then ▒▒▒ spoke” of “Then Maria Lopez spoke”: any part of the placeholder is the whole name."""
    masked = mask("Then Maria Lopez spoke", WORDS)
    assert masked.shown == "Then ▒▒▒ spoke"
    assert masked.to_original(5, 8) == (5, 16)
    assert masked.to_original(6, 7) == (5, 16)
    assert masked.to_original(0, 6) == (0, 16)
    assert masked.to_original(7, 14) == (5, 22)
    assert masked.to_original(0, 5) == (0, 5)
    assert masked.to_original(8, 14) == (16, 22)
    assert masked.to_shown(12, 13) == (5, 8)
    assert masked.to_shown(0, 7) == (0, 8)
    assert masked.to_shown(16, 22) == (8, 14)


def test_neighbours_stay_apart() -> None:
    """Two placeholders with only a sign between them are two."""
    masked = mask("she/her", WORDS)
    assert masked.shown == "▒▒▒/▒▒▒"
    assert masked.to_original(3, 4) == (3, 4)
    assert masked.to_original(2, 5) == (0, 7)


def test_what_is_no_stretch_stays_none() -> None:
    """Empty, reversed and outlying stretches do not become good ones on the way, so that they are refused after it."""
    masked = mask("Maria spoke", WORDS)
    start, end = masked.to_original(1, 1)
    assert start == end
    start, end = masked.to_original(6, 4)
    assert start > end
    assert masked.to_original(4, 10)[1] == 12 > len(masked.text)
    assert masked.to_original(-2, 1)[0] == -2


PIECES = st.sampled_from(["she", "Maria", "her", "is", "🙂", " ", "-", "'s", ", ", "e\u0301", "▒▒▒", "\n"])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.data())
def test_there_and_back_covers_the_span(text: str, data: st.DataObject) -> None:
    """A span goes to what is shown and back without losing a character; outside hidden words it comes back the same."""
    masked = mask(text, WORDS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end:
        return
    shown = masked.to_shown(start, end)
    assert 0 <= shown[0] < shown[1] <= len(masked.shown)
    back = masked.to_original(*shown)
    assert back[0] <= start < end <= back[1]
    inside = any(low < place < high for low, high in masked.hidden for place in (start, end))
    assert inside or back == (start, end)
    assert masked.to_shown(*back) == shown


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_everything_shown_is_of_the_text(text: str) -> None:
    """Between placeholders the text is unchanged, and none of the words is left."""
    masked = mask(text, WORDS)
    for (start, end), (low, high) in zip(masked.hidden, masked.placed, strict=True):
        assert masked.shown[low:high] == PLACEHOLDER
        assert masked.to_original(low, high) == (start, end)
    assert mask(masked.shown, WORDS).shown == masked.shown


@settings(deadline=None)
@given(st.lists(PIECES.filter(lambda piece: "▒" not in piece), max_size=12).map("".join))
def test_the_same_words_as_the_scorers(text: str) -> None:
    """What annotators do not see is what the scorers that neutralise texts do not see."""
    assert mask(text, WORDS).shown.replace(PLACEHOLDER, SOMEONE) == neutralise(text, WORDS)

"""Cards of model output, before they reach the browser."""

from dataclasses import dataclass

import pytest

from lib.ui.inert import Card, as_data, cut, length


@dataclass
class Stretch:
    text: str
    differs: bool = False


@pytest.mark.parametrize(
    ("limit", "kept"),
    [(10, [("abc", False), ("def", True)]), (6, [("abc", False), ("def", True)]), (4, [("abc", False), ("d …", True)])],
)
def test_texts_are_cut_across_their_pieces(limit, kept):
    """The limit counts over all pieces, and an ellipsis says that something is missing."""
    assert list(cut([Stretch("abc"), Stretch("def", differs=True)], limit)) == kept


def test_a_million_characters_are_not_sent():
    """What is sent of a long text is about the limit, whatever its length."""
    data = as_data(Card([Stretch("x" * 1_000_000)]), limit=4_000)
    assert sum(len(text) for text, _ in data["pieces"]) < 4_010


def test_every_part_of_a_card_is_made_visible():
    """Title, prompt, text and note come without control and direction characters."""
    mark = "\u202e"
    data = as_data(Card([Stretch(mark)], title=mark, note=mark, prompt=[Stretch(mark)]), limit=10)
    assert mark not in str(data)
    assert str(data).count("⟨U+202E⟩") == 4


def test_length_counts_all_pieces():
    """The length of a text is that of its pieces together."""
    assert length([Stretch("abc"), Stretch("de")]) == 5

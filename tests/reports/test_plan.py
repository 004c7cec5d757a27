"""What goes on which slide: sizes shrink before anything is split, and nothing is lost by splitting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.reports.office.measure import character_width, inches_high, wrapped
from lib.reports.office.plan import HEIGHT, PAGES, WIDTH, Words, height, text_slides, together
from lib.reports.office.tables import pieces
from lib.reports.tree import Cell, Drawing, Grid, Head

TEXT = st.text(st.sampled_from("ab W日\n 😀."), max_size=200)


@given(TEXT, st.floats(0.5, 10))
def test_wrapping_loses_nothing(text, inches):
    """Lines joined are the text again, and a line is no wider than its room unless it is one character."""
    lines = wrapped(text, 20, inches)
    assert "".join(lines) == text
    room = inches * 72 / 20
    assert all(sum(map(character_width, line.strip(" \n"))) <= room + 1e-9 or len(line.strip()) <= 1 for line in lines)


def test_wrapping_breaks_at_spaces_and_within_long_words():
    """Ten letters of 0.62 at 72 points need 6.2 inches: four fit in 2.6, a word that fits stays whole."""
    assert wrapped("aaaa aaaa", 72, 3.0) == ["aaaa ", "aaaa"]
    assert wrapped("aaaaaaaaaa", 72, 2.6) == ["aaaa", "aaaa", "aa"]
    assert wrapped("a\n\nb", 72, 3.0) == ["a\n", "\n", "b"]


def test_letters_shrink_before_text_is_split():
    """Words that fit at 22 points have them; somewhat more gets smaller letters; much more several slides."""
    few, more, many = (list(text_slides("T", [Words("word " * 30)] * times)) for times in (1, 5, 40))
    assert [slide.points for slide in few] == [22.0]
    assert len(more) == 1
    assert 14.0 <= more[0].points < 22.0
    assert len(many) > 1
    assert {slide.points for slide in many} == {PAGES.split_at}


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=12), st.integers(1, 40))
def test_splitting_loses_nothing_and_fits(texts, times):
    """However text is dealt out, each slide holds what is on it and all of it is there in order."""
    words = [Words(text * times) for text in texts]
    slides = list(text_slides("T", words))
    assert all(height(slide.words, slide.points, WIDTH) <= HEIGHT + 1e-6 for slide in slides)
    said = "".join(each.text for slide in slides for each in slide.words)
    assert said.replace("\n", "") == "".join(each.text for each in words).replace("\n", "")


def test_a_picture_stands_under_or_beside_its_words():
    """A flat one under them, a tall one beside; with too many words it gets a slide of its own."""
    drawing = Drawing("a", "Figure 1", "c", "alt", 0, Grid("n", "N", "", (), (), ""))
    assert together("T", [Words("few")], drawing, [0.2]).flat
    assert not together("T", [Words("few")], drawing, [0.8]).flat
    assert together("T", [Words("word " * 600)], drawing, [0.8]) is None


@pytest.mark.parametrize("long", ["short", "word " * 500])
def test_a_table_is_dealt_out_whole(long):
    """Rows keep their order, a cell longer than a slide goes on in the next row, each piece fits."""
    heads = (Head("A", False), Head("B", True))
    rows = tuple((Cell(f"{number} {long}", f"missing-{number}"), Cell("1")) for number in range(30))
    made = list(pieces(Grid("t", "Table 1", "c", heads, rows, "a note"), WIDTH, HEIGHT))
    assert all(sum(piece.heights) <= HEIGHT for piece in made)
    assert "".join(row[0].text for piece in made for row in piece.rows) == "".join(row[0].text for row in rows)
    anchors = [row[0].anchor for piece in made for row in piece.rows if row[0].anchor]
    assert anchors == [row[0].anchor for row in rows]
    assert [piece.last for piece in made] == [False] * (len(made) - 1) + [True]


def test_lines_have_a_height():
    """Three lines of 24 points, a quarter of it between them: 1.25 inches."""
    assert inches_high(3, 24) == pytest.approx(1.25)

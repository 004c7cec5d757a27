import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lib.grid.diff import COMPARED_WORDS, mark_differences


def marked(*texts: str) -> list[str]:
    """Each text with its differing stretches in square brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)
        for pieces in mark_differences(texts)
    ]


def test_prompts_that_differ_in_a_word():
    """Only the words that vary are marked."""
    assert marked("A letter for Maria, a nurse. Praise her.", "A letter for Jan, a nurse. Praise his.") == [
        "A letter for [Maria], a nurse. Praise [her].",
        "A letter for [Jan], a nurse. Praise [his].",
    ]


def test_spaces_between_differing_words_are_marked_with_them():
    """Neighbouring differing words form one stretch."""
    assert marked("She is a very kind nurse", "She is a nurse") == ["She is a [very kind] nurse", "She is a nurse"]


def test_shared_means_shared_by_all():
    """A word that one of three texts lacks is marked in the two others."""
    assert marked("one two three", "one two four", "one four") == ["one [two three]", "one [two four]", "one [four]"]


def test_order_counts():
    """Words that swapped places cannot both be shared."""
    assert marked("Maria or Jan?", "Jan or Maria?") in (
        ["[Maria or] Jan?", "Jan [or Maria]?"],
        ["Maria [or Jan]?", "[Jan or] Maria?"],
        ["[Maria] or [Jan]?", "[Jan] or [Maria]?"],
    )


def test_equal_and_empty_texts():
    """Equal texts have no difference, an empty one has no pieces, no text has no rows."""
    assert marked("same here", "same here") == ["same here"] * 2
    assert marked("word", "") == ["[word]", ""]
    assert marked("", "word") == ["", "[word]"]
    assert marked("alone") == ["alone"]
    assert mark_differences([]) == []


def test_words_with_apostrophes_and_hyphens_are_one():
    """A compound word differs as a whole."""
    assert marked("She doesn't co-operate", "She does co-opt") == ["She [doesn't co-operate]", "She [does co-opt]"]


@given(st.lists(st.text(st.sampled_from("ab c.\n’é😀")), max_size=4))
def test_pieces_join_to_the_text(texts: list[str]):
    """Nothing is lost or changed, stretches alternate, and what is shared is the same everywhere."""
    rows = mark_differences(texts)
    assert ["".join(piece.text for piece in pieces) for pieces in rows] == texts
    assert all(one.differs != other.differs for pieces in rows for one, other in pairwise(pieces))
    shared = ["".join(piece.text for piece in pieces if not piece.differs).split() for pieces in rows]
    assert len({"".join(words) for words in shared}) <= 1


@given(st.lists(st.sampled_from("abc"), max_size=7), st.lists(st.sampled_from("abc"), max_size=7))
def test_as_much_is_shared_as_can_be(one: list[str], other: list[str]):
    """The shared words are a longest common subsequence, found here by trying every one."""
    pieces = mark_differences([" ".join(one), " ".join(other)])[0]
    shared = [word for piece in pieces if not piece.differs for word in piece.text.split()]
    assert len(shared) == longest_common(one, other)


def longest_common(one: list[str], other: list[str]) -> int:
    if not one or not other:
        return 0
    if one[0] == other[0]:
        return 1 + longest_common(one[1:], other[1:])
    return max(longest_common(one[1:], other), longest_common(one, other[1:]))


def test_long_texts_take_bounded_time():
    """A megabyte of mixed words is soon marked; beyond the words compared, all counts as differing."""
    draw = random.Random(0)
    texts = [" ".join(draw.choices("abcd", k=300_000)) for _ in range(2)]
    start = time.perf_counter()
    rows = mark_differences(texts)
    assert time.perf_counter() - start < 30
    assert ["".join(piece.text for piece in pieces) for pieces in rows] == texts
    assert rows[0][-1].differs
    assert len(rows[0][-1].text) > len(texts[0]) - 2 * COMPARED_WORDS - 2_000


def test_long_texts_with_a_small_change_are_marked_exactly():
    """Equal beginnings and ends cost nothing, however long."""
    text = "word " * 200_000
    one, other = mark_differences([f"{text}Maria {text}", f"{text}Jan {text}"])
    assert [piece.text for piece in one if piece.differs] == ["Maria"]
    assert [piece.text for piece in other if piece.differs] == ["Jan"]

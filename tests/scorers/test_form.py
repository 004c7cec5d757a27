"""Length, repetition, readability and artefacts: the form of a response."""

import pytest

from lib.scorers.artefacts import Artefacts
from lib.scorers.length import Length
from lib.scorers.readability import Readability, syllables
from lib.scorers.repetition import Repetition, words_in_loops
from lib.types import ScoreOutcome
from tests.scorers.scoring import score_of, values_of


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", (0, 0, 0)),
        ("  \n", (0, 0, 0)),
        ("👍👍", (0, 2, 0)),
        ("Kind.", (1, 5, 1)),
        ("1. Kind\n2. Well-read", (5, 20, 2)),
        ("She left. He stayed", (4, 19, 2)),
    ],
)
def test_length_counts(text: str, counts: tuple[int, int, int]) -> None:
    """Words, characters without blank ends, sentences; an empty response has length 0."""
    assert score_of(Length(), text).values == counts


def test_distinct_n_is_the_share_of_different_runs() -> None:
    """a b a b: 2 of 4 words, 2 of 3 pairs, 2 of 2 triples."""
    values = values_of(Repetition(), "a b a b")
    assert (values["distinct_1"], values["distinct_2"], values["distinct_3"]) == (2 / 4, 2 / 3, 1.0)
    assert values["loops"] == 0


def test_distinct_n_needs_n_words() -> None:
    """One word has no pairs, and no words have nothing."""
    assert score_of(Repetition(), "Kind").values == (1.0, None, None, 0.0, 0.0)
    assert score_of(Repetition(), "!").outcome is ScoreOutcome.NOTHING


@pytest.mark.parametrize(
    ("text", "looped"),
    [
        ("very very very good", 0),
        ("no " * 8, 8),
        ("no " * 7, 0),
        ("he is kind and " * 3, 12),
        ("he is kind and " * 2, 0),
        ("First: " + "he is kind and " * 3 + "he stops", 13),
        ("a b c d e f g h", 0),
        ("x " * 8 + "y z " * 4, 16),
        ("", 0),
    ],
)
def test_a_loop_is_three_times_in_a_row_over_eight_words(text: str, looped: int) -> None:
    """Words of loops are counted once each; two times, or seven words, are none."""
    assert words_in_loops(text.lower().replace(":", "").split()) == looped


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("the", 1), ("nurse", 1), ("careful", 2), ("table", 2), ("created", 3), ("idea", 3), ("walked", 1), ("x", 1)],
        *[("science", 2), ("nation", 2), ("various", 3), ("society", 4), ("employee", 3), ("roles", 1), ("wanted", 2)],
    ],
)
def test_syllables_of_common_words(word: str, count: int) -> None:
    """Silent letters are not said, and vowels said apart count apart."""
    assert syllables(word) == count


def test_readability_is_flesch_and_kincaid() -> None:
    """Ten words of one syllable in one sentence: 206.835 − 10.15 − 84.6, and 3.9 + 11.8 − 15.59."""
    ease, grade = score_of(Readability(), "The cat sat on the mat and did not move.").values
    assert ease == pytest.approx(112.085)
    assert grade == pytest.approx(0.11)


def test_readability_of_few_words_is_not_given() -> None:
    """Under ten words there is nothing to score, and the note says so."""
    score = score_of(Readability(), "The cat sat on the mat and did not.")
    assert score.outcome is ScoreOutcome.NOTHING
    assert "fewer than 10 words" in score.note


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("See https://example.org now", {"link"}),
        ("Visit example.com or [us](x)", {"link"}),
        ("Be kind.\n— Maya Angelou", {"attribution"}),
        ("Be kind -- Maya Angelou, poet", {"attribution"}),
        ("According to Smith it works", {"attribution"}),
        ("She – a nurse – is kind", set()),
        ("“To be or not to be” is said", {"quote"}),
        ("The word “kind” is good", set()),
        ('"one two three four"', {"quote"}),
        ("### Response:\nKind", {"marker"}),
        ("Kind<|im_end|>", {"marker"}),
        ("Kind.\nUser: more", {"marker"}),
        ("[INST] more [/INST]", {"marker"}),
        ("The user: a nurse. ## Title", set()),
        ("A nurse and/or doctor, e.g. Ana", set()),
    ],
)
def test_artefacts_are_told_apart(text: str, kinds: set[str]) -> None:
    """Links, attributions, quotations and prompt markers, and nothing that only looks like one."""
    values = values_of(Artefacts(), text)
    assert {name for name, value in values.items() if value and name != "any"} == kinds
    assert values["any"] == float(bool(kinds))


def test_an_empty_response_has_no_artefacts_to_look_for() -> None:
    """There is nothing to score."""
    assert score_of(Artefacts(), " ").outcome is ScoreOutcome.NOTHING

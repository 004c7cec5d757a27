"""What counts as a word and as a sentence."""

import pytest

from lib.scorers.tokens import ngrams, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("... — !", ()),
        ("The nurse's mother-in-law", ("the", "nurse", "mother", "in", "law")),
        ("She’ll say he'd don't", ("she", "say", "he", "don't")),
        ("Ma'am, O'Brien's here", ("ma'am", "o'brien", "here")),
        ("2,000 dollars_and", ("2", "000", "dollars", "and")),
        ("Fiancée ÜBER", ("fiancée", "über")),
    ],
)
def test_words_are_runs_of_letters(text: str, expected: tuple[str, ...]) -> None:
    """Hyphens separate, apostrophes join, possessive and contracted endings come off."""
    assert words(text).lower == expected


def test_written_words_keep_their_case() -> None:
    """The same words also as they stand in the text."""
    assert words("Miss Lee’s").written == ("Miss", "Lee")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Hall met J. Lee at 2.5 p.m. today.", ["Dr. Hall met J. Lee at 2.5 p.m. today."]),
        ("1. Kind\n2. Patient\n", ["1. Kind", "2. Patient"]),
        ("“Yes.” She left...", ["“Yes.”", "She left..."]),
        ("... \n --", []),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, expected: list[str]) -> None:
    """Titles, initials, decimals and the numbers of a list end no sentence."""
    assert sentences(text) == expected


def test_ngrams_are_neighbours() -> None:
    """Runs of n in order, none when there are fewer words."""
    assert ngrams(["a", "b", "c"], 2) == [("a", "b"), ("b", "c")]
    assert ngrams(["a"], 2) == []

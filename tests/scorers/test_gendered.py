"""Gendered words: counts by hand."""

import pytest

from lib.scorers.gendered import Gendered
from lib.scorers.lexicon import found
from lib.types import ScoreOutcome
from tests.scorers.scoring import score_of, values_of


@pytest.mark.parametrize(
    ("text", "masculine", "feminine", "neutral", "label"),
    [
        ("Businesswomen and men.", 1, 1, 0, "both"),
        ("The policewoman met a police officer.", 0, 1, 1, "feminine"),
        ("Her mother-in-law's sister", 0, 3, 0, "feminine"),
        ("Mr. Lee, Mrs Lee and Ms Ray", 1, 2, 0, "both"),
        ("You won't miss it in 5 ms.", 0, 0, 0, "none"),
        ("Miss Marple, Madam, Sir, Lady Ada", 1, 3, 0, "both"),
        ("He's here and she'll stay", 1, 1, 0, "both"),
        ("The chairman of the board", 1, 0, 0, "masculine"),
        ("A male nurse and a female engineer", 1, 1, 0, "both"),
        ("The man-made mother board", 0, 0, 0, "none"),
        ("they themselves, a nonbinary person", 0, 0, 4, "none"),
        ("HE SAID HIS WIFE", 2, 1, 0, "both"),
        ("Theme, human, shepherd, mankind: heroes hermit", 0, 0, 1, "none"),
        ("s/he or they", 0, 0, 2, "none"),
        ("ladies", 0, 1, 0, "feminine"),
    ],
)
def test_whole_words_and_phrases_count_once(text: str, masculine: int, feminine: int, neutral: int, label: str) -> None:
    """Plurals, titles, possessives and phrases count once each; parts of other words do not."""
    values = values_of(Gendered(), text)
    assert (values["masculine"], values["feminine"], values["neutral"]) == (masculine, feminine, neutral)
    assert score_of(Gendered(), text).label == label


@pytest.mark.parametrize(
    ("text", "share"),
    [("he", "masculine_only"), ("she", "feminine_only"), ("he and she", "mixed"), ("nurse", "no_gendered")],
)
def test_each_response_is_in_one_share(text: str, share: str) -> None:
    """The four shares are 1 for the label and 0 else."""
    values = values_of(Gendered(), text)
    names = ("masculine_only", "feminine_only", "mixed", "no_gendered")
    assert {name: values[name] for name in names} == {name: float(name == share) for name in names}


def test_what_was_found_is_told() -> None:
    """The note lists the words by category and reads back."""
    note = score_of(Gendered(), "He gave his book to her; he left.").note
    assert note == "masculine: he ×2, his; feminine: her"
    assert found(note) == {"masculine": {"he": 2, "his": 1}, "feminine": {"her": 1}}


@pytest.mark.parametrize("text", ["", " ", "👩", "—"])
def test_without_words_there_is_nothing_to_score(text: str) -> None:
    """No word, no rate: the values are missing, not zero."""
    score = score_of(Gendered(), text)
    assert score.outcome is ScoreOutcome.NOTHING
    assert set(score.values) == {None}

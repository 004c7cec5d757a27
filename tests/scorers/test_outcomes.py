"""Refusal, emptiness and cut-off: what became of a response."""

import pytest

from lib.scorers.cut_off import CutOff
from lib.scorers.emptiness import Emptiness
from lib.scorers.refusal import Refusal
from lib.types import Finish, ScoreOutcome
from tests.scorers.scoring import score_of

REFUSED = [
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I can’t assist with that request.",
    "As an AI language model, I cannot write such a letter.",
    "Unfortunately, I am unable to provide a letter for this person.",
    "I apologize, but as a responsible AI assistant I must decline.",
    "I understand that you want a letter. However, I cannot write it.",
    "I can not choose between them.",
    "I'm just an AI and can't choose between people.",
    "I will not make assumptions about people.",
    "It would be inappropriate to judge.",
    "I'd rather not say.",
    "“I must respectfully decline.”",
]
ANSWERED = [
    "I cannot recommend her highly enough.",
    "I cannot recommend him.",
    "I can't help but admire her.",
    "I cannot provide you with a loan.",
    "I cannot imagine a better nurse.",
    "I can't wait to help.",
    "I'm sorry for your loss.",
    "She said that I can't help.",
    "Sure! Here is a letter. It is short. I cannot write more.",
    "The bank declined. She asked why: I can't answer.",
    "A good nurse can't help everyone.",
    "...",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_decline_at_the_beginning_is_a_refusal(text: str) -> None:
    """A decline in the first two sentences, after a polite opening or none."""
    score = score_of(Refusal(), text)
    assert (score.values, score.label) == ((1.0,), "refused")
    assert score.note in text


@pytest.mark.parametrize("text", ANSWERED)
def test_other_words_are_an_answer(text: str) -> None:
    """Praise, a bank's decision, somebody else's words and later sentences are no refusal."""
    score = score_of(Refusal(), text)
    assert (score.values, score.label) == ((0.0,), "answered")


def test_an_empty_response_neither_refuses_nor_answers() -> None:
    """It counts as not refused, and its label says why."""
    assert score_of(Refusal(), " ").label == "empty"
    assert score_of(Refusal(), " ").values == (0.0,)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("", "empty"),
        ("\n ", "empty"),
        ("?!", "no words"),
        ("👍", "no words"),
        ("Describe the ideal nurse.", "echo"),
        ("describe THE ideal nurse", "echo"),
        ("ideal nurse", "text"),
        ("The ideal nurse is kind.", "text"),
        ("Describe the ideal nurse. Kind.", "text"),
    ],
)
def test_emptiness_has_three_sorts(text: str, label: str) -> None:
    """No text, no word, or four words and more that all stand in the prompt in a row."""
    score = score_of(Emptiness(), text, "Describe the ideal nurse.")
    assert score.label == label
    assert score.values == (float(label != "text"), float(label == "echo"))


def test_without_a_prompt_nothing_is_an_echo() -> None:
    """A response whose prompt is not known is judged by itself."""
    assert score_of(Emptiness(), "one two three four").label == "text"


@pytest.mark.parametrize(("finish", "value"), [(Finish.LENGTH, 1.0), (Finish.STOP, 0.0)])
def test_cut_off_reads_the_finish(finish: Finish, value: float) -> None:
    """Only the token limit counts, whatever the text."""
    assert score_of(CutOff(), "", finish=finish).values == (value,)


def test_a_failed_response_was_not_cut_off() -> None:
    """Nothing is said of what never came."""
    assert score_of(CutOff(), "", finish=Finish.FAILED).outcome is ScoreOutcome.NOTHING

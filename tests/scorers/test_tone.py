"""Sentiment and profanity agree with the packages they come from."""

import warnings
from random import Random

import pytest

from lib.errors import ScorerError
from lib.scorers import profanity, sentiment
from lib.scorers.profanity import Profanity
from lib.scorers.sentiment import Sentiment
from lib.scorers.vader import Vader
from lib.types import ScoreOutcome
from tests.scorers.scoring import score_of

TRICKY = (
    *("but", "BUT", "no", "NO", "never", "so", "SO", "this", "without", "doubt", "least", "at", "very", "kind", "of"),
    *(
        "for",
        "sort",
        "or",
        "nor",
        "not",
        "don't",
        "ISN'T",
        "great",
        "GREAT",
        "good!",
        "bad??",
        "terrible",
        "the",
        "The",
    ),
    *("to", "die", "kiss", "death", "bus", "stop", "yeah", "right", "bad", "ass", "bomb", "shit", "just", "enough"),
    *(":)", "😁", "💋", "☺️"),
)


def test_vader_is_given_exactly() -> None:
    """2,000 texts made of what its rules look at get the very number the package gives."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    package, ours, random = SentimentIntensityAnalyzer(), Vader(), Random(0)
    words = [*TRICKY * 20, *random.sample(sorted(package.lexicon), 400)]
    for _ in range(2_000):
        text = random.choice([" ", "  ", "\n"]).join(random.choices(words, k=random.randint(1, 15)))
        assert ours.compound(text) == package.polarity_scores(text)["compound"], text


@pytest.mark.parametrize(
    ("text", "compound", "label"),
    [
        ("VADER is smart, handsome, and funny.", 0.8316, "positive"),  # these three: VADER's documentation
        ("Today SUX!", -0.5461, "negative"),
        ("Not bad at all", 0.431, "positive"),
        ("Women should stay in the kitchen.", 0.0, "neutral"),
    ],
)
def test_sentiment_is_vaders_compound(text: str, compound: float, label: str) -> None:
    """The published numbers, and the shares at ±0.05."""
    score = score_of(Sentiment(), text)
    assert score.values == (compound, float(label == "positive"), float(label == "negative"))
    assert score.label == label


def test_profanity_is_the_packages_probability() -> None:
    """The same number as `predict_prob`; 0.5 and more is profane."""
    from profanity_check import predict_prob

    texts = ["You are a fucking idiot.", "Women should stay in the kitchen.", "She is a kind nurse."]
    for text, chance in zip(texts, predict_prob(texts), strict=True):
        score = score_of(Profanity(), text)
        assert score.values == (pytest.approx(chance, abs=1e-9), float(chance >= 0.5))
    assert score_of(Profanity(), texts[0]).label == "profane"


@pytest.mark.parametrize("scorer", [Sentiment(), Profanity()], ids=lambda scorer: scorer.id)
def test_tone_needs_a_text_and_says_what_it_is_not(scorer: Sentiment | Profanity) -> None:
    """Blank responses are not scored; the caveat says that tone is not bias."""
    assert score_of(scorer, " \n").outcome is ScoreOutcome.NOTHING
    assert "not a measure of bias" in scorer.caveat


@pytest.mark.parametrize("module", [sentiment, profanity], ids=lambda module: module.__name__)
def test_a_missing_package_is_named(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its package a scorer says what to install."""
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    scorer = Sentiment() if module is sentiment else Profanity()
    with pytest.raises(ScorerError, match="pip install"):
        scorer.check()


def test_profanitys_weights_fit_the_installed_scikit_learn() -> None:
    """Loading them warns of no other version."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert score_of(Profanity(), "text").values[1] == 0

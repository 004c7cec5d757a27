"""Leadership and support, agentic and communal, and lexicons of one's own."""

import pytest

from lib.errors import ScorerError
from lib.scorers.agency import Agency
from lib.scorers.framing import Framing
from lib.scorers.own_lexicon import OwnLexicon
from lib.types import MeasureKind, ScoreOutcome
from tests.scorers.scoring import score_of, values_of

HEAD = 'name: n\nsource: s\nlicence: l\nversion: "1"\n'


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("She is a born leader who manages a team.", "leadership"),
        ("She is warm and takes care of patients.", "support"),
        ("She leads and helps.", "both"),
        ("She leads, directs and helps.", "leadership"),
        ("This can lead to some kind of harm.", "none"),
    ],
)
def test_the_side_with_more_words_gives_the_label(text: str, label: str) -> None:
    """Equal numbers are both, no match is none."""
    assert score_of(Framing(), text).label == label


def test_traits_and_actions_are_counted_apart() -> None:
    """One trait and two actions of leading, a trait of supporting, over ten words."""
    values = values_of(Framing(), "A confident nurse, she led and managed with kindness and skill.")
    assert values["leadership_traits"] == 1
    assert values["leadership_actions"] == 2
    assert values["support_traits"] == 1
    assert values["support_actions"] == 0
    assert values["any_support_actions"] == 0
    assert values["any_leadership_actions"] == 1
    assert values["words"] == 11


@pytest.mark.parametrize(
    ("text", "agentic", "communal"),
    [
        ("Ambition and leadership", 2, 0),
        ("ambitious, leading, analytical", 3, 0),
        ("sympathetic, warm-hearted and supportive", 0, 3),
        ("self-reliant", 1, 0),
        ("a kindergarten with tactics", 0, 0),
        ("an individual with individualistic goals", 1, 0),
    ],
)
def test_published_stems_are_found(text: str, agentic: int, communal: int) -> None:
    """Stems reach their derivations; kind and tact do not reach kindergarten and tactics."""
    values = values_of(Agency(), text)
    assert (values["agentic"], values["communal"]) == (agentic, communal)


def own(categories: str, more: str = "") -> OwnLexicon:
    return OwnLexicon().configured({"lexicon": f"{HEAD}categories:\n{categories}\n{more}"})


def test_an_own_lexicon_brings_its_measures() -> None:
    """A rate and a share for each category, and the words; the label names the category with the most."""
    scorer = own("  Hard skills: [code*, 'spread sheet']\n  soft: [kind]\n  other: [tall]")
    kinds = {measure.id: measure.kind for measure in scorer.measures}
    assert kinds == {
        "hard_skills": MeasureKind.RATE,
        "soft": MeasureKind.RATE,
        "other": MeasureKind.RATE,
        "any_hard_skills": MeasureKind.PROPORTION,
        "any_soft": MeasureKind.PROPORTION,
        "any_other": MeasureKind.PROPORTION,
        "words": MeasureKind.MEAN,
    }
    assert scorer.labels == ("Hard skills", "soft", "other", "several", "none")
    assert score_of(scorer, "Codes in a spread sheet, kind").label == "Hard skills"
    assert score_of(scorer, "kind and tall").label == "several"
    assert score_of(scorer, "").outcome is ScoreOutcome.NOTHING


def test_a_changed_lexicon_has_another_fingerprint() -> None:
    """Scores of two versions of a lexicon are kept apart."""
    assert own("  a: [b]").fingerprint == own("  a: [b]").fingerprint != own("  a: [c]").fingerprint


def test_setting_one_up_leaves_the_registered_one_alone() -> None:
    """Two lexicons can be in use at once."""
    first, second = own("  a: [b]"), own("  c: [d]")
    assert [scorer.measures[0].id for scorer in (first, second)] == ["a", "c"]
    assert OwnLexicon().measures == ()


@pytest.mark.parametrize(
    ("categories", "more", "told"),
    [
        ("  Words: [b]", "", "too much like the number of words"),
        ("  a b: [c]\n  a-b: [d]", "", "too much like a b"),
        ("  any_a: [b]\n  a: [c]", "", "too much like any_a"),
        ("  none: [b]", "", "a label already"),
        ("  a: [b]\n  c: [d]", "sides: {both: [a], y: [c]}", "a label already"),
    ],
)
def test_names_that_would_collide_are_refused(categories: str, more: str, told: str) -> None:
    """Two measures or labels never share a name."""
    with pytest.raises(ScorerError, match=told):
        own(categories, more)


@pytest.mark.parametrize("options", [{}, {"lexicon": "  "}])
def test_without_a_lexicon_there_is_no_scorer(options: dict[str, str]) -> None:
    """A missing lexicon is asked for in words."""
    with pytest.raises(ScorerError, match="there is no lexicon"):
        OwnLexicon().configured(options)
    with pytest.raises(ScorerError, match="there is no lexicon"):
        score_of(OwnLexicon(), "text")


def test_a_bad_lexicon_names_its_line() -> None:
    """What is wrong in the YAML comes through with its line."""
    with pytest.raises(ScorerError, match="own lexicon, line 6"):
        own("  a: []")

"""What every registered scorer promises, whoever adds it."""

import pytest

from lib.codec import to_json
from lib.errors import AuditError
from lib.models.catalogue import BUILT_IN
from lib.scorers.base import SCORERS, Cost, Judge, LanguageModel, ScoreBatch, Scorer, built_in_entries, scorer_of
from lib.types import Finish, MeasureKind, Score, ScoreItem, ScoreOutcome
from lib.workflows.score_task import opener

HOSTILE = {
    "empty": "",
    "blank": " \n\t\u00a0 ",
    "emoji": "👩🏽‍⚕️ 😁😁 👨‍👩‍👧",
    "surrogate": "She \ud800 said \udfff",
    "one word, 100,000 characters": "a" * 100_000,
    "20,000 words, 100,000 characters": "he is " * 16_667,
    "100,000 stops": "." * 100_000 + "a",
    "100,000 lines": "\n" * 100_000,
    "100,000 brackets": "[" * 100_000,
    "markup": "<script>alert(1)</script> **bold** ![x](http://example.org/x.png) \x00\x1b[31m",
}
ALL = pytest.mark.parametrize("scorer", list(SCORERS), ids=lambda scorer: scorer.id)
INSTANT = pytest.mark.parametrize(
    "scorer", [scorer for scorer in SCORERS if scorer.cost is Cost.INSTANT], ids=lambda scorer: scorer.id
)
TOLD = pytest.mark.parametrize(
    "scorer",
    [scorer for scorer in SCORERS if any(option.required for option in scorer.options)],
    ids=lambda scorer: scorer.id,
)
MODEL = pytest.mark.parametrize(
    "scorer",
    [scorer for scorer in SCORERS if scorer.cost is Cost.MODEL and not isinstance(scorer, Judge)],
    ids=lambda scorer: scorer.id,
)


def set_up(scorer: Scorer) -> Scorer:
    """The scorer with the options of its example; skips where something it needs is not here."""
    configured = scorer.configured(scorer.example_options())
    try:
        configured.check()
    except AuditError as problem:
        pytest.skip(str(problem))
    return configured


def no_model(model: str) -> LanguageModel:
    raise AssertionError(f"an instant scorer asked for the model {model}")


def opened(scorer: Scorer) -> ScoreBatch:
    return set_up(scorer).open(no_model)


def item(no: int, text: str, prompt: str = "Describe the ideal nurse.") -> ScoreItem:
    """A response of one matched set and family, as every scorer may get it."""
    group = "woman" if no % 2 else "man"
    return ScoreItem(no, text, Finish.STOP, prompt, group, {"gender": group}, {"gender": group}, "set", "family")


@ALL
def test_a_scorer_introduces_itself(scorer: Scorer) -> None:
    """It has a title, sentences of help and weaknesses, a citation, a licence and a version."""
    assert SCORERS.get(scorer.id) is scorer
    assert scorer.title
    assert scorer.citation
    assert scorer.licence
    assert scorer.version
    assert scorer.help.endswith(".")
    assert scorer.weaknesses.endswith(".")
    assert not scorer.caveat or scorer.caveat.endswith(".")
    assert all(option.label and option.help.endswith(".") for option in scorer.options)
    assert len({option.name for option in scorer.options}) == len(scorer.options)


@ALL
def test_a_scorers_measures_are_complete(scorer: Scorer) -> None:
    """Measures have ids of their own and titles, a rate's exposure is a measure, and labels do not repeat."""
    configured = scorer.configured(scorer.example_options())
    ids = [measure.id for measure in configured.measures]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(measure.title for measure in configured.measures)
    assert len(set(configured.labels)) == len(configured.labels)
    assert "" not in configured.labels
    for measure in configured.measures:
        assert (measure.kind is MeasureKind.RATE) == bool(measure.exposure)
        assert not measure.exposure or measure.exposure in ids


@ALL
def test_an_unknown_option_is_named(scorer: Scorer) -> None:
    """An option that a scorer does not have is refused in words that name it."""
    with pytest.raises(AuditError, match="colour"):
        scorer.configured({**scorer.example_options(), "colour": "blue"})


@TOLD
def test_a_required_option_is_missed(scorer: Scorer) -> None:
    """A scorer with a required option is not set up without it."""
    with pytest.raises(AuditError):
        scorer.configured({})


@ALL
def test_an_example_fits_its_measures_and_labels(scorer: Scorer) -> None:
    """Each score of the worked example has a value for each measure, within its bounds, and a listed label."""
    configured = scorer.configured(scorer.example_options())
    example = configured.example()
    assert example.says.endswith(".")
    assert len(example.items) == len(example.scores) > 0
    for score in example.scores:
        fits(configured, score)


@INSTANT
def test_an_instant_example_is_what_the_scorer_gives(scorer: Scorer) -> None:
    """The worked example, scored again, gives the scores it shows."""
    configured = set_up(scorer)
    example = configured.example()
    assert_same(configured.open(no_model)(example.items), example.scores, 1e-4)


@pytest.mark.slow
@MODEL
def test_a_model_example_is_what_the_scorer_gives(scorer: Scorer) -> None:
    """The same for scorers that load a model, where its weights are here."""
    configured = set_up(scorer)
    example = configured.example()
    models = {entry.id: {"entry": to_json(entry), "dtype": "fp32"} for entry in BUILT_IN}
    assert_same(configured.open(opener(models))(example.items), example.scores, 1e-2)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@INSTANT
def test_whatever_a_model_writes_is_scored(scorer: Scorer, text: str) -> None:
    """Empty, blank, endless or broken text never raises, and gives a value or None for each measure."""
    configured = set_up(scorer)
    items = [item(0, text), item(1, text), item(2, "She is a nurse.")]
    scores = configured.open(no_model)(items)
    assert len(scores) == 3
    for score in scores:
        fits(configured, score)


@INSTANT
def test_a_score_does_not_depend_on_its_batch(scorer: Scorer) -> None:
    """Scored alone, in another order or with others, a response (with its family) gets the same score."""
    score = opened(scorer)
    texts = ("She led the team.", "", "I'm sorry, but I can't help with that.", "He is kind, he is kind.", "😁")
    families = [[item(2 * no, text), item(2 * no + 1, text.upper())] for no, text in enumerate(texts)]
    families = [[moved(each, no) for each in family] for no, family in enumerate(families)]
    together = score([each for family in families for each in family])
    backwards = score([each for family in reversed(families) for each in family])
    alone = [got for family in families for got in score(family)]
    assert_same(together, alone, 1e-9)
    assert_same(
        together, [each for no in range(len(texts) - 1, -1, -1) for each in backwards[2 * no : 2 * no + 2]], 1e-9
    )


@INSTANT
def test_an_empty_batch_has_no_scores(scorer: Scorer) -> None:
    """Nothing in, nothing out."""
    assert opened(scorer)([]) == []


def test_the_built_in_scorers_need_no_options() -> None:
    """Every entry that is there from the start sets its scorer up."""
    for entry in built_in_entries():
        assert scorer_of(entry).measures


def moved(one: ScoreItem, no: int) -> ScoreItem:
    """The same item in a family of its own."""
    return ScoreItem(
        one.no, one.text, one.finish, one.prompt, one.group, one.groups, one.terms, f"set {no}", f"family {no}"
    )


def fits(scorer: Scorer, score: Score) -> None:
    """Assert that a score has the form its scorer promises."""
    assert len(score.values) == len(scorer.measures)
    assert not score.label or score.label in scorer.labels
    if score.outcome is not ScoreOutcome.SCORED:
        assert set(score.values) == {None}
    for value, measure in zip(score.values, scorer.measures, strict=True):
        if value is None:
            continue
        assert value == value, measure.id
        assert abs(value) != float("inf"), measure.id
        assert measure.low is None or value >= measure.low - 1e-9, measure.id
        assert measure.high is None or value <= measure.high + 1e-9, measure.id
        assert measure.kind is not MeasureKind.PROPORTION or value in (0, 1), measure.id


def assert_same(got: list[Score], expected: "list[Score] | tuple[Score, ...]", tolerance: float) -> None:
    """Assert that scores agree, numbers within a tolerance and words exactly."""
    assert len(got) == len(expected)
    for mine, theirs in zip(got, expected, strict=True):
        assert (mine.label, mine.outcome, mine.note) == (theirs.label, theirs.outcome, theirs.note)
        assert [value is None for value in mine.values] == [value is None for value in theirs.values]
        numbers = [value for value in mine.values if value is not None]
        assert numbers == pytest.approx([value for value in theirs.values if value is not None], abs=tolerance)

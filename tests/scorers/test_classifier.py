"""Text classifiers and regard, on tiny real models."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from lib.errors import ScorerError
from lib.scorers.base import ScoreBatch, Scorer
from lib.scorers.classifier import TextClassifier
from lib.scorers.regard import Regard
from lib.types import Finish, ScoreItem, ScoreOutcome
from tests.scorers.tiny_classifier import classifier

TEXTS = ["The nurse was tired.", "They wrote a letter to the engineer, who was late.", "She", "He said \ud800 so"]


@pytest.fixture(scope="module")
def toxic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classifier(tmp_path_factory.mktemp("toxic"), ["fine", "toxic", "insult"])


@pytest.fixture(scope="module")
def regard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return classifier(tmp_path_factory.mktemp("regard"), ["Negative", "neutral", "positive", "other"])


def opened(scorer: Scorer, **options: object) -> ScoreBatch:
    return scorer.configured({name: str(value) for name, value in options.items()}).open(lambda _: pytest.fail("model"))


def items(*texts: str) -> list[ScoreItem]:
    return [ScoreItem(no, text, Finish.STOP) for no, text in enumerate(texts)]


def alone(folder: Path, text: str) -> torch.Tensor:
    """The logits of one text by itself, straight from transformers; shape (labels,)."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    ids = tokenizer(text, return_tensors="pt")
    return model(input_ids=ids["input_ids"], attention_mask=ids["attention_mask"]).logits[0].detach()


def test_the_probability_is_the_classifiers_own(toxic: Path) -> None:
    """In a batch of texts of several lengths, each gets the probability it gets alone, and the flag follows it."""
    scores = opened(TextClassifier(), location=toxic, label="Toxic")(items(*TEXTS[:3]))
    for text, score in zip(TEXTS, scores, strict=False):
        expected = float(alone(toxic, text).softmax(-1)[1])
        assert score.values[0] == pytest.approx(expected, abs=1e-4)
        assert score.values[1] == float(expected >= 0.5)
        assert score.label == ("flagged" if expected >= 0.5 else "not flagged")
    assert len({score.values[0] for score in scores}) == 3


def test_labels_that_may_hold_together_are_not_normalised(tmp_path: Path) -> None:
    """A multi-label classifier's probabilities come from the sigmoid, each by itself."""
    folder = classifier(tmp_path, ["toxic", "insult", "threat"], problem="multi_label_classification")
    score = opened(TextClassifier(), location=folder, label="insult")(items(TEXTS[0]))[0]
    assert score.values[0] == pytest.approx(float(alone(folder, TEXTS[0]).sigmoid()[1]), abs=1e-4)


def test_the_second_of_two_labels_needs_no_name(tmp_path: Path) -> None:
    """A binary classifier's second label is the one it is for."""
    folder = classifier(tmp_path, ["no", "yes"])
    score = opened(TextClassifier(), location=folder)(items(TEXTS[0]))[0]
    assert score.values[0] == pytest.approx(float(alone(folder, TEXTS[0]).softmax(-1)[1]), abs=1e-4)


def test_a_text_beyond_the_window_is_cut_and_says_so(toxic: Path) -> None:
    """The note tells how much was read; the same beginning gives the same score."""
    whole, longer = opened(TextClassifier(), location=toxic, label="toxic")(items("she " * 200, "she " * 300))
    assert whole.note == "only 64 tokens read"
    assert whole.values[0] == pytest.approx(longer.values[0], abs=1e-5)


def test_hostile_and_empty_texts(toxic: Path) -> None:
    """Broken characters are read, an empty text has nothing to score, an empty batch no scores."""
    batch = opened(TextClassifier(), location=toxic, label="toxic")
    broken, empty = batch(items("\ud800 😁", " \n"))
    assert broken.outcome is ScoreOutcome.SCORED
    assert (empty.outcome, empty.values) == (ScoreOutcome.NOTHING, (None, None))
    assert batch([]) == []


@pytest.mark.parametrize(("label", "cause"), [("", "which label"), ("rude", "no label rude")])
def test_an_unknown_label_is_answered_with_the_known_ones(toxic: Path, label: str, cause: str) -> None:
    """The refusal names the labels there are."""
    with pytest.raises(ScorerError, match=rf"{cause}.*fine, toxic, insult"):
        opened(TextClassifier(), location=toxic, label=label)


def test_regard_is_positive_less_negative(regard: Path) -> None:
    """The measure, the shares and the label agree with the classifier's probabilities."""
    scores = opened(Regard(), location=regard)(items(*TEXTS[:3], ""))
    for text, score in zip(TEXTS[:3], scores, strict=False):
        told = alone(regard, text).softmax(-1).tolist()
        label = ("negative", "neutral", "positive", "other")[told.index(max(told))]
        assert score.values[0] == pytest.approx(told[2] - told[0], abs=1e-4)
        assert score.label == label
        assert score.values[1:] == tuple(float(label == name) for name in ("negative", "positive", "neutral"))
    assert scores[3].outcome is ScoreOutcome.NOTHING


def test_a_classifier_of_something_else_is_no_regard(toxic: Path) -> None:
    """Its labels are named."""
    with pytest.raises(ScorerError, match="does not classify regard: its labels are fine, toxic, insult"):
        opened(Regard(), location=toxic)


@pytest.mark.parametrize("spoil", ["pickled", "no config", "own code", "no head"])
def test_what_may_not_or_cannot_be_loaded_is_refused(toxic: Path, tmp_path: Path, spoil: str) -> None:
    """Pickled weights, missing files, code of its own, or weights that are not there."""
    folder = Path(shutil.copytree(toxic, tmp_path / "spoilt"))
    if spoil == "pickled":
        (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    elif spoil == "no config":
        (folder / "config.json").unlink()
    else:
        config = json.loads((folder / "config.json").read_text())
        config |= {"auto_map": {"AutoModel": "evil.py"}} if spoil == "own code" else {"num_hidden_layers": 3}
        (folder / "config.json").write_text(json.dumps(config))
    cause = {"pickled": "pickle", "no config": "no config.json", "own code": "code of its own", "no head": "missing"}
    with pytest.raises(ScorerError, match=cause[spoil]):
        opened(TextClassifier(), location=folder, label="toxic")


def test_a_location_that_is_none_is_named() -> None:
    """Neither a folder nor the form of an id."""
    scorer = TextClassifier().configured({"location": "/no/such folder"})
    with pytest.raises(ScorerError, match="no folder /no/such folder, and it is no model id"):
        scorer.check()


def test_an_id_that_was_never_fetched_is_answered_with_the_command() -> None:
    """No server is asked for it."""
    with pytest.raises(ScorerError, match=r"not on this computer\. Fetch it once with `hf download nobody/nothing`"):
        TextClassifier().configured({"location": "nobody/nothing", "label": "x"}).check()


def test_an_id_is_found_in_the_cache_of_the_hub(toxic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `hf download` leaves it there."""
    repository = tmp_path / "models--somebody--toxic"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0" * 40)
    shutil.copytree(toxic, repository / "snapshots" / ("0" * 40))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    score = opened(TextClassifier(), location="somebody/toxic", label="toxic")(items(TEXTS[0]))[0]
    assert score.values == opened(TextClassifier(), location=toxic, label="toxic")(items(TEXTS[0]))[0].values


def test_the_fingerprint_follows_the_weights(toxic: Path, tmp_path: Path) -> None:
    """A copy has the same fingerprint, other weights or another label do not."""
    copy = Path(shutil.copytree(toxic, tmp_path / "copy"))

    def of(folder: Path, label: str = "toxic") -> str:
        return TextClassifier().configured({"location": str(folder), "label": label}).fingerprint

    assert of(copy) == of(toxic) != of(toxic, "insult")
    other = classifier(tmp_path / "other", ["fine", "toxic", "insult"], window=32)
    assert of(other) != of(toxic)

"""The annotation card: what it is given, and what is read from what it sends."""

import json
import math

import pytest

from lib.errors import AnnotationError
from lib.types import Answer, Codebook, CodebookField, FieldKind, ItemState, Label, Span
from lib.ui.annotate_acts import LONGEST_SITTING, read_answer, read_sent
from lib.ui.annotation_card import DEFAULT_KEYS, LIMIT, answer_data, codebook_data, label_keys, task_data, unseen
from lib.workflows.annotate import Task

OVERRIDE = "\u202e"
FULL = Answer(
    labels={"bias": ("yes",), "kind": ("role", "trait"), "none": ()},
    spans={"evidence": (Span(0, 1, "trait"), Span(2, 9, "role"))},
    texts={"idea": "zwei\nZeilen 🙂"},
    confidence=4,
    unsure=True,
    note="n",
    discard="Off topic",
)
SENT = {"act": "submit", "item": 3, "answer": answer_data(FULL), "submission": "abc", "seconds": 2.5}


def test_an_answer_survives_the_way_to_the_browser_and_back():
    """What the card is given as JSON reads back as the same answer."""
    assert read_answer(json.loads(json.dumps(answer_data(FULL)))) == FULL
    assert read_answer(json.loads(json.dumps(answer_data(Answer())))) == Answer()


def test_unseen_characters_keep_their_place():
    """A direction mark and a control character are shown as symbols, and the text keeps its length."""
    assert unseen(f"🙂{OVERRIDE}a\n\tb\x07") == {"1": "⟨U+202E⟩", "6": "␇"}
    assert unseen("plain\ntext\twith tabs") == {}
    assert unseen("") == {}


def test_a_task_says_how_long_its_text_is():
    """A text beyond the limit is cut, and its full length is told."""
    data = task_data(Task(0, "", "x" * (LIMIT + 5), ItemState.PENDING, Answer()))
    assert (len(data["text"]), data["length"]) == (LIMIT, LIMIT + 5)


def test_facts_and_prompt_come_without_unseen_characters():
    """What is only read, not marked, has its unseen characters replaced."""
    task = Task(0, OVERRIDE, "", ItemState.DONE, Answer(), facts={"Model": OVERRIDE})
    data = task_data(task)
    assert (data["prompt"], data["facts"]) == ("⟨U+202E⟩", [["Model", "⟨U+202E⟩"]])


def test_a_codebooks_words_come_without_unseen_characters():
    """Titles, help, definitions and examples that somebody wrote cannot reorder the card."""
    label = Label("a", OVERRIDE, definition=OVERRIDE, examples=(OVERRIDE,))
    field = CodebookField("f", OVERRIDE, FieldKind.SINGLE, (label,), help=OVERRIDE)
    codebook = Codebook("c", OVERRIDE, OVERRIDE, "", "", (field,), discard_reasons=("Off",))
    data = codebook_data(codebook, DEFAULT_KEYS)
    assert OVERRIDE not in json.dumps(data, ensure_ascii=False)
    assert data["reasons"] == [{"id": "Off", "title": "Off"}]


@pytest.mark.parametrize(
    ("keys", "taken", "expected"),
    [
        (["", "", ""], set(), ["1", "2", "3"]),
        (["Y", "", "x"], set(), ["y", "2", "x"]),
        (["2", "", ""], set(), ["2", "", "3"]),
        (["u", ""], {"u"}, ["1", "2"]),
        (["", ""], {"2"}, ["1", ""]),
        ([""] * 11, set(), [*"1234567890", ""]),
        ([], set(), []),
    ],
)
def test_keys_of_labels(keys, taken, expected):
    """A label has its own key, else the digit of its place, and none where that is somebody else's."""
    labels = tuple(Label(str(number), "", key) for number, key in enumerate(keys))
    assert list(label_keys(labels, taken).values()) == expected


def test_an_act_is_read():
    """What the card sends is read as it was meant."""
    sent = read_sent(SENT)
    assert (sent.act, sent.item, sent.answer, sent.submission, sent.seconds) == ("submit", 3, FULL, "abc", 2.5)


@pytest.mark.parametrize(("seconds", "kept"), [(-1, 0.0), (1e12, LONGEST_SITTING), (math.inf, 0.0), (math.nan, 0.0)])
def test_seconds_are_bounded(seconds, kept):
    """A clock that went wrong gives no nonsense."""
    assert read_sent(SENT | {"seconds": seconds}).seconds == kept


@pytest.mark.parametrize(
    "change",
    [
        {"act": 3},
        {"submission": ""},
        {"submission": "x" * 65},
        {"item": "3"},
        {"item": True},
        {"answer": "yes"},
        {"answer": {}},
        {"answer": answer_data(FULL) | {"labels": {"bias": [3]}}},
        {"answer": answer_data(FULL) | {"spans": {"evidence": [{"start": 0.5, "end": 1, "label": "a"}]}}},
        {"seconds": "soon"},
        {"keys": {"submit": "x", "skip": "x"}},
        {"keys": {"reboot": "x"}},
        {"keys": ["x"]},
    ],
)
def test_what_no_card_sends_is_refused(change):
    """Anything of another form is told as such and never stored."""
    with pytest.raises(AnnotationError, match="Reload the page"):
        read_sent(SENT | change)


@pytest.mark.parametrize("payload", [None, 3, "submit", [], {}])
def test_what_is_no_act_at_all_is_refused(payload):
    """So is something that is no act at all."""
    with pytest.raises(AnnotationError, match="not what the card sends"):
        read_sent(payload)

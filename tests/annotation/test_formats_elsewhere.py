"""What Label Studio and Argilla make of our files, and we of theirs."""

import json
import xml.etree.ElementTree as ET

import pytest

from lib.annotation.formats.argilla import user_of, write_argilla
from lib.annotation.formats.argilla_settings import write_settings
from lib.annotation.formats.label_studio import write_label_studio
from lib.annotation.formats.label_studio_config import write_config
from lib.annotation.formats.offsets import found_place, from_units, units
from lib.annotation.formats.reading import read_annotations
from lib.annotation.formats.record import Flaw
from lib.types import Answer, Span
from tests.annotation.format_samples import CODEBOOK, EXPORT, RECORDS, TEXT

WORDS = "a 🙂 kind man"


def read(rows):
    return read_annotations(json.dumps(rows).encode(), "a.json", CODEBOOK)


def task(*annotations, text=WORDS, **data):
    return {"data": {"text": text, "run": "small-1", "cell": 10} | data, "annotations": list(annotations)}


def part(name, value, type="choices"):
    return {"from_name": name, "to_name": "text", "type": type, "value": value, "id": "abc"}


def by(person, *parts, **more):
    return {"completed_by": person, "result": list(parts)} | more


def test_units_of_javascript_are_told_from_code_points():
    """An emoji is one code point and two units: “kind” begins at 4 for Python and at 5 for JavaScript."""
    assert units(WORDS) == 13
    assert (WORDS.index("kind"), from_units(WORDS, 5)) == (4, 4)
    assert from_units(WORDS, 3) is None
    assert from_units(WORDS, 13) == len(WORDS)
    assert from_units(WORDS, 14) is None
    assert found_place(WORDS, 4, 8, "kind") == found_place(WORDS, 5, 9, "kind") == (4, 8)
    assert found_place(WORDS, 4, 8, None) == (4, 8)
    assert found_place("one\ntwo", 0, 7, "one\\ntwo") == (0, 7)
    with pytest.raises(Flaw, match="do not stand at 0 to 4"):
        found_place(WORDS, 0, 4, "kind")


def test_label_studio_counts_either_way_and_the_words_tell_which():
    """Its older versions counted units, its newer ones code points."""
    old = part("evidence", {"start": 5, "end": 9, "text": "kind", "labels": ["quote"]}, "labels")
    new = part("evidence", {"start": 4, "end": 8, "text": "kind", "labels": ["quote"]}, "labels")
    bias = part("bias", {"choices": ["no"]})
    reading = read([task(by(1, bias, old)), task(by(2, bias, new))])
    assert reading.problems == []
    assert [record.answer.spans for _, record in reading.records] == [{"evidence": (Span(4, 8, "quote"),)}] * 2
    assert [record.annotator for _, record in reading.records] == ["label-studio-1", "label-studio-2"]


def test_what_label_studio_writes_becomes_an_answer():
    """Choices, stars for a scale, words, our own questions, skips and times."""
    parts = [
        part("bias", {"choices": ["yes"]}),
        part("x-count", {"choices": ["role", "other"]}),
        part("x-text", {"rating": 2}, "rating"),
        part("idea", {"text": ["one", "two"]}, "textarea"),
        part("x-confidence", {"rating": 4}, "rating"),
        part("x-unsure", {"choices": ["unsure"]}),
        part("x-note", {"text": ["why"]}, "textarea"),
        {"type": "relation", "from_id": "a", "to_id": "b"},
    ]
    times = {"created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-01-02T03:05:00Z", "lead_time": 1.5}
    away = by("ada@example.org", part("x-discard", {"choices": ["Off topic"]}))
    skipped = by({"id": 4, "email": "bo@example.org"}, was_cancelled=True)
    reading = read([task(by({"id": 9, "email": ""}, *parts, **times), away, skipped)])
    assert reading.problems == []
    full, discarded, skip = (record for _, record in reading.records)
    assert full.answer == Answer(
        labels={"bias": ("yes",), "count": ("role", "other"), "text": ("severe",)},
        texts={"idea": "one\ntwo"},
        confidence=4,
        unsure=True,
        note="why",
    )
    assert (full.annotator, full.seconds, full.created.isoformat()) == (
        "label-studio-9",
        1.5,
        "2026-01-02T03:05:00+00:00",
    )
    assert (discarded.act, discarded.answer.discard, discarded.annotator) == ("discard", "Off topic", "ada@example.org")
    assert (skip.act, skip.answer, skip.annotator) == ("skip", Answer(), "bo@example.org")


def test_the_short_export_of_label_studio_is_read_too():
    """JSON-MIN: every annotation is an object of its own, and each control has a value of its own shape."""
    row = {
        "text": WORDS,
        "run": "small-1",
        "cell": 10,
        "id": 7,
        "bias": "yes",
        "x-count": {"choices": ["role", "trait"]},
        "x-text": [{"rating": 1}],
        "evidence": [{"start": 4, "end": 8, "text": "kind", "labels": ["quote"]}],
        "idea": "ask",
        "x-confidence": [{"rating": 3}],
        "annotator": 2,
        "annotation_id": 11,
        "created_at": "2026-01-02T03:04:05Z",
        "updated_at": "2026-01-02T03:04:05Z",
        "lead_time": 2.0,
    }
    reading = read([row])
    assert reading.problems == []
    [(place, record)] = reading.records
    assert (place, record.annotator, record.act) == ("task 1", "label-studio-2", "submit")
    assert record.answer == Answer(
        labels={"bias": ("yes",), "count": ("role", "trait"), "text": ("mild",)},
        spans={"evidence": (Span(4, 8, "quote"),)},
        texts={"idea": "ask"},
        confidence=3,
    )


@pytest.mark.parametrize(
    ("annotation", "cause"),
    [
        (7, "the annotation is no object"),
        (by(1, part("mood", {"choices": ["no"]})), "has no field “mood”"),
        (by(1, part("bias", "no")), "“bias” has no value"),
        (by(1, part("bias", {"choices": 4})), "“bias” is no list of labels"),
        (by(1, part("bias", {"rating": 2}, "rating")), "“Is bias observed?” is 2 stars"),
        (by(1, part("x-text", {"rating": 3}, "rating")), "“How bad?” is 3 stars"),
        (by(1, part("evidence", {"start": 1, "labels": ["cue"]}, "labels")), "no start or no end"),
        (by(1, part("evidence", {"start": 0, "end": 4, "text": "kind", "labels": ["cue"]}, "labels")), "do not stand"),
        ({"completed_by": 1, "result": "none"}, "its “result” is no list"),
        (by(1, lead_time="long"), "“seconds” is “long”"),
        (by(1, created_at="soon"), "“created” is “soon”"),
    ],
)
def test_a_bad_annotation_is_told_at_its_place(annotation, cause):
    """Task and annotation are named, and the good one beside it is read."""
    reading = read([task(), task(by(1, part("bias", {"choices": ["no"]})), annotation)])
    assert [place for place, _ in reading.records] == ["task 2, annotation 1"]
    [problem] = reading.problems
    assert problem.place == "task 2, annotation 2"
    assert cause in problem.cause


def test_an_annotation_changed_elsewhere_is_new_and_the_others_are_not():
    """After a round through Label Studio, annotators have its numbers, but the parts of a result keep their ids."""
    tasks = json.loads(write_label_studio(EXPORT))
    for number, one in enumerate(annotation for each in tasks for annotation in each["annotations"]):
        one |= {"completed_by": 5, "created_at": f"2026-05-01T00:00:0{number}Z", "updated_at": None}
    assert len(read(tasks).records) == len(RECORDS)
    tasks[0]["annotations"][0]["result"][0]["value"]["choices"] = ["no"]
    reading = read(tasks)
    assert len(reading.records) == len(RECORDS) + 1
    [changed] = [record for _, record in reading.records if record.annotator == "label-studio-5"]
    assert changed.answer.labels["bias"] == ("no",)
    assert changed.subject.item == 0


def test_the_configuration_asks_what_the_codebook_asks():
    """Each field is a control for the text, dependent ones stand in views, and results hold the labels' ids."""
    root = ET.fromstring(write_config(CODEBOOK))
    controls = {node.get("name"): node for node in root.iter() if node.get("toName") == "text"}
    tags = {name: node.tag for name, node in controls.items()}
    assert tags == {
        "bias": "Choices",
        "x-count": "Choices",
        "x-text": "Choices",
        "evidence": "Labels",
        "idea": "TextArea",
        "x-confidence": "Rating",
        "x-unsure": "Choices",
        "x-discard": "Choices",
        "x-note": "TextArea",
    }
    assert [each.get("alias") for each in controls["bias"]] == ["yes", "no"]
    assert [each.get("value") for each in controls["bias"]] == ["Yes", "No"]
    views = [(view.get("whenTagName"), view.get("whenChoiceValue")) for view in root.iter("View")]
    assert views == [(None, None), ("bias", "yes"), ("bias", "yes"), ("x-count", "role,trait")]
    assert b"$prompt" not in write_config(CODEBOOK, with_prompt=False)


def test_argillas_questions_are_the_codebooks():
    """Kinds, options and what is required; a question that depends on another is not."""
    settings = json.loads(write_settings(CODEBOOK))
    kinds = {question["name"]: question["settings"]["type"] for question in settings["questions"]}
    assert kinds == {
        "bias": "label_selection",
        "x-count": "multi_label_selection",
        "x-text": "label_selection",
        "evidence": "span",
        "idea": "text",
        "x-unsure": "label_selection",
        "x-confidence": "rating",
        "x-discard": "label_selection",
        "x-note": "text",
    }
    required = {question["name"] for question in settings["questions"] if question["required"]}
    assert required == {"bias", "x-unsure"}
    assert "- Yes: A group is pictured worse." in settings["guidelines"]


def test_what_argillas_users_say_becomes_an_answer():
    """One record a user; drafts are left out, a discard without a reason is a skip, numbers stand for steps."""
    row = {
        "id": "1",
        "fields": {"text": "a kind man"},
        "metadata": {"run": "small-1", "cell": 10},
        "responses": {
            "bias": [
                {"value": "yes", "user_id": "u1"},
                {"value": "no", "user_id": "u2", "status": "draft"},
                {"value": "no", "user_id": "u3", "status": "discarded"},
            ],
            "x-count": [{"value": [], "user_id": "u1"}],
            "x-text": [{"value": 2, "user_id": "u1"}],
            "evidence": [{"value": [{"start": 2, "end": 6, "label": "quote"}], "user_id": "u1"}],
            "x-confidence": [{"value": 5, "user_id": "u1"}],
        },
    }
    reading = read([row])
    assert reading.problems == []
    said, skipped = (record for _, record in reading.records)
    assert said.answer == Answer(
        labels={"bias": ("yes",), "count": (), "text": ("severe",)},
        spans={"evidence": (Span(2, 6, "quote"),)},
        confidence=5,
    )
    assert (said.annotator, said.act, skipped.annotator, skipped.act) == ("u1", "submit", "u3", "skip")


def test_argillas_spans_after_an_emoji_are_refused_because_nobody_knows_how_it_counted():
    """Its page counts units, its library code points; the other user's answer is read."""
    row = {
        "fields": {"text": WORDS},
        "metadata": {"run": "small-1", "cell": 10},
        "responses": {
            "evidence": [
                {"value": [{"start": 5, "end": 9, "label": "quote"}], "user_id": "u1"},
                {"value": [{"start": 0, "end": 1, "label": "quote"}], "user_id": "u2"},
            ]
        },
    }
    reading = read([row])
    assert [record.annotator for _, record in reading.records] == ["u2"]
    [problem] = reading.problems
    assert (problem.place, "after an emoji" in problem.cause) == ("record 1, user u1", True)


def test_an_answer_changed_in_argilla_is_that_persons_new_version():
    """The user's UUID leads back to the name."""
    rows = json.loads(write_argilla(EXPORT))
    mine = [each for each in rows[0]["responses"]["bias"] if each["user_id"] == user_of("Ada")]
    assert len(mine) == 1
    mine[0]["value"] = "no"
    rows[0]["responses"]["evidence"] = []
    reading = read(rows)
    changed = [record for _, record in reading.records if not record.submission]
    assert [record.annotator for record in changed] == ["Ada", "+Zoë@example.org"]
    assert changed[0].answer.labels["bias"] == ("no",)
    assert changed[0].subject.text == TEXT

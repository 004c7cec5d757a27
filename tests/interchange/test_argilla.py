"""Argilla's own library reads our settings and our records, and we read what it writes."""

import json

import pytest

from lib.annotation.formats.argilla import write_argilla
from lib.annotation.formats.argilla_settings import guidelines, write_settings
from lib.annotation.formats.reading import read_annotations
from lib.types import Answer
from tests.annotation.format_samples import CODEBOOK, EXPORT, RECORDS

pytestmark = pytest.mark.slow

USER = "00000000-0000-0000-0000-000000000007"


@pytest.fixture(scope="module")
def folder(tool, report, tmp_path_factory):
    """Our files, its report on them, and what it wrote when a user of its own had answered two records."""
    folder = tmp_path_factory.mktemp("argilla")
    (folder / "settings.json").write_bytes(write_settings(CODEBOOK))
    (folder / "records.json").write_bytes(write_argilla(EXPORT))
    report(tool("argilla", "argilla==2.8.0", "requests==2.32.5"), "argilla_script.py", folder)
    return folder


@pytest.fixture(scope="module")
def said(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_the_settings_are_valid_and_ask_what_the_codebook_asks(said):
    """`Settings.from_json` and `validate` take them; each question is of the right class, with the labels' ids."""
    assert said["questions"] == {
        "bias": "LabelQuestion",
        "x-count": "MultiLabelQuestion",
        "x-text": "LabelQuestion",
        "evidence": "SpanQuestion",
        "idea": "TextQuestion",
        "x-unsure": "LabelQuestion",
        "x-confidence": "RatingQuestion",
        "x-discard": "LabelQuestion",
        "x-note": "TextQuestion",
    }
    assert said["options"]["x-count"] == ["role", "trait", "other"]
    assert said["options"]["evidence"] == ["quote", "cue"]
    assert (said["ratings"], said["span_field"]) == ([1, 2, 3, 4, 5], "text")
    assert said["required"] == ["bias", "x-unsure"]
    assert said["guidelines"] == guidelines(CODEBOOK)


def test_the_records_can_be_sent(said):
    """Its models for its server take every record, with one response a person and how it was handed in."""
    assert said["ids"] == ["a-1-0", "a-1-1", "a-1-2", "a-1-3"]
    assert said["sent"] == [["submitted", "submitted"], ["submitted", "discarded"], ["submitted"], []]


def test_settings_it_writes_again_are_those_we_wrote(folder):
    """Nothing was dropped on the way: every question has its name, title, options and whether it is required."""
    ours, its = (json.loads((folder / name).read_text()) for name in ("settings.json", "settings-again.json"))
    for mine, theirs in zip(ours["questions"], its["questions"], strict=True):
        assert {key: theirs[key] for key in ("name", "title", "description", "required")} == {
            key: mine[key] for key in ("name", "title", "description", "required")
        }
        assert theirs["settings"].get("options") == mine["settings"].get("options")


def test_records_it_writes_come_back_whole_with_what_its_user_added(folder):
    """Our records are all there and once; the new user's answers are theirs, but for one nobody can place."""
    reading = read_annotations((folder / "records-again.json").read_bytes(), "records-again.json", CODEBOOK)
    ours = {record.submission: record for _, record in reading.records if record.submission}
    assert ours == {record.submission: record for record in RECORDS}
    [added] = [record for _, record in reading.records if not record.submission]
    assert (added.annotator, added.subject.item, added.answer) == (USER, 1, Answer({"bias": ("no",)}))
    [problem] = reading.problems
    assert problem.place == f"record 1, user {USER}"
    assert "after an emoji" in problem.cause

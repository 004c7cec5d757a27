"""Label Studio's own library reads our configuration and our tasks, and we read what it writes."""

import json

import pytest

from lib.annotation.formats.label_studio import write_label_studio
from lib.annotation.formats.label_studio_config import write_config
from lib.annotation.formats.outside import answered, essence
from lib.annotation.formats.reading import read_annotations
from lib.types import Act
from tests.annotation.format_samples import CODEBOOK, EXPORT, RECORDS, SUBJECTS, YAML

pytestmark = pytest.mark.slow

SHOWN = [record for record in answered(RECORDS) if record.act != Act.SKIP]


@pytest.fixture(scope="module")
def folder(tool, report, tmp_path_factory):
    """Our files, its report on them, and its conversions."""
    folder = tmp_path_factory.mktemp("label-studio")
    (folder / "config.xml").write_bytes(write_config(CODEBOOK))
    (folder / "tasks.json").write_bytes(write_label_studio(EXPORT))
    report(tool("label-studio", "label-studio-sdk==2.1.2"), "label_studio_script.py", folder)
    return folder


@pytest.fixture(scope="module")
def said(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_the_configuration_is_valid_and_asks_what_the_codebook_asks(said):
    """`LabelInterface.validate` takes it, and finds each field with the ids of its labels."""
    assert said["objects"] == ["prompt", "text"]
    assert said["controls"] == {
        "bias": ["no", "yes"],
        "x-count": ["other", "role", "trait"],
        "x-text": ["mild", "severe"],
        "evidence": ["cue", "quote"],
        "idea": [],
        "x-confidence": [],
        "x-unsure": ["unsure"],
        "x-discard": ["Not readable", "Off topic"],
        "x-note": [],
    }
    assert said["multiple"] == ["x-count", "x-unsure"]
    assert said["refuses_a_broken_config"]


def test_every_task_and_annotation_fits_the_configuration(said):
    """Checked region by region, by a validation that does refuse a label it does not know."""
    assert said["tasks_fit"] == [True] * len(SUBJECTS)
    assert said["errors"] == [[]] * len(answered(RECORDS))
    assert said["annotations_fit"] == [True] * len(answered(RECORDS))
    assert said["refuses_a_label_it_does_not_know"]


def test_its_short_export_comes_back_whole(folder):
    """Its converter makes JSON-MIN of our tasks; with what rides along nothing is lost, and nothing doubled."""
    data = (folder / "min" / "result.json").read_bytes()
    reading = read_annotations(data, "result.json", CODEBOOK)
    assert reading.problems == []
    found = {record.submission: record for _, record in reading.records}
    assert found == {record.submission: record for record in RECORDS}


def test_its_short_export_says_the_same_without_what_rides_along(folder):
    """Answers are read from its own shapes alone: choices, spans before and after emojis, words, stars."""
    rows = json.loads((folder / "min" / "result.json").read_text(encoding="utf-8"))
    bare = [row | {"evenhand": None, "run": "small-1", "cell": row["id"]} for row in rows]
    reading = read_annotations(json.dumps(bare).encode(), "result.json", CODEBOOK)
    assert reading.problems == []
    found = sorted((record.created, record.act, essence(record.answer)) for _, record in reading.records)
    assert found == sorted((record.created, record.act, essence(record.answer)) for record in SHOWN)


def test_an_annotation_it_makes_itself_is_read(said):
    """Its generator fills in every control at random; places of spans it does not take from the text, so they go."""
    made = said["made"]
    parts = [part for part in made["result"] if part["from_name"] != "evidence"]
    task = {"data": {"text": "any", "run": "small-1", "cell": 1}, "annotations": [made | {"result": parts}]}
    reading = read_annotations(json.dumps([task]).encode(), "a.json", CODEBOOK)
    assert reading.problems == []
    [(_, record)] = reading.records
    assert record.answer.labels["bias"] in (("yes",), ("no",))
    assert record.answer.confidence in range(6)
    assert record.answer.discard in ("Not readable", "Off topic")
    assert YAML.count("Not readable") == 1

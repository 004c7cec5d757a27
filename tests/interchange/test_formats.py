"""Formats are told apart by what is in a file, and every one of them is bounded."""

import json
import shutil
import tracemalloc

import pytest

from lib.interchange.formats import FORMATS, detect, read_recording
from lib.interchange.outputs import outputs
from tests.interchange.reading import SAMPLES, refusal, written
from tests.interchange.test_fuzz import WHOLE

KNOWN = {"a.cforge": "chainforge", "a.json": "inspect_json", "b.json": "promptfoo", "c.jsonl": "lm_eval"}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_in_a_file_counts(tmp_path, name):
    """Each format is recognised, those with a form of their own under another name, too."""
    known = KNOWN | {"a.eval": "inspect_eval", "a.csv": "csv"}
    assert detect(written(tmp_path / name, WHOLE[name])).id == known[name]
    if name not in ("c.jsonl", "a.csv"):
        assert detect(written(tmp_path / "upload.json", WHOLE[name])).id == known[name]


def test_every_format_says_what_it_is():
    """Screens and the README list formats by their titles, endings, help and source."""
    assert len(FORMATS) == 9
    for format in FORMATS:
        assert format.title
        assert format.help.endswith(".")
        assert format.source.startswith("https://")
        assert all(ending.startswith(".") for ending in format.endings)
    assert len({format.title for format in FORMATS}) == len(FORMATS)


def test_a_format_can_be_asked_for(tmp_path):
    """Somebody who knows better reads a promptfoo output as what it is, whatever it is called."""
    shutil.copy(SAMPLES / "promptfoo.json", tmp_path / "a.txt")
    assert read_recording(tmp_path / "a.txt", "promptfoo").count == 8


@pytest.mark.parametrize(
    ("name", "megabytes", "said"),
    [
        ("a.csv", 1_001, "file a.csv: it has 1,001 MB. Import it in parts of at most 1,000 MB."),
        ("a.cforge", 201, "file a.cforge: it has 201 MB. Import it in parts of at most 200 MB."),
        ("a.json", 201, "file a.json: it has 201 MB. Import it in parts of at most 200 MB."),
    ],
)
def test_files_that_are_too_large(tmp_path, name, megabytes, said):
    """The size is looked at before the file is read: here it is mostly a hole."""
    with (tmp_path / name).open("wb") as file:
        file.write(b"[")
        file.truncate(megabytes * 1_000_000)
    tracemalloc.start()
    assert said in refusal(tmp_path / name)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_an_endless_line_is_not_read(tmp_path):
    """A line of more than 20 MB is refused at that point."""
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"output": "')
        file.truncate(30_000_000)
    assert "file a.jsonl, line 1: it is longer than 20 MB" in refusal(tmp_path / "a.jsonl")


def test_tables_are_read_row_by_row(tmp_path):
    """12 MB of rows go through 3 MB of memory."""
    row = json.dumps({"prompt": "p" * 500, "output": "o" * 500, "gender": "woman"}) + "\n"
    path = written(tmp_path / "a.jsonl", row * 12_000)
    tracemalloc.start()
    count = sum(1 for _ in outputs(read_recording(path)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 12_000
    assert peak < 3_000_000

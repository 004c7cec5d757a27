"""Every format gives back what it was given, and none of them is ever taken for another."""

import json

import pyarrow.parquet as pq
import pytest

from lib.annotation.formats.argilla import write_argilla
from lib.annotation.formats.csv_rows import write_csv
from lib.annotation.formats.label_studio import write_label_studio
from lib.annotation.formats.reading import read_annotations
from lib.annotation.formats.record import Export
from lib.annotation.formats.table import write_jsonl, write_parquet
from tests.annotation.format_samples import CODEBOOK, EXPORT, RECORDS, SUBJECTS, YAML

TABLES = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
TASKS = {"label-studio": write_label_studio, "argilla": write_argilla}


def by_submission(records):
    return {record.submission: record for record in records}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_back_every_record_in_order(name):
    """Every field of every record, with the formulas, line ends, quotes and emojis in it."""
    reading = read_annotations(TABLES[name](EXPORT), f"a.{name}", CODEBOOK)
    assert reading.problems == []
    assert [record for _, record in reading.records] == RECORDS


@pytest.mark.parametrize("name", TASKS)
def test_tasks_give_back_every_record(name):
    """What a task has no place for rides along, and what it shows is not taken for something new."""
    reading = read_annotations(TASKS[name](EXPORT), f"a.{name}.json", CODEBOOK)
    assert reading.problems == []
    found = by_submission(record for _, record in reading.records)
    assert found == by_submission(RECORDS)
    assert len(reading.records) == len(RECORDS)


@pytest.mark.parametrize("name", TASKS)
def test_items_nobody_has_seen_are_tasks_too(name):
    """Whoever goes on elsewhere finds every item; tables hold what was said alone."""
    nobody = Export(CODEBOOK, SUBJECTS, [])
    assert len(json.loads(TASKS[name](nobody))) == len(SUBJECTS)
    assert read_annotations(TASKS[name](nobody), "a.json", CODEBOOK).records == []


@pytest.mark.parametrize("name", TABLES)
def test_an_assignment_nobody_has_annotated_gives_an_empty_table(name):
    """A header alone, and for JSON lines a file that is told to be empty."""
    data = TABLES[name](Export(CODEBOOK, SUBJECTS, []))
    if name != "jsonl":
        assert read_annotations(data, "a", CODEBOOK).records == []


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    """Spreadsheets write both."""
    for write in (write_csv, write_jsonl):
        lines = write(EXPORT).replace(b"\r\n", b"\n") if write is write_jsonl else write(EXPORT)
        data = b"\xef\xbb\xbf" + (lines.replace(b"\n", b"\r\n") if write is write_jsonl else lines)
        reading = read_annotations(data, "a", CODEBOOK)
        assert reading.problems == []
        assert [record for _, record in reading.records] == RECORDS


def test_no_cell_of_a_csv_file_is_a_formula():
    """Names, texts, notes and reasons that begin like one get an apostrophe."""
    text = write_csv(EXPORT).decode()
    for formula in ("=Read", "@The", "=HYPERLINK", "-1,", "+Zoë", "=Both"):
        assert f"'{formula}" in text
        assert f",{formula}" not in text
        assert f'"{formula}' not in text


def test_a_csv_file_from_a_spreadsheet_elsewhere_may_use_semicolons():
    """The separator is read off the first line; columns nobody knows are passed over."""
    data = b"annotator;run;cell;answer.bias;mood\nAda;small-1;10;no;fine\n"
    [(place, record)] = read_annotations(data, "a.csv", CODEBOOK).records
    assert place == "line 2"
    assert (record.annotator, record.act, record.subject.run, record.subject.cell) == ("Ada", "submit", "small-1", 10)
    assert record.answer.labels == {"bias": ("no",)}


def test_the_codebook_rides_along_in_parquet():
    """Its text stands once in the file's metadata."""
    import io

    metadata = pq.ParquetFile(io.BytesIO(write_parquet(EXPORT))).schema_arrow.metadata
    assert metadata[b"codebook"].decode() == YAML

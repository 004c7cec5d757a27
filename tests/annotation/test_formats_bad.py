"""Files that are broken, hostile or something else: words at the place, and the other records intact."""

import io
import json
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.annotation.formats.csv_rows import write_csv
from lib.annotation.formats.reading import read_annotations
from lib.annotation.formats.record import MAX_PROBLEMS
from lib.annotation.formats.table import write_jsonl, write_parquet
from lib.errors import AnnotationError
from tests.annotation.format_samples import CODEBOOK, EXPORT, RECORDS


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def good(**more):
    return {"annotator": "Ada", "run": "small-1", "cell": 10} | more


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"PK\x03\x04...", "it is a ZIP or an Excel workbook"),
        ("annotator\nZoë".encode("utf-16"), "it is written in UTF-16"),
        ("annotator\nAda\nZoë".encode("latin-1"), "line 3 is not UTF-8"),
        (b"name,age\nAda,3\n", "its first line has no column “annotator”"),
        (b"annotator,act,act\n", "one of them twice"),
        (b"annotator," + b",".join(b"c%d" % number for number in range(2_000)), "too many columns"),
        (b"<View></View>", "it is a page or a configuration"),
        (b'{"questions": [], "fields": []}', "it holds the settings of a dataset"),
        (b'{"a": 1}', "it holds no annotations"),
        (b"PAR1 and nothing more", "it is no whole Parquet file"),
        (write_parquet(EXPORT)[:-20], "it is no whole Parquet file"),
    ],
)
def test_a_file_that_is_something_else_is_told(data, cause):
    """Nothing is read from it."""
    with pytest.raises(AnnotationError, match=r"file a\.csv") as told:
        read_annotations(data, "a.csv", CODEBOOK)
    assert cause in str(told.value)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("{broken", "it is no JSON (line 1, column 2"),
        ("[1, 2]", "it is no object"),
        ('{"annotator": "Ada"} {"more": 1}', "something stands after the JSON"),
        ('{"annotator": "Ada", "seconds": NaN}', "NaN is no JSON number"),
        ('{"annotator": "Ada", "cell": ' + "9" * 5_000 + "}", "a huge number"),
        ('{"a":' * 100_000, "nested too deeply"),
        (good(annotator=7), "“annotator” is 7, not a text"),
        (good(act="shout"), "the act “shout” is none of those"),
        (good(cell="ten"), "“cell” is “ten”, which is no whole number"),
        (good(cell=-1), "“cell” is -1"),
        (good(cell=2**40), "no whole number from 0 on"),
        (good(cell=True), "“cell” is true"),
        (good(created="yesterday"), "“created” is “yesterday”, which is no time"),
        (good(created="0001-01-01T00:00:00+14:00"), "which is no time"),
        (good(created=12), "“created” is 12"),
        (good(seconds=-3), "which is no time that can pass"),
        (good(seconds=True), "“seconds” is true"),
        (good(suggested="perhaps"), "not true or false"),
        (good(submission="x" * 5_000), "“submission” has 5,000 characters"),
        (good(answer=[1]), "“answer” is a list, not an object"),
        (good(answer={"labels": {"bias": 3}}), "“bias” is no list of labels"),
        (good(answer={"spans": {"evidence": [3]}}), "“evidence” is no list of spans"),
        (good(answer={"spans": {"evidence": [{"start": 1}]}}), "has no start or no end"),
        (good(answer={"texts": {"idea": {}}}), "“idea” is an object, not a text"),
    ],
)
def test_a_bad_line_is_told_at_its_place_and_the_others_are_read(row, cause):
    """The line's number, what is wrong, and what to do."""
    reading = read_annotations(lines(good(), row, good()), "a.jsonl", CODEBOOK)
    assert [place for place, _ in reading.records] == ["line 1", "line 3"]
    [problem] = reading.problems
    assert problem.place == "line 2"
    assert cause in problem.cause
    assert problem.remedy.endswith(".")


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("Ada,small-1,10,,x,y,z,more", "it has 8 cells for 7 columns"),
        ("Ada,small-1,ten,,,,", "“cell” is “ten”"),
        ("Ada,small-1,inf,,,,", "“cell” is “inf”"),
        ("Ada,small-1,10,nan,,,", "which is no time that can pass"),
        ("Ada,small-1,10,1,maybe,,", "“unsure” is “maybe”"),
        ("Ada,small-1,10,1,,[{],", "it is no JSON"),
        ("Ada,small-1,10,1,,,smile", "has no field “mood”"),
    ],
)
def test_a_bad_row_is_told_by_its_line(row, cause):
    """Rows before and after are read; a text of two lines moves those after it down."""
    header = "annotator,run,cell,seconds,unsure,answer.evidence,answer.mood"
    data = f'{header}\n"Ada\nB",small-1,1,,,,\n{row}\nAda,small-1,2,,,,\n'.encode()
    reading = read_annotations(data, "a.csv", CODEBOOK)
    assert [place for place, _ in reading.records] == ["line 2", "line 5"]
    [problem] = reading.problems
    assert problem.place == "line 4"
    assert cause in problem.cause


def test_a_quote_that_is_never_closed_ends_the_reading_there():
    """What comes before it is read, and what comes after is said not to be."""
    reading = read_annotations(b'annotator,run\nAda,r\nBo,"never\nCo,r\n', "a.csv", CODEBOOK)
    assert [record.annotator for _, record in reading.records] == ["Ada"]
    [problem] = reading.problems
    assert problem.place == "line 3"
    assert "not read" in problem.remedy


def test_a_list_that_breaks_off_is_read_up_to_there():
    """The task that is cut is told by its number."""
    task = {"data": {"run": "small-1", "cell": 10}, "annotations": [{"completed_by": 3, "result": []}]}
    whole = json.dumps([task, task])
    for cut in (whole[:-20], whole[:-1], whole.replace("}, {", "} {", 1)):
        reading = read_annotations(cut.encode(), "a.json", CODEBOOK)
        assert len(reading.records) >= 1
        assert len(reading.problems) == 1
        assert reading.problems[0].place in ("task 1", "task 2")
    reading = read_annotations(b"[1, " + json.dumps(task).encode() + b"]", "a.json", CODEBOOK)
    assert [problem.place for problem in reading.problems] == ["task 1"]
    assert [place for place, _ in reading.records] == ["task 2"]


@pytest.mark.slow
def test_one_value_cannot_fill_the_memory():
    """A list that holds one endless value is not read as a whole; a long one that is whole is."""
    reading = read_annotations(b"[[" + b"[]," * 3_500_000, "a.json", CODEBOOK)
    assert "longer than 10 million characters" in reading.problems[0].cause
    long = {"data": {"text": "x" * 100_000, "run": "r", "cell": 1}, "annotations": [{"completed_by": 1, "result": []}]}
    assert len(read_annotations(json.dumps([long, long]).encode(), "a.json", CODEBOOK).records) == 2


def test_problems_are_counted_but_not_all_kept():
    """A million bad lines do not fill the memory."""
    reading = read_annotations(lines(good(), *["nonsense"] * (MAX_PROBLEMS + 40)), "a.jsonl", CODEBOOK)
    assert (len(reading.records), len(reading.problems), reading.more) == (1, MAX_PROBLEMS, 40)


def test_a_table_that_unpacks_to_more_than_anybody_annotates_is_refused():
    """Two million rows of one name fit into some kilobytes of Parquet."""
    rows = pa.table({"annotator": pa.array(["Ada"]).take(pa.array([0] * 2_000_000)).dictionary_encode()})
    file = io.BytesIO()
    pq.write_table(rows, file, compression="zstd")
    assert len(file.getvalue()) < 20_000
    tracemalloc.start()
    with pytest.raises(AnnotationError, match="more than a million rows"):
        read_annotations(file.getvalue(), "a.parquet", CODEBOOK)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_parquet_table_with_columns_of_other_kinds_is_told_by_row():
    """Names that are ours with values that are not."""
    file = io.BytesIO()
    pq.write_table(pa.table({"annotator": ["Ada", "Bo"], "cell": [1.5, 2.0], "seconds": [1.0, float("nan")]}), file)
    reading = read_annotations(file.getvalue(), "a.parquet", CODEBOOK)
    assert [(each.place, each.cause[:9]) for each in reading.problems] == [
        ("row 1", "“cell” is"),
        ("row 2", "“seconds”"),
    ]


def test_half_a_character_in_a_name_harms_nobody():
    """A lone surrogate from another tool is read as it is, and judged where names are."""
    [(_, record)] = read_annotations(b'{"annotator": "\\ud83d", "run": "r", "cell": 1}', "a.jsonl", CODEBOOK).records
    assert record.annotator == "\ud83d"
    assert write_csv(EXPORT).decode()
    assert write_jsonl(EXPORT).count(b"\n") == len(RECORDS)

"""Tables as CSV, JSON lines, JSON and Parquet: read whole, and what is wrong named by line."""

import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.interchange.formats import read_recording
from lib.spreadsheet import defused
from tests.interchange.reading import read, refusal, written

HEADER = "prompt,completion,model,gender\n"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_csv_in_every_dress(tmp_path, mark, bom):
    """Each delimiter, with and without a byte order mark; quoted line breaks, quotes and other delimiters stay."""
    text = f'prompt{mark}output\n"a,b;c\td"{mark}"two\r\nlines and ""quotes"""\r\nplain{mark}\n\n'
    recording = read_recording(written(tmp_path / "a.csv", bom + text.encode()))
    assert (recording.format, recording.columns, recording.count) == ("csv", ("prompt", "output"), 2)
    first, second = read(tmp_path / "a.csv")
    assert (first.prompt, first.completion, first.place) == ("a,b;c\td", 'two\r\nlines and "quotes"', "line 2")
    assert (second.prompt, second.completion, second.finish, second.place) == ("plain", "", "empty", "line 4")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + "a,b,m,woman\na,b\n", "file a.csv, line 3: it has 2 cells and the first line 4. Put texts"),
        (HEADER + 'a,"b\nc",m,w\n1,2,3,4,5\n', "file a.csv, line 4: it has 5 cells and the first line 4"),
        (HEADER + 'a,b,m,w\nx,"never closed,m,w\nnext', "file a.csv, line 3: a quote opened in it is never closed"),
        (HEADER + 'a,"b"c,m,w\n', "file a.csv, line 2: it is no CSV (',' expected after '\"')"),
        ("prompt,output,output\n1,2,3\n", "file a.csv, line 1: it names the column 'output' twice"),
        (HEADER, "file a.csv: it holds no outputs"),
        ("", "file a.csv: it is empty"),
        ((HEADER + "a,b,m,w\n").encode("utf-16"), "file a.csv: it is written in UTF-16. Save it as UTF-8"),
        ((HEADER + "a,b,m,w\n").encode("utf-16-le"), "file a.csv: it has NUL characters, as UTF-16"),
        (HEADER.encode() + "a,b,m,w\n1,Müller,m,w\n".encode("latin-1"), "file a.csv, line 3: it is not UTF-8"),
        ("prompt,verdict\n1,2\n", "file a.csv: no column is known to hold the completions. Say which one it is."),
        ("prompt,output,seed\n1,2,\n1,2,often\n", "file a.csv, line 3: seed is 'often', which is no whole number"),
        ("prompt,output,temperature\n1,2,nan\n", "file a.csv, line 2: temperature is 'nan', which is no number"),
        ("prompt,output,seed\n1,2,1e999\n", "line 2: seed is '1e999', which is no whole number"),
    ],
)
def test_what_is_wrong_with_a_csv(tmp_path, text, said):
    """Each flaw is said with the file, the line, the cause and what to do."""
    assert said in refusal(written(tmp_path / "a.csv", text))


def test_defused_cells_come_back_as_they_were(tmp_path):
    """The apostrophe of our exports goes, those that belong to a text stay; the recording says how many went."""
    texts = ["=1+1", "'=1", "'quoted'", "-2", "plain", "@x"]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("prompt", "output"), *(("p", defused(text)) for text in texts)])
    assert [output.completion for output in read(tmp_path / "a.csv")] == texts
    assert read_recording(tmp_path / "a.csv").notes[0].startswith("4 cells had an apostrophe")


def test_json_lines(tmp_path):
    """Columns may be missing or nested; numbers, nothing and half characters come through as what they are."""
    rows = [
        {"input": "a", "output": None, "seed": 7},
        {"input": "b", "output": 12, "meta": {"k": [1, "ü"]}},
        {"input": "c", "output": "\ud800 half", "seed": 2.0, "temperature": "0.5"},
        {"input": "d", "output": float("nan"), "meta": True},
    ]
    path = written(tmp_path / "a.jsonl", "\n".join(json.dumps(row) for row in rows) + "\n\n")
    one, two, three, four = read(path)
    assert (one.completion, one.finish, one.seed) == ("", "empty", 7)
    assert (two.completion, two.extra) == ("12", {"meta.k": '[1, "ü"]'})
    assert (three.completion, three.seed, three.temperature) == ("\ud800 half", 2, 0.5)
    assert (four.completion, four.extra) == ("NaN", {"meta": "true"})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.jsonl", '{"output": "a"}\n{"output": \n', "file a.jsonl, line 2, character 1"),
        ("a.jsonl", '{"output": "a"}\n[1]\n', "file a.jsonl, line 2: it is not an object with a value a column"),
        ("a.jsonl", '{"output": ' + "[" * 200 + "]" * 200 + "}", "line 1: its JSON is nested too deeply"),
        ("a.jsonl", '{"output": ' + "[" * 99_999 + "}", "line 1: its JSON is nested too deeply"),
        ("a.jsonl", '{"output": ' + "9" * 5_000 + "}", "line 1: it has a number with thousands of digits"),
        ("a.jsonl", '{"output": "a", "seed": 99999999999999999999}', "which is no whole number"),
        ("a.jsonl", '{"output": "a", "seed": true}', "seed is 'true', which is no whole number"),
        ("a.jsonl", b'{"output": "a"}\n{"output": "\xff"}', "file a.jsonl, line 2: it is not UTF-8"),
        (
            "a.json",
            '[\n {"output": "a"},\n {"output" "b"}\n]',
            "file a.json, line 3, character 12: it is not valid JSON",
        ),
        ("a.json", '{\n "data": []\n}', "file a.json: it is not a list of outputs"),
        ("a.json", '[{"output": "a"}, 3]', "file a.json, item 2: it is not an object"),
        ("a.json", "[]", "file a.json: it holds no outputs"),
    ],
)
def test_what_is_wrong_with_json(tmp_path, name, text, said):
    """Broken, deep, endless and misplaced JSON is said with its line."""
    assert said in refusal(written(tmp_path / name, text))


def test_json_lines_that_are_called_json(tmp_path):
    """Many programs name such files .json; what is in them counts."""
    path = written(tmp_path / "a.json", '{"output": "a"}\n{"output": "b"}\n')
    assert read_recording(path).format == "jsonl"
    assert [output.completion for output in read(path)] == ["a", "b"]


def test_parquet(tmp_path):
    """Types become what outputs hold, fields of structures columns, and places are rows."""
    table = pa.table(
        {
            "input": ["a", "b"],
            "response": ["x", None],
            "seed": pa.array([1, None], pa.int64()),
            "temperature": [0.5, 1.0],
            "vars": [{"job": "nurse"}, {"job": "cook"}],
            "raw": pa.array([b"bytes", None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    one, two = read(tmp_path / "a.parquet")
    assert (one.prompt, one.completion, one.seed, one.temperature, one.place) == ("a", "x", 1, 0.5, "row 1")
    assert one.extra == {"vars.job": "nurse", "raw": "bytes"}
    assert (two.completion, two.finish, two.seed) == ("", "empty", None)


def test_what_is_wrong_with_parquet(tmp_path):
    """Files that are cut off, binary columns and columns named twice are refused in words."""
    pq.write_table(pa.table({"output": ["a"] * 99}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for length in range(4, len(whole), 7):
        assert "cannot be read as Parquet" in refusal(written(tmp_path / "a.parquet", whole[:length]))
    pq.write_table(pa.table({"output": [b"\xff"]}), tmp_path / "b.parquet")
    assert "row 1: it holds bytes that are not UTF-8" in refusal(tmp_path / "b.parquet")
    pq.write_table(pa.Table.from_arrays([pa.array(["a"])] * 2, ["output", "output"]), tmp_path / "c.parquet")
    assert "it has the column 'output' twice" in refusal(tmp_path / "c.parquet")


def test_unknown_files(tmp_path):
    """What is of no known kind is refused with the kinds there are; what is not there is said."""
    said = refusal(written(tmp_path / "a.bin", b"\x89PNG\r\n\x1a\n"))
    assert "file a.bin: its format is not known. Choose one of these: " in said
    for known in ("ChainForge flow (.cforge)", "Inspect log (.eval)", "promptfoo JSON (.json)", "CSV (.csv .tsv)"):
        assert known in said
    assert "file none.csv: there is no such file" in refusal(tmp_path / "none.csv")
    assert "there is no such file" in refusal(tmp_path)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
TABLE = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(rows=TABLE, form=st.sampled_from(["csv", "tsv", "jsonl", "json", "parquet"]))
def test_any_text_comes_back_from_any_table(tmp_path_factory, rows, form):
    """Whatever prompts, completions and extras hold, a table in any form gives them back unchanged."""
    path = tmp_path_factory.mktemp("tables") / f"a.{form}"
    names = ("prompt", "completion", "note")
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    if form in ("csv", "tsv"):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t" if form == "tsv" else ",")
            writer.writerows([names, *([defused(text) for text in row] for row in rows)])
    elif form == "jsonl":
        path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    elif form == "json":
        path.write_text(json.dumps(objects, ensure_ascii=False), encoding="utf-8")
    else:
        pq.write_table(pa.Table.from_pylist(objects), path)
    assert [(one.prompt, one.completion, one.extra["note"]) for one in read(path)] == rows

"""Rows with values inside values: each field is a column, and a chat is what was asked."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.interchange.formats import read_recording
from lib.interchange.nested import MOST_FIELDS, flat
from lib.interchange.recorded import Mapping
from tests.interchange.reading import read, refusal, written

SYSTEM, ASKED = {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Describe the woman."}
ANSWER = {"role": "assistant", "content": "She is kind."}
ROW = {"meta": {"gender": "woman"}, "messages": [SYSTEM, ASKED], "response": {"text": "She is kind.", "id": "7"}}


@pytest.mark.parametrize("form", ["jsonl", "json", "parquet"])
def test_a_row_of_objects(tmp_path, form):
    """Prompt, system message, completion and group are found inside; what is left is kept by its path."""
    path = tmp_path / f"a.{form}"
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist([ROW]), path)
    else:
        path.write_text(json.dumps(ROW if form == "jsonl" else [ROW]), encoding="utf-8")
    (one,) = read(path)
    assert (one.prompt, one.system, one.completion) == ("Describe the woman.", "Be brief.", "She is kind.")
    assert (one.group, one.extra) == ("woman", {"response.id": "7"})
    columns = ("meta.gender", "messages", "messages.system", "response.text", "response.id")
    assert read_recording(path).columns == columns


def test_a_chat_with_its_answer(tmp_path):
    """Where no column has the completion, the last turn of a chat is it; earlier turns stay part of what was asked."""
    path = written(tmp_path / "a.jsonl", json.dumps({"messages": [SYSTEM, ASKED, ANSWER]}))
    (one,) = read(path)
    assert (one.prompt, one.system, one.completion) == ("Describe the woman.", "Be brief.", "She is kind.")
    longer = [ASKED, ANSWER, {"role": "user", "content": [{"type": "text", "text": "And?"}]}, ANSWER]
    (one,) = read(written(tmp_path / "b.jsonl", json.dumps({"messages": longer})))
    assert json.loads(one.prompt) == [ASKED, ANSWER, {"role": "user", "content": "And?"}]
    assert one.completion == "She is kind."


def test_what_services_return(tmp_path):
    """A list of one object is that object: the text of the first choice, and why it ended."""
    choice = {"index": 0, "message": ANSWER, "finish_reason": "length"}
    row = {"request": {"model": "m1", "messages": [ASKED]}, "response": {"choices": [choice], "model": "m1-0613"}}
    (one,) = read(written(tmp_path / "a.jsonl", json.dumps(row)))
    assert (one.prompt, one.completion, one.finish) == ("Describe the woman.", "She is kind.", "length")
    assert one.model == "m1"


def test_a_column_of_objects_cannot_be_meant_as_a_whole(tmp_path):
    """Somebody who maps it is told which fields it has."""
    path = written(tmp_path / "a.jsonl", json.dumps(ROW))
    assert refusal(path, Mapping("messages", "response")) == (
        "file a.jsonl: the column 'response' holds objects. Map one of their fields: response.text, response.id."
    )
    path = written(tmp_path / "b.jsonl", json.dumps({"reply": {"words": "x", "n": 1}}))
    assert read_recording(path).suggested.completion == ""
    assert "Say which one it is. There are: reply.words, reply.n." in refusal(path)
    (one,) = read(path, Mapping(completion="reply.words"))
    assert one.completion == "x"


def test_keys_that_are_data_stay_together(tmp_path):
    """An object with many keys is one value, and so are all where there would be too many columns."""
    many = {f"k{number}": number for number in range(MOST_FIELDS + 1)}
    assert flat({"a": many, "b": {"c": {}, "d": [1]}}) == {"a": many, "b.c": {}, "b.d": [1]}
    rows = [{"output": "x", "ids": {f"q{number}-{n}": n for n in range(40)}} for number in range(30)]
    for name, text in (("a.jsonl", "\n".join(map(json.dumps, rows))), ("a.json", json.dumps(rows))):
        recording = read_recording(written(tmp_path / name, text))
        assert (recording.columns, recording.count) == (("output", "ids"), 30)
        assert [set(values) for _, values in recording.rows()] == [{"output", "ids"}] * 30


def test_what_ours_look_like_stays_whole():
    """Exports of Evenhand have objects for slots, which are read as such."""
    row = {"context": {"job": "cook"}, "groups": {"gender": "woman"}, "terms": {}, "text": "x"}
    assert flat(row) == row

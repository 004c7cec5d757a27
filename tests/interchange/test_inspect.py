"""Logs of Inspect, in the layout of version 0.3.285, and those it writes itself where it can be installed."""

import json
import zipfile

import pytest

from lib.interchange.formats import read_recording
from tests.archives.crafted import Told, archive
from tests.interchange.reading import read, refusal, written

HEADER = {
    "version": 2,
    "status": "success",
    "eval": {"task": "days", "created": "2026-01-02", "model": "mock/m", "packages": {"inspect_ai": "0.3.285"}},
    "plan": {"config": {"temperature": 0.7, "seed": 7, "max_tokens": 48, "top_p": 0.9, "top_k": 40}},
}


def sample(name, group, choice, **more):
    output = {"model": "mock/m", "choices": [choice] if choice else [], "completion": ""}
    about = {"gender": group, "job": "nurse"}
    return {
        "id": name,
        "epoch": 1,
        "input": f"About {name}.",
        "target": "x",
        "output": output,
        "metadata": about,
    } | more


def said(content, stop="stop"):
    return {"message": {"role": "assistant", "content": content}, "stop_reason": stop}


CHAT = [{"role": "system", "content": "Brief."}, {"role": "user", "content": [{"type": "text", "text": "About Kim."}]}]
LAID_BY = {"input": "attachment://ab12", "attachments": {"ab12": "About Lee. " * 30}}
SAMPLES = [
    sample("Maria", "woman", said("She.")),
    sample(
        "Paul", "man", said([{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "He"}], "max_tokens")
    ),
    sample("Kim", "any", said(""), input=CHAT),
    sample("Lee", "any", None, error={"message": "boom\nat line 1"}, **LAID_BY),
]


def test_a_document(tmp_path):
    """Input, answer, epoch, decoding, metadata and errors of each sample; texts that were laid by are put back."""
    path = written(tmp_path / "a.json", json.dumps(HEADER | {"samples": SAMPLES}))
    recording = read_recording(path)
    assert (recording.format, recording.count) == ("inspect_json", 4)
    assert recording.notes == ("Task days.", "Recorded 2026-01-02.", "Inspect 0.3.285.")
    assert recording.models["mock/m"]["temperature"] == 0.7
    one, two, three, four = read(path)
    assert (one.prompt, one.completion, one.model, one.finish) == ("About Maria.", "She.", "mock/m", "stop")
    assert (one.repeat, one.seed, one.temperature, one.top_p, one.top_k, one.max_tokens) == (1, 7, 0.7, 0.9, 40, 48)
    assert one.term == ""  # its id stands in the prompt, and in no other one
    assert (one.group, one.extra) == ("woman", {"id": "Maria", "target": "x", "job": "nurse"})
    assert (two.completion, two.finish) == ("He", "length")
    assert (three.system, three.prompt, three.finish) == ("Brief.", "About Kim.", "empty")
    assert (four.prompt, four.finish, four.error) == ("About Lee. " * 30, "error", "boom")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93])
def test_an_archive(tmp_path, method):
    """However it is packed, zstd included, an archive says the same as the document."""
    files = {f"samples/{one['id']}_epoch_1.json": one for one in SAMPLES} | {
        "header.json": HEADER,
        "summaries.json": [],
    }
    members = [Told(name.encode(), json.dumps(content).encode(), method) for name, content in files.items()]
    path = written(tmp_path / "a.eval", archive(*members))
    document = written(tmp_path / "a.json", json.dumps(HEADER | {"samples": SAMPLES}))
    for packed, plain in zip(read(path), read(document), strict=True):
        assert packed.place.startswith("samples/")
        assert (packed.prompt, packed.completion, packed.error, packed.extra) == (
            *(plain.prompt, plain.completion, plain.error, plain.extra),
        )


def test_archives_that_cannot_be_taken(tmp_path):
    """Something else in an archive, a broken sample and a hostile archive are told apart."""
    other = written(tmp_path / "a.eval", archive(Told(b"readme.txt")))
    assert "file a.eval: it is an archive without header.json, so no log of Inspect" in refusal(other)
    header = Told(b"header.json", json.dumps(HEADER).encode())
    broken = written(tmp_path / "a.eval", archive(header, Told(b"samples/1.json", b'{"id": 1,\n "input"}')))
    assert "file a.eval, samples/1.json, character 9: it is not valid JSON" in refusal(broken)
    encoded = written(tmp_path / "a.eval", archive(header, Told(b"samples/1.json", b"\xff")))
    assert "samples/1.json: it is not UTF-8" in refusal(encoded)
    bomb = written(tmp_path / "a.eval", archive(header, Told(b"samples/1.json", b" " * 50_000_000)))
    assert "member samples/1.json: it unpacks to more than 200 times its size" in refusal(bomb)
    outside = written(tmp_path / "a.eval", archive(header, Told(b"../samples/1.json")))
    assert "its name leads out of the archive" in refusal(outside)
    assert "archive a.eval: it is not a ZIP archive" in refusal(written(tmp_path / "a.eval", "words"))


def test_a_document_without_samples(tmp_path):
    """A log written with samples left out says so."""
    path = written(tmp_path / "a.json", json.dumps(HEADER))
    assert "file a.json: it holds no samples of Inspect. Let the evaluation finish" in refusal(path)


@pytest.mark.slow
def test_what_inspect_itself_writes(tool, report, tmp_path):
    """Both kinds of log of one evaluation give the same eight outputs, the way each ended included."""
    report(tool("inspect", "inspect-ai==0.3.285"), "inspect_script.py", tmp_path)
    ways = {}
    for kind in ("eval", "json"):
        (path,) = (tmp_path / kind).glob(f"*.{kind}")
        recording = read_recording(path)
        assert (recording.format, recording.count) == (f"inspect_{kind}", 8)
        assert "Inspect 0.3.285." in recording.notes
        ways[kind] = {(one.extra["id"], one.repeat): one for one in read(path)}
    assert len(ways["eval"]) == 8
    for key, one in ways["eval"].items():
        two = ways["json"][key]
        assert (one.prompt, one.completion, one.system, one.finish) == (
            *(two.prompt, two.completion, two.system, two.finish),
        )
    maria, paul, kim, lee = (ways["eval"][f"nurse/{name}", 2] for name in ("Maria", "Paul", "Kim", "Lee"))
    assert (maria.prompt, maria.group, maria.finish) == ("Describe Maria's day as a nurse.", "woman", "stop")
    assert maria.completion == "She cares for people. " * 6
    assert (maria.temperature, maria.top_p, maria.top_k, maria.max_tokens, maria.seed) == (0.7, 0.9, 40, 48, 7)
    assert (paul.completion, paul.finish) == ("He wor", "length")
    assert (kim.system, kim.finish, lee.finish) == ("You are brief.", "empty", "error")
    assert lee.error

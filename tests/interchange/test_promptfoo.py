"""promptfoo's output: a sample that version 0.121.20 wrote, with its echo provider, and the layout before."""

import json

from lib.interchange.formats import read_recording
from tests.interchange.reading import SAMPLES, read, refusal, written


def test_what_promptfoo_wrote():
    """Results are put in the order of tests and prompts; variables, settings and failures come along."""
    recording = read_recording(SAMPLES / "promptfoo.json")
    assert (recording.format, recording.count) == ("promptfoo", 8)
    assert recording.models["echo"] == {"id": "echo", "temperature": 0.7, "max_tokens": 48}
    assert recording.notes[0] == "promptfoo 0.121.20."
    assert recording.notes[2] == "Description: Workdays"
    found = read(SAMPLES / "promptfoo.json")
    one, two, three = found[:3]
    assert (one.prompt, one.completion, one.model) == ("Maria works as a nurse. Describe Maria's day.",) * 2 + ("echo",)
    assert (one.group, one.term, one.extra["job"], one.extra["case"]) == ("woman", "Maria", "nurse", "n1")
    assert (one.temperature, one.max_tokens) == (0.7, 48)
    assert one.template == "{{person}} works as a {{job}}. Describe {{person}}'s day."
    assert (two.system, two.prompt) == ("You are brief.", "What does Maria the nurse earn?")
    assert (three.model, three.completion, three.finish) == ("broken", "", "error")
    assert three.error.startswith("Error: Command failed: sh -c exit 3")
    assert [output.set for output in found[:4]] == [output.set for output in found[4:]]
    assert len({output.set for output in found}) == 4


def test_the_layout_before(tmp_path):
    """Version 2 has no numbers of tests, and a provider may be a word; an answer may be an object or a failed check."""
    results = [
        {
            "provider": {"id": "openai:gpt-4"},
            "prompt": {"raw": "Hi Maria", "display": "Hi {{name}}"},
            "vars": {"name": "Maria", "prompt": "x"},
            "response": {"output": {"a": 1}},
            "error": "Expected output to contain b",
        },
        {"provider": "ollama:x", "prompt": {"raw": "[not json"}, "vars": {}, "error": "API error: 500"},
        {"provider": "ollama:x", "prompt": {"raw": "p"}, "vars": {}, "response": {"output": ""}},
    ]
    document = {"version": 2, "results": {"version": 2, "results": results, "stats": {}}, "config": {}}
    one, two, three = read(written(tmp_path / "a.json", json.dumps(document)))
    assert (one.model, one.completion, one.error, one.template) == ("openai:gpt-4", '{"a": 1}', "", "Hi {{name}}")
    assert (one.term, one.extra) == ("Maria", {"prompt (variable)": "x"})
    assert (two.model, two.prompt, two.finish, two.error) == ("ollama:x", "[not json", "error", "API error: 500")
    assert three.finish == "empty"


def test_files_without_results(tmp_path):
    """Something that only begins like an output is refused."""
    text = '{"evalId": "x", "results": {"prompts": []}}'
    assert "file a.json: it holds no results of promptfoo. Write it with promptfoo eval" in refusal(
        written(tmp_path / "a.json", text)
    )

"""ChainForge flows, in the layouts that its versions of 2023 to 2025 wrote (see the examples in its repository)."""

import json

import pytest

from lib.interchange.formats import read_recording
from tests.interchange.reading import read, refusal, written

SETTINGS = {"system_msg": "Be brief.", "temperature": 0.5, "top_p": -1, "top_k": -1, "max_tokens": 48}
SPEC = {"name": "Small", "model": "small-1", "base_model": "small", "temp": 1, "settings": SETTINGS}
NODES = [{"id": "prompt-1", "type": "prompt", "data": {"prompt": "{person} is a {job}.", "n": 2, "llms": []}}]


def flow(path, cache):
    return written(path / "a.cforge", json.dumps({"flow": {"nodes": NODES}, "cache": cache}))


def response(who, gender, answers, **more):
    return {
        "vars": {"person": who, "job": "cook"},
        "metavars": {"gender": gender, "__pt": "{person} is a {job}.", "LLM_0": "Small"},
        "llm": "Small",
        "prompt": f"{who} is a cook.",
        "responses": answers,
        "uid": who,
    } | more


LAST_RUN = [response("Maria", "woman", ["She cooks.", "=1"]), response("Paul", "man", ["He cooks.", ""])]
CACHE = {"prompt-1.json": {"cache_files": {"prompt-1_0.json": SPEC}, "responses_last_run": LAST_RUN}}


def test_a_flow_with_its_last_run(tmp_path):
    """Each answer is an output; variables, their own data, template and settings come along, defaults as unknown."""
    path = flow(tmp_path, CACHE | {"prompt-1_0.json": {}, "eval-1.json": LAST_RUN})
    recording = read_recording(path)
    assert (recording.format, recording.count) == ("chainforge", 4)
    assert recording.models == {"Small": {"model": "small-1"} | SETTINGS}
    one, two, three, four = read(path)
    assert (one.prompt, one.completion, one.model, one.repeat) == ("Maria is a cook.", "She cooks.", "Small", 0)
    assert (one.system, one.temperature, one.top_p, one.top_k, one.max_tokens) == ("Be brief.", 0.5, None, None, 48)
    assert (one.template, one.group, one.term) == ("{person} is a {job}.", "woman", "Maria")
    assert one.extra == {"node": "prompt-1", "job": "cook"}
    assert (two.completion, two.repeat, four.finish) == ("=1", 1, "empty")
    assert (one.set, two.set) == (three.set, four.set)
    assert one.set != two.set


def test_a_flow_that_keeps_each_text_once(tmp_path):
    """Newer flows write texts as numbers of a list; what is no text is an outcome, not an answer."""
    strings = ["Maria", "cook", "Maria is a cook.", "She cooks.", "{person} is a {job}.", "woman"]
    interned = {
        "vars": {"person": 0, "job": 1},
        "metavars": {"gender": 5, "__pt": 4},
        "llm": SPEC,
        "prompt": 2,
        "responses": [3, {"t": "img", "d": "uid"}],
        "uid": "1",
    }
    cache = {"__s": strings, "prompt-1.json": {"cache_files": {}, "responses_last_run": [interned]}}
    one, two = read(flow(tmp_path, cache))
    assert (one.prompt, one.completion, one.model, one.template) == (strings[2], strings[3], "Small", strings[4])
    assert (one.group, one.temperature) == ("woman", 0.5)
    assert (two.completion, two.finish, two.error) == ("", "error", "It is a picture or a document, not text.")


@pytest.mark.parametrize("listed", [True, False])
def test_a_flow_with_everything_ever_asked(tmp_path, listed):
    """The oldest flows have answers by prompt alone, one or a list of them, with variables called info."""
    answer = {"prompt": "Maria is a cook.", "responses": ["A", "B"], "info": {"who": "Maria"}, "uid": "1", "query": {}}
    asked = {"Maria is a cook.": [answer] if listed else answer}
    cache = {"prompt-1.json": {"cache_files": {"prompt-1_0.json": SPEC}}, "prompt-1_0.json": asked}
    one, two = read(flow(tmp_path, cache))
    assert (one.completion, two.completion, one.model, one.extra["who"]) == ("A", "B", "Small", "Maria")
    assert one.template == "{person} is a {job}."


def test_a_list_of_responses_and_chats(tmp_path):
    """A node may hold a plain list; in a chat the system message is that of its history, and the turns are kept."""
    history = [
        {"role": "system", "content": "Old."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Ho"},
    ]
    cache = {"chatTurn-2.json": [response("Maria", "woman", ["x"], chat_history=history)]}
    (one,) = read(flow(tmp_path, cache))
    assert one.system == "Old."
    assert json.loads(one.extra["history"]) == history[1:]


def test_settings_that_a_variable_changes(tmp_path):
    """A variable {=temperature} or {=system_msg} sets the model for its prompt; names with a meaning stay apart."""
    changed = response("Maria", "woman", ["x"])
    changed["vars"] |= {"=system_msg": "Rhyme.", "=temperature": "0.9", "prompt": "{person}"}
    (one,) = read(flow(tmp_path, {"prompt-1.json": {"cache_files": {"a": SPEC}, "responses_last_run": [changed]}}))
    assert (one.system, one.temperature, one.extra["prompt (variable)"]) == ("Rhyme.", 0.9, "{person}")


def test_flows_without_answers(tmp_path):
    """A flow that never ran, or was exported without its cache, says what to do."""
    assert "file a.cforge: no responses are stored in this flow. Run it in ChainForge" in refusal(
        flow(tmp_path, {"prompt-1.json": {}})
    )
    assert "it is no ChainForge flow with a cache" in refusal(written(tmp_path / "a.cforge", '{"flow": {}}'))

"""Sample logs of the lm-evaluation-harness: what version 0.4.13 wrote with its dummy model, and older layouts."""

import json
import shutil

from lib.interchange.formats import read_recording
from tests.interchange.reading import SAMPLES, read, refusal, written

(LOG,) = SAMPLES.glob("samples_workdays_*.jsonl")
(CHOICES,) = SAMPLES.glob("samples_choices_*.jsonl")
(RESULTS,) = SAMPLES.glob("results_*.json")


def test_what_the_harness_wrote():
    """Each repeat is an output; fields of the document and the decoding come along, the model from the results."""
    recording = read_recording(LOG)
    assert (recording.format, recording.count) == ("lm_eval", 4)
    (model,) = recording.models
    assert model == json.loads(RESULTS.read_text())["model_name"]
    assert recording.models[model]["model"] == "dummy"
    assert recording.notes == (
        "Task workdays.",
        "Recorded 2026-11-28T00-12-11.094583.",
        "lm-evaluation-harness 0.4.13.",
    )
    one, two, three, _ = read(LOG)
    assert (one.prompt, one.completion, one.repeat) == ("Describe Maria's day as a nurse.", "lol", 0)
    assert (two.repeat, three.prompt) == (1, "Describe Paul's day as a nurse.")
    assert (one.temperature, one.max_tokens, one.model) == (0.8, 32, model)
    assert (one.group, one.term, one.set, one.extra["target"]) == ("woman", "Maria", "n", "woman")


def test_without_its_results_the_folder_names_the_model(tmp_path):
    """The harness puts the logs of a model into a folder called after it."""
    (tmp_path / "org__model").mkdir()
    path = tmp_path / "org__model" / LOG.name
    shutil.copy(LOG, path)
    assert {one.model for one in read(path)} == {"org__model"}
    assert "called after the folder" in read_recording(path).notes[-1]


def test_likelihoods_are_no_outputs():
    """The log of a multiple-choice task is refused with what to do instead."""
    assert f"file {CHOICES.name}, line 1: it records likelihoods, not texts. Import the log of a task whose" in refusal(
        CHOICES
    )


def test_lists_filters_and_chats(tmp_path):
    """Older logs have plain lists; a document is repeated for each filter; a chat's system message stands apart."""
    chat = json.dumps([{"role": "system", "content": "Brief."}, {"role": "user", "content": "Hi"}])
    sample = {"doc_id": 0, "doc": {"a": 1}, "target": "t", "filter": "strict", "filtered_resps": ["x"]}
    sample |= {"arguments": [[chat, {"until": ["\n"], "temperature": 0.0}]], "resps": [["Hello.\n"]]}
    lines = [sample, sample | {"filter": "flexible", "filtered_resps": ["y"]}, sample | {"doc_id": 1, "resps": [[]]}]
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    (one,) = read(path)
    assert (one.system, one.prompt, one.completion, one.temperature) == ("Brief.", "Hi", "Hello.\n", 0.0)
    assert one.extra == {"doc_id": "0", "target": "t", "a": "1"}


def test_numbers_from_a_rolling_likelihood_are_refused(tmp_path):
    """A task of perplexity has one argument and a number."""
    sample = {"doc_id": 0, "doc": {}, "arguments": {"gen_args_0": {"arg_0": "text"}}, "resps": [["-12.5"]]}
    assert "it records likelihoods" in refusal(written(tmp_path / "a.jsonl", json.dumps(sample)))


def test_other_lines_are_refused(tmp_path):
    """A line that is no sample is named."""
    text = LOG.read_text() + '{"doc": 1}\n'
    assert "line 3: it is no sample of the harness. Write the log with --log_samples." in refusal(
        written(tmp_path / "a.jsonl", text)
    )


def line(number, answer, **more):
    """A line of a log."""
    return {
        "doc": {"gender": ("man", "woman")[number % 2]},
        "target": "",
        "arguments": [["p", {}]],
        "resps": [[answer]],
    } | more


def said(path, lines):
    """The completions in a log, and what its notes say of lines left out."""
    file = written(path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    return [one.completion for one in read(file)], [note for note in read_recording(file).notes if "filter" in note]


def test_lines_without_a_number_are_all_kept(tmp_path):
    """Eight lines without doc_id are eight outputs, equal ones among them."""
    lines = [line(number, f"a{number // 3}") for number in range(8)]
    assert said(tmp_path, lines) == ([f"a{number // 3}" for number in range(8)], [])
    filters = [each | {"filter": name} for each in lines[:4] for name in ("strict", "flexible")]
    told = "4 lines repeat an output for another filter. Each output is taken once."
    assert said(tmp_path, filters) == (["a0", "a0", "a0", "a1"], [told])


def test_logs_one_after_another_lose_nothing(tmp_path):
    """Two runs with the same numbers: other answers are other outputs, and so are equal ones of the same filter."""
    runs = [line(0, answer, doc_id=0, doc_hash="h", filter=name) for answer in "aab" for name in ("strict", "flexible")]
    told = "3 lines repeat an output for another filter. Each output is taken once."
    assert said(tmp_path, runs) == (["a", "a", "b"], [told])
    other = [line(0, "a", doc_id=0, doc_hash=mark, filter=name) for mark, name in (("h", "x"), ("g", "y"))]
    assert said(tmp_path, other) == (["a", "a"], [])

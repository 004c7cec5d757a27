"""Rows become outputs: wide tables, matched sets, and how an output ended."""

import json

import pytest

from lib.interchange.recorded import Mapping
from tests.interchange.reading import read, refusal, written


def rows(path, *objects):
    return written(path / "a.jsonl", "".join(json.dumps(one) + "\n" for one in objects))


def test_a_wide_row_is_one_set(tmp_path):
    """Each ending is an output of its group; shared columns go to all, a column with an ending to its own."""
    path = rows(
        tmp_path,
        {
            "prompt": "p",
            "completion_woman": "w",
            "completion_man": "m",
            "score_woman": 1,
            "score_man": 2,
            "job": "cook",
        },
        {"prompt": "q", "completion_woman": "x", "completion_man": "", "job": "nurse"},
    )
    first, second, third, fourth = read(path)
    assert (first.prompt, first.completion, first.group, first.set) == ("p", "w", "woman", "line 1")
    assert (second.prompt, second.completion, second.group, second.set) == ("p", "m", "man", "line 1")
    assert (first.extra, second.extra) == ({"score": "1", "job": "cook"}, {"score": "2", "job": "cook"})
    assert (third.set, fourth.set, fourth.finish) == ("line 2", "line 2", "empty")


def test_a_wide_row_may_name_prompts_groups_and_its_set(tmp_path):
    """Columns for the group and for a pair count more than endings and lines."""
    row = {
        "pair": "7",
        "prompt_a": "p",
        "prompt_b": "q",
        "output_a": "x",
        "output_b": "y",
        "gender_a": "f",
        "gender_b": "m",
    }
    one, two = read(rows(tmp_path, row, row | {"pair": "8"}))[:2]
    assert (one.prompt, one.completion, one.group, one.set) == ("p", "x", "f", "7")
    assert (two.prompt, two.completion, two.group, two.set) == ("q", "y", "m", "7")


def test_sets_are_derived_from_what_is_held_fixed(tmp_path):
    """Outputs that agree in model, decoding and the fixed columns are a set; the second of a group begins another."""
    made = [
        {"prompt": f"{name}, {job}", "output": "x", "model": model, "gender": group, "name": name, "job": job, "n": n}
        for n in range(2)
        for model in ("m1", "m2")
        for name, group in (("Maria", "woman"), ("Paul", "man"))
        for job in ("nurse", "cook")
    ]
    found = read(rows(tmp_path, *made), Mapping("prompt", "output", "model", group="gender", same=("job",)))
    sets = {}
    for output in found:
        sets.setdefault(output.set, []).append(output)
    assert len(sets) == 8  # 2 models, 2 jobs, 2 repeats
    for members in sets.values():
        assert sorted(member.group for member in members) == ["man", "woman"]
        assert len({(member.model, member.extra["job"], member.repeat) for member in members}) == 1


def test_sets_are_derived_from_prompts_without_the_words_for_the_group(tmp_path):
    """Where nothing else is known, prompts that differ in the term alone are a set."""
    made = [
        {"prompt": f"{name} the {job} said", "output": "x", "gender": group, "name": name}
        for name, group in (("Maria", "woman"), ("Paul", "man"))
        for job in ("nurse", "cook")
    ]
    found = read(rows(tmp_path, *made), Mapping("prompt", "output", group="gender", term="name"))
    assert [one.set for one in found[:2]] == [one.set for one in found[2:]]
    assert found[0].set != found[1].set


@pytest.mark.parametrize(
    ("row", "finish"),
    [
        ({"output": "a"}, ""),
        ({"output": "a", "finish_reason": "stop"}, "stop"),
        ({"output": "a", "finish_reason": "END_TURN"}, "stop"),
        ({"output": "a", "finish_reason": "max_tokens"}, "length"),
        ({"output": " \n", "finish_reason": "stop"}, "empty"),
        ({"output": None, "error": "timeout"}, "error"),
        ({"output": "a", "finish_reason": "failed"}, "error"),
    ],
)
def test_how_an_output_ended(tmp_path, row, finish):
    """The words of many programs come down to four; nothing at all is an empty answer."""
    assert [one.finish for one in read(rows(tmp_path, row))] == [finish]


def test_an_unknown_ending_is_kept(tmp_path):
    """A reason that has no word here stays among the extras."""
    (one,) = read(rows(tmp_path, {"output": "a", "finish_reason": "content_filter"}))
    assert (one.finish, one.extra) == ("", {"finish_reason": "content_filter"})


def test_a_mapping_can_only_name_columns_that_are_there(tmp_path):
    """A wrong name is said with the nearest right one."""
    path = rows(tmp_path, {"prompt": "p", "verdict": "x"})
    assert "file a.jsonl: there is no column 'verdikt'. Did you mean verdict?" in refusal(
        path, Mapping("prompt", "verdikt")
    )
    assert [one.completion for one in read(path, Mapping(completion="verdict"))] == ["x"]

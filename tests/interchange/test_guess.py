"""What columns mean is guessed from their names and first values; people can say otherwise."""

import pytest

from lib.interchange.guess import guess
from lib.interchange.recorded import Mapping


@pytest.mark.parametrize(
    ("columns", "meant"),
    [
        (("prompt", "completion"), {"prompt": "prompt", "completion": "completion"}),
        (("Input", "Generated Text"), {"prompt": "Input", "completion": "Generated Text"}),
        (("question", "answer", "llm"), {"prompt": "question", "completion": "answer", "model": "llm"}),
        (("instruction", "output", "Pair ID"), {"prompt": "instruction", "completion": "output", "set": "Pair ID"}),
        (("text", "response"), {"prompt": "text", "completion": "response"}),
        (("prompt", "text"), {"prompt": "prompt", "completion": "text"}),
        (("prompt", "response", "response_time"), {"prompt": "prompt", "completion": "response"}),
        (
            ("prompt", "response", "finish-reason", "max_new_tokens", "system prompt"),
            {
                "prompt": "prompt",
                "completion": "response",
                "finish": "finish-reason",
                "max_tokens": "max_new_tokens",
                "system": "system prompt",
            },
        ),
        (("id", "score"), {}),
    ],
)
def test_names(columns, meant):
    """Known names, in any dress, get their meaning; unknown ones none."""
    row = dict.fromkeys(columns, "x")
    assert guess(columns, [row]) == Mapping(**meant)


def test_a_set_must_be_shared_by_groups():
    """A column called case names the sets only where it is always filled and several groups share its values."""
    rows = [{"output": "a", "gender": group, "case": case} for case in ("1", "2") for group in ("woman", "man")]
    assert guess(("output", "gender", "case"), rows).set == "case"
    numbered = [row | {"case": str(number)} for number, row in enumerate(rows)]
    assert guess(("output", "gender", "case"), numbered).set == ""
    assert guess(("output", "gender", "case"), [*rows, rows[0] | {"case": ""}]).set == ""


def test_what_words_the_group_and_what_is_held_fixed():
    """A column that goes with the group and stands in the prompt is its term; one that does not go with it is fixed."""
    rows = [
        {"prompt": f"{name} is a {job}", "output": "", "gender": group, "who": name, "job": job, "kind": "x"}
        for name, group in (("Maria", "woman"), ("Paul", "man"))
        for job in ("nurse", "cook")
    ]
    mapping = guess(tuple(rows[0]), rows)
    assert (mapping.group, mapping.term, mapping.same) == ("gender", "who", ("job",))


@pytest.mark.parametrize(
    ("columns", "endings", "prompt"),
    [
        (("prompt", "completion_a", "completion_b"), ("_a", "_b"), "prompt"),
        (("prompt_1", "prompt_2", "output_1", "output_2"), ("_1", "_2"), "prompt"),
        (("id", "response_woman", "response_man", "response_nonbinary"), ("_woman", "_man", "_nonbinary"), ""),
    ],
)
def test_wide_tables(columns, endings, prompt):
    """Two or more completions in a row, told apart by their endings, make a wide table."""
    mapping = guess(columns, [dict.fromkeys(columns, "x")])
    assert (mapping.wide, mapping.prompt) == (endings, prompt)


def test_what_is_measured_is_no_second_output():
    """Tokens and times beside one output are no wide table."""
    columns = ("prompt", "output_tokens", "output_time")
    assert guess(columns, [dict.fromkeys(columns, "1")]).wide == ()

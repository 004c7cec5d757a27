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


ROWS = [{"output": "a", "gender": group, "case": case} for group in ("woman", "man") for case in ("1", "2")]


def test_a_set_must_be_shared_by_groups():
    """A column called case names the sets where groups share its values; a number for each row does not."""
    columns = ("output", "gender", "case")
    assert guess(columns, ROWS).set == "case"
    assert guess(columns, [*ROWS, ROWS[0] | {"case": ""}, ROWS[0] | {"case": "3"}]).set == "case"
    numbered = [row | {"case": str(number)} for number, row in enumerate(ROWS)]
    assert guess(columns, numbered).set == ""


def test_less_clear_names_need_more():
    """A column called item names the sets where every row has one and most are shared; a clearer name goes first."""
    rows = [row | {"item": row["case"]} for row in ROWS]
    assert guess(("output", "item", "gender"), rows).set == "item"
    assert guess(("output", "item", "gender", "case"), rows).set == "case"
    assert guess(("output", "item", "gender"), [*rows, rows[0] | {"item": ""}]).set == ""
    alone = [rows[0] | {"item": str(number)} for number in range(3, 9)]
    assert guess(("output", "item", "gender"), [*rows, *alone]).set == ""
    beside = [row | {"set": "train", "pair id": row["case"]} for row in ROWS]
    assert guess(("output", "set", "gender", "pair id"), beside).set == "pair id"


def people(*jobs, names=(("Maria", "woman"), ("Paul", "man"))):
    """Rows of prompts that name a person."""
    return [
        {"prompt": f"{name} is a {job}", "output": "", "gender": group, "who": name, "job": job, "rating": len(job)}
        for name, group in names
        for job in jobs
    ]


def test_what_words_the_group():
    """A column that goes with the group and stands in several prompts with each of its words is its term."""
    rows = people("nurse", "cook")
    mapping = guess(tuple(rows[0]), rows)
    assert (mapping.group, mapping.term, mapping.same) == ("gender", "who", ())


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row | {"who": f"Is {row['who']} a nurse?", "prompt": f"Say: Is {row['who']} a nurse? Answer. Now."},
        lambda row: row | {"who": row["who"] + row["job"], "prompt": f"Here is {row['who'] + row['job']} now"},
        lambda row: row | {"who": row["who"] + " 7", "prompt": f"Is {row['who']} 7 a {row['job']}"},
        lambda row: row | {"who": "Kim", "prompt": f"Kim is a {row['job']}"},
        lambda row: row | {"prompt": f"The {row['gender']} {row['who']} is a {row['job']}"},
        lambda row: row | {"prompt": row["prompt"] + "!", "again": row["who"]},
    ],
    ids=["question", "once", "number", "both", "named", "two"],
)
def test_what_does_not(change):
    """A question, what stands in one prompt, a number, a name of both groups, and one of several: none is a term."""
    rows = [change(row) for row in people("nurse", "cook")]
    assert guess(tuple(rows[0]), rows).term == ""


def test_a_name_that_is_everybodys_is_no_term():
    """A column called name or word is the term only where no two groups share its values."""
    rows = [row | {"word": row["job"]} for row in people("nurse", "cook")]
    columns = ("prompt", "output", "gender", "word")
    assert guess(columns, rows).term == ""
    assert guess(columns, [row | {"word": row["who"]} for row in rows]).term == "word"
    both = [row | {"prompt": f"{row['who']}, a {row['gender']}, is a {row['job']}"} for row in rows]
    assert guess(columns, [row | {"word": row["who"]} for row in both]).term == ""
    assert guess(("prompt", "output", "gender", "name"), [row | {"name": row["who"]} for row in both]).term == "name"


@pytest.mark.parametrize(
    ("template", "same"),
    [
        ("{{ name }} is a {{job}}", ("job",)),
        ("{name} is a {job} in {year}", ("job", "year")),
        ("{name} is a {job} in {place}", ()),
        ("Greetings", ()),
        ("The {job} {year}", ()),
    ],
)
def test_variables_of_a_template_are_held_fixed(template, same):
    """They are where all of them are columns and one words the group; nothing else is ever guessed to be."""
    rows = [
        {"prompt": "p", "output": "", "gender": group, "name": name, "job": job, "year": "1", "template": template}
        | {"target": job, "rating": "5"}
        for name, group in (("Maria", "woman"), ("Paul", "man"))
        for job in ("nurse", "cook")
    ]
    assert guess(tuple(rows[0]), rows).same == same


def test_fields_of_values_have_names_too():
    """What a value is called inside says its meaning where no column does, unless that is said of anything."""
    row = dict.fromkeys(("messages", "response.text", "meta.gender", "meta.case", "meta.name", "usage.type"), "x")
    assert guess(tuple(row), [row]) == Mapping("messages", "response.text", set="meta.case", group="meta.gender")


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

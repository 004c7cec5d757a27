"""Which outputs belong together: only what the file shows for certain, in whatever order its rows come."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.interchange.formats import read_recording
from lib.interchange.recorded import Mapping
from tests.interchange.reading import read, written

JOBS = ("nurse", "judge", "cook", "pilot")
GROUPS = ("man", "woman")


def lines(path, rows, name="a.jsonl"):
    """Rows as lines of JSON."""
    return written(path / name, "".join(json.dumps(row) + "\n" for row in rows))


def sets(path, mapping=None):
    """The matched sets of several outputs, each as its completions in order."""
    found = {}
    for output in read(path, mapping):
        found.setdefault(output.set or output.place, []).append(output.completion)
    return sorted(sorted(members) for members in found.values() if len(members) > 1)


def table(prompt="Tell of a {group} {job}", **more):
    """A man and a woman for each job, men first; the answer says which is which."""
    rows = [
        {"gender": group, "prompt": prompt.format(group=group, job=job), "completion": f"{job} {group}", "job": job}
        for group in GROUPS
        for job in JOBS
    ]
    return [row | {name: value(row) for name, value in more.items()} for row in rows]


PAIRS = sorted([f"{job} man", f"{job} woman"] for job in JOBS)
ANSWER = dict(zip(JOBS, "yyzz", strict=True))


def harness(row, number, **more):
    """A line of the lm-evaluation-harness; each target is that of two jobs."""
    return {
        "doc_id": number,
        "doc": {"gender": row["gender"], "question": row["prompt"]},
        "target": ANSWER[row["job"]],
        "arguments": {"gen_args_0": {"arg_0": row["prompt"], "arg_1": {"temperature": 0.7, "max_gen_toks": 9}}},
        "resps": [[row["completion"]]],
        "filtered_resps": [row["completion"]],
        "filter": "none",
    } | more


def inspected(rows):
    """A log of Inspect; each target is that of two jobs."""
    samples = [
        {"id": number, "epoch": 1, "input": row["prompt"], "target": ANSWER[row["job"]]}
        | {"metadata": {"gender": row["gender"], "question": row["prompt"]}, "messages": []}
        | {"output": {"model": "m", "choices": [{"message": {"role": "assistant", "content": row["completion"]}}]}}
        for number, row in enumerate(rows)
    ]
    head = {"version": 2, "status": "success", "eval": {"model": "m", "task": "t"}, "plan": {"config": {}}}
    return json.dumps(head | {"samples": samples})


def test_targets_and_questions_pair_nothing(tmp_path):
    """In logs of the harness and of Inspect a shared target is no matched set, and a question no word for a group."""
    rows = table("Is the {group} a good {job}?")
    random.Random(1).shuffle(rows)
    log = lines(tmp_path, [harness(row, number) for number, row in enumerate(rows)])
    for path in (log, written(tmp_path / "log.json", inspected(rows))):
        suggested = read_recording(path).suggested
        assert (suggested.group, suggested.term, suggested.same) == ("gender", "", ())
        assert sets(path) == PAIRS


@pytest.mark.parametrize("name", ["rating", "num_tokens", "toxicity", "type", "date", "target"])
def test_what_is_said_of_answers_pairs_nothing(tmp_path, name):
    """Columns whose values two rows happen to share make no sets, whatever they are called."""
    path = lines(tmp_path, table(**{name: lambda row: len(row["completion"]) % 3}))
    assert sets(path) == PAIRS


@pytest.mark.parametrize(
    "prompt",
    ["The {group} runs", "{job} asked", "Hello"],
    ids=["the group alone", "nothing of the group", "the same everywhere"],
)
def test_other_prompts_are_never_paired_by_values(tmp_path, prompt):
    """Without a word of each pair's own there are no pairs by rating: prompts that say the same are samples."""
    rows = table(prompt, rating=lambda row: len(row["job"]))
    found = sets(lines(tmp_path, rows))
    assert found == {"The {group} runs": PAIRS, "{job} asked": PAIRS, "Hello": []}[prompt]


def test_prompts_that_differ_in_more_than_the_group_are_not_paired(tmp_path):
    """A man who runs and a woman who sits, both of type A, have nothing to do with each other."""
    rows = [
        {"gender": "man", "type": "A", "prompt": "The man runs", "completion": "1"},
        {"gender": "woman", "type": "A", "prompt": "The woman sits", "completion": "2"},
    ]
    assert sets(lines(tmp_path, rows)) == []


@pytest.mark.parametrize(
    ("words", "paired"),
    [
        ({"man": "He works", "woman": "She works"}, True),
        ({"man": "Bob works for his boss", "woman": "Ann works for her boss"}, True),
        ({"man": "He is tired and works", "woman": "She left early but works happily"}, False),
    ],
)
def test_words_that_stand_in_every_prompt_of_a_group(tmp_path, words, paired):
    """Up to three words that all prompts of a group have and no other one are words for it; more are another prompt."""
    rows = [row | {"gender": row["gender"][0]} for row in table("{group} as a {job}")]
    for row in rows:
        row["prompt"] = f"{words['man' if row['gender'] == 'm' else 'woman']} as a {row['job']}"
    assert sets(lines(tmp_path, rows)) == (PAIRS if paired else [])


def test_one_prompt_a_group_shows_no_words_for_it(tmp_path):
    """Of two single prompts nobody knows which of their words are about the group."""
    rows = [
        {"sex": "m", "prompt": "He runs", "completion": "1"},
        {"sex": "f", "prompt": "She sits", "completion": "2"},
    ]
    assert sets(lines(tmp_path, rows)) == []


def test_a_template_without_its_variables_is_no_pair(tmp_path):
    """An id of a template says which prompts are alike in form, not which belong together."""
    path = lines(tmp_path, table(template_id=lambda _: "t1"))
    assert sets(path) == PAIRS
    path = lines(tmp_path, [row | {"prompt": ""} for row in table(template_id=lambda _: "t1")])
    assert sets(path) == []


def test_seeds_pair_only_where_groups_share_them(tmp_path):
    """A seed of its own for each row is no repeat; one for each pair of samples is."""
    numbers = iter(range(8))
    assert sets(lines(tmp_path, table(seed=lambda _: next(numbers)))) == PAIRS
    both = [
        {"sex": sex, "prompt": f"The {sex}", "seed": seed, "completion": f"{sex}{seed}"}
        for sex, seeds in (("man", (5, 6)), ("woman", (6, 5)))
        for seed in seeds
    ]
    assert sets(lines(tmp_path, both)) == [["man5", "woman5"], ["man6", "woman6"]]


def test_several_names_of_a_group_share_a_set(tmp_path):
    """Every name asked the same is a member of the same set; the second answer to a name begins another."""
    names = (("Maria", "woman"), ("Anna", "woman"), ("Paul", "man"))
    rows = [
        {"gender": group, "name": name, "prompt": f"{name} the {job}", "completion": f"{name} {job}{n}"}
        for job in ("cook", "judge")
        for name, group in names
        for n in range(2)
    ]
    expected = [sorted(f"{name} {job}{n}" for name, _ in names) for job in ("cook", "judge") for n in range(2)]
    assert sets(lines(tmp_path, rows)) == sorted(expected)


def test_what_somebody_maps_counts(tmp_path):
    """Columns that sets have in common are taken as they are said, a category among them."""
    mapping = Mapping("prompt", "completion", group="gender", category="job", same=("job",))
    assert sets(lines(tmp_path, table("{group}, {group}? {job}")), mapping) == PAIRS
    assert sets(lines(tmp_path, table("Say something")), mapping) == PAIRS


def test_a_case_column_counts_wherever_its_rows_stand(tmp_path):
    """A file of 300 cases sorted by group has 300 pairs, though its first 300 rows are all about men."""
    rows = [
        {"case_id": case, "gender": group, "prompt": f"{group} {case}", "completion": f"{case} {group}", "rating": 5}
        for group in GROUPS
        for case in range(300)
    ]
    path = lines(tmp_path, rows)
    assert read_recording(path).suggested.set == "case_id"
    assert sets(path) == sorted(sorted([f"{case} man", f"{case} woman"]) for case in range(300))


@pytest.mark.parametrize("name", ["label", "type", "subset", "category"])
def test_a_category_that_takes_sets_apart_is_none(tmp_path, name):
    """A column that differs within a pair is kept as it is; a constant one is held."""
    for case in (lambda row: row["job"], lambda _: ""):
        rows = table(**{name: lambda row: str(len(row["completion"])), "case": case})
        recording = read_recording(lines(tmp_path, rows))
        assert recording.suggested.category == ""
        assert sets(lines(tmp_path, rows)) == PAIRS
    rows = table(**{name: lambda row: row["job"], "case": lambda row: row["job"]})
    assert read_recording(lines(tmp_path, rows)).suggested.category == name


FILES = {
    "case": table("Say {group} or {job}", case=lambda row: row["job"], rating=lambda row: len(row["job"])),
    "template": table(template=lambda _: "Tell of a {gender} {job}", label=lambda row: row["gender"]),
    "words": table(topic=lambda row: row["job"][0], score=lambda row: len(row["completion"])),
    "marks": [row | {"gender": row["gender"][0]} for row in table()],
    "seeds": table(seed=lambda row: len(row["completion"])),
}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", FILES)
def test_the_order_of_rows_does_not_matter(tmp_path_factory, name, data):
    """Sorted by group, by case or shuffled: the same columns are understood, and the same sets come out."""
    rows = data.draw(st.permutations(FILES[name]))
    path = lines(tmp_path_factory.getbasetemp(), rows, f"{name}.jsonl")
    assert sets(path) == PAIRS
    assert read_recording(path).suggested == read_recording(lines(path.parent, FILES[name])).suggested

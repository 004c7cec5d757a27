"""Matched sets of imported files: gaps that plain arithmetic gives too, and what people are told of the pairs."""

import csv
import json
import random
from statistics import mean

import pytest

from lib.errors import InterchangeError
from lib.interchange.recorded import Mapping
from lib.types import NO_LANGUAGE, ResponseFilter
from lib.workflows import comparison, scoring
from lib.workflows.attributes import attributes, bank_of
from lib.workflows.exporting.dataset import dataset
from lib.workflows.importing.create import import_file
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import preview
from tests.interchange.test_pairing import harness, inspected
from tests.workflows.importing.files import HEADER, pairs, write_csv, write_jsonl

JOBS = [f"job{number}" for number in range(30)]
CASES = [
    {"gender": group, "job": job, "prompt": f"Advise a {group} on {job}.", "completion": " ".join(["word"] * words)}
    for group in ("man", "woman")
    for number, job in enumerate(JOBS)
    for words in [(number % 7) + (1 + number % 3 if group == "woman" else 1)]
]
"""Thirty pairs, the men first; a woman's answer is 0, 1 or 2 words longer than the man's of the same job."""


def gaps(workbench, run_id):
    """The gap between women and men over all sets, whatever the file calls them: estimate and number of sets."""
    scoring.score(workbench, run_id, ["length"], lambda _: None)
    [attribute] = attributes(workbench, run_id)
    [men] = {"man", "m"} & set(attribute.titles)
    question = comparison.Question(run_id, attribute.id, "length.words", reference=men, resamples=100)
    [row] = comparison.compare(workbench, question).rows
    return row.gap.estimate, row.gap.sets


def by_hand():
    """The mean difference of words over the pairs, in plain Python."""
    words = {(row["job"], row["gender"]): len(row["completion"].split()) for row in CASES}
    return mean(words[job, "woman"] - words[job, "man"] for job in JOBS)


def with_case(row):
    return row | {"case_id": row["job"], "rating": len(row["completion"]) % 4}


def flow(folder, rows):
    """A ChainForge flow with a template of two variables."""
    responses = [
        {"vars": {"gender": row["gender"], "job": row["job"]}, "llm": "m", "prompt": row["prompt"], "uid": str(number)}
        | {"metavars": {"score": str(number % 3)}, "responses": [row["completion"]]}
        for number, row in enumerate(rows)
    ]
    node = {"id": "prompt-1", "data": {"prompt": "Advise a {gender} on {job}."}}
    cache = {"prompt-1.json": {"cache_files": {}, "responses_last_run": responses}}
    path = folder / "flow.cforge"
    path.write_text(json.dumps({"flow": {"nodes": [node]}, "cache": cache}), encoding="utf-8")
    return path


def promptfoo(folder, rows):
    """Results of promptfoo with the same template."""
    results = [
        {"testIdx": number, "promptIdx": 0, "provider": {"id": "m"}}
        | {"vars": {"gender": row["gender"], "job": row["job"]}}
        | {"prompt": {"raw": row["prompt"], "label": "Advise a {{gender}} on {{job}}."}}
        | {"response": {"output": row["completion"]}, "success": True, "score": number % 2}
        for number, row in enumerate(rows)
    ]
    path = folder / "out.json"
    path.write_text(json.dumps({"evalId": "e", "results": {"version": 3, "results": results}}), encoding="utf-8")
    return path


def log(folder, rows):
    """A log of the harness whose targets many documents share."""
    lines = [harness(row | {"job": ("nurse", "cook")[len(row["completion"]) % 2]}, n) for n, row in enumerate(rows)]
    return write_jsonl(folder / "samples_t_2026-01-01T00-00-00.000.jsonl", lines)


def inspect(folder, rows):
    """A log of Inspect, likewise."""
    path = folder / "log.json"
    path.write_text(inspected([row | {"job": ("nurse", "cook")[n % 2]} for n, row in enumerate(rows)]), "utf-8")
    return path


def chats(folder, rows):
    """Nested lines, with the case beside the group."""
    return write_jsonl(
        folder / "chats.jsonl",
        [
            {
                "meta": {"gender": row["gender"], "case": row["job"]},
                "messages": [{"role": "user", "content": row["prompt"]}],
                "response": {"text": row["completion"], "score": len(row["completion"]) % 3},
            }
            for row in rows
        ],
    )


def csv_of(folder, rows):
    """A table."""
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


MAKES = {
    "case": lambda folder, rows: csv_of(folder, [with_case(row) for row in rows]),
    "label": lambda folder, rows: csv_of(folder, [with_case(row) | {"label": row["completion"][:9]} for row in rows]),
    "words": lambda folder, rows: csv_of(
        folder, [row | {"rating": len(row["completion"]) % 4, "num_tokens": len(row["completion"])} for row in rows]
    ),
    "marks": lambda folder, rows: csv_of(
        folder, [row | {"gender": {"man": "m", "woman": "w"}[row["gender"]]} for row in rows]
    ),
    "chainforge": flow,
    "promptfoo": promptfoo,
    "lm_eval": log,
    "inspect": inspect,
    "chats": chats,
}


@pytest.mark.parametrize("name", MAKES)
def test_a_gap_is_the_mean_of_the_pairs(workbench, tmp_path, name):
    """However rows lie and wherever the pairs come from: 30 complete sets, and the mean difference over them."""
    random.Random(7).shuffle(shuffled := list(CASES))
    for number, rows in enumerate((CASES, shuffled)):
        (folder := tmp_path / str(number)).mkdir()
        path = MAKES[name](folder, rows)
        found = preview(path)
        assert (found.sets.complete, found.sets.incomplete, found.sets.alone, found.sets.split) == (30, 0, 0, 0)
        assert not any("in common" in problem for problem in found.problems)
    assert gaps(workbench, import_file(workbench, path)) == (pytest.approx(by_hand()), 30)
    assert by_hand() == pytest.approx(1.0)  # 0, 1 and 2 words, ten times each


def test_several_names_of_a_group_count_once_a_set(workbench, tmp_path):
    """Two women and a man a job: a set has all three, and its gap is that between their means."""
    rows = [
        {"gender": group, "name": name, "prompt": f"{name} the {job}", "completion": " ".join(["word"] * words)}
        for job, lengths in (("cook", (2, 4, 1)), ("judge", (6, 6, 8)))
        for (name, group), words in zip((("Ann", "woman"), ("Eve", "woman"), ("Bob", "man")), lengths, strict=True)
    ]
    for path in (csv_of(tmp_path, rows), write_jsonl(tmp_path / "b.jsonl", rows[::-1])):
        assert preview(path).sets.complete == 2
        assert gaps(workbench, import_file(workbench, path)) == (pytest.approx(0.0), 2)  # (3 − 1) and (6 − 8)


def test_the_preview_says_what_pairs(tmp_path):
    """People read by what outputs were put together, the words for groups that were found included."""
    words = preview(csv_of(tmp_path, CASES)).notes
    assert words == (
        "No column names the pairs: outputs belong together whose prompts are the same but for the words for their "
        "groups.",
    )
    rows = [
        row | {"gender": row["gender"][0], "prompt": row["prompt"].replace(" woman", " Woman").replace(" man", " man")}
        for row in CASES
    ]
    assert preview(csv_of(tmp_path, rows)).notes[0].endswith("groups, among them “man”, “woman”.")
    assert preview(flow(tmp_path, CASES)).notes == (
        "No column names the pairs: outputs belong together that agree in their template and in job.",
    )
    assert preview(csv_of(tmp_path, [with_case(row) for row in CASES])).notes == ()


def test_what_cannot_be_paired_is_said(workbench, tmp_path):
    """Prompts with nothing in common give no pairs: the preview says so in words, and what to map."""
    rows = [
        {"gender": ("man", "woman")[n % 2], "prompt": f"{word} them", "completion": "Here.", "rating": "5"}
        for n, word in enumerate(("Greet", "Praise", "Help", "Hire", "Teach", "Thank"))
    ]
    path = csv_of(tmp_path, rows)
    found = preview(path)
    assert (found.sets.complete, found.sets.incomplete) == (0, 0)
    [said] = [problem for problem in found.problems if "cannot be paired" in problem]
    assert said.endswith("Map a pair or case id, or the columns that are equal within a matched set.")
    assert not any("one group only" in problem for problem in found.problems)
    with_same = preview(path, Mapping("prompt", "completion", group="gender", same=("rating",)))
    assert with_same.sets.complete == 1
    bad = preview(path, Mapping("prompt", "completion", group="gender", set="prompt"))
    assert any("No matched set has outputs of two groups" in problem for problem in bad.problems)


def test_sets_whose_prompts_are_unlike_are_told(tmp_path):
    """Two of three cases pair prompts with other words: how many, and one of them, are said; names are no matter."""
    rows = [
        ["c1", "woman", "Write a letter for Emily Walsh now", "x"],
        ["c1", "man", "Write a letter for Jamal Jones now", "x"],
        ["c2", "woman", "Describe what the nurse does", "x"],
        ["c2", "man", "Is it going to rain", "x"],
        ["c3", "woman", "The woman leads every team meeting", "x"],
        ["c3", "man", "The man cooks dinner after work", "x"],
    ]
    path = write_csv(tmp_path / "a.csv", rows, ["case", "gender", "prompt", "completion"])
    [said] = [problem for problem in preview(path).problems if "in common" in problem]
    assert said == (
        "The prompts of 2 matched sets have little in common: check the case column. "
        "For example: “Describe what the nurse does” and “Is it going to rain”."
    )
    mapping = Mapping("prompt", "completion", group="gender", same=("case",))
    [said] = [problem for problem in preview(path, mapping).problems if "in common" in problem]
    assert "check the columns that sets have in common." in said


def test_a_mapped_category_that_differs_is_named(tmp_path):
    """Held fixed because somebody says so, it takes pairs apart, and the warning names it."""
    rows = [[*row, row[1][0]] for row in pairs(2)]
    path = write_csv(tmp_path / "a.csv", rows, [*HEADER, "my label"])
    mapping = Mapping("prompt", "completion", "model", "case", "gender", category="my label")
    found = preview(path, mapping, ImportOptions(categories=("topic",)))
    assert found.sets.split == 2
    [said] = [problem for problem in found.problems if "held fixed" in problem]
    assert said.startswith("2 recorded sets have members that differ in what is held fixed (My label).")


def test_a_guessed_category_that_differs_becomes_an_extra(workbench, tmp_path):
    """It is kept with each output, and splits nothing."""
    rows = [[row[0], row[1], *row[3:], row[1]] for row in pairs(3)]
    header = [name for name in HEADER if name != "topic"]
    path = write_csv(tmp_path / "a.csv", rows, [*header, "label"])
    found = preview(path)
    assert (found.sets.complete, found.sets.split, found.extras) == (3, 0, ("label",))
    assert found.notes[-1].startswith("Not held fixed, but kept as it is")
    assert found.notes[-1].endswith("as what is said of an answer does: label.")
    assert preview(path, found.mapping).notes == found.notes
    run_id = import_file(workbench, path)
    page = workbench.store.responses.page(ResponseFilter(runs=(run_id,)), limit=10)
    assert [row.cell.context["extra:label"] for row in page] == ["woman", "man"] * 3
    assert found.notes[-1] in workbench.store.reports.origin(run_id)["notes"]


def test_the_language_is_what_somebody_says_or_not_stated(workbench, tmp_path):
    """No file is said to be in English; a tag that is given is kept, and makes an audit of its own."""
    path = write_csv(tmp_path / "a.csv", pairs(2))
    unknown = import_file(workbench, path)
    assert bank_of(workbench, unknown).language == NO_LANGUAGE
    german = import_file(workbench, path, options=ImportOptions(language="de-AT"))
    assert bank_of(workbench, german).language == "de-AT"
    assert german != unknown
    for run_id, said in ((unknown, False), (german, True)):
        dataset(workbench, run_id, tmp_path / run_id)
        assert ("language:\n- de-AT" in (tmp_path / run_id / "README.md").read_text("utf-8")) == said
        assert ("language:" in (tmp_path / run_id / "README.md").read_text("utf-8")) == said
    with pytest.raises(InterchangeError, match=r"language 'German, or so': it is no language tag\. Write it as en, de"):
        ImportOptions(language="German, or so")

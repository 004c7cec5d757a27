"""Stored scores and the cells around them as scorers and comparisons read them."""

import json
from collections import Counter

import pytest

from lib.store.score_table import SCHEMA
from lib.store.store import Store
from lib.types import Finish, ResponseFilter, ScoreItem
from tests.store.samples import ENTRIES, answer, bank, cells, create, failure, spec
from tests.store.score_samples import score, scoring


@pytest.fixture
def run_id(store: Store) -> str:
    """One cell of every outcome, the twenty others pending."""
    run_id = create(store)
    answers = [answer(0, "Bold."), answer(1, "Cut", Finish.LENGTH), answer(2, " \n"), failure(3)]
    store.responses.add(run_id, answers)
    return run_id


def test_the_table_has_a_row_for_every_cell(store: Store, run_id: str) -> None:
    """Each row places its cell; where there is no score, all about it is null."""
    number = scoring(store).no
    store.scores.add(run_id, number, [(1, score(0.5, note="why"))])
    table = store.scores.table(run_id, number)
    assert table.schema.equals(SCHEMA)
    rows = table.to_pylist()
    assert [row["no"] for row in rows] == list(range(24))
    family = rows[1].pop("family")
    assert len(family) == 32
    prompts = [row.pop("prompt") for row in rows]
    assert prompts[:12] == prompts[12:]  # the same prompts of both models
    assert len(set(prompts)) == 12
    assert rows[1] == {
        "no": 1,
        "set_id": "base-0",
        "template": "letter0",
        "context": '{"job": "nurse"}',
        "group": "man",
        "groups": '{"gender": "man"}',
        "terms": '{"gender": "man"}',
        "model": "base",
        "format": "chat",
        "decoding": "T 0.8, top-p 0.9, top-k 40, penalty 1.1, 32 tokens",
        "temperature": 0.8,
        "repeat": 0,
        "finish": "length",
        "outcome": "cut off",
        "numbers": [0.5, 8.0],
        "label": "bold",
        "score_outcome": "scored",
        "note": "why",
    }
    assert [rows[0][name] for name in ("numbers", "label", "score_outcome", "note")] == [None] * 4
    assert (rows[20]["model"], rows[20]["decoding"], rows[20]["repeat"]) == ("chatty", "greedy, 16 tokens", 2)


def test_outcomes_are_those_of_the_responses_page(store: Store, run_id: str) -> None:
    """The table says of each cell what the counts by group say of all."""
    rows = store.scores.table(run_id, 1).to_pylist()
    assert [row["outcome"] for row in rows[:5]] == ["stopped", "cut off", "empty", "failed", "pending"]
    assert [row["finish"] for row in rows[:5]] == ["stop", "length", "stop", "failed", None]
    counted = {(group, outcome): count for group, outcome, count in store.responses.outcomes(ResponseFilter())}
    assert Counter((row["group"], row["outcome"]) for row in rows) == counted


def test_a_run_without_cells_has_an_empty_table(store: Store) -> None:
    """All columns, no row, and nothing to score."""
    run_id = store.runs.create("x", spec(), bank(), [], ENTRIES, {})
    table = store.scores.table(run_id, 1)
    assert (table.num_rows, table.schema.equals(SCHEMA)) == (0, True)
    assert (store.scores.lacking(run_id, 1), store.scores.families(run_id, [0]), store.scores.texts(run_id)) == (
        [],
        [],
        [],
    )


def test_items_are_the_answered_cells_in_the_order_asked(store: Store, run_id: str) -> None:
    """An item holds the completion and what places it; failed and pending cells are left out."""
    items = store.scores.items(run_id, [5, 2, 3, 0, 99])
    assert [item.no for item in items] == [2, 0]
    assert items[1] == ScoreItem(
        0,
        "Bold.",
        Finish.STOP,
        "Describe the woman as a nurse (0).",
        "woman",
        {"gender": "woman"},
        {"gender": "woman"},
        "base-0",
        items[0].family,
    )
    assert store.scores.items(run_id, []) == []


def test_texts_are_completions_in_order(store: Store, run_id: str) -> None:
    """All answered cells, or the wanted ones among them, in the order of the grid."""
    assert store.scores.texts(run_id) == [(0, "Bold."), (1, "Cut"), (2, " \n")]
    assert store.scores.texts(run_id, [2, 0, 3, 0]) == [(0, "Bold."), (2, " \n")]
    assert store.scores.texts(run_id, []) == []


def test_large_runs_are_read_in_slices_that_fit_together(store: Store) -> None:
    """20,001 cells come in order, each with its own score, also where a slice ends."""
    run_id = store.runs.create("x", spec(), bank(), cells(sets=6_667), ENTRIES, {})
    nos = list(range(20_001))
    store.responses.add(run_id, [answer(no, f"text {no}") for no in nos])
    number = scoring(store).no
    for start in range(0, 20_001, 5_000):
        store.scores.add(run_id, number, [(no, score(float(no))) for no in nos[start : start + 5_000]])
    table = store.scores.table(run_id, number)
    assert table.column("no").to_pylist() == nos
    assert [numbers[0] for numbers in table.column("numbers").to_pylist()] == nos
    assert [json.loads(text)["gender"] for text in table.column("groups").to_pylist()[-3:]] == [
        "woman",
        "man",
        "nonbinary",
    ]
    assert store.scores.counts(run_id) == {number: 20_001}
    assert store.scores.lacking(run_id, number) == []
    assert store.scores.texts(run_id) == [(no, f"text {no}") for no in nos]
    assert [item.no for item in store.scores.items(run_id, nos[::-1])] == nos[::-1]
    assert sorted(no for family in store.scores.families(run_id, [0, 3]) for no in family) == nos  # letters 0 and 1

"""Which matched sets pass a filter, which cells those are, and one response by its place."""

import pytest

from lib.errors import RunError
from lib.store.cells import decoding_label
from lib.store.store import Store
from lib.types import Finish, ResponseFilter
from tests.store.samples import SAMPLED, answer, create, failure

ALL = ResponseFilter()


@pytest.fixture
def run_id(store: Store) -> str:
    """Base sets 0 (all answered) and 1 (one answered, one failed), chatty set 0 (two answered, one of them cut off)."""
    run_id = create(store)
    said = [answer(no, f"Text {no}.") for no in (0, 1, 2, 3, 12)]
    store.responses.add(run_id, [*said, failure(4), answer(13, "So", Finish.LENGTH)])
    return run_id


def sets(store: Store, wanted: ResponseFilter = ALL) -> list[tuple[str, str, int]]:
    """(run, set, cells that pass) of the matched sets that pass a filter."""
    table = store.responses.sets(wanted).select(["run", "set_id", "cells"])
    return [(row["run"], row["set_id"], row["cells"]) for row in table.to_pylist()]


def test_sets_are_those_with_an_answered_cell(store: Store, run_id: str) -> None:
    """Pending and failed cells do not count; each set tells what its cells share."""
    assert sets(store) == [(run_id, "base-0", 3), (run_id, "base-1", 1), (run_id, "chatty-0", 2)]
    second = store.responses.sets(ALL).to_pylist()[1]
    assert second == {
        "run": run_id,
        "set_id": "base-1",
        "template": "letter1",
        "model": "base",
        "decoding": decoding_label(SAMPLED),
        "cells": 1,
    }


def test_sets_and_members_follow_the_filter(store: Store, run_id: str) -> None:
    """Only the cells that pass count, whatever the filter asks for."""
    wanted = {
        ResponseFilter(models=("chatty",)): [("chatty-0", [12, 13])],
        ResponseFilter(groups=("man", "nonbinary")): [("base-0", [1, 2]), ("chatty-0", [13])],
        ResponseFilter(templates=("letter1",)): [("base-1", [3])],
        ResponseFilter(finishes=("length",)): [("chatty-0", [13])],
        ResponseFilter(finishes=("failed",)): [],
        ResponseFilter(search="TEXT 1"): [("base-0", [1]), ("chatty-0", [12])],
        ResponseFilter(runs=("other",)): [],
    }
    everything = [(run_id, set_id) for _, set_id, _ in sets(store)]
    for filter_, expected in wanted.items():
        assert sets(store, filter_) == [(run_id, set_id, len(nos)) for set_id, nos in expected]
        members = [(run_id, no, set_id) for set_id, nos in expected for no in nos]
        assert store.responses.members(filter_, everything) == members


def test_members_are_those_of_the_sets_named(store: Store, run_id: str) -> None:
    """Sets of the same id in two runs are two sets; cells come in the order of the runs and their grids."""
    other = create(store, "Another")
    store.responses.add(other, [answer(no) for no in range(6)])
    chosen = [(other, "base-1"), (run_id, "chatty-0"), (run_id, "base-0"), (other, "none")]
    assert store.responses.members(ALL, chosen) == [
        *((run_id, no, "base-0") for no in (0, 1, 2)),
        *((run_id, no, "chatty-0") for no in (12, 13)),
        *((other, no, "base-1") for no in (3, 4, 5)),
    ]
    assert [run for run, *_ in sets(store)] == [run_id] * 3 + [other] * 2
    assert store.responses.members(ALL, []) == []
    with pytest.raises(RunError, match="run none"):
        store.responses.members(ALL, [("none", "base-0")])


def test_a_set_is_whole_however_cells_are_sliced(store: Store, run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large runs are read in parts; a set that lies across two of them is one set."""
    expected = sets(store), store.responses.members(ALL, [(run_id, "base-0")])
    monkeypatch.setattr("lib.store.matched_sets.CELLS_AT_ONCE", 2)
    assert (sets(store), store.responses.members(ALL, [(run_id, "base-0")])) == expected


def test_no_response_makes_no_set(store: Store) -> None:
    """The table is empty and still has its columns."""
    create(store)
    table = store.responses.sets(ALL)
    assert (table.num_rows, table.column_names) == (0, ["run", "set_id", "template", "model", "decoding", "cells"])


def test_one_response_is_read_by_its_place(store: Store, run_id: str) -> None:
    """Answered, failed and pending cells are all found; one that is not there is named."""
    other = create(store, "Another")
    store.responses.add(other, [answer(0, "Another's.")])
    for run, no, text in ((run_id, 3, "Text 3."), (other, 0, "Another's."), (run_id, 4, "")):
        found = store.responses.get(run, no)
        assert found.response is not None
        assert (found.run, found.no, found.response.text) == (run, no, text)
    assert store.responses.get(run_id, 5).response is None
    with pytest.raises(RunError, match=r"cell 24 of run .*there is none of that number"):
        store.responses.get(run_id, 24)
    with pytest.raises(RunError, match="run x"):
        store.responses.get("x", 0)


def test_the_group_of_every_cell_is_known(store: Store, run_id: str) -> None:
    """Answered or not, by its number."""
    create(store, "Another")
    groups = store.responses.groups_of(run_id)
    assert (len(groups), [groups[no] for no in (0, 1, 2, 21)]) == (24, ["woman", "man", "nonbinary", "woman"])

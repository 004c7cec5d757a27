"""Responses picked out on a map: kept, asked for elsewhere, counted by group, exported."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from lib.errors import MapError, StatsError
from lib.types import AssignmentSpec, ResponseFilter, Sampling
from lib.workflows import assignments, comparison, gold, gold_labels, maps, read, scoring, selections
from tests.workflows.conftest import grid
from tests.workflows.mapped import MODEL, answered, opened
from tests.workflows.scored import ask


def text_of(spot):
    return '=1+1 "quoted"\nand a line' if spot.no == 4 else f"Text {spot.no}."


@pytest.fixture
def run_id(workbench):
    return answered(workbench, text_of=text_of)


@pytest.fixture
def there(workbench, run_id):
    """A map of 30 sets of a woman and a man, in three regions by turns."""
    return opened(workbench, [run_id], lambda spot: spot.place % 3)


def rows(there, *nos):
    return np.flatnonzero(there.frame["no"].isin(nos))


def test_a_selection_is_a_filter(workbench, run_id, there):
    """What was picked out can be read elsewhere, alone or narrowed further, and finds its rows on the map again."""
    kept = selections.keep(workbench, there, rows(there, 9, 4, 7), " Odd ones ")
    assert [(each.name, each.size, each.map) for each in selections.all(workbench)] == [("Odd ones", 3, there.info.id)]
    wanted = ResponseFilter(selection=kept)
    assert [row.no for row in read.responses(workbench, wanted).rows] == [4, 7, 9]
    assert [row.no for row in read.responses(workbench, ResponseFilter(selection=kept, groups=("woman",))).rows] == [4]
    assert there.frame["no"].iloc[selections.rows(workbench, there, kept)].tolist() == [4, 7, 9]
    assert maps.count(workbench, wanted) == 3


def test_rows_that_are_not_on_a_map_are_left_out(workbench, run_id, there):
    """On a map of the women alone two of the three are not to be found."""
    kept = selections.keep(workbench, there, rows(there, 4, 7, 9), "")
    assert selections.get(workbench, kept).name == "Selection"
    women = opened(workbench, [run_id], lambda spot: 0 if spot.group == "woman" else None)
    assert women.frame["no"].iloc[selections.rows(workbench, women, kept)].tolist() == [4]


def test_nothing_and_nowhere_are_told(workbench, there):
    """An empty selection is not kept, and an unknown one is named."""
    with pytest.raises(MapError, match="it is empty"):
        selections.keep(workbench, there, np.empty(0, np.int64), "None")
    with pytest.raises(MapError, match="selection nowhere: there is none of that id"):
        selections.rows(workbench, there, "nowhere")


def test_an_assignment_is_drawn_from_a_selection(workbench, there):
    """Two whole sets and a half one make five items, whatever else is on the map."""
    kept = selections.keep(workbench, there, rows(there, 0, 1, 2, 3, 5), "Five")
    spec = AssignmentSpec("Read them", sampling=Sampling.ALL, overlap=0.0, filter=ResponseFilter(selection=kept))
    made = assignments.preview(workbench, spec, "bias")
    assert (made.sets, made.responses, made.items, dict(made.groups)) == (3, 5, 5, {"woman": 2, "man": 3})
    id = assignments.create(workbench, spec, "bias")
    assert sorted(item.cell for item in workbench.store.assignments.items(id)) == [0, 1, 2, 3, 5]


def test_gold_of_a_selection_corrects_no_gap(workbench, run_id, there):
    """Labels of responses that somebody picked out say nothing of the others."""
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    kept = selections.keep(workbench, there, rows(there, *range(20)), "Twenty")
    spec = AssignmentSpec("Read them", sampling=Sampling.ALL, overlap=0.0, filter=ResponseFilter(selection=kept))
    id = assignments.create(workbench, spec, "bias")
    found = comparison.compare(workbench, ask(run_id, "agency.any_communal"))
    table = gold.read(workbench, id)
    with pytest.raises(StatsError, match="chosen by what they say"):
        gold_labels.refuse_other_population(workbench, found, table)


def test_shares_are_counted_by_group(workbench, there):
    """Of the woman's 30 responses 6 are picked, of the man's 3: 20 % and 10 %, with Wilson's intervals.

    Each is one response of a matched set of its own, so that 30 cases count, less one for the variance that is not
    known: (0.2 + 0.066 ± 1.96 × 0.0816) ÷ 1.132, from 0.094 to 0.376.
    """
    picked = rows(there, 0, 2, 4, 6, 8, 10, 1, 3, 5)
    ((woman, man),) = selections.shares(workbench, there, "gender", picked).values()
    assert (woman.group, woman.count, woman.total, woman.share) == ("Woman", 6, 30, 0.2)
    assert (man.group, man.count, man.total, man.share) == ("Man", 3, 30, 0.1)
    assert (woman.low, woman.high) == (pytest.approx(0.094, abs=5e-4), pytest.approx(0.376, abs=5e-4))
    (first,) = selections.shares(workbench, there, "gender", picked, kept=(there.frame["no"] < 12).to_numpy()).values()
    assert [(each.count, each.total) for each in first] == [(6, 6), (3, 6)]


def test_groups_of_other_audits_are_told_apart(workbench, run_id, banks):
    """A second audit with one of the groups answered other prompts: its share stands by itself."""
    second = answered(workbench, replace(grid(MODEL, repeats=10), seed=2, groups={"gender": ("woman",)}))
    both = opened(workbench, [run_id, second], lambda spot: spot.place % 3)
    found = selections.shares(workbench, both, "gender", np.arange(30))
    assert {audits: [each.group for each in shares] for audits, shares in found.items()} == {
        (run_id,): ["Woman", "Man"],
        (second,): ["Woman"],
    }


def test_shares_of_nothing(workbench, there):
    """With no row picked every share is zero."""
    (none,) = selections.shares(workbench, there, "gender", np.empty(0, np.int64)).values()
    assert [(each.count, each.share, each.low) for each in none] == [(0, 0.0, 0.0)] * 2


def test_a_file_of_lines_has_every_word(workbench, there):
    """JSON lines come back as they were, with region and place."""
    data = selections.export(workbench, there, rows(there, 4, 9), "jsonl")
    first, second = (json.loads(line) for line in data.decode("utf-8").splitlines())
    assert first["text"] == '=1+1 "quoted"\nand a line'
    assert (first["no"], first["group"], first["region"], first["x"]) == (4, "woman", "C", 2.0)
    assert first["y"] == pytest.approx(0.04)
    assert (second["no"], second["group"], second["text"]) == (9, "man", "Text 9.")
    assert first["prompt"].startswith("The woman works as")


def test_a_spreadsheet_runs_nothing(workbench, there):
    """In a CSV a text that a spreadsheet would run as a formula is defused; all others are as they were."""
    data = selections.export(workbench, there, rows(there, 4, 9), "csv")
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    assert first["text"] == '\'=1+1 "quoted"\nand a line'
    assert (second["text"], second["region"], float(second["y"])) == ("Text 9.", "B", pytest.approx(0.09))


def test_rows_come_in_the_order_asked_for(workbench, there):
    """The closest first, where they are sorted so."""
    assert [each.no for each in selections.responses(workbench, there, np.array([9, 4, 7]))] == [9, 4, 7]

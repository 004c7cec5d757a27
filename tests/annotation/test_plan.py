import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from lib.annotation.plan import Plan, items
from lib.errors import AnnotationError
from lib.types import AnnotationItem, AssignmentSpec, ItemKind

SPEC = AssignmentSpec("a", overlap=0.2, annotators_each=2, seed=1)


def members(sets: int, each: int = 3) -> list[tuple[str, int, str, float | None]]:
    return [("r", number * each + no, f"r/s{number}", 0.5) for number in range(sets) for no in range(each)]


def swapped(run: str, cell: int) -> tuple[str, str] | None:
    """Every second response can be exchanged."""
    return (f"prompt {cell}", f"text {cell}") if cell % 2 else None


def doubled(plan: Plan, kind: ItemKind) -> list[tuple[AnnotationItem, AnnotationItem]]:
    by_number = {item.no: item for item in plan.items}
    return [(item, by_number[item.of]) for item in plan.items if item.kind is kind and item.of is not None]


def test_every_response_is_there_once():
    """Plain items are the members, numbered from 0; whole sets go to everybody, as many as the share says."""
    plan = items(SPEC, members(10), swapped)
    assert [item.no for item in plan.items] == list(range(30))
    assert sorted((item.run, item.cell, item.set_id, item.probability) for item in plan.items) == members(10)
    assert {item.kind for item in plan.items} == {ItemKind.PLAIN}
    by_set = Counter((item.set_id, item.wanted) for item in plan.items)
    assert set(by_set.values()) == {3}
    assert sorted(wanted for _, wanted in by_set) == [0, 0] + [2] * 8
    assert (plan.everybody_sets, plan.repeats, plan.swapped, plan.swapped_wanted, plan.tried) == (2, 0, 0, 0, 0)


def test_shares_are_rounded_up():
    """A share of one set is one set; no overlap is none; 0.1 of 30 is three and not four."""
    assert items(replace(SPEC, overlap=0.01), members(10), swapped).everybody_sets == 1
    assert items(replace(SPEC, overlap=0), members(10), swapped).everybody_sets == 0
    assert items(replace(SPEC, overlap=1), members(10), swapped).everybody_sets == 10
    assert items(replace(SPEC, repeats=0.1), members(10), swapped).repeats == 3
    assert items(replace(SPEC, repeats=0.11), members(10), swapped).repeats == 4
    assert items(replace(SPEC, overlap=1, repeats=1, swapped=1), [], swapped).items == []


def test_doubles_are_of_what_everybody_gets():
    """Doubles and what they double go to everybody; they keep response, set and probability."""
    plan = items(replace(SPEC, repeats=0.1, swapped=0.1), members(10), swapped)
    assert (len(plan.items), plan.repeats, plan.swapped, plan.swapped_wanted) == (36, 3, 3, 3)
    for kind in (ItemKind.REPEAT, ItemKind.SWAPPED):
        for double, first in doubled(plan, kind):
            assert (double.wanted, first.wanted, first.kind) == (0, 0, ItemKind.PLAIN)
            assert (double.run, double.cell, double.set_id) == (first.run, first.cell, first.set_id)
    assert all(item.prompt is item.text is None for item in plan.items if item.kind is not ItemKind.SWAPPED)
    for double, _ in doubled(plan, ItemKind.SWAPPED):
        assert (double.prompt, double.text) == (f"prompt {double.cell}", f"text {double.cell}")
    assert all(first.set_id in everybody_sets(plan) for _, first in doubled(plan, ItemKind.REPEAT))
    firsts = [first.no for kind in (ItemKind.REPEAT, ItemKind.SWAPPED) for _, first in doubled(plan, kind)]
    assert len(set(firsts)) == 6


def everybody_sets(plan: Plan) -> set[str]:
    plain = [item for item in plan.items if item.kind is ItemKind.PLAIN]
    return {item.set_id for item in plain} - {item.set_id for item in plain if item.wanted}


def test_doubles_without_an_overlap():
    """Without an overlap what is doubled, and nothing else, goes to everybody."""
    plan = items(replace(SPEC, overlap=0, repeats=0.1), members(10), swapped)
    assert Counter((item.kind, item.wanted) for item in plan.items) == {
        (ItemKind.PLAIN, 2): 27,
        (ItemKind.PLAIN, 0): 3,
        (ItemKind.REPEAT, 0): 3,
    }


def test_what_cannot_be_swapped_is_passed_over():
    """Others are tried until enough are found; where none can be, the count says so."""
    plan = items(replace(SPEC, swapped=0.5), members(10), swapped)
    assert plan.swapped == plan.swapped_wanted == 15
    assert all(double.cell % 2 for double, _ in doubled(plan, ItemKind.SWAPPED))
    nothing = items(replace(SPEC, swapped=0.5), members(10), lambda run, cell: None)
    assert (nothing.swapped, nothing.swapped_wanted, nothing.tried, len(nothing.items)) == (0, 15, 30, 30)
    few = items(replace(SPEC, swapped=0.001), members(100), lambda run, cell: None)
    assert (few.swapped_wanted, few.tried) == (1, 20)


def test_one_response_can_be_repeated_and_swapped():
    """With few responses one may be doubled both ways."""
    plan = items(replace(SPEC, repeats=1, swapped=1), [("r", 1, "r/s", None)], swapped)
    assert [item.wanted for item in plan.items] == [0, 0, 0]
    assert sorted(item.kind for item in plan.items) == ["plain", "repeat", "swapped"]
    assert {item.probability for item in plan.items} == {None}


def test_a_seed_makes_the_same_items():
    """Whatever the order of the members; another seed makes others, and numbers follow no order of the grid."""
    spec = replace(SPEC, repeats=0.1, swapped=0.1)
    plan = items(spec, members(40), swapped)
    mixed = members(40)
    random.Random(2).shuffle(mixed)
    assert items(spec, mixed, swapped) == plan
    assert items(replace(spec, seed=2), members(40), swapped) != plan
    cells = [item.cell for item in plan.items]
    rising = sum(after > before for before, after in pairwise(cells))
    assert 50 < rising < 95


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"overlap": -0.1}, "share for everybody: -0.1 is no share"),
        ({"repeats": 1.5}, "share of repeats: 1.5 is no share"),
        ({"swapped": float("nan")}, "share of swapped duplicates: nan is no share"),
        ({"withhold": 20}, "share without suggestion: 20 is no share"),
        ({"annotators_each": 0}, "0 is too few"),
        ({"target": -5}, "-5 items cannot be done"),
        ({"mask": True, "swapped": 0.1}, "identity terms are masked"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict, message: str):
    """Shares are from 0 to 1, somebody annotates, and a mask leaves nothing to exchange."""
    with pytest.raises(AnnotationError, match=message):
        items(replace(SPEC, **wrong), members(2), swapped)

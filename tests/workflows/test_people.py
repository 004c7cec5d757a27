"""Annotators against themselves, on swapped duplicates, over time and with suggestions, derived by hand."""

import math
from dataclasses import replace

import pytest

from lib.types import Act, Answer, ItemKind
from lib.workflows import people
from lib.workflows.agreement_frames import drift_frame
from lib.workflows.votes import EVERYBODY
from tests.workflows.annotated import answered, assigned, columns, double, event, plain_items, says


@pytest.fixture
def run_id(workbench, model):
    """A run of 24 cells: twelve matched sets of a woman (even cells) and a man (odd cells)."""
    return answered(workbench, model, repeats=4)


def test_the_same_response_again(workbench, run_id):
    """Ann says the same of 3 of 4 repeats, Bo of 1 of 2: together 4 of 6, by item (1 + .5 + 1 + .5) / … of four items.

    Ann's first answers are y y n n, her second y y n y: .75 observed, .5 × .75 + .5 × .25 = .5 by chance, kappa .5.
    """
    items = plain_items(workbench, run_id, range(4))
    repeats = [double(4 + item.no, item, ItemKind.REPEAT) for item in items]
    said = columns({"Ann": "yynnyyny", "Bo": "yn..yy"})
    found = people.read(workbench, assigned(workbench, [*items, *repeats], said)).consistency
    ann, bo, everybody = found
    assert (ann.annotator, ann.field, ann.same.value, ann.same.n) == ("Ann", "Biased", 0.75, 4)
    assert ann.kappa == pytest.approx(0.5)
    assert bo.same.value == 0.5
    assert (everybody.annotator, everybody.same.value) == (EVERYBODY, pytest.approx(4 / 6))


def test_a_withdrawn_original_makes_no_couple(workbench, run_id):
    """A repeat whose original was taken back has nothing to be held against."""
    [item] = plain_items(workbench, run_id, [0])
    said = [*columns({"Ann": "yy"}), event(0, "Ann", Answer(), act=Act.WITHDRAW)]
    id = assigned(workbench, [item, double(1, item, ItemKind.REPEAT)], said)
    assert people.read(workbench, id).consistency == []


def swapped_items(workbench, run_id, count):
    """Plain items about women and men in turn, each with a double that shows the prompt of the other."""
    items = plain_items(workbench, run_id, range(count))
    doubles = []
    for item in items:
        other = workbench.store.responses.get(run_id, item.cell ^ 1).cell
        doubles.append(double(count + item.no, item, ItemKind.SWAPPED, prompt=other.prompt, text="Swapped."))
    return [*items, *doubles]


def test_a_person_who_judges_by_the_group(workbench, run_id):
    """Ann says yes of every version about a woman and no of every one about a man; Bo says the same of both.

    Half the originals are about women, so that “original against swapped” would cancel out: 12 yes to no, 12 no to
    yes. By group Ann has 24 against 0, McNemar's p = 2 × .5^24; Bo has none. Together items differ by a half each.
    """
    items = swapped_items(workbench, run_id, 24)
    ann = "yn" * 12 + "ny" * 12
    found = people.read(workbench, assigned(workbench, items, columns({"Ann": ann, "Bo": "y" * 48}))).own
    mine = {(each.annotator, each.label): each for each in found.directions}
    yes = mine["Ann", "Yes"]
    assert {yes.group, yes.other} == {"Woman", "Man"}
    assert {(yes.group, yes.more), (yes.other, yes.less)} == {("Woman", 24), ("Man", 0)}
    assert yes.p == pytest.approx(2 * 0.5**24)
    assert yes.clear
    assert (mine["Bo", "Yes"].more, mine["Bo", "Yes"].less, mine["Bo", "Yes"].p) == (0, 0, 1)
    assert mine[EVERYBODY, "Yes"].couples == 48
    assert mine[EVERYBODY, "Yes"].clear
    assert (
        "Ann said “Yes” (Biased) of the version about Woman alone 24 times, of that about Man alone 0" in found.reading
    )
    changed = {each.annotator: each.changed.value for each in found.changes}
    assert changed == {"Ann": 1, "Bo": 0, EVERYBODY: 0.5}


def test_a_few_changes_are_not_clear(workbench, run_id):
    """One change of four either way: p = 1, and the reading does not say that there is none."""
    items = swapped_items(workbench, run_id, 4)
    found = people.read(workbench, assigned(workbench, items, columns({"Ann": "yyyyynyy"}))).own
    assert not any(each.clear for each in found.directions)
    assert "does not show that there is none" in found.reading


def test_drift_against_the_others(workbench, run_id):
    """Zoe agrees with Ann and Bo on the first twelve items and on none of the next twelve: from 1 to 0, clearly."""
    items = plain_items(workbench, run_id, range(24))
    said = columns({"Ann": "y" * 24, "Bo": "y" * 24, "Zoe": "y" * 12 + "n" * 12})
    found = people.read(workbench, assigned(workbench, items, said))
    zoe = next(each for each in found.drift if each.annotator == "Zoe")
    assert (zoe.halves.first.value, zoe.halves.second.value, zoe.clear) == (1, 0, True)
    assert [(block.first, block.last) for block in zoe.blocks] == [(1, 24)]
    assert "Zoe (Biased) from 100 % to 0 %" in found.drift_reading
    # Where Ann and Bo are held against Zoe and each other, the others tie on twelve items, which do not count.
    assert next(each for each in found.drift if each.annotator == "Ann").items == 12
    assert drift_frame(found, "Biased")["n"].tolist() == [12, 12, 24]


def test_suggestions_that_pull(workbench, run_id):
    """Shown: 11 of 12 follow; withheld: 2 of 12 say the same: +75 points."""
    items = plain_items(workbench, run_id, range(24))
    said = [
        replace(each, suggestion="yes", suggested=each.item < 12)
        for each in columns({"Ann": "y" * 11 + "n" + "yy" + "n" * 10})
    ]
    id = assigned(workbench, items, said, suggestion="refusal", suggestion_field="biased")
    found = people.read(workbench, id)
    ann = found.anchoring[0]
    assert (ann.shown.value, ann.withheld.value) == (pytest.approx(11 / 12), pytest.approx(2 / 12))
    assert ann.effect.value == pytest.approx(0.75)
    assert ann.clear
    assert "+75 points" in found.anchoring_reading
    assert "Suggestions pulled answers" in found.anchoring_reading


def test_suggestions_never_withheld(workbench, run_id):
    """Without a withheld share there is nothing to compare with, and the page says so."""
    said = [replace(each, suggestion="yes", suggested=True) for each in columns({"Ann": "yyn"})]
    id = assigned(
        workbench, plain_items(workbench, run_id, range(3)), said, suggestion="refusal", suggestion_field="biased"
    )
    found = people.read(workbench, id)
    assert found.anchoring_reading == "No suggestion was withheld yet, so their effect cannot be told."
    assert math.isnan(found.anchoring[0].effect.value)


def test_speed_is_the_median_of_what_was_on_the_screen(workbench, run_id):
    """Three items of 2, 4 and 30 seconds; an imported one took none."""
    said = [replace(event(no, "Ann", says("y")), seconds=seconds) for no, seconds in enumerate((2.0, 30.0, 4.0, 0.0))]
    [ann] = people.read(workbench, assigned(workbench, plain_items(workbench, run_id, range(4)), said)).speed
    assert (ann.items, ann.seconds) == (3, 4.0)


def test_going_back_to_an_item_adds_to_its_time(workbench, run_id):
    """40 seconds, then 2 more for an edit, are 42; taking an edit back takes no time and loses none."""
    first = replace(event(0, "Ann", says("y")), seconds=40.0)
    edit = replace(event(0, "Ann", says("n"), 1), seconds=2.0)
    undone = replace(event(0, "Ann", says("y"), 2), seconds=0.0)
    [ann] = people.read(
        workbench, assigned(workbench, plain_items(workbench, run_id, [0]), [first, edit, undone])
    ).speed
    assert (ann.items, ann.seconds) == (1, 42.0)


def test_nobody_yet(workbench, run_id):
    """An assignment that nobody began has empty lists and no sentences."""
    found = people.read(workbench, assigned(workbench, plain_items(workbench, run_id, range(3)), []))
    assert (found.consistency, found.drift, found.anchoring, found.speed) == ([], [], [], [])
    assert (found.consistency_reading, found.own.reading, found.drift_reading, found.anchoring_reading) == ("",) * 4

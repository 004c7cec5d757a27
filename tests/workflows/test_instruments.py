"""Scorers against gold, overall and by group, derived by hand."""

from dataclasses import replace

import pytest

from lib.errors import AuditError, StatsError
from lib.types import Decision
from lib.workflows import instruments
from lib.workflows.instrument_frames import calibration_frame, confusion_frame, errors_frame, quality_table
from lib.workflows.instrument_trial import Trial
from tests.workflows.annotated import assigned, columns, plain_items, says
from tests.workflows.scored import MAN, stored

REFUSAL = "I'm sorry, but I can't help with that."
SETS = 24


def text_of(place, _):
    """Both members of every second matched set are refusals."""
    return REFUSAL if place % 2 else MAN


@pytest.fixture
def run_id(workbench, model):
    """24 matched sets of a woman (even cells) and a man (odd cells), half of them refused, as the scorer finds."""
    return stored(workbench, model, text_of, repeats=SETS // 3)


def annotated(workbench, run_id, answers, **spec):
    """Ann's answers on all cells, in order."""
    return assigned(workbench, plain_items(workbench, run_id, range(2 * SETS)), columns({"Ann": answers}), **spec)


def trial(assignment, **more):
    asked = {"field": "biased", "scorer": "refusal.refused", "yes": ("yes",)}
    return Trial(assignment, **(asked | more))


def truth(woman, man):
    """Answers to the cells of 24 sets: functions of the set's number."""
    return "".join(woman(place) + man(place) for place in range(SETS))


def refused(place):
    return "y" if place % 2 else "n"


def test_what_can_be_held_against_gold(workbench, run_id):
    """The scorer's labels and its numbers that are no rates; only what has scores."""
    id = annotated(workbench, run_id, "y" * 48)
    found = {each.id: each for each in instruments.offers(workbench, id)}
    assert {"refusal", "refusal.refused"} <= set(found)
    assert "refused" in found["refusal"].labels
    assert found["refusal.refused"].may_be_probability
    assert not any(each.measure and each.measure.kind == "rate" for each in found.values())
    assert [each.id for each in instruments.attributes(workbench, id)] == ["gender"]


def test_a_scorer_that_is_right(workbench, run_id):
    """48 of 48, every share 1, and no certainty about it."""
    found = instruments.measure(workbench, trial(annotated(workbench, run_id, truth(refused, refused))))
    assert found.whole.confusion.tolist() == [[24, 0], [0, 24]]
    assert (found.whole.accuracy.value, found.whole.error.value) == (1, 0)
    assert 0.8 < found.whole.accuracy.low < 1
    assert found.gold.alone == 48
    assert "48 by majority (48 of them one person's word)" in found.reading


def test_a_scorer_that_errs_by_group(workbench, run_id):
    """About women it is right; of men it calls refused what people say is none: 12 of 24 wrong.

    Over everything 36 of 48 are right; of 24 called yes 12 are (precision .5), of 12 that are all are found.
    Within sets it errs about the man alone 12 times: signs flipped over 12 sets give p = 2 / 2^12.
    """
    id = annotated(workbench, run_id, truth(refused, lambda _: "n"))
    found = instruments.measure(workbench, trial(id, attribute="gender"))
    assert found.whole.accuracy.value == 0.75
    yes = found.whole.labels["Yes"]
    assert (yes.precision.value, yes.recall.value) == (0.5, 1)
    assert yes.f1.value == pytest.approx(2 / 3)
    assert yes.specificity.value == pytest.approx(24 / 36)
    assert {each.title: each.quality.error.value for each in found.groups} == {"Woman": 0, "Man": 0.5}
    [gap] = found.gaps
    assert (gap.group, gap.reference, gap.difference.value, gap.sets) == ("Woman", "Man", -0.5, 24)
    assert gap.p == pytest.approx(2 / 2**12)
    assert gap.clear
    assert "errs less often about Woman than about Man: −50 points" in found.reading
    assert errors_frame(found)["value"].tolist() == [0, 0.5]
    assert confusion_frame(found, "man")["count"].tolist() == [12, 12, 0, 0]
    table = quality_table(found).set_index(["Group", "Label", "Measure"])
    assert table.loc[("All together", "Yes", "Precision"), "Value"] == 0.5


def test_labels_for_labels(workbench, run_id):
    """The scorer's own labels, said in the codebook's words; a label without a meaning is left out and counted."""
    id = annotated(workbench, run_id, truth(refused, refused))
    known = next(each for each in instruments.offers(workbench, id) if each.id == "refusal").labels
    other = next(label for label in known if label != "refused")
    asked = trial(id, scorer="refusal", yes=(), meaning={"refused": "yes", other: "no"})
    found = instruments.measure(workbench, asked)
    assert found.labels == ("Yes", "No", "Unsure")
    assert found.whole.confusion.diagonal().tolist() == [24, 24, 0]
    part = instruments.measure(workbench, replace(asked, meaning={"refused": "yes"}))
    assert (part.whole.responses, part.unmeant) == (24, 24)


def test_hard_answers_have_the_error_rate_as_calibration_error(workbench, run_id):
    """A number that is 0 or 1 is not much of a probability, and the reading says so."""
    id = annotated(workbench, run_id, truth(refused, lambda _: "n"))
    found = instruments.measure(workbench, trial(id, probability=True))
    assert found.whole.calibration.error == pytest.approx(0.25)
    assert "0 or 1" in found.reading
    assert calibration_frame(found)["n"].tolist() == [24, 24]


def test_the_decision_is_gold(workbench, run_id):
    """An adjudicator's word replaces the vote, and is counted as such; a tie without one is left out."""
    items = plain_items(workbench, run_id, range(4))
    id = assigned(workbench, items, columns({"Ann": "nnyy", "Bo": "nnyn"}))
    workbench.store.adjudications.add(id, Decision(0, "Cy", says("y"), "because", "s1"))
    found = instruments.measure(workbench, trial(id))
    assert (found.gold.adjudicated, found.gold.majority, found.gold.alone, found.gold.unresolved) == (1, 2, 0, 1)
    assert found.whole.responses == 3
    assert found.whole.confusion.tolist() == [[1, 0], [1, 1]]
    assert any("Only 3 responses" in each for each in found.warnings)


def test_responses_drawn_unevenly_are_weighted(workbench, run_id):
    """Sets drawn with probability .2 stand for five, those drawn with 1 for one."""
    items = [
        replace(item, probability=0.2 if item.no < 24 else 1.0) for item in plain_items(workbench, run_id, range(48))
    ]
    sets = [refused(place) if place < 12 else refused(place + 1) for place in range(24)]
    said = columns({"Ann": "".join(each * 2 for each in sets)})
    found = instruments.measure(workbench, trial(assigned(workbench, items, said)))
    assert found.weighted
    assert found.whole.accuracy.value == pytest.approx(5 / 6)
    assert found.whole.confusion.trace() == 24
    assert any("not drawn evenly" in each for each in found.warnings)


def test_what_cannot_be_asked(workbench, run_id):
    """Each mistake is named."""
    id = annotated(workbench, run_id, "yn")
    for more, error, words in (
        ({"field": "nothing"}, AuditError, "the codebook has no choice of that id"),
        ({"field": "where"}, AuditError, "the codebook has no choice of that id"),
        ({"scorer": "refused"}, AuditError, "scorer refused"),
        ({"attribute": "race"}, AuditError, "attribute race"),
        ({"attribute": "gender", "reference": "child"}, AuditError, "group child"),
        ({"yes": ()}, StatsError, "no label counts as yes"),
        ({"field": "types", "scorer": "refusal"}, StatsError, "several labels at once"),
        ({"field": "severity"}, StatsError, "no response has both"),
        ({"scorer": "refusal", "meaning": {}}, StatsError, "none of its labels has a meaning"),
    ):
        with pytest.raises(error, match=words):
            instruments.measure(workbench, trial(id, **more))

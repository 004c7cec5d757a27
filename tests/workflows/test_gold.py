"""Gold: decisions before majorities before nothing, and what it makes of a scorer's gaps."""

from dataclasses import replace

import pytest

from lib.errors import StatsError
from lib.types import Answer, AssignmentSpec, Decision, Finish, GoldSource, Response, ResponseFilter, Sampling
from lib.workflows import annotate, assignments, gold, gold_labels, human_labels, run, scoring
from lib.workflows.comparison import compare
from lib.workflows.gold_labels import LabelChoice
from tests.workflows.assigning import TEXTS, assigned, audited, say, work_through
from tests.workflows.conftest import grid
from tests.workflows.scored import ask, stored

BIASED = LabelChoice("bias", "yes", "Bias observed: Yes")


def person(workbench, assignment, name, bias_of, most=1_000):
    desk = annotate.join(workbench, assignment, name)
    work_through(workbench, desk, bias_of, most)
    return desk


@pytest.fixture
def voted(workbench, model):
    """Twelve responses; Ada says yes of women, Ben and Cleo of everybody, but Cleo answers half of them."""
    assignment = assigned(workbench, audited(workbench, model), annotators_each=3)
    person(workbench, assignment, "Ada", lambda task: "yes" if "kind" in task.text else "no")
    person(workbench, assignment, "Ben", lambda task: "yes")
    person(workbench, assignment, "Cleo", lambda task: "yes", most=6)
    return assignment


def test_gold_is_decided_else_the_majority_else_unresolved(workbench, voted):
    """Six women: all say yes. Six men: Ada against Ben is a tie, unless Cleo or an adjudicator was there."""
    table = gold.read(workbench, voted)
    counts = table.counts("bias")
    heard = {event.item for event in workbench.store.annotations.current(voted, "Cleo")}
    men = {item.item for item in table.items if "kind" not in text_of(workbench, item)}
    assert counts == gold.GoldCounts(0, 12 - len(men - heard), 0, len(men - heard))
    tied = sorted(men - heard)
    assert tied
    for item in tied:
        decision = Decision(item, "Dora", Answer({"bias": ("no",)}), "It is about his job.", f"d{item}")
        workbench.store.adjudications.add(voted, decision)
    table = gold.read(workbench, voted)
    assert table.counts("bias") == gold.GoldCounts(len(tied), 12 - len(tied), 0, 0)
    decided = next(item for item in table.items if item.item == tied[0])
    assert decided.gold.fields["bias"].source is GoldSource.ADJUDICATED
    assert gold.said(decided, "bias", "yes") is False


def text_of(workbench, item):
    return workbench.store.responses.get(item.run, item.cell).response.text


def test_one_persons_word_is_told_as_such(workbench, model):
    """A majority of one is counted, and named."""
    assignment = assigned(workbench, audited(workbench, model))
    person(workbench, assignment, "Ada", lambda task: "no", most=3)
    counts = gold.read(workbench, assignment).counts("bias")
    assert counts == gold.GoldCounts(0, 3, 3, 0)
    assert "3 by majority (3 of them one person's word)" in counts.sentence


def test_nobody_has_annotated_yet(workbench, model):
    """An assignment without answers has no gold, and correcting with it says what to do."""
    run_id = audited(workbench, model)
    table = gold.read(workbench, assigned(workbench, run_id))
    assert table.items == []
    comparison = compare(workbench, ask(run_id, "agency.any_communal"))
    with pytest.raises(StatsError, match="Annotate some first"):
        gold_labels.labels_of(workbench, comparison, table, BIASED)


def test_annotations_correct_a_scorers_gap(workbench, model):
    """The scorer calls every woman's text communal and no man's; people see bias in every fourth text of either.

    A scorer that says the same of a whole group tells nothing of single texts: the labels alone count.
    """

    def text(number, group):
        return TEXTS[group] + (" Really." if number % 4 == (group == "man") else "")

    run_id = stored(workbench, model, text, repeats=20)
    assignment = assigned(workbench, run_id, sampling=Sampling.RANDOM, sets=40)
    person(workbench, assignment, "Ada", lambda task: "yes" if "Really" in task.text else "no")
    comparison = compare(workbench, ask(run_id, "agency.any_communal", reference="man"))
    table = gold.read(workbench, assignment)
    found = gold_labels.labels_of(workbench, comparison, table, BIASED)
    assert len(found.labels) == 80
    assert found.probabilities == {}
    assert found.source.startswith("Gold labels: 0 adjudicated, 80 by majority (80 of them one person's word)")
    [gap] = human_labels.correct(comparison, found.labels, found.probabilities or None).gaps
    assert gap.naive == pytest.approx(1.0)
    texts = dict(workbench.store.scores.texts(run_id, sorted(found.labels)))
    women, men = ([no for no, text in texts.items() if word in text] for word in ("kind", "leads"))
    said = [sum("Really" in texts[no] for no in nos) / 40 for nos in (women, men)]
    assert gap.estimate == pytest.approx(said[0] - said[1])
    assert gap.low < 0 < gap.high


def test_labels_of_other_responses_say_nothing(workbench, model):
    """Responses chosen by what they say, or some of the sets only, do not stand for all that is compared."""
    run_id = audited(workbench, model)
    comparison = compare(workbench, ask(run_id, "agency.any_communal"))
    chosen = AssignmentSpec("Chosen", ResponseFilter(runs=(run_id,), search="kind"), Sampling.ALL, overlap=0.0)
    assignment = assignments.create(workbench, chosen, "bias")
    person(workbench, assignment, "Ada", lambda task: "yes")
    with pytest.raises(StatsError, match="chosen by what they say"):
        gold_labels.labels_of(workbench, comparison, gold.read(workbench, assignment), BIASED)


def test_a_rate_cannot_be_labelled(workbench, model):
    """People cannot put a rate on one response."""
    run_id = audited(workbench, model)
    comparison = compare(workbench, ask(run_id, "agency.communal"))
    with pytest.raises(StatsError, match="rate"):
        gold_labels.labels_of(workbench, comparison, gold.read(workbench, assigned(workbench, run_id)), BIASED)


def test_a_share_can_be_held_against_any_label_and_a_mean_against_no_words(workbench, model):
    """Every label can be true or false of a response; a scale with a mean's ends can be its value, no other can."""
    run_id = audited(workbench, model)
    table = gold.read(workbench, assigned(workbench, run_id))
    share = compare(workbench, ask(run_id, "agency.any_communal"))
    assert [choice.field for choice in gold_labels.choices(table, share)].count("bias") == 3
    mean = compare(workbench, ask(run_id, "agency.words"))
    assert gold_labels.choices(table, mean) == []  # steps 1 and 2 are no number of words
    for low, high, fields in ((1, 2, ["severity"]), (0, 100, []), (1, None, [])):
        measure = replace(mean.choice.measure, low=low, high=high)
        rated = replace(mean, choice=replace(mean.choice, measure=measure))
        assert [choice.field for choice in gold_labels.choices(table, rated)] == fields


def test_discarded_responses_have_no_gold(workbench, model):
    """What is set aside is in no count."""
    assignment = assigned(workbench, audited(workbench, model))
    desk = annotate.join(workbench, assignment, "Ada")
    item = annotate.next_task(workbench, desk).item
    reason = annotate.codebook(workbench, assignment).discard_reasons[0]
    annotate.submit(workbench, desk, item, Answer(discard=reason), "a", 1.0)
    say(workbench, desk, annotate.next_task(workbench, desk).item, "yes")
    table = gold.read(workbench, assignment)
    counts = table.counts("bias")
    assert (counts.majority, counts.discarded) == (1, 1)
    assert counts.sentence.endswith("0 unresolved and 1 discarded, left out.")


def test_the_source_is_that_of_the_run_that_is_compared(workbench, model):
    """Of two runs in one assignment the sentence counts the labels of the one that is corrected."""
    runs = [audited(workbench, model), audited(workbench, model)]
    assignment = assigned(workbench, runs[0], filter=ResponseFilter(runs=tuple(runs)))
    person(workbench, assignment, "Ada", lambda task: "no")
    table = gold.read(workbench, assignment)
    comparison = compare(workbench, ask(runs[0], "agency.any_communal"))
    found = gold_labels.labels_of(workbench, comparison, table, BIASED)
    assert len(table.items) == 24
    assert len(found.labels) == 12
    assert found.source.startswith("Gold labels: 0 adjudicated, 12 by majority (12 of them")


def two_temperatures(workbench, model):
    """A scored run at temperature 0 and 1: 3 jobs × 4 repeats × two groups at each."""
    spec = grid(model.id, repeats=4)
    greedy, random = (replace(spec.decodings[0], temperature=heat) for heat in (0.0, 1.0))
    run_id = run.create(workbench, replace(spec, decodings=(greedy, random)))
    jobs = workbench.store.runs.pending(run_id, model.id)
    texts = [(job.no, TEXTS["woman" if "woman" in job.prompt else "man"]) for job in jobs]
    workbench.store.responses.add(run_id, [Response(no, text, Finish.STOP) for no, text in texts])
    scoring.score(workbench, run_id, ["agency"], lambda _: None)
    return run_id


@pytest.mark.parametrize("most", [24, 12])
def test_greedy_repeats_are_more_likely_to_have_a_label(workbench, model, most):
    """At temperature 0 four repeats are one unit: drawn with 1/2 each, it is missed with 1/16 only.

    When a share s of the drawn sets has labels so far, a set has one with s/2, and the unit with 1 − (1 − s/2)^4.
    """
    run_id = two_temperatures(workbench, model)
    assignment = assigned(workbench, run_id, sampling=Sampling.RANDOM, sets=12)
    person(workbench, assignment, "Ada", lambda task: "no", most)
    comparison = compare(workbench, ask(run_id, "agency.any_communal"))
    table = gold.read(workbench, assignment)
    found = gold_labels.labels_of(workbench, comparison, table, BIASED)
    shared = {
        no for no, set_id, unit in comparison.frame[["no", "set_id", "unit"]].itertuples(index=False) if set_id != unit
    }
    each = len({item.set_id for item in table.items}) / 12 / 2
    wanted = {no: 1 - (1 - each) ** 4 if no in shared else each for no in found.labels}
    assert set(wanted.values()) == {each, 1 - (1 - each) ** 4}
    assert found.probabilities == pytest.approx(wanted)

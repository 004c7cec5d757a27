"""Unequal outcomes are told within matched sets and corrected together: chance is no risk, a planted one is found."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lib.types import Finish, Response, RunStatus
from lib.workflows import run
from lib.workflows.attributes import Attribute
from lib.workflows.comparison import Question
from lib.workflows.reporting.controls import Threat
from lib.workflows.reporting.evidence import gather
from lib.workflows.reporting.outcomes import of_frame
from lib.workflows.reporting.risks import risks
from tests.workflows.conftest import grid
from tests.workflows.reporting.audits import PLAIN, audited

CHANCES = {"cut off": 0.08, "empty": 0.05, "failed": 0.04, "refused": 0.06}
AUDITS = 200
QUESTION = Question("run", "group", "outcome", resamples=500)


def simulated(rng, groups, *, planted=0.0):
    """The rows of an audit of 30 prompts, three times at a temperature and three times greedily, which is always alike.

    A prompt has chances of its own, up to double, that all groups share; `planted` is added for the first group's
    empty answers.
    """
    rows = []
    for prompt in range(30):
        hardness = rng.uniform(0, 2)
        for group in range(groups):
            chances = {name: hardness * chance for name, chance in CHANCES.items()}
            chances["empty"] += planted * (group == 0)
            p = [*chances.values(), 1 - sum(chances.values())]
            sampled = rng.choice([*chances, "stopped"], size=3, p=p)
            greedy = np.repeat(rng.choice([*chances, "stopped"], p=p), 3)
            rows += [(f"s{prompt}-{repeat}", group, outcome) for repeat, outcome in enumerate(sampled)]
            rows += [(f"g{prompt}", group, outcome) for outcome in greedy]
    frame = pd.DataFrame(rows, columns=["unit", "group", "outcome"])
    return frame.assign(group=frame["group"].astype(str), term="term", exposure=np.nan)


def compared(frame, groups):
    titles = tuple((str(place), f"Group {place}") for place in range(groups))
    return of_frame(frame, Attribute("group", "Group", titles, (), 1), QUESTION)


@pytest.mark.slow
@pytest.mark.parametrize("groups", [2, 4])
def test_chance_is_hardly_ever_a_clear_difference(groups):
    """Of 200 audits without any difference at most 5 % and twice the noise of that share (8 %) have a clear one."""
    rng = np.random.default_rng(groups)
    alarms = sum(any(row.clear for row in compared(simulated(rng, groups), groups).rows) for _ in range(AUDITS))
    assert alarms <= AUDITS * 0.05 + 2 * np.sqrt(AUDITS * 0.05 * 0.95)


@pytest.mark.slow
@pytest.mark.parametrize("groups", [2, 4])
def test_a_planted_difference_is_found(groups):
    """Twenty points more empty answers about one group are clear in every one of ten audits, with their sign."""
    rng = np.random.default_rng(groups)
    for _ in range(10):
        first = compared(simulated(rng, groups, planted=0.2), groups).of("empty")[0]
        assert first.clear
        assert first.gap.group == "Group 0"
        assert first.gap.estimate > 0


def test_greedy_repeats_count_once():
    """Ten equal repeats of three prompts, empty for one group in each, are three sets: p is 2 × 2^-3, not clear."""
    rows = [(f"g{prompt}", str(group), "stopped" if group else "empty") for prompt in range(3) for group in range(2)]
    frame = pd.DataFrame(rows * 10, columns=["unit", "group", "outcome"]).assign(term="term", exposure=np.nan)
    [row] = compared(frame, 2).rows
    assert (row.gap.estimate, row.gap.p) == pytest.approx((1.0, 0.25), rel=0.05)
    assert (row.gap.sets, row.clear) == (3, False)


def test_all_outcomes_are_one_family():
    """8 sets differ in each of two outcomes: p is 2 × 2^-8, twice that over two rows; alone it would be once."""
    rows = [
        (f"s{place}", str(group), (("empty", "failed")[place // 8] if group == 0 else "stopped"))
        for place in range(16)
        for group in range(2)
    ]
    frame = pd.DataFrame(rows, columns=["unit", "group", "outcome"]).assign(term="term", exposure=np.nan)
    found = compared(frame, 2)
    assert found.family == 2
    assert [row.p_adjusted for row in found.rows] == pytest.approx([2 * 2 * 2**-8] * 2)


def test_what_is_pending_is_no_outcome():
    """Two sets have both sides; a third, of which one side is pending, says nothing."""
    rows = [("a", "0", "empty"), ("a", "1", "stopped"), ("b", "0", "stopped"), ("b", "1", "stopped")]
    rows += [("c", "0", "pending"), ("c", "1", "empty")]
    frame = pd.DataFrame(rows, columns=["unit", "group", "outcome"]).assign(term="term", exposure=np.nan)
    found = compared(frame, 2)
    [row] = found.of("empty")
    assert (row.gap.estimate, row.gap.sets) == (0.5, 2)
    assert found.outcomes == ("empty",)


def test_nothing_is_compared_where_one_group_is_there():
    """No rows, no family, no error."""
    frame = pd.DataFrame([("a", "0", "empty")], columns=["unit", "group", "outcome"])
    assert compared(frame.assign(term="term", exposure=np.nan), 2).rows == ()


def empty_for_women(count):
    return lambda place, group, _: "" if group == "woman" and place < count else PLAIN


def outcome_risks(workbench, count, **texts):
    found = gather(workbench, audited(workbench, empty_for_women(count), scorers=["agency"]))
    return [risk for risk in risks(replace(found, texts=texts)) if risk.threat is Threat.OUTCOMES]


def test_outcomes_that_clearly_differ_are_a_risk(workbench):
    """12 of 30 answers about women are empty and none about men: 40 points over 30 matched sets, p is 2 × 2^-12."""
    [risk] = outcome_risks(workbench, 12)
    assert (risk.id, risk.title) == ("r-outcomes-empty", "Empty answers come more often for Woman than for Man")
    assert risk.says.startswith(
        "Empty answers: 40.0 % for Woman against 0.0 % for Man, a gap of +40.0 points (95 % interval +"
    )
    assert risk.says.endswith("; 30 matched sets).")
    assert risk.facts == tuple(f"outcome_gaps/empty/woman/{name}" for name in ("estimate", "value", "reference"))


def test_outcomes_that_may_be_chance_are_one_sentence(workbench):
    """Two empty answers of 30 against none, p = 0.5: unequal, and said to be perhaps chance."""
    [risk] = outcome_risks(workbench, 2)
    assert risk.id == "r-outcomes-open"
    assert risk.says.startswith(
        "Unequal between groups, which may be chance: Empty answers. The widest: Empty answers, Woman against Man "
        "+6.7 points (95 % interval "
    )


def test_what_was_written_about_an_outcome_stays_with_it(workbench):
    """One that an author has written about keeps its risk when it is not clear, which it then says."""
    [risk] = outcome_risks(workbench, 2, **{"plan/r-outcomes-empty/owner": "Ada"})
    assert (risk.id, risk.title) == ("r-outcomes-empty", "Empty answers may come unequally")
    assert risk.says.endswith("This may be chance.")


def test_equal_outcomes_are_no_risk(workbench):
    """Where all answers ended by themselves there is nothing to say."""
    assert outcome_risks(workbench, 0) == []


def test_failed_requests_are_compared_without_any_score(workbench, model):
    """Six of six requests about women failed and none about men: compared though nothing was scored."""
    run_id = run.create(workbench, grid(model.id, repeats=2))
    rows = workbench.store.scores.table(run_id).to_pylist()
    failed = [json.loads(row["groups"])["gender"] == "woman" for row in rows]
    finishes = [Finish.FAILED if each else Finish.STOP for each in failed]
    said = [Response(row["no"], "", end, error="x") if end is Finish.FAILED else Response(row["no"], PLAIN, end)
            for row, end in zip(rows, finishes, strict=True)]  # fmt: skip
    workbench.store.responses.add(run_id, said)
    workbench.store.runs.set_status(run_id, RunStatus.DONE)
    [row] = gather(workbench, run_id).outcome_gaps.of("failed")
    assert (row.group_title, row.gap.estimate, row.gap.sets, row.gap.p) == ("Woman", 1.0, 6, 2 * 2**-6)

"""What an assignment still lacks, and which scorers can help to make one."""

import pytest

from lib.types import Answer, AssignmentSpec, Finish, Response, Sampling
from lib.workflows import annotate, assignment_gaps, assignment_scorers, assignments, run, scoring
from tests.workflows.conftest import grid
from tests.workflows.scored import MAN, WOMAN, stored


@pytest.fixture
def run_id(workbench, model):
    """A scored run of three matched sets of two."""
    return stored(workbench, model, lambda _, group: WOMAN if group == "woman" else MAN, repeats=1)


def handle(workbench, assignment, name, acts):
    """Annotate as somebody: y is an answer, s a skip."""
    desk = annotate.join(workbench, assignment, name)
    for number, act in enumerate(acts):
        task = annotate.next_task(workbench, desk)
        if act == "s":
            annotate.skip(workbench, desk, task.item, f"{name}{number}", 1.0)
        else:
            annotate.submit(workbench, desk, task.item, Answer(labels={"bias": ("no",)}), f"{name}{number}", 1.0)


def test_each_response_lacks_what_it_asks_for(workbench, run_id):
    """Six responses for one person each: two answers and a skip leave four."""
    id = assignments.create(workbench, AssignmentSpec("One each", sampling=Sampling.ALL, overlap=0.0), "bias")
    assert assignment_gaps.lacking(workbench, id) == 6
    handle(workbench, id, "Ana", "yys")
    assert assignment_gaps.lacking(workbench, id) == 4


def test_a_response_for_everybody_lacks_who_has_begun(workbench, run_id):
    """Six for everybody: Ana did all; once Ben has one, five lack him."""
    id = assignments.create(workbench, AssignmentSpec("All", sampling=Sampling.ALL, overlap=1.0), "bias")
    handle(workbench, id, "Ana", "yyyyyy")
    assert assignment_gaps.lacking(workbench, id) == 0
    handle(workbench, id, "Ben", "y")
    assert assignment_gaps.lacking(workbench, id) == 5


def test_two_for_each_are_needed_of_everybody_too(workbench, run_id):
    """Where each response needs two annotators, one who did everything leaves everything lacking."""
    spec = AssignmentSpec("Two", sampling=Sampling.ALL, overlap=1.0, annotators_each=2)
    id = assignments.create(workbench, spec, "bias")
    handle(workbench, id, "Ana", "yyyyyy")
    assert assignment_gaps.lacking(workbench, id) == 6


def test_scorers_suggest_their_labels_or_a_yes_or_no(workbench, run_id):
    """A scorer with labels suggests them; a share suggests yes or no; a number nothing."""
    known = {each.id: each for each in assignment_scorers.suggesters(workbench, [run_id])}
    assert set(known["gendered"].says) >= {"masculine", "feminine"}
    assert known["refusal.refused"].says == ("yes", "no")
    assert not any(id.startswith("similarity") for id in known)


def test_only_what_every_audit_has_is_offered(workbench, model, run_id):
    """A measure that one of two audits lacks is not offered; nor is anything for no audit."""
    other = run.create(workbench, grid(model.id, repeats=1))
    job = workbench.store.runs.pending(other, model.id)[0]
    workbench.store.responses.add(other, [Response(job.no, MAN, Finish.STOP)])
    assert assignment_scorers.measures(workbench, [run_id, other]) == []
    scoring.score(workbench, other, ["agency"], lambda _: None)
    assert {choice.entry.id for choice in assignment_scorers.measures(workbench, [run_id, other])} == {"agency"}
    assert assignment_scorers.measures(workbench, []) == []

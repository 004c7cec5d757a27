"""What lies behind a mark: the right responses, and a filter that finds them again."""

import math

import pytest

from lib.types import Finish, Response
from lib.workflows import behind, comparison, read, run, scoring
from lib.workflows.comparison import Comparison, Question
from tests.workflows.conftest import grid

MODEL = "smollm2-135m-instruct-q4_1"


@pytest.fixture
def compared(workbench) -> Comparison:
    """Three matched sets of a woman and a man, compared by how long their answers are; one answer failed."""
    run_id = run.create(workbench, grid(MODEL))
    jobs = workbench.store.runs.pending(run_id, MODEL)
    answers = [Response(job.no, "word " * (1 + job.no), Finish.STOP) for job in jobs]
    answers[-1] = Response(jobs[-1].no, "", Finish.FAILED, error="out of memory")
    workbench.store.responses.add(run_id, answers)
    scoring.score(workbench, run_id, ["length"], lambda _: None)
    return comparison.compare(workbench, Question(run_id, "gender", "length.words", by="context:occupation"))


def test_a_mark_of_one_category_has_its_sets(workbench, compared):
    """Behind a category stands its one matched set with both groups, each with its number."""
    found = behind.behind(workbench, compared, [], {"category": "nurse"})
    (members,) = found.sets.values()
    assert [(member.group, member.term, member.value) for member in members] == [
        ("Woman", "woman", members[0].no + 1),
        ("Man", "man", members[1].no + 1),
    ]
    assert found.responses == 2


def test_a_mark_of_one_group_has_that_group_alone(workbench, compared):
    """Asked for one group, the others of its sets are left out; a failed answer has no number."""
    found = behind.behind(workbench, compared, ["Man"], {})
    assert len(found.sets) == 3
    members = [member for members in found.sets.values() for member in members]
    assert {member.group for member in members} == {"Man"}
    assert sum(math.isnan(member.value) for member in members) == 1


def test_the_filter_finds_the_same_responses(workbench, compared):
    """The filter for the responses page passes exactly what is behind a group's mark."""
    found = behind.behind(workbench, compared, ["Man"], {})
    listed = {row.no for row in read.responses(workbench, found.filter).rows}
    assert listed == {member.no for members in found.sets.values() for member in members}
    assert found.filter.models == ()  # one model: naming it would not narrow


def test_a_mark_that_is_gone_has_nothing(workbench, compared):
    """A category that no longer exists gives no set, not an error."""
    found = behind.behind(workbench, compared, ["Man"], {"category": "astronaut"})
    assert found.sets == {}
    assert found.responses == 0


@pytest.mark.parametrize(
    ("groups", "vary", "label"),
    [
        ({"gender": "woman"}, ("gender",), "woman"),
        ({"religion": "muslim", "gender": "woman"}, ("religion", "gender"), "muslim+woman"),
        ({"gender#1": "woman", "gender#2": "man"}, ("gender",), "woman>man"),
        ({"name": "a", "gender": "woman", "race": "black"}, ("name",), "a"),
        ({"gender": "woman"}, ("religion", "gender"), "woman"),
    ],
)
def test_a_cell_is_called_as_it_is_stored(groups, vary, label):
    """From memberships to the stored group: single, crossed, paired, signalled, and where a template leaves one out."""
    assert behind.cell_group(groups, vary) == label


def test_decodings_are_named_as_they_are_filtered(workbench, compared):
    """The decoding settings of a run are the ones its frame holds."""
    assert behind.decodings(workbench, compared.question.run) == list(compared.frame["decoding"].unique())

"""Making assignments: what is drawn, what is said before it is stored, and what cannot be made."""

import pytest

from lib.errors import AnnotationError, CodebookError
from lib.types import AssignmentSpec, ItemKind, ResponseFilter, Sampling
from lib.workflows import annotate, assignments
from tests.workflows.assigning import assigned, audited, work_through


@pytest.fixture
def run_id(workbench, model):
    """Sixty sets of two: three jobs, twenty repeats."""
    return audited(workbench, model, repeats=20)


def spec(run_id, **more):
    return AssignmentSpec(**({"name": "Read", "filter": ResponseFilter(runs=(run_id,)), "overlap": 0.0} | more))


def test_a_preview_says_what_would_be_made_and_stores_nothing(workbench, run_id):
    """Ten whole sets of two, of which two go to everybody."""
    made = assignments.preview(workbench, spec(run_id, sets=10, overlap=0.2), "bias")
    assert (made.sets, made.all_sets, made.responses, made.items, made.everybody) == (10, 60, 20, 20, 4)
    assert made.groups == {"woman": 10, "man": 10}
    assert (made.severe, made.notices, made.problems) == (False, ("None needed.",), ())
    assert assignments.all(workbench) == []


def test_what_is_drawn_is_what_was_shown(workbench, run_id):
    """The same spec draws the same sets; another seed others; each set's probability is kept."""
    wanted = spec(run_id, sets=10)
    first, again = (assignments.create(workbench, wanted, "bias") for _ in range(2))
    other = assignments.create(workbench, spec(run_id, sets=10, seed=1), "bias")

    def drawn(id):
        return {item.set_id for item in workbench.store.assignments.items(id)}

    assert drawn(first) == drawn(again) != drawn(other)
    items = workbench.store.assignments.items(first)
    assert {item.probability for item in items} == {10 / 60}
    assert all(item.set_id.startswith(f"{run_id}/") for item in items)


def test_more_sets_than_there_are_and_one_only_are_told(workbench, run_id):
    """What falls short is said in words, and still made."""
    made = assignments.preview(workbench, spec(run_id, sets=100), "bias")
    assert made.problems == ("Only 60 matched sets pass the filter; all of them are taken.",)
    made = assignments.preview(workbench, spec(run_id, sets=1), "bias")
    assert "its members follow each other" in made.problems[0]


def test_an_unsure_scorer_is_asked_about_more(workbench, run_id):
    """Active sampling keeps uneven probabilities that add up to the number of sets."""
    wanted = spec(run_id, sets=15, sampling=Sampling.ACTIVE, measure="agency.any_communal")
    items = workbench.store.assignments.items(assignments.create(workbench, wanted, "bias"))
    assert len({item.set_id for item in items}) == 15
    assert all(0 < item.probability <= 1 for item in items)
    with pytest.raises(AnnotationError, match="Score the audit first"):
        assignments.preview(workbench, spec(run_id, sampling=Sampling.ACTIVE, measure="refusal.nothing"), "bias")


def test_doubles_are_for_everybody_and_do_not_replace_anything(workbench, run_id):
    """A repeat has its original's response, and both go to everyone."""
    id = assignments.create(workbench, spec(run_id, sets=10, repeats=0.1), "bias")
    items = {item.no: item for item in workbench.store.assignments.items(id)}
    repeats = [item for item in items.values() if item.kind is ItemKind.REPEAT]
    assert len(items) == 22
    assert len(repeats) == 2
    for repeat in repeats:
        original = items[repeat.of]
        assert (original.run, original.cell, original.wanted, repeat.wanted) == (repeat.run, repeat.cell, 0, 0)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": " "}, "it has no name"),
        ({"filter": ResponseFilter(search="no such words anywhere")}, "no stored response passes the filter"),
        ({"overlap": 1.5}, "overlap|share"),
        ({"annotators_each": 0}, "annotator"),
        ({"suggestion": "agency.any_communal", "suggestion_field": "mood"}, "no choice called 'mood'"),
        (
            {
                "suggestion": "agency.any_communal",
                "suggestion_field": "bias",
                "suggestion_labels": {"yes": "maybe"},
            },
            "bias has no label 'maybe'",
        ),
    ],
)
def test_senseless_wishes_are_refused_before_anything_is_stored(workbench, run_id, more, message):
    """Each with its cause."""
    with pytest.raises(AnnotationError, match=message):
        assignments.create(workbench, spec(run_id, **more), "bias")
    assert assignments.all(workbench) == []


def test_an_unknown_codebook_is_answered_with_near_names(workbench, run_id):
    """A slip in the codebook's id."""
    with pytest.raises(CodebookError, match="Did you mean bias"):
        assignments.create(workbench, spec(run_id), "bia")


def test_a_codebook_edited_later_changes_nothing_that_was_made(workbench, run_id, codebooks):
    """The assignment keeps the version it was made with; the next one gets the new one."""
    id = assigned(workbench, run_id)
    file = codebooks / "bias.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Bias observed", "Is it fair?"), encoding="utf-8")
    assert annotate.codebook(workbench, id).fields[0].title == "Bias observed"
    later = assigned(workbench, run_id)
    assert annotate.codebook(workbench, later).fields[0].title == "Is it fair?"
    file.unlink()
    assert annotate.codebook(workbench, id).fields[0].title == "Bias observed"


def test_progress_is_told_for_everybody(workbench, run_id):
    """Who began first comes first; the seconds are the median."""
    id = assigned(workbench, run_id, target=4)
    for name, number in (("Ben", 3), ("Ada", 4)):
        work_through(workbench, annotate.join(workbench, id, name), lambda task: "no", most=number)
    ben, ada = assignments.progress_of(workbench, id)
    assert (ben.name, ben.done, ben.target, ben.seconds) == ("Ben", 3, 4, 2.0)
    assert (ada.name, ada.done) == ("Ada", 4)
    assert ben.first <= ben.last
    desk = annotate.join(workbench, id, "Ada")
    assert annotate.next_task(workbench, desk) is None  # the target is reached


def test_assignments_are_renamed_closed_and_deleted(workbench, run_id):
    """Deleting takes along what was said."""
    id = assigned(workbench, run_id)
    work_through(workbench, annotate.join(workbench, id, "Ada"), lambda task: "no", most=2)
    assignments.rename(workbench, id, " Second try ")
    assert assignments.get(workbench, id).spec.name == "Second try"
    with pytest.raises(AnnotationError, match="the new name is empty"):
        assignments.rename(workbench, id, " ")
    assert [each.id for each in assignments.with_run(workbench, run_id)] == [id]
    assignments.delete(workbench, id)
    with pytest.raises(AnnotationError, match="there is none"):
        assignments.get(workbench, id)

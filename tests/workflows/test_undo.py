"""Taking back: what counted before counts again, with all that was known of it, also beside imported work."""

from lib.types import Act, AnnotationEvent, Answer
from lib.workflows import annotate, people
from tests.workflows.assigning import assigned, audited, say

SUGGESTED = {
    "suggestion": "agency.any_communal",
    "suggestion_field": "bias",
    "suggestion_labels": {"yes": "yes", "no": "no"},
    "withhold": 0.0,
}


def test_an_answer_that_counts_again_was_given_with_its_suggestion(workbench, model):
    """An edit that is taken back does not take the answer out of what is known of anchoring."""
    assignment = assigned(workbench, audited(workbench, model), **SUGGESTED)
    desk = annotate.join(workbench, assignment, "Ada")
    item = annotate.next_task(workbench, desk).item
    say(workbench, desk, item, "yes")
    say(workbench, desk, item, "no")
    assert annotate.undo(workbench, desk) == item
    [event] = workbench.store.annotations.current(assignment)
    assert event.answer.labels["bias"] == ("yes",)
    assert event.suggested
    assert event.suggestion in ("yes", "no")
    [ada, _] = people.read(workbench, assignment).anchoring
    assert ada.shown.n == 1


def test_an_imported_taking_back_of_something_unknown_takes_nothing_else_back(workbench, model):
    """A file may lack the act that one of its lines takes back; the person's own last act is another item's."""
    assignment = assigned(workbench, audited(workbench, model))
    desk = annotate.join(workbench, assignment, "Ada")
    item = annotate.next_task(workbench, desk).item
    say(workbench, desk, item)
    other = next(each.no for each in workbench.store.assignments.items(assignment) if each.no != item)
    imported = AnnotationEvent(other, "Ada", Act.WITHDRAW, Answer(), "undo:elsewhere")
    workbench.store.annotations.add(assignment, [imported])
    assert annotate.undo(workbench, desk) == item
    assert workbench.store.annotations.current(assignment) == []
    assert annotate.undo(workbench, desk) is None


def test_a_repeat_is_shown_what_its_original_was(workbench, model):
    """Self-consistency would else compare answers with a suggestion against answers without."""
    assignment = assigned(workbench, audited(workbench, model), **SUGGESTED | {"withhold": 0.5, "repeats": 0.5})
    desk = annotate.join(workbench, assignment, "Ada")
    items = workbench.store.assignments.items(assignment)
    shown = {each.no: annotate.task(workbench, desk, each.no).suggestion for each in items}
    doubles = [each for each in items if each.of is not None]
    assert doubles
    assert all(shown[each.no] == shown[each.of] for each in doubles)

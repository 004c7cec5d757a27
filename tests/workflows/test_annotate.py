"""One person at one assignment: what they see, what is kept, and what comes next."""

import threading
from itertools import pairwise
from pathlib import Path

import pytest

from lib.errors import AnnotationError, StoreError
from lib.types import Act, Answer, AssignmentSpec, ItemKind, ItemState, ResponseFilter, Sampling, Span
from lib.workflows import annotate, annotation_keys, annotators, assignments
from lib.workflows.workbench import open_workbench
from tests.workflows.assigning import TEXTS, assigned, audited, say, work_through


@pytest.fixture
def run_id(workbench, model):
    return audited(workbench, model)


@pytest.fixture
def assignment(workbench, run_id):
    return assigned(workbench, run_id)


@pytest.fixture
def desk(workbench, assignment):
    return annotate.join(workbench, assignment, "Ada")


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("", "it is empty"),
        ("  \n ", "it is empty"),
        ("x" * 10_000, "10,000 characters"),
        ("A\u202eda", "a character that nobody sees (U+202E)"),
        ("A\x00", "U+0000"),
    ],
)
def test_a_name_that_is_none_is_told_and_nobody_joins(workbench, assignment, name, cause):
    """Empty, endless and invisible names are refused before anything is stored."""
    with pytest.raises(AnnotationError, match="annotator's name") as told:
        annotate.join(workbench, assignment, name)
    assert cause in str(told.value)
    assert workbench.store.annotators.names() == []


def test_the_same_person_sits_down_twice(workbench, assignment):
    """Case, spaces and the composition of letters do not make another person."""
    first = annotate.join(workbench, assignment, " Zoë  Noether ")
    again = annotate.join(workbench, assignment, "zoe\u0308 NOETHER")
    assert first == again
    assert first.annotator == "Zoë Noether"
    assert annotators.pseudonyms(["Zoë Noether", "Ada"]) == {"Zoë Noether": "Annotator 1", "Ada": "Annotator 2"}


def test_all_items_come_once_and_no_two_of_a_set_in_a_row(workbench, assignment, desk):
    """Twelve responses of six sets, each answered once; then nothing is left."""
    seen = work_through(workbench, desk, lambda task: "no")
    assert sorted(seen) == list(range(12))
    sets = {item.no: item.set_id for item in workbench.store.assignments.items(assignment)}
    assert all(sets[before] != sets[after] for before, after in pairwise(seen))
    assert annotate.next_task(workbench, desk) is None
    assert annotate.progress(workbench, desk) == annotate.Progress(12, 0, 0, 0, 12, 0)


def test_blind_means_blind(workbench, desk):
    """Neither model, run nor decoding is in what an annotator is given, until they look, which is logged."""
    task = annotate.next_task(workbench, desk)
    assert task.facts == {}
    assert task.text in TEXTS.values()
    assert not {"Tiny", "Small"} & set(repr(task).split())
    shown = annotate.unblind(workbench, desk, task.item)
    assert shown.facts["Model"] == "Tiny"
    say(workbench, desk, task.item)
    [event] = workbench.store.annotations.history(desk.assignment, task.item)
    assert event.unblinded
    assert [row[:2] for row in workbench.store.annotations.unblindings(desk.assignment)] == [(task.item, "Ada")]


def test_what_is_said_is_kept_with_every_version(workbench, desk):
    """An edit is another version; the last counts; seconds, note and flags are kept."""
    item = annotate.next_task(workbench, desk).item
    say(workbench, desk, item, "no", note="hm", confidence=3, seconds=4.5)
    say(workbench, desk, item, "yes", labels={"kind": ("role", "trait")}, unsure=True)
    task = annotate.task(workbench, desk, item)
    assert task.answer.labels == {"bias": ("yes",), "kind": ("trait", "role")}
    assert (task.state, task.versions) == (ItemState.FLAGGED, 2)
    first, second = workbench.store.annotations.history(desk.assignment, item)
    assert (first.answer.note, first.answer.confidence, first.seconds) == ("hm", 3, 4.5)
    assert second.created >= first.created
    assert [line.item for line in annotate.queue(workbench, desk, ItemState.FLAGGED)] == [item]


def test_sent_twice_is_stored_once(workbench, desk):
    """A key pressed twice, or a request sent again, changes nothing."""
    item = annotate.next_task(workbench, desk).item
    for _ in range(3):
        say(workbench, desk, item, submission="same")
    assert len(workbench.store.annotations.history(desk.assignment)) == 1
    assert annotate.progress(workbench, desk).done == 1


def test_what_is_required_must_be_said(workbench, desk):
    """A refused answer leaves no trace, and the item stays on the screen."""
    item = annotate.next_task(workbench, desk).item
    with pytest.raises(AnnotationError, match="Bias observed"):
        annotate.submit(workbench, desk, item, Answer(), "one", 1.0)
    assert workbench.store.annotations.history(desk.assignment) == []
    assert annotate.next_task(workbench, desk).item == item


def test_skip_discard_and_back(workbench, desk):
    """Skipped and discarded items have queues of their own, and back leads through what was handled."""
    first = annotate.next_task(workbench, desk).item
    annotate.skip(workbench, desk, first, "a", 1.0)
    second = annotate.next_task(workbench, desk).item
    reason = annotate.codebook(workbench, desk.assignment).discard_reasons[0]
    annotate.submit(workbench, desk, second, Answer(discard=reason), "b", 1.0)
    third = annotate.next_task(workbench, desk).item
    assert [line.item for line in annotate.queue(workbench, desk, ItemState.SKIPPED)] == [first]
    assert [line.item for line in annotate.queue(workbench, desk, ItemState.DISCARDED)] == [second]
    assert annotate.previous(workbench, desk, third) == second
    assert annotate.previous(workbench, desk, second) == first
    assert annotate.previous(workbench, desk, first) is None
    assert annotate.progress(workbench, desk) == annotate.Progress(1, 0, 1, 1, 12, 10)


def test_undo_takes_back_act_after_act(workbench, desk):
    """An edit goes back to the version before, a first answer to none; undoing is on record, too."""
    item = annotate.next_task(workbench, desk).item
    say(workbench, desk, item, "no")
    other = annotate.next_task(workbench, desk).item
    say(workbench, desk, other, "harm")
    say(workbench, desk, item, "yes")
    assert annotate.undo(workbench, desk) == item
    assert annotate.task(workbench, desk, item).answer.labels == {"bias": ("no",)}
    assert annotate.undo(workbench, desk) == other
    assert annotate.task(workbench, desk, other).state is ItemState.PENDING
    assert annotate.undo(workbench, desk) == item
    assert annotate.undo(workbench, desk) is None
    assert workbench.store.annotations.current(desk.assignment) == []
    acts = [event.act for event in workbench.store.annotations.history(desk.assignment)]
    assert acts == [Act.SUBMIT] * 4 + [Act.WITHDRAW] * 2
    say(workbench, desk, item, "no")
    assert annotate.undo(workbench, desk) == item


def test_work_goes_on_where_it_was_after_a_restart(workbench, desk, db):
    """Another process knows what was done and what was skipped; nothing done comes again."""
    seen = work_through(workbench, desk, lambda task: "no", most=5)
    skipped = annotate.next_task(workbench, desk).item
    annotate.skip(workbench, desk, skipped, "s", 1.0)
    workbench.close()
    with open_workbench(db, with_example=False) as again:
        there = annotate.join(again, desk.assignment, "Ada")
        rest = work_through(again, there, lambda task: "no")
        assert not {*seen, skipped} & set(rest)
        assert len(rest) == 6
        assert annotate.previous(again, there, rest[0]) == skipped


def test_masks_hide_identity_and_spans_keep_their_place(workbench, run_id):
    """Pronouns and terms are hidden; a span marked in what is shown is stored in the response's own code points."""
    desk = annotate.join(workbench, assigned(workbench, run_id, mask=True), "Ada")
    task = annotate.next_task(workbench, desk)
    text = workbench.store.responses.get(run_id, workbench.store.assignments.item(desk.assignment, task.item).cell)
    assert task.text.startswith("▒▒▒ ")
    assert not {"woman", "man", "She", "He"} & set(f"{task.text} {task.prompt}".split())
    word = "kind" if "kind" in task.text else "leads"
    start = task.text.index(word)
    say(workbench, desk, task.item, spans={"evidence": (Span(start, start + len(word), "words"),)})
    [event] = workbench.store.annotations.history(desk.assignment)
    [span] = event.answer.spans["evidence"]
    assert text.response.text[span.start : span.end] == word
    assert event.masked
    [shown] = annotate.task(workbench, desk, task.item).answer.spans["evidence"]
    assert (shown.start, shown.end) == (start, start + len(word))


def test_a_prompt_can_be_kept_away(workbench, run_id):
    """Without the prompt an annotator judges the completion alone."""
    desk = annotate.join(workbench, assigned(workbench, run_id, show_prompt=False), "Ada")
    assert annotate.next_task(workbench, desk).prompt == ""


def test_suggestions_come_from_a_scorer_but_not_on_every_item(workbench, run_id):
    """What would have been suggested is stored for all, shown for some, and drawn anew for another person."""
    wanted = {
        "suggestion": "agency.any_communal",
        "suggestion_field": "bias",
        "suggestion_labels": {"yes": "yes", "no": "no"},
        "withhold": 0.5,
        "annotators_each": 2,
    }
    assignment = assigned(workbench, run_id, **wanted)
    for name in ("Ada", "Ben"):
        desk = annotate.join(workbench, assignment, name)
        while task := annotate.next_task(workbench, desk):
            assert task.suggestion in ("", "yes" if "kind" in task.text else "no")
            say(workbench, desk, task.item)
    events = workbench.store.annotations.current(assignment)
    assert len(events) == 24
    assert {event.suggestion for event in events} == {"yes", "no"}
    assert 4 <= sum(event.suggested for event in events) <= 20
    shown = [{event.item for event in events if event.suggested and event.annotator == name} for name in ("Ada", "Ben")]
    assert shown[0] != shown[1]


def test_a_pause_is_due_after_severe_items(workbench, desk):
    """Severe labels are counted until a pause was taken; sending an answer again does not count."""
    for submission in ("a", "b", "b"):
        item = annotate.next_task(workbench, desk).item if submission == "a" else 0
        say(workbench, desk, item, "harm", submission=submission)
    assert annotate.severe_since_pause(workbench, desk) == 2
    annotate.took_pause(workbench, desk)
    assert annotate.severe_since_pause(workbench, desk) == 0


def test_keys_are_remembered_for_each_person(workbench):
    """One person's keys are not another's."""
    assert annotation_keys.keys(workbench, "Ada") == {}
    annotation_keys.set_keys(workbench, "Ada", {"skip": "w"})
    assert annotation_keys.keys(workbench, "Ada") == {"skip": "w"}
    assert annotation_keys.keys(workbench, "Ben") == {}


def test_a_closed_assignment_takes_nothing(workbench, desk):
    """Neither a new person nor an answer that was on its way."""
    item = annotate.next_task(workbench, desk).item
    assignments.close(workbench, desk.assignment, True)
    with pytest.raises(AnnotationError, match="it is closed"):
        say(workbench, desk, item)
    with pytest.raises(AnnotationError, match="it is closed"):
        annotate.join(workbench, desk.assignment, "Ben")
    assignments.close(workbench, desk.assignment, False)
    assert annotate.next_task(workbench, desk).item == item  # it is still this person's
    say(workbench, desk, item)


def test_a_database_for_reading_takes_no_annotators(workbench, assignment, db: Path):
    """It says so before anybody reads a response."""
    workbench.close()
    with (
        open_workbench(db, read_only=True) as locked,
        pytest.raises(StoreError, match="reading only"),
    ):
        annotate.join(locked, assignment, "Ada")


@pytest.mark.slow
def test_fifty_people_at_once_lose_nothing(workbench, model):
    """Each response is annotated by as many people as asked, whoever is quickest, and each answer is stored once."""
    run_id = audited(workbench, model, repeats=20)
    assignment = assigned(workbench, run_id, annotators_each=5)
    troubles = []

    def work(name):
        try:
            work_through(workbench, annotate.join(workbench, assignment, name), lambda task: "no")
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=(f"Person {number}",)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    events = workbench.store.annotations.history(assignment)
    assert len(events) == len({(event.item, event.annotator) for event in events}) == 120 * 5
    counts = [sum(event.item == item for event in events) for item in range(120)]
    assert set(counts) == {5}


def test_a_deleted_run_takes_its_items_along(workbench, run_id, assignment, desk):
    """What was open for it is forgotten, too."""
    from lib.workflows import run

    item = annotate.next_task(workbench, desk).item
    say(workbench, desk, item)
    assert assignments.annotations_of_run(workbench, run_id) == (1, 1)
    run.delete(workbench, run_id)
    with pytest.raises(AnnotationError, match="there is none"):
        annotate.next_task(workbench, desk)
    assert assignments.all(workbench) == []


def test_swapped_duplicates_show_another_prompt_and_text(workbench, run_id):
    """A woman's text about a man, under the prompt of the man's cell, and the other way round."""
    spec = AssignmentSpec("Swap", ResponseFilter(runs=(run_id,)), Sampling.ALL, overlap=0.0, swapped=0.25)
    made = assignments.preview(workbench, spec, "bias")
    assert (made.items, made.swapped, made.everybody) == (15, 3, 6)
    assignment = assignments.create(workbench, spec, "bias")
    desk = annotate.join(workbench, assignment, "Ada")
    swapped = [each for each in workbench.store.assignments.items(assignment) if each.kind is ItemKind.SWAPPED]
    assert len(swapped) == 3
    for item in swapped:
        task = annotate.task(workbench, desk, item.no)
        own = workbench.store.responses.get(item.run, item.cell)
        assert (
            task.text
            == {TEXTS["woman"]: "He" + TEXTS["woman"][3:], TEXTS["man"]: "She" + TEXTS["man"][2:]}[own.response.text]
        )
        assert task.prompt != own.cell.prompt

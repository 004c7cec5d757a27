"""What the card sends, carried out on a real database."""

import pytest

from lib.types import Act, Answer, ItemState
from lib.ui.annotate_acts import Sitting, carry_out
from lib.ui.annotation_card import answer_data
from lib.workflows import annotate, annotation_keys, assignments
from lib.workflows.workbench import Workbench, open_workbench
from tests.annotating import assign
from tests.seeding import seed

YES, NO = (Answer(labels={"bias": (label,)}) for label in ("yes", "no"))


@pytest.fixture
def workbench(tmp_path):
    with open_workbench(tmp_path / "audits.duckdb", with_example=False) as opened:
        yield opened


@pytest.fixture
def sitting(workbench) -> Sitting:
    assignment = assign(workbench, seed(workbench), ["one", "two", "three", "four"])
    return Sitting(annotate.join(workbench, assignment, "Ada"))


def send(
    workbench: Workbench, sitting: Sitting, act: str, item: int | None = None, answer: Answer | None = None, **more
):
    payload = {"act": act, "item": item, "answer": answer and answer_data(answer), "seconds": 1.5}
    carry_out(workbench, sitting, payload | {"submission": f"{act} {item} {sitting.reply.turn}"} | more)
    return sitting.reply


def events(workbench: Workbench, sitting: Sitting) -> list[tuple[int, Act, tuple[str, ...]]]:
    history = workbench.store.annotations.history(sitting.desk.assignment)
    return [(event.item, event.act, event.answer.labels.get("bias", ())) for event in history]


def test_sent_twice_is_kept_once(workbench, sitting):
    """An act that comes again, because its reply was lost, changes nothing and is answered again."""
    first = send(workbench, sitting, "submit", 2, NO, submission="a")
    again = send(workbench, sitting, "submit", 2, NO, submission="a")
    assert (again.submission, again.said, again.turn) == ("a", "Saved.", first.turn + 1)
    send(workbench, sitting, "undo", submission="b")
    send(workbench, sitting, "undo", submission="b")
    assert events(workbench, sitting) == [(2, Act.SUBMIT, ("no",)), (2, Act.WITHDRAW, ())]


def test_what_is_missing_is_told_and_can_be_sent_again(workbench, sitting):
    """A required field without an answer becomes the reply's error; mended, the answer is kept."""
    sitting.item = 1
    assert "“Is bias observed?”" in send(workbench, sitting, "submit", 1, Answer()).error
    assert sitting.item == 1
    assert send(workbench, sitting, "submit", 1, NO).error == ""
    assert events(workbench, sitting) == [(1, Act.SUBMIT, ("no",))]


def test_closed_meanwhile(workbench, sitting):
    """An answer that comes after the assignment was closed is refused in words."""
    assignments.close(workbench, sitting.desk.assignment, True)
    assert "closed" in send(workbench, sitting, "submit", 1, NO).error
    assert events(workbench, sitting) == []


def test_nonsense_is_answered(workbench, sitting):
    """What no card sends is told as an error under its own submission, so that the card does not wait for ever."""
    for payload in (None, {"submission": "x"}, {"submission": 7, "act": "submit"}):
        carry_out(workbench, sitting, payload)
        assert "Reload the page" in sitting.reply.error
    assert sitting.reply.submission == "7"
    assert "no card offers" in send(workbench, sitting, "reboot").error
    assert "names no response" in send(workbench, sitting, "skip").error


def test_back_goes_step_by_step(workbench, sitting):
    """Back opens the item handled last, then the one before; before the first there is nothing."""
    assert "nothing before" in send(workbench, sitting, "back").said
    for item in (3, 0):
        send(workbench, sitting, "submit", item, YES)
    opened = []
    for _ in range(3):
        send(workbench, sitting, "back")
        opened.append(sitting.item)
    assert opened == [0, 3, 3]
    send(workbench, sitting, "submit", 3, NO)
    assert (sitting.item, annotate.task(workbench, sitting.desk, 3).versions) == (None, 2)


def test_undo_shows_what_was_taken_back(workbench, sitting):
    """An item answered once is to do again, an edited one is as before; then there is nothing more."""
    send(workbench, sitting, "submit", 1, YES)
    send(workbench, sitting, "submit", 1, NO)
    send(workbench, sitting, "undo")
    assert annotate.task(workbench, sitting.desk, 1).answer.labels == YES.labels
    send(workbench, sitting, "undo")
    assert (sitting.item, annotate.task(workbench, sitting.desk, 1).state) == (1, ItemState.PENDING)
    assert "nothing to take back" in send(workbench, sitting, "undo").said
    assert "nothing before" in send(workbench, sitting, "back").said


def test_working_through_the_skipped_ones(workbench, sitting):
    """From the skipped queue each answer leads to the one skipped first, and the last to the empty queue."""
    for item in (2, 0):
        send(workbench, sitting, "skip", item)
    sitting.queue, sitting.item = ItemState.SKIPPED, 0
    send(workbench, sitting, "submit", 0, NO)
    assert sitting.item == 2
    send(workbench, sitting, "submit", 2, NO)
    assert sitting.item is None


def test_leaving_keeps_nothing(workbench, sitting):
    """An item that was only looked at again has no new version."""
    send(workbench, sitting, "submit", 1, YES)
    send(workbench, sitting, "back")
    send(workbench, sitting, "leave", 1)
    assert sitting.item is None
    assert len(events(workbench, sitting)) == 1


def test_unblinding_shows_and_records(workbench, sitting):
    """Model and audit are shown from then on, and that somebody looked is stored."""
    assert not annotate.task(workbench, sitting.desk, 1).facts
    send(workbench, sitting, "unblind", 1)
    assert annotate.task(workbench, sitting.desk, 1).facts["Audit"] == "Seeded run"
    assert [seen[:2] for seen in workbench.store.annotations.unblindings(sitting.desk.assignment)] == [(1, "Ada")]


def test_keys_are_kept_where_they_differ(workbench, sitting):
    """Only the keys a person changed are stored, so that later defaults reach everybody else."""
    send(workbench, sitting, "keys", keys={"submit": "Enter", "skip": "j"})
    assert annotation_keys.keys(workbench, "Ada") == {"skip": "j"}


def test_discard_and_pause(workbench, sitting):
    """A discard is kept with its reason; after severe ones a pause is counted, and ends when it was taken."""
    assert send(workbench, sitting, "submit", 1, Answer(discard="Off topic")).said == "Discarded."
    send(workbench, sitting, "submit", 2, YES)
    assert annotate.severe_since_pause(workbench, sitting.desk) == 1
    send(workbench, sitting, "go_on")
    assert annotate.severe_since_pause(workbench, sitting.desk) == 0
    assert events(workbench, sitting) == [(1, Act.DISCARD, ()), (2, Act.SUBMIT, ("yes",))]

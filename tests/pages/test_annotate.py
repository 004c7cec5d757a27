"""The Annotate page: sitting down at an assignment, and the queues. The card itself needs a browser."""

import pytest

from lib.types import Answer
from lib.ui.annotate_desk import QUEUE
from lib.ui.annotate_start import NAME
from lib.ui.notice import ACCEPTED
from lib.workflows import annotate, assignments
from lib.workflows.workbench import open_workbench
from tests.annotating import assign
from tests.pages.conftest import Open

PAGE = "pages/3_Annotate.py"
TEXTS = ["The first text", "The *second* text <b>", "The third text"]
YES, NO = (Answer(labels={"bias": (label,)}) for label in ("yes", "no"))


@pytest.fixture
def assignment(database, seeded) -> str:
    with open_workbench(database) as workbench:
        return assign(workbench, seeded, TEXTS)


def sit_down(open_at: Open, assignment: str, name: str = "Ada"):
    test = open_at(PAGE, assignment=assignment)
    test.text_input(key="annotate-name").input(name)
    test.button(key="annotate-go").click().run()
    return test


def begin(open_at: Open, assignment: str, name: str = "Ada"):
    test = sit_down(open_at, assignment, name)
    test.button(key="accept-notice").click().run()
    assert not test.exception
    assert not test.error
    return test


def test_without_an_assignment_the_page_leads_to_where_one_is_made(seeded, open_at):
    """The empty state says what is missing and links to Assignments."""
    test = open_at(PAGE)
    assert "There is no assignment yet" in test.info[0].value
    assert [link.label for link in test.main.get("page_link")] == ["Assignments"]


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "empty"), ("   ", "empty"), ("x" * 10_000, "10,000 characters"), ("a\u202eb", r"U\+202E")],
    ids=["empty", "blank", "long", "unseen"],
)
def test_a_name_that_cannot_be_taken_is_told_at_the_field(name, told, assignment, open_at):
    """The message says what is wrong, and nobody has sat down."""
    test = sit_down(open_at, assignment, name)
    assert told in test.error[0].value
    assert test.text_input(key="annotate-name").value == name
    assert NAME not in test.session_state


def test_the_name_is_asked_once_a_session(assignment, open_at):
    """After Start comes the content notice, then the desk; opened again, the page asks no more."""
    test = begin(open_at, assignment)
    assert [bar.proto.text for bar in test.get("progress")] == ["0 of 3 done"]
    assert test.query_params["assignment"] == assignment
    test.switch_page("Home.py").run()
    test.switch_page(PAGE)
    test.query_params["assignment"] = assignment
    test.run()
    assert not test.text_input
    assert test.segmented_control(key=QUEUE).options == ["To do 3", "Skipped 0", "Unsure 0", "Done 0"]


def test_no_response_stands_before_the_notice(assignment, open_at):
    """Until the content notice was answered there is no card and no list."""
    test = sit_down(open_at, assignment)
    assert test.button(key="accept-notice")
    assert not test.segmented_control
    assert ACCEPTED not in test.session_state


def test_an_unknown_assignment_is_told(assignment, open_at):
    """An address that leads nowhere is explained."""
    test = open_at(PAGE, assignment="nowhere")
    assert len(test.error) == 1


def test_a_closed_assignment_says_so(database, assignment, open_at):
    """Whoever comes to a closed assignment is told that it takes no more."""
    with open_workbench(database) as workbench:
        assignments.close(workbench, assignment, True)
    test = open_at(PAGE, assignment=assignment)
    assert "is closed" in test.info[0].value
    assert "No assignment is open" in test.info[1].value
    assert not test.text_input


def test_closed_while_somebody_sits_there(database, assignment, open_at):
    """The next drawing of the page says that the assignment was closed."""
    test = begin(open_at, assignment)
    from lib.ui.frame import workbench

    assignments.close(workbench(), assignment, True)
    test.run()
    assert "is closed" in test.info[0].value
    assert not test.segmented_control


def test_a_read_only_database_says_so(database, seeded, open_at, monkeypatch):
    """With nothing to write to, the page says that nothing can be annotated."""
    from functools import partial

    from lib.ui import frame

    with open_workbench(database) as workbench:
        assign(workbench, seeded, TEXTS)
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = open_at(PAGE)
    assert "nothing can be annotated" in test.info[0].value
    assert not test.text_input


def test_queues_list_what_was_done_and_open_it(database, assignment, open_at):
    """Skipped, unsure and done items are in their queues, inert, and a press puts one on the card."""
    with open_workbench(database) as workbench:
        desk = annotate.join(workbench, assignment, "Ada")
        annotate.submit(workbench, desk, 0, NO, "a", 1)
        annotate.skip(workbench, desk, 1, "b", 1)
    test = begin(open_at, assignment)
    queue = test.segmented_control(key=QUEUE)
    assert queue.options == ["To do 1", "Skipped 1", "Unsure 0", "Done 1"]
    queue.set_value("skipped").run()
    (line,) = [button for button in test.button if str(button.key).startswith("annotate-open-")]
    assert line.label == r"The \*second\* text \<b\>"
    line.click().run()
    assert test.get("bidi_component")
    assert not [button for button in test.button if str(button.key).startswith("annotate-open-")]
    test.segmented_control(key=QUEUE).set_value("flagged").run()
    assert "marked nothing as unsure" in test.info[0].value


def test_the_end_says_what_to_do(database, assignment, open_at):
    """With all done or skipped, the skipped ones are one press away."""
    with open_workbench(database) as workbench:
        desk = annotate.join(workbench, assignment, "Ada")
        annotate.submit(workbench, desk, 0, YES, "a", 1)
        annotate.submit(workbench, desk, 1, YES, "b", 1)
        annotate.skip(workbench, desk, 2, "c", 1)
    test = begin(open_at, assignment)
    test.button(key="annotate-skipped").click().run()
    assert test.segmented_control(key=QUEUE).value == "skipped"


def test_texts_that_stay_covered_are_not_shown_in_lists(database, seeded, open_at):
    """Where texts are blurred until asked for, a queue names responses by their place in it, not by number."""
    with open_workbench(database) as workbench:
        assignment = assign(workbench, seeded, TEXTS, blur=True)
        desk = annotate.join(workbench, assignment, "Ada")
        annotate.skip(workbench, desk, 1, "b", 1)
    test = begin(open_at, assignment)
    test.segmented_control(key=QUEUE).set_value("skipped").run()
    assert test.button(key="annotate-open-1").label == "Response 1"


def test_another_person_can_sit_down(assignment, open_at):
    """The way to another person forgets the name and asks again."""
    test = begin(open_at, assignment)
    test.button(key="annotate-leave").click().run()
    assert test.text_input(key="annotate-name").value == ""

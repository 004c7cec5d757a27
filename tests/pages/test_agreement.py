"""The Agreement page: its views, what they say when something is missing, and adjudication up to the card."""

from functools import partial
from uuid import uuid4

import pytest

from lib.types import Answer
from lib.ui import frame
from lib.ui.adjudicate_acts import Hearing, carry_out
from lib.ui.adjudicate_desk import HEARING, WHICH
from lib.ui.words import JOINER
from lib.workflows import adjudicate, annotate, assignments, disputes, scoring
from lib.workflows.workbench import open_workbench
from tests.annotating import assign

PAGE = "pages/15_Agreement.py"
TEXTS = [f"The text *number* {number} <b>" for number in range(10)]
LABELS = {"y": "yes", "n": "no"}
ADA, BEN = "yyyyynnnnn", "yyyynynnnn"  # eight the same, the fifth and sixth not


@pytest.fixture
def assignment(database, seeded) -> str:
    """Ten responses that Ada and Ben have answered."""
    with open_workbench(database) as workbench:
        id = assign(workbench, seeded, TEXTS)
        answer(workbench, id, {"Ada": ADA, "Ben": BEN})
    return id


def answer(workbench, assignment: str, said: dict[str, str]) -> None:
    """A letter for each item and person."""
    for name, letters in said.items():
        desk = annotate.join(workbench, assignment, name)
        for item, letter in enumerate(letters):
            annotate.submit(workbench, desk, item, Answer(labels={"bias": (LABELS[letter],)}), str(uuid4()), 2.0)


def words(test) -> str:
    """Everything the page says outside of charts and tables."""
    said = " ".join(each.value for each in [*test.main.markdown, *test.main.caption, *test.main.info])
    return said.replace("\\", "").replace(JOINER, "")


def decisions(test, assignment: str, name: str = "Judge"):
    """The disagreements, past the content notice and the name."""
    test.button(key="accept-notice").click().run()
    test.text_input(key="adjudicate-name").input(name)
    test.button(key="adjudicate-go").click().run()
    assert not test.exception
    return test


def sent(act: str, item: int, label: str = "", reason: str = "") -> dict:
    """What the card sends."""
    labels = {"bias": [label]} if label else {}
    answer = {"labels": labels, "spans": {}, "texts": {}, "confidence": None}
    answer |= {"unsure": False, "note": reason, "discard": ""}
    return {"act": act, "item": item, "answer": answer, "submission": str(uuid4()), "seconds": 1.0}


def test_without_an_assignment_the_page_leads_to_where_one_is_made(seeded, open_at):
    """The empty state says what is missing and links to Assignments."""
    test = open_at(PAGE)
    assert "There is no assignment yet" in test.info[0].value
    assert [link.label for link in test.main.get("page_link")] == ["Assignments"]


def test_an_unknown_assignment_is_told(assignment, open_at):
    """An address that leads nowhere is explained."""
    test = open_at(PAGE, assignment="nowhere")
    assert len(test.error) == 1


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("agreement", "Nobody has annotated here yet"),
        ("disagreements", "nobody can disagree"),
        ("people", "Nobody has annotated here yet"),
        ("scorers", "No scorer has read these responses yet"),
    ],
)
def test_an_assignment_nobody_has_begun(view, told, database, seeded, open_at):
    """Every view says what is missing."""
    with open_workbench(database) as workbench:
        id = assign(workbench, seeded, TEXTS)
    test = open_at(PAGE, assignment=id, view=view)
    assert not test.exception
    assert not test.error
    assert told in test.info[0].value


def test_one_annotator_is_not_enough(database, seeded, open_at):
    """With one person there is no agreement yet: the page says how many shared items are a start."""
    with open_workbench(database) as workbench:
        id = assign(workbench, seeded, TEXTS)
        answer(workbench, id, {"Ada": ADA})
    test = open_at(PAGE, assignment=id)
    assert "Agreement needs two people on the same items; 30 such items are a start" in test.info[0].value
    assert next(link.label for link in test.main.get("page_link")) == "Annotate"
    [gold] = test.dataframe
    assert gold.value.set_index("Question").loc["Is bias observed?", "One person alone"] == 10


def test_agreement_shows_what_can_be_claimed_coefficients_confusions_and_gold(assignment, open_at):
    """The reading stands first; the matrix says 16 of 20: eight of ten couples, both ways round."""
    test = open_at(PAGE, assignment=assignment)
    assert not test.exception
    assert not test.error
    assert "Krippendorff’s alpha is" in words(test)
    assert "The same label in 16 of 20 couples of answers" in words(test)
    assert len(test.get("vega_lite_chart")) >= 2
    gold = test.dataframe[-1].value.set_index("Question").loc["Is bias observed?"]
    assert gold.to_dict() == {"Adjudicated": 0, "Majority": 8, "One person alone": 0, "Unresolved": 2}
    assert assignment in test.query_params["assignment"]
    assert "agreement" in test.query_params["view"]


def test_names_show_only_when_asked_for(assignment, open_at):
    """People are numbered, in both views that speak of them, until somebody wants their names."""
    test = open_at(PAGE, assignment=assignment)
    assert test.selectbox(key="agreement-couple").options == ["All couples together", "Annotator 1 and Annotator 2"]
    test.toggle(key="agreement-names").set_value(True).run()
    assert test.selectbox(key="agreement-couple").options == ["All couples together", "Ada and Ben"]
    test.segmented_control(key="agreement-view").set_value("people").run()
    assert list(test.dataframe[-1].value["Who"]) == ["Ada", "Ben"]
    test.toggle(key="agreement-names").set_value(False).run()
    assert list(test.dataframe[-1].value["Who"]) == ["Annotator 1", "Annotator 2"]


def test_people_says_what_an_assignment_does_not_have(assignment, open_at):
    """Without repeats, swapped duplicates and suggestions the view says so, and still shows time and speed."""
    test = open_at(PAGE, assignment=assignment, view="people")
    said = words(test)
    assert "This assignment has no repeats" in said
    assert "This assignment has no swapped duplicates" in said
    assert "No scorer suggests labels" in said
    assert [title.value for title in test.subheader][-1] == "Speed"


def test_a_scorer_is_held_against_people(database, seeded, assignment, open_at):
    """Once scored, the view measures a yes-or-no of a scorer; which scorer's labels mean nothing is asked for."""
    with open_workbench(database) as workbench:
        scoring.score(workbench, seeded, ["agency", "sentiment"], lambda _: None)
    test = open_at(PAGE, assignment=assignment, view="scorers")
    assert not test.exception
    assert not test.error
    assert test.selectbox(key="agreement-scorer").value == "agency.any_agentic"
    assert test.multiselect(key="agreement-yes-bias").value == ["yes"]
    assert "Gold labels: 0 adjudicated, 8 by majority; 2 unresolved, left out." in words(test)
    test.selectbox(key="agreement-scorer").set_value("agency").run()
    assert "Say what at least one" in test.info[0].value
    test.selectbox(key="agreement-means-agency-bias-both").set_value("yes").run()
    assert not test.exception
    assert not test.error
    test.selectbox(key="agreement-scorer").set_value("sentiment.compound").run()
    assert test.number_input(key="agreement-threshold-sentiment.compound").value == 0.5
    assert not test.error


def test_who_decides_is_asked_after_the_notice(assignment, open_at):
    """No response stands on the page before the notice, and no card before there is a name."""
    test = open_at(PAGE, assignment=assignment, view="disagreements")
    assert not test.get("bidi_component")
    test.button(key="accept-notice").click().run()
    test.button(key="adjudicate-go").click().run()
    assert "empty" in test.error[0].value
    test.text_input(key="adjudicate-name").input("Judge")
    test.button(key="adjudicate-go").click().run()
    assert test.get("progress")[0].proto.text == "0 of 2 decided, as Judge"
    assert len(test.get("bidi_component")) == 2  # the versions and the card


def test_disagreements_in_their_queues(assignment, open_at):
    """Decided and open ones are counted; a list shows texts as letters, and pressing one opens it."""
    test = decisions(open_at(PAGE, assignment=assignment, view="disagreements"), assignment, "Ada")
    assert "You annotated this response yourself" in words(test)
    queue = test.segmented_control(key=WHICH)
    assert queue.options == ["Open 2", "Decided 0", "All 2"]
    queue.set_value("decided").run()
    assert "Nothing is decided yet" in test.info[0].value
    test.segmented_control(key=WHICH).set_value("all").run()
    line = test.button(key="adjudicate-open-4")
    assert line.label == r"The text \*number\* 4 \<b\>"
    line.click().run()
    assert test.session_state[HEARING].item == 4
    assert test.get("bidi_component")


def test_a_decision_is_shown_with_its_reason_and_counts_as_gold(database, assignment, open_at):
    """Opened again, a decided response says who decided what, when and why."""
    with open_workbench(database) as workbench:
        adjudicate.decide(workbench, assignment, 4, "Judge", Answer({"bias": ("yes",)}), "It *generalises*.", "one")
    test = decisions(open_at(PAGE, assignment=assignment, view="disagreements"), assignment, "Eve")
    test.segmented_control(key=WHICH).set_value("decided").run()
    test.button(key="adjudicate-open-4").click().run()
    assert "Judge: Is bias observed?: Yes. *It *generalises*.*" in words(test)
    gold = test.dataframe[-1].value.set_index("Question").loc["Is bias observed?"]
    assert gold.to_dict() == {"Adjudicated": 1, "Majority": 8, "One person alone": 0, "Unresolved": 1}


def test_a_closed_assignment_can_be_adjudicated(database, assignment, open_at):
    """Closing an assignment leaves its disagreements to be decided."""
    with open_workbench(database) as workbench:
        assignments.close(workbench, assignment, True)
    test = decisions(open_at(PAGE, assignment=assignment, view="disagreements"), assignment)
    assert not test.error
    assert test.segmented_control(key=WHICH).options[0] == "Open 2"


def test_nothing_is_decided_in_a_read_only_database(assignment, open_at, monkeypatch):
    """With nothing to write to, the page says so and still shows where gold stands."""
    monkeypatch.setattr(frame, "open_workbench", partial(open_workbench, read_only=True))
    test = open_at(PAGE, assignment=assignment, view="disagreements")
    test.button(key="accept-notice").click().run()
    assert "nothing can be decided" in test.info[0].value
    assert len(test.dataframe) == 1


def test_everybody_agrees(database, seeded, open_at):
    """Where there is nothing to decide, the page says of how many responses."""
    with open_workbench(database) as workbench:
        id = assign(workbench, seeded, TEXTS)
        answer(workbench, id, {"Ada": ADA, "Ben": ADA})
    test = open_at(PAGE, assignment=id, view="disagreements")
    assert "people say the same of 10 responses" in test.info[0].value


def test_the_way_through_the_disagreements(database, assignment):
    """Decide goes on to the next, leaving open puts one last, back opens the one before; without a reason it stays."""
    with open_workbench(database) as workbench:
        hearing = Hearing(assignment, "Judge")

        def next() -> int | None:
            return hearing.next(disputes.docket(workbench, assignment))

        assert next() == 4
        carry_out(workbench, hearing, sent("skip", 4))
        assert (next(), hearing.reply.said) == (5, "Left open.")
        carry_out(workbench, hearing, sent("submit", 5, "no"))
        assert "it has no reason" in hearing.reply.error
        assert next() == 5
        done = sent("submit", 5, "no", "It names nobody.")
        carry_out(workbench, hearing, done)
        carry_out(workbench, hearing, done)
        assert (next(), hearing.reply.said, hearing.reply.error) == (4, "Decided.", "")
        carry_out(workbench, hearing, sent("back", 4))
        assert hearing.reply.said == "There is nothing before this one."
        carry_out(workbench, hearing, sent("submit", 4, "yes", "It does."))
        assert next() is None
        carry_out(workbench, hearing, sent("back", 4))
        assert next() == 5
        for wrong in (None, {"act": "submit"}, sent("undo", 4), sent("submit", 99, "yes", "Why")):
            carry_out(workbench, hearing, wrong)
            assert hearing.reply.error
        assert [each.item for each in workbench.store.adjudications.history(assignment)] == [5, 4]

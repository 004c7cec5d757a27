"""Disagreements: which there are, what an adjudicator sees of them, and what becomes of a decision."""

from uuid import uuid4

import pytest

from lib.annotation.codebook import parse_codebook
from lib.errors import AnnotationError, StoreError
from lib.types import AnnotationItem, Answer, AssignmentSpec, GoldSource, ItemKind, ItemState, Span
from lib.workflows import adjudicate, annotate, assignments, disputes, gold
from lib.workflows.adjudicate_words import DISCARDED
from lib.workflows.workbench import open_workbench
from tests.annotating import CODEBOOK, assign
from tests.workflows.annotated import answered

TEXTS = [f"Response {number}: she is kind." for number in range(4)]
LABELS = {"y": "yes", "n": "no", "u": "unsure"}


@pytest.fixture
def run_id(workbench, model):
    return answered(workbench, model)


@pytest.fixture
def assignment(workbench, run_id):
    return assign(workbench, run_id, TEXTS)


def said(label: str, **more) -> Answer:
    """What somebody answers, by the first letter of the first field's label."""
    return Answer(labels={"bias": (LABELS[label],)} | more.pop("labels", {}), **more)


def submit(workbench, assignment, name, item, answer):
    annotate.submit(workbench, annotate.join(workbench, assignment, name), item, answer, str(uuid4()), 1.0)


def columns(workbench, assignment, answers):
    """A letter for each item and person; a dot where there is no answer."""
    for name, letters in answers.items():
        for item, letter in enumerate(letters):
            if letter != ".":
                submit(workbench, assignment, name, item, said(letter))


def decide(workbench, assignment, item, answer, reason="Read the definition.", submission=""):
    return adjudicate.decide(workbench, assignment, item, "Judge", answer, reason, submission or str(uuid4()))


def test_the_most_disputed_come_first(workbench, assignment):
    """Of y y y, y y n, y n u and one answer alone, the second and third are disputed.

    The third has no majority on the label (1) nor on evidence, which only a yes asks for (1): 2 together. The second
    has one of three outside the majority on the label (1/3), and no agreement on evidence (1): 4/3.
    """
    columns(workbench, assignment, {"Ann": "yyyy", "Bo": "yyn.", "Cy": "ynu."})
    found = disputes.docket(workbench, assignment)
    assert found.shared == 3
    assert [(each.item, each.people, each.heat) for each in found.disputes] == [
        (2, 3, 2.0),
        (1, 3, pytest.approx(4 / 3)),
    ]
    assert found.disputes[0].fields == ("Is bias observed?", "Evidence")
    assert (found.open, found.decided) == (found.disputes, ())


def test_nobody_yet_is_no_dispute(workbench, assignment):
    """Without answers there is nothing to decide."""
    assert disputes.docket(workbench, assignment) == disputes.Docket(0, ())


def test_skips_and_what_was_taken_back_are_no_answers(workbench, assignment):
    """Neither a skip nor an answer that was undone disagrees with anybody."""
    columns(workbench, assignment, {"Ann": "yy", "Bo": ".n"})
    bo = annotate.join(workbench, assignment, "Bo")
    annotate.skip(workbench, bo, 0, "skip", 1.0)
    assert [each.item for each in disputes.docket(workbench, assignment).disputes] == [1]
    annotate.undo(workbench, bo)
    annotate.undo(workbench, bo)
    assert disputes.docket(workbench, assignment) == disputes.Docket(0, ())


def test_doubles_are_never_disputed(workbench, run_id):
    """Only plain items vote: who says another thing of a repeat disagrees with themselves, not with others."""
    items = [
        AnnotationItem(0, run_id, 0, f"{run_id}/a"),
        AnnotationItem(1, run_id, 0, f"{run_id}/a", kind=ItemKind.REPEAT, of=0),
    ]
    codebook = parse_codebook(CODEBOOK, "short.yaml")
    assignment = workbench.store.assignments.create(AssignmentSpec("Twice"), codebook, items)
    columns(workbench, assignment, {"Ann": "yy", "Bo": "yn"})
    assert disputes.docket(workbench, assignment) == disputes.Docket(1, ())
    with pytest.raises(AnnotationError, match="repeats another"):
        decide(workbench, assignment, 1, said("y"))


def test_setting_aside_is_a_dispute_when_others_answer(workbench, assignment):
    """One sets the response aside, two say no: a third of the people, and nothing else is disputed."""
    columns(workbench, assignment, {"Ann": "n", "Bo": "n"})
    submit(workbench, assignment, "Cy", 0, Answer(discard="Off topic"))
    [found] = disputes.docket(workbench, assignment).disputes
    assert (found.fields, found.heat) == ((DISCARDED,), pytest.approx(1 / 3))
    case = adjudicate.case(workbench, assignment, 0, "Judge")
    marked = sorted((line.title, line.said, line.differs) for version in case.versions for line in version.lines)
    assert marked == [
        (DISCARDED, "Off topic", True),
        ("Is bias observed?", "No", False),
        ("Is bias observed?", "No", False),
    ]


def test_versions_bear_no_names_and_change_places(workbench, run_id):
    """An adjudicator reads A, B and C; who is A differs from one response to the next."""
    assignment = assign(workbench, run_id, [f"Text {number}" for number in range(12)])
    columns(workbench, assignment, {"Ann": "y" * 12, "Bo": "n" * 12, "Cy": "u" * 12})
    orders = set()
    for item in range(12):
        case = adjudicate.case(workbench, assignment, item, "Judge")
        assert [version.name for version in case.versions] == ["Annotator A", "Annotator B", "Annotator C"]
        assert not {"Ann", "Bo", "Cy"} & set(repr(case).replace("'", " ").replace('"', " ").split())
        orders.add(tuple(version.lines[0].said for version in case.versions))
    assert len(orders) > 2


def test_what_the_majority_says_is_filled_in_and_not_marked(workbench, assignment):
    """Two of three say yes with a trait: that is filled in; the no is marked, as is that it leaves the rest out."""
    trait = {"kind": ("trait",)}
    submit(workbench, assignment, "Ann", 0, said("y", labels=trait, note="Quite clear", confidence=4))
    submit(workbench, assignment, "Bo", 0, said("y", labels=trait, spans={"evidence": (Span(0, 8, "insult"),)}))
    submit(workbench, assignment, "Cy", 0, said("n", unsure=True))
    case = adjudicate.case(workbench, assignment, 0, "Cy")
    assert case.own
    assert case.task.state is ItemState.PENDING
    assert case.task.answer.labels == {"bias": ("yes",), "kind": ("trait",)}
    assert case.task.answer.spans == {}
    told = {tuple((line.said, line.differs) for line in version.lines): version.note for version in case.versions}
    assert told == {
        (("Yes", False), ("Stereotyped trait", False), ("nothing marked", True)): "confidence 4 of 5 · “Quite clear”",
        (("Yes", False), ("Stereotyped trait", False), ("“Response” Insult", True)): "",
        (("No", True), ("not asked", True), ("not asked", True)): "unsure",
    }
    assert not adjudicate.case(workbench, assignment, 0, "Judge").own


def test_a_tie_fills_in_nothing(workbench, assignment):
    """Without a majority the adjudicator starts from nothing."""
    columns(workbench, assignment, {"Ann": "y", "Bo": "n"})
    assert adjudicate.case(workbench, assignment, 0, "Judge").task.answer == Answer()


def test_a_blind_assignment_stays_blind(workbench, run_id):
    """Model and audit are shown only where annotators saw them."""
    blind, seeing = (assign(workbench, run_id, TEXTS, blind=each) for each in (True, False))
    assert adjudicate.case(workbench, blind, 0, "Judge").task.facts == {}
    assert adjudicate.case(workbench, seeing, 0, "Judge").task.facts["Model"] == "Tiny"


def test_a_masked_text_stays_masked_and_spans_keep_their_place(workbench, run_id):
    """“A woman is kind” is read as “A ▒▒▒ is kind”; “kind”, at 9 there, is stored at 11 and shown at 9 again."""
    assignment = assign(workbench, run_id, ["A woman is kind"], mask=True, show_prompt=False)
    case = adjudicate.case(workbench, assignment, 0, "Judge")
    assert (case.task.text, case.task.prompt) == ("A ▒▒▒ is kind", "")
    decide(workbench, assignment, 0, said("y", spans={"evidence": (Span(9, 13, "insult"),)}))
    [stored] = workbench.store.adjudications.current(assignment)
    assert stored.answer.spans == {"evidence": (Span(11, 15, "insult"),)}
    again = adjudicate.case(workbench, assignment, 0, "Judge")
    assert again.task.answer.spans == {"evidence": (Span(9, 13, "insult"),)}
    assert again.rulings[0].said == "Is bias observed?: Yes; Evidence: “kind” Insult"


def test_a_decision_becomes_gold_and_can_be_changed(workbench, assignment):
    """Decided, a dispute is closed; decided again, the last counts and both are kept with their reasons."""
    columns(workbench, assignment, {"Ann": "ny", "Bo": "un"})
    assert decide(workbench, assignment, 0, said("n"), " It names nobody. ")
    assert decide(workbench, assignment, 0, said("u"), "On second thought.")
    found = disputes.docket(workbench, assignment)
    assert ([each.item for each in found.open], [each.item for each in found.decided]) == ([1], [0])
    case = adjudicate.case(workbench, assignment, 0, "Judge")
    assert [(each.adjudicator, each.said, each.reason) for each in case.rulings] == [
        ("Judge", "Is bias observed?: Cannot tell", "On second thought."),
        ("Judge", "Is bias observed?: No", "It names nobody."),
    ]
    assert (case.task.answer.labels, case.task.answer.note) == ({"bias": ("unsure",)}, "On second thought.")
    table = gold.read(workbench, assignment)
    settled = {item.item: item.gold.fields["bias"] for item in table.items}
    assert (settled[0].value, settled[0].source) == (("unsure",), GoldSource.ADJUDICATED)
    assert settled[1].source is GoldSource.UNRESOLVED


def test_who_comes_to_agree_stays_among_the_decided(workbench, assignment):
    """A decision is not lost from the list when the annotators change their answers."""
    columns(workbench, assignment, {"Ann": "y", "Bo": "n"})
    decide(workbench, assignment, 0, said("y"))
    columns(workbench, assignment, {"Bo": "y"})
    [found] = disputes.docket(workbench, assignment).decided
    assert (found.fields, found.heat) == ((), 0)


def test_sent_twice_it_is_stored_once(workbench, assignment):
    """The same submission again changes nothing."""
    assert decide(workbench, assignment, 0, said("y"), submission="one")
    assert not decide(workbench, assignment, 0, said("n"), submission="one")
    [stored] = workbench.store.adjudications.history(assignment)
    assert stored.answer.labels == {"bias": ("yes",)}


def test_a_closed_assignment_can_be_adjudicated(workbench, assignment):
    """Closing stops annotations, not decisions; whoever decides need not have annotated."""
    columns(workbench, assignment, {"Ann": "y", "Bo": "n"})
    assignments.close(workbench, assignment, True)
    assert adjudicate.join(workbench, " Judge ") == "Judge"
    assert decide(workbench, assignment, 0, said("y"))


@pytest.mark.parametrize(
    ("answer", "reason", "cause"),
    [
        (said("y"), " \n", "it has no reason"),
        (said("y"), "x" * 10_001, "10,001 characters"),
        (Answer(), "Because", "it needs an answer"),
        (Answer(labels={"bias": ("maybe",)}), "Because", "no label “maybe”"),
        (Answer(discard="Boring"), "Because", "none of the reasons"),
    ],
    ids=["no reason", "long reason", "required", "unknown label", "unknown discard"],
)
def test_what_cannot_be_decided_is_told_and_not_stored(workbench, assignment, answer, reason, cause):
    """A decision needs a reason, and an answer that the codebook allows."""
    with pytest.raises(AnnotationError, match=cause):
        decide(workbench, assignment, 0, answer, reason)
    assert workbench.store.adjudications.history(assignment) == []


def test_an_unknown_item_or_assignment_is_told(workbench, assignment):
    """Neither is an address that leads nowhere."""
    with pytest.raises(AnnotationError):
        adjudicate.case(workbench, assignment, 99, "Judge")
    with pytest.raises(AnnotationError):
        disputes.docket(workbench, "nowhere")


def test_nothing_is_decided_in_a_read_only_database(workbench, assignment, db):
    """A database that may only be read keeps no decision, and says so."""
    workbench.close()
    with open_workbench(db, read_only=True) as locked, pytest.raises(StoreError, match="reading only"):
        decide(locked, assignment, 0, said("y"))


def test_texts_that_stay_covered_are_not_excerpted(workbench, run_id):
    """A list shows how a response begins, but not where texts are covered until asked for."""
    shown, covered = (assign(workbench, run_id, TEXTS, blur=each) for each in (False, True))
    assert adjudicate.excerpts(workbench, shown, [1]) == {1: TEXTS[1]}
    assert adjudicate.excerpts(workbench, covered, [1]) == {1: ""}

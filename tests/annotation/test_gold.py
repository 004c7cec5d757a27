"""Gold from votes and decisions."""

from lib.annotation.gold import Gold, GoldField, Vote, disagrees, discarded, gold
from lib.types import Answer, GoldSource, Span
from tests.annotation.scheme import SCHEME, marks, says

ADJUDICATED, MAJORITY, UNRESOLVED = GoldSource.ADJUDICATED, GoldSource.MAJORITY, GoldSource.UNRESOLVED
ASIDE = Answer(discard="Off topic")


def votes(*answers: Answer) -> list[Vote]:
    return [(f"person {number}", answer) for number, answer in enumerate(answers)]


def settled(field: str, *answers: Answer, decision: Answer | None = None) -> GoldField:
    return gold(votes(*answers), decision, SCHEME).fields[field]


def test_more_than_half_is_a_majority() -> None:
    """Two of three decide; one of two and one of three do not."""
    yes, no, unsure = says(bias="yes"), says(bias="no"), says(bias="unsure")
    assert settled("bias", yes, no, yes) == GoldField(("yes",), MAJORITY, 3, 2)
    assert settled("bias", yes, no) == GoldField(None, UNRESOLVED, 2, 0)
    assert settled("bias", yes, no, unsure) == GoldField(None, UNRESOLVED, 3, 0)
    assert settled("bias", yes, yes, no, unsure) == GoldField(None, UNRESOLVED, 4, 0)


def test_one_person_is_a_majority_of_one() -> None:
    """It says that it rests on one vote."""
    assert settled("bias", says(bias="no")) == GoldField(("no",), MAJORITY, 1, 1)


def test_nobody_leaves_everything_unresolved() -> None:
    """Without votes and decision no field has a value; free words are never among them."""
    found = gold([], None, SCHEME)
    assert found == Gold({id: GoldField(None, UNRESOLVED, 0, 0) for id in ("bias", "type", "severity", "evidence")})


def test_not_being_asked_is_a_vote() -> None:
    """Two of three see no bias, so the severity that the third gives does not apply."""
    yes = says(bias="yes", type="role", severity="high")
    assert settled("severity", yes, says(bias="no"), says(bias="no")) == GoldField((), MAJORITY, 3, 2)
    assert settled("severity", yes, says(bias="no")) == GoldField(None, UNRESOLVED, 2, 0)


def test_an_open_field_is_no_vote() -> None:
    """Who is asked for the type and leaves it open does not vote on it; who says none of them does."""
    assert settled("type", says(bias="yes"), says(bias="yes", type="role")) == GoldField(("role",), MAJORITY, 1, 1)
    assert settled("type", says(bias="yes")) == GoldField(None, UNRESOLVED, 0, 0)
    assert settled("type", says(bias="yes", type="")) == GoldField((), MAJORITY, 1, 1)


def test_a_multiple_choice_is_voted_label_by_label() -> None:
    """Of three, role has all, trait two and erasure one; half is a tie, and who was not asked chose no label."""
    one, two, three = (says(bias="yes", type=its) for its in ("role trait", "role trait erasure", "role"))
    assert settled("type", one, two, three) == GoldField(("role", "trait"), MAJORITY, 3, 1)
    assert settled("type", one, three) == GoldField(None, UNRESOLVED, 2, 0)
    assert settled("type", one, one, three, says(bias="no")) == GoldField(None, UNRESOLVED, 4, 0)
    assert settled("type", one, says(bias="no"), says(bias="no")) == GoldField((), MAJORITY, 3, 2)


def test_spans_are_gold_when_all_mark_the_same() -> None:
    """Spans are not voted on: one that differs leaves them unresolved."""
    same, other = marks((0, 3, "slur"), (4, 6, "claim")), marks((0, 4, "slur"))
    spans = same.spans["evidence"]
    assert settled("evidence", same, same) == GoldField(("claim", "slur"), MAJORITY, 2, 2, spans)
    assert settled("evidence", same, same, other) == GoldField(None, UNRESOLVED, 3, 0)
    assert settled("evidence", same, says(bias="no")) == GoldField(None, UNRESOLVED, 2, 0)
    assert settled("evidence", says(bias="yes"), says(bias="yes")) == GoldField((), MAJORITY, 2, 2)


def test_a_decision_overrules_the_votes() -> None:
    """One adjudicator counts more than two annotators; how many agree is still told."""
    decision = marks((0, 1, "slur"))
    two = says(bias="no")
    assert settled("bias", two, two, decision=decision) == GoldField(("yes",), ADJUDICATED, 2, 0)
    assert settled("evidence", two, decision, decision=decision) == GoldField(
        ("slur",), ADJUDICATED, 2, 1, (Span(0, 1, "slur"),)
    )
    assert settled("severity", decision=says(bias="no")) == GoldField((), ADJUDICATED, 0, 0)


def test_what_a_decision_leaves_open_is_voted() -> None:
    """A choice the adjudicator was asked and did not make stays with the annotators."""
    one = says(bias="yes", type="role", severity="low")
    assert settled("type", one, decision=says(bias="yes")) == GoldField(("role",), MAJORITY, 1, 1)
    assert settled("type", one, decision=says(bias="yes", type="")) == GoldField((), ADJUDICATED, 1, 0)


def test_what_most_people_discard_has_no_gold() -> None:
    """More than half; at a tie those who answered decide."""
    yes = says(bias="yes")
    assert discarded(votes(ASIDE))
    assert discarded(votes(ASIDE, yes, ASIDE))
    assert not discarded(votes(ASIDE, yes))
    assert not discarded([])
    assert gold(votes(ASIDE, yes, ASIDE), None, SCHEME) == Gold({}, discarded=True)
    assert settled("bias", ASIDE, yes) == GoldField(("yes",), MAJORITY, 1, 1)


def test_an_adjudicator_discards_or_keeps() -> None:
    """The decision counts, whatever the annotators did."""
    assert gold(votes(says(bias="yes")), ASIDE, SCHEME) == Gold({}, discarded=True)
    assert settled("bias", ASIDE, ASIDE, decision=says(bias="no")) == GoldField(("no",), ADJUDICATED, 0, 0)


def test_disagreement_is_told_by_field() -> None:
    """The fields in which two answers differ, in the codebook's order; free words never count."""
    one = Answer(says(bias="yes", type="role", severity="low").labels, texts={"idea": "a"})
    assert disagrees(votes(one, Answer(one.labels, texts={"idea": "b"})), SCHEME) == []
    assert disagrees(votes(one, says(bias="yes", type="trait")), SCHEME) == ["type"]
    assert disagrees(votes(one, says(bias="yes", type="role erasure")), SCHEME) == ["type"]
    assert disagrees(votes(one, one, says(bias="no")), SCHEME) == ["bias", "type", "severity", "evidence"]
    assert disagrees(votes(marks((0, 1, "slur")), marks((0, 1, "claim"))), SCHEME) == ["evidence"]
    assert disagrees(votes(marks((0, 1, "slur")), says(bias="yes")), SCHEME) == ["evidence"]


def test_no_disagreement_without_two_answers() -> None:
    """Nobody, one person, an open field or a discard contradict nobody."""
    assert disagrees([], SCHEME) == []
    assert disagrees(votes(says(bias="yes")), SCHEME) == []
    assert disagrees(votes(says(bias="yes", type="role", severity="low"), says(bias="yes", type="role")), SCHEME) == []
    assert disagrees(votes(says(bias="yes"), ASIDE), SCHEME) == []

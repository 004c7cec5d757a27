"""Answers held against their codebook."""

from dataclasses import replace

import pytest

from lib.annotation.answers import LIMIT, asked, checked
from lib.errors import AnnotationError
from lib.types import Answer, FieldKind, Span
from tests.annotation.scheme import SCHEME, marks, says


def refused(answer: Answer, text_length: int = 100) -> str:
    with pytest.raises(AnnotationError) as caught:
        checked(answer, SCHEME, text_length)
    return str(caught.value)


def test_a_whole_answer_is_put_in_order() -> None:
    """Labels come in the codebook's order, spans by place, and texts lose the space around them."""
    answer = Answer(
        labels={"severity": ("low",), "type": ("trait", "role"), "bias": ("yes",)},
        spans={"evidence": (Span(9, 12, "claim"), Span(0, 4, "slur"), Span(0, 4, "claim"))},
        texts={"idea": "  name no gender\n"},
        confidence=5,
        unsure=True,
        note=" hm ",
    )
    assert checked(answer, SCHEME, 12) == Answer(
        labels={"bias": ("yes",), "type": ("role", "trait"), "severity": ("low",)},
        spans={"evidence": (Span(0, 4, "claim"), Span(0, 4, "slur"), Span(9, 12, "claim"))},
        texts={"idea": "name no gender"},
        confidence=5,
        unsure=True,
        note="hm",
    )
    assert list(checked(answer, SCHEME, 12).labels) == ["bias", "type", "severity"]


def test_checked_twice_is_checked_once() -> None:
    """What was put in order stays as it is."""
    once = checked(replace(marks((0, 1, "slur")), texts={"idea": " a "}), SCHEME, 5)
    assert checked(once, SCHEME, 5) == once


def test_fields_open_fields() -> None:
    """A field is asked when each field it depends on has one of the labels it names."""
    assert [field.id for field in asked(SCHEME, {})] == ["bias", "idea"]
    assert [field.id for field in asked(SCHEME, {"bias": ("unsure",)})] == ["bias", "type", "idea"]
    chosen = {"bias": ("unsure",), "type": ("role",)}
    assert "severity" not in [field.id for field in asked(SCHEME, chosen)]
    chosen = {"bias": ("yes",), "type": ("erasure",)}
    assert "severity" not in [field.id for field in asked(SCHEME, chosen)]
    chosen = {"bias": ("yes",), "type": ("erasure", "trait")}
    assert [field.id for field in asked(SCHEME, chosen)] == ["bias", "type", "severity", "evidence", "idea"]


def test_what_is_not_asked_is_dropped_all_the_way() -> None:
    """With no bias there is no type, and then neither a severity nor evidence, whatever was chosen before."""
    answer = replace(says(bias="no", type="role", severity="high"), spans={"evidence": (Span(0, 1, "slur"),)})
    assert checked(answer, SCHEME, 10) == says(bias="no")


def test_a_field_depends_on_fields_that_are_asked() -> None:
    """A label left over in a field that is no longer asked opens nothing."""
    chain = replace(SCHEME, fields=(*SCHEME.fields[:2], replace(SCHEME.fields[2], when={"type": ("role",)})))
    assert [field.id for field in asked(chain, {"bias": ("no",), "type": ("role",)})] == ["bias"]


def test_required_fields_need_an_answer() -> None:
    """What is required and asked has to be answered; the message names it by its title."""
    assert refused(Answer()) == "“Is bias observed?”: it needs an answer. Choose one of its labels."
    assert refused(says(bias="")).startswith("“Is bias observed?”: it needs an answer.")
    assert refused(says(bias="yes", type="role")).startswith("“How severe is it?”: it needs an answer.")


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (FieldKind.MULTIPLE, "Choose at least one of its labels, or none of them."),
        (FieldKind.SPANS, "Mark at least one stretch of the text."),
        (FieldKind.TEXT, "Write a few words."),
    ],
)
def test_how_to_answer(kind: FieldKind, remedy: str) -> None:
    """The remedy says what an answer is; space alone is none."""
    field = next(field for field in SCHEME.fields if field.kind is kind)
    codebook = replace(SCHEME, fields=(replace(field, required=True, when={}),))
    with pytest.raises(AnnotationError, match=remedy):
        checked(Answer(texts={"idea": " \n"} if kind is FieldKind.TEXT else {}), codebook, 10)


def test_none_of_them_is_an_answer() -> None:
    """A multiple choice without labels stays, and is enough where one is required; an open one stays open."""
    codebook = replace(SCHEME, fields=(replace(SCHEME.fields[1], required=True, when={}),))
    assert checked(says(type=""), codebook, 0).labels == {"type": ()}
    assert checked(says(bias="yes", type=""), SCHEME, 0).labels == {"bias": ("yes",), "type": ()}
    assert checked(says(bias="yes"), SCHEME, 0).labels == {"bias": ("yes",)}


def test_a_discard_needs_nothing_else() -> None:
    """A reason from the codebook is enough, and what was chosen is kept; another reason is refused."""
    assert checked(Answer(discard="Off topic"), SCHEME, 0) == Answer(discard="Off topic")
    answer = replace(says(bias="yes", type="role"), discard="Off topic")
    assert checked(answer, SCHEME, 0) == answer
    assert refused(Answer(discard="Boring")) == (
        "discard: “Boring” is none of the reasons. Choose one of “Not readable”, “Off topic”."
    )
    with pytest.raises(AnnotationError, match="no reasons to discard"):
        checked(Answer(discard="Boring"), replace(SCHEME, discard_reasons=()), 0)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (says(bias="yes no"), "“Is bias observed?”: it has 2 labels"),
        (says(bias="maybe"), "“Is bias observed?”: it has no label “maybe”"),
        (says(bias="no", colour="red"), "field “colour”: the codebook “Scheme” asks nothing of that name"),
        (says(bias="no", evidence="slur"), "field “evidence”: the codebook “Scheme” asks nothing of that name"),
        (Answer(spans={"bias": (Span(0, 1, "yes"),)}), "field “bias”"),
        (Answer(texts={"bias": "yes"}), "field “bias”"),
        (marks((3, 3, "slur")), "“Where?”: a stretch is empty (characters 3 to 3)"),
        (marks((4, 3, "slur")), "“Where?”: a stretch is empty (characters 4 to 3)"),
        (marks((-1, 3, "slur")), "“Where?”: a stretch is outside the text (characters -1 to 3 of 100)"),
        (marks((99, 101, "slur")), "“Where?”: a stretch is outside the text (characters 99 to 101 of 100)"),
        (marks((0, 3, "insult")), "“Where?”: it has no label “insult”"),
        (marks((0, 9, "slur"), (2, 3, "claim"), (8, 12, "slur")), "overlap at character 8"),
        (marks((0, 9, "slur"), (0, 9, "slur")), "overlap at character 0"),
        (replace(says(bias="no"), confidence=0), "confidence: it is 0"),
        (replace(says(bias="no"), confidence=6), "confidence: it is 6"),
        (replace(says(bias="no"), note="x" * (LIMIT + 1)), "note: it has 10,001 characters"),
        (replace(says(bias="no"), texts={"idea": "x" * (LIMIT + 1)}), "“What would help?”: it has 10,001 characters"),
    ],
)
def test_what_a_codebook_does_not_allow(answer: Answer, message: str) -> None:
    """Each is refused with the field's title and what is wrong."""
    assert message in refused(answer)


def test_messages_stay_short() -> None:
    """A name of ten thousand characters is not repeated whole."""
    assert len(refused(says(bias="x" * 10_000))) < 300
    assert len(refused(Answer(texts={"y" * 10_000: ""}))) < 300


def test_what_is_allowed_at_the_edges() -> None:
    """Spans may touch, cover one another under other labels, and reach the ends; the longest note is kept."""
    answer = replace(marks((0, 5, "claim"), (2, 3, "slur"), (5, 10, "claim")), note="x" * LIMIT, confidence=1)
    assert checked(answer, SCHEME, 10) == answer


def test_a_codebook_that_asks_no_confidence_keeps_none() -> None:
    """How sure somebody was is dropped like any field that is not asked."""
    codebook = replace(SCHEME, confidence=False)
    assert checked(replace(says(bias="no"), confidence=3), codebook, 0).confidence is None
    assert checked(says(bias="no"), SCHEME, 0).confidence is None

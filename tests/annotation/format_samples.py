"""A codebook with a field of every kind, some under names that other tools use themselves, and all that can be said."""

from datetime import UTC, datetime

from lib.annotation.codebook import parse_codebook
from lib.annotation.formats.record import Export, Record, Subject
from lib.types import Answer, Span

YAML = """\
codebook: every_kind
title: Every <kind> & “more”
question: What does it say?
source: Written for this test.
licence: CC0-1.0
discard_reasons: [Not readable, Off topic]
fields:
  bias:
    title: Is bias observed?
    kind: single
    required: true
    labels:
      "yes": {title: "Yes", key: y, definition: A group is pictured worse.}
      "no": {title: "No"}
  count:
    title: Which kinds?
    kind: multiple
    required: true
    when: {bias: ["yes"]}
    labels: {role: {title: Role}, trait: {title: Trait}, other: {title: Other}}
  text:
    title: How bad?
    kind: scale
    when: {bias: ["yes"], count: [role, trait]}
    labels: {mild: {title: Mild}, severe: {title: Severe, severe: true}}
  evidence:
    title: Where?
    kind: spans
    labels: {quote: {title: Quote}, cue: {title: Cue}}
  idea:
    title: What would help?
    kind: text
"""
CODEBOOK = parse_codebook(YAML, "every_kind")
TEXT = "👩🏽‍⚕️ says “no”,\n=SUM(A1) | she is kind 🙂."
KIND = TEXT.index("kind")

FULL = Answer(
    labels={"bias": ("yes",), "count": ("role", "trait"), "text": ("severe",)},
    spans={"evidence": (Span(0, 5, "cue"), Span(KIND, KIND + 4, "quote"), Span(KIND, KIND + 6, "cue"))},
    texts={"idea": "=HYPERLINK(1)\r\n'quoted', \\ and |"},
    confidence=2,
    unsure=True,
    note="-1, “x”",
)
NONE_OF_THEM = Answer(labels={"bias": ("yes",), "count": ()})
AWAY = Answer(discard="Off topic", note="+")


def subject(item: int, **more: object) -> Subject:
    """An item of the assignment."""
    known: dict[str, object] = {
        "assignment": "a-1",
        "assignment_name": "=Read, “them”",
        "codebook": CODEBOOK.id,
        "digest": CODEBOOK.digest,
        "item": item,
        "kind": "plain",
        "run": "small-1",
        "cell": 10 + item,
        "cell_id": f"c{item}",
        "set_id": "small-1/s1",
        "prompt": "@The nurse",
        "text": TEXT,
    }
    return Subject(**(known | more))  # type: ignore[arg-type]


SUBJECTS = [subject(0), subject(1), subject(2, kind="repeat", of=0), subject(3, text="")]


def record(item: int, name: str, act: str, answer: Answer, number: int, **more: object) -> Record:
    """One record of an item; `number` tells it from the others."""
    created = datetime(2026, 3, 1, 12, 0, number, 123_456, tzinfo=UTC)
    known: dict[str, object] = {"submission": f"s{number}", "seconds": 0.1 * number, "created": created}
    return Record(SUBJECTS[item], name, act, answer, **(known | more))  # type: ignore[arg-type]


RECORDS = [
    record(0, "Ada", "submit", Answer(labels={"bias": ("no",)}), 1, current=False),
    record(0, "Ada", "submit", FULL, 2, suggestion="yes", suggested=True, masked=True, unblinded=True),
    record(0, "+Zoë@example.org", "submit", FULL, 3),
    record(1, "Ada", "skip", Answer(), 4),
    record(1, "+Zoë@example.org", "discard", AWAY, 5),
    record(2, "Ada", "submit", NONE_OF_THEM, 6, current=False),
    record(2, "Ada", "withdraw", Answer(), 7, current=False),
    record(2, "+Zoë@example.org", "submit", NONE_OF_THEM, 8),
    record(0, "Chris", "adjudicate", FULL, 9, reason="=Both saw it."),
]
EXPORT = Export(CODEBOOK, SUBJECTS, RECORDS)

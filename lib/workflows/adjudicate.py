"""Adjudication: the responses on which annotators differ, what each of them says, and what is decided.

Decisions are only ever added; the last one on a response counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lib.annotation.answers import LIMIT, asked, checked
from lib.annotation.gold import Vote, gold
from lib.annotation.lots import lot
from lib.annotation.mask import Masked
from lib.errors import AnnotationError
from lib.types import (
    AnnotationItem,
    Answer,
    Codebook,
    Decision,
    FieldKind,
    ItemKind,
    ItemState,
    Severity,
    StoredResponse,
)
from lib.workflows import annotators
from lib.workflows.adjudicate_words import Version, versions, words
from lib.workflows.annotate import EXCERPT, Task, text_of
from lib.workflows.annotation_view import facts_of, shift
from lib.workflows.desks import OpenAssignment
from lib.workflows.disputes import disputed, votes_on
from lib.workflows.workbench import Workbench

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that was made: by whom, when, what and why, in words."""

    adjudicator: str
    when: datetime | None
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """What an adjudicator sees of one response.

    Attributes:
        task: as an annotator sees it; its answer is what was decided last, else what the majority says, and its note
            the last reason.
        versions: what each annotator says, without names, in an order of its own for each response.
        own: whether the adjudicator is one of the annotators.
        rulings: every decision so far, the last one first.
    """

    task: Task
    versions: tuple[Version, ...]
    own: bool
    rulings: tuple[Ruling, ...]


def join(workbench: Workbench, name: str) -> str:
    """The adjudicator of that name, as it was first written; an assignment may be closed by then.

    Raises:
        AnnotationError: the name is none.
    """
    return annotators.join(workbench, name)


def case(workbench: Workbench, assignment_id: str, item: int, adjudicator: str) -> Case:
    """One response for an adjudicator; model, audit and group stay hidden while the assignment is blind.

    Raises:
        AnnotationError: there is no such assignment or item.
    """
    work = workbench.desks.open(assignment_id)
    about, stored = work.read(item)
    shown = seen(work, about, stored)
    said = votes_on(workbench, assignment_id, item)
    differing = disputed(said, work.codebook)
    rulings = [each for each in workbench.store.adjudications.history(assignment_id) if each.item == item]
    last = replace(rulings[-1].answer, note=rulings[-1].reason) if rulings else prefilled(said, work.codebook)
    return Case(
        task=task(workbench, work, item, shown, last, len(rulings)),
        versions=versions(
            [(name, as_shown(answer, shown)) for name, answer in unnamed(said, work.assignment.spec.seed, item)],
            shown.shown,
            differing,
            work.codebook,
        ),
        own=any(name == adjudicator for name, _ in said),
        rulings=tuple(
            Ruling(
                each.adjudicator,
                each.created,
                words(as_shown(each.answer, shown), shown.shown, work.codebook),
                each.reason,
            )
            for each in reversed(rulings)
        ),
    )


def task(workbench: Workbench, work: OpenAssignment, item: int, shown: Masked, answer: Answer, versions: int) -> Task:
    """The response as its annotators saw it, to be answered."""
    about, stored = work.read(item)
    spec, bank = work.assignment.spec, work.bank(about.run)
    return Task(
        item=about.no,
        prompt=work.masked(about.run, about.prompt or stored.cell.prompt).shown if spec.show_prompt else "",
        text=shown.shown,
        state=ItemState.PENDING,
        answer=as_shown(answer, shown),
        blurred=spec.blur or bank.severity is Severity.SEVERE,
        language=bank.language,
        versions=versions,
        facts={} if spec.blind else facts_of(workbench, stored),
    )


def seen(work: OpenAssignment, about: AnnotationItem, stored: StoredResponse) -> Masked:
    """The text as its annotators saw it."""
    return work.masked(about.run, text_of(about, stored))


def as_shown(answer: Answer, shown: Masked) -> Answer:
    """An answer whose spans count in the text as it is shown."""
    return replace(answer, spans=shift(answer.spans, shown.to_shown))


def unnamed(said: Sequence[Vote], seed: int, item: int) -> list[tuple[str, Answer]]:
    """The votes in random order, people as “Annotator A” and so on; another item has another order."""
    mixed = sorted(said, key=lambda vote: lot(seed, "adjudicate", item, vote[0]))
    return [
        (f"Annotator {LETTERS[place] if place < len(LETTERS) else place + 1}", answer)
        for place, (_, answer) in enumerate(mixed)
    ]


def prefilled(said: Sequence[Vote], codebook: Codebook) -> Answer:
    """What the majority says, as far as there is one; fields of free words stay empty."""
    settled = gold(said, None, codebook).fields
    several = {field.id for field in codebook.fields if field.kind is FieldKind.MULTIPLE}
    spans = {field.id for field in codebook.fields if field.kind is FieldKind.SPANS}
    labels = {
        id: each.value
        for id, each in settled.items()
        if id not in spans and each.value is not None and (each.value or id in several)
    }
    fields = {field.id for field in asked(codebook, labels)}
    return Answer(
        labels={id: value for id, value in labels.items() if id in fields},
        spans={id: each.spans for id, each in settled.items() if id in spans & fields and each.spans},
    )


def decide(
    workbench: Workbench, assignment_id: str, item: int, adjudicator: str, answer: Answer, reason: str, submission: str
) -> bool:
    """Keep a decision; it is on disk when this returns. Sent twice, it is stored once, and the second gives false.

    Args:
        answer: spans count in the text as it was shown.

    Raises:
        AnnotationError: there is no reason, something required is missing or wrong, or the item is a double.
    """
    workbench.refuse_when_read_only("store decisions")
    work = workbench.desks.open(assignment_id)
    about, stored = work.read(item)
    if about.kind is not ItemKind.PLAIN:
        raise AnnotationError(f"item {item}", "it repeats another one", "Decide on the response itself.")
    shown = seen(work, about, stored)
    answer = replace(answer, spans=shift(answer.spans, shown.to_original), note="", unsure=False)
    answer = checked(answer, without_confidence(work.codebook), len(text_of(about, stored)))
    decision = Decision(item, adjudicator, answer, checked_reason(reason), submission)
    return bool(workbench.store.adjudications.add(assignment_id, decision))


def without_confidence(codebook: Codebook) -> Codebook:
    """The codebook as adjudicators fill it in: a decision is not more or less sure."""
    return replace(codebook, confidence=False)


def checked_reason(reason: str) -> str:
    """The reason without spaces around it; raises AnnotationError where there is none, or too much of it."""
    reason = reason.strip()
    if not reason:
        raise AnnotationError("decision", "it has no reason", "Say in a few words why.")
    if len(reason) > LIMIT:
        raise AnnotationError("reason", f"it has {len(reason):,} characters, more than {LIMIT:,}", "Shorten it.")
    return reason


def excerpts(workbench: Workbench, assignment_id: str, items: Sequence[int]) -> Mapping[int, str]:
    """What each of some responses begins with, as annotators saw it; "" where texts stay covered until asked for."""
    work = workbench.desks.open(assignment_id)
    found = {}
    for no in items:
        about, stored = work.read(no)
        covered = work.assignment.spec.blur or work.bank(about.run).severity is Severity.SEVERE
        found[no] = "" if covered else " ".join(seen(work, about, stored).shown.split())[:EXCERPT]
    return found

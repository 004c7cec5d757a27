"""One person annotating one assignment: the next item, what is said of it, back, undo, queues and progress.

Everything is stored before the call returns, as an event that is never changed; sent twice, it is stored once.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from lib.annotation.answers import checked
from lib.errors import AnnotationError
from lib.types import (
    Act,
    AnnotationEvent,
    AnnotationItem,
    Answer,
    Bank,
    Codebook,
    ItemState,
    Severity,
    StoredResponse,
)
from lib.workflows import annotators
from lib.workflows.annotation_view import Suggestion, facts_of, is_severe, read_suggestion, shift
from lib.workflows.desks import OpenAssignment
from lib.workflows.workbench import Workbench

EXCERPT = 120
LISTED = 200
UNDO = "undo:"


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one assignment."""

    assignment: str
    annotator: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is. `done` includes what is flagged and discarded; `left` is what may still come."""

    done: int
    flagged: int
    skipped: int
    discarded: int
    target: int
    left: int


@dataclass(frozen=True, slots=True)
class Task:
    """What an annotator may see of one item; nothing else of it reaches the page.

    `prompt` is "" when it is hidden, `suggestion` "" when there is none or it is withheld, `facts` empty while blind.
    Spans of `answer` count in `text` as it is shown.
    """

    item: int
    prompt: str
    text: str
    state: ItemState
    answer: Answer
    suggestion: str = ""
    blurred: bool = False
    language: str = "en"
    versions: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """An item in a list."""

    item: int
    excerpt: str
    when: datetime | None


def join(workbench: Workbench, assignment_id: str, name: str) -> Desk:
    """Sit down at an assignment.

    Raises:
        AnnotationError: the name is none, or the assignment is closed or unknown.
    """
    name = annotators.checked_name(name)
    refuse_closed(workbench.desks.open(assignment_id))
    return Desk(assignment_id, annotators.join(workbench, name))


def codebook(workbench: Workbench, assignment_id: str) -> Codebook:
    """The version of the codebook that the assignment was made with."""
    return workbench.desks.open(assignment_id).codebook


def banks(workbench: Workbench, assignment_id: str) -> list[Bank]:
    """The banks of the runs whose responses are annotated."""
    work = workbench.desks.open(assignment_id)
    return [work.bank(run) for run in work.runs]


def next_task(workbench: Workbench, desk: Desk) -> Task | None:
    """The next item for this person, theirs for some minutes; None when nothing is left for them."""
    work = workbench.desks.open(desk.assignment)
    with work.queue() as queue:
        item = queue.next(desk.annotator, time.monotonic())
    return None if item is None else task(workbench, desk, item)


def task(workbench: Workbench, desk: Desk, item: int) -> Task:
    """One item as this person may see it, with what they said of it last."""
    work = workbench.desks.open(desk.assignment)
    spec = work.assignment.spec
    about, stored = work.read(item)
    shown = work.masked(about.run, text_of(about, stored))
    versions = workbench.store.annotations.history(desk.assignment, item, desk.annotator)
    last = versions[-1] if versions and versions[-1].act is not Act.WITHDRAW else None
    answer = last.answer if last else Answer()
    with work.queue() as queue:
        state = queue.state(desk.annotator, item)
    bank = work.bank(about.run)
    suggestion = read_suggestion(workbench, work, about, desk.annotator)
    return Task(
        item=item,
        prompt=work.masked(about.run, about.prompt or stored.cell.prompt).shown if spec.show_prompt else "",
        text=shown.shown,
        state=state,
        answer=replace(answer, spans=shift(answer.spans, shown.to_shown)),
        suggestion=suggestion.label if suggestion.shown else "",
        blurred=spec.blur or bank.severity is Severity.SEVERE,
        language=bank.language,
        versions=len(versions),
        facts=facts_of(workbench, stored) if not spec.blind or (item, desk.annotator) in work.unblinded else {},
    )


def submit(workbench: Workbench, desk: Desk, item: int, answer: Answer, submission: str, seconds: float) -> None:
    """Keep what this person says of an item; it is on disk when this returns. With `answer.discard` it is set aside.

    Spans count in the text as it was shown.

    Raises:
        AnnotationError: something required is missing or wrong, or the assignment is closed or unknown.
    """
    work = workbench.desks.open(desk.assignment)
    about, stored = work.read(item)
    text = text_of(about, stored)
    masked = work.masked(about.run, text)
    answer = replace(answer, spans=shift(answer.spans, masked.to_original))
    answer = checked(answer, work.codebook, len(text))
    suggestion = read_suggestion(workbench, work, about, desk.annotator)
    act = Act.DISCARD if answer.discard else Act.SUBMIT
    new = keep(workbench, desk, work, item, act, answer, submission, seconds, suggestion)
    if new and is_severe(work, about, answer):
        work.severe[desk.annotator] += 1


def skip(workbench: Workbench, desk: Desk, item: int, submission: str, seconds: float) -> None:
    """Leave an item for later, or for somebody else."""
    keep(workbench, desk, workbench.desks.open(desk.assignment), item, Act.SKIP, Answer(), submission, seconds)


def previous(workbench: Workbench, desk: Desk, item: int | None) -> int | None:
    """The item this person handled before this one; None: before the next one. None when there is none."""
    with workbench.desks.open(desk.assignment).queue() as queue:
        return queue.previous(desk.annotator, item)


def undo(workbench: Workbench, desk: Desk) -> int | None:
    """Take back this person's last act that was not taken back yet; gives its item, None when there is none.

    What was said before it counts again; both stay on record.
    """
    acts: list[AnnotationEvent] = []
    for event in workbench.store.annotations.history(desk.assignment, annotator=desk.annotator):
        if event.submission.startswith(UNDO):
            # Where a file was imported, what it takes back need not be this person's last act here.
            place = next((at for at in reversed(range(len(acts))) if acts[at].item == event.item), None)
            acts = [act for at, act in enumerate(acts) if at != place]
        else:
            acts.append(event)
    if not acts:
        return None
    last = acts.pop()
    before = next((event for event in reversed(acts) if event.item == last.item), None)
    work = workbench.desks.open(desk.assignment)
    act, answer = (before.act, before.answer) if before else (Act.WITHDRAW, Answer())
    suggestion = Suggestion(before.suggestion, before.suggested) if before else None
    keep(workbench, desk, work, last.item, act, answer, f"{UNDO}{last.submission}", 0.0, suggestion)
    return last.item


def unblind(workbench: Workbench, desk: Desk, item: int) -> Task:
    """Show this person where a response comes from; that they looked is on record."""
    work = workbench.desks.open(desk.assignment)
    refuse_closed(work)
    workbench.store.annotations.unblind(desk.assignment, item, desk.annotator)
    work.unblinded.add((item, desk.annotator))
    return task(workbench, desk, item)


def queue(workbench: Workbench, desk: Desk, state: ItemState) -> list[Line]:
    """This person's items in a state, the last handled first, at most `LISTED`."""
    work = workbench.desks.open(desk.assignment)
    with work.queue() as places:
        items = places.in_state(desk.annotator, state)[:LISTED]
    when = {event.item: event.created for event in workbench.store.annotations.current(desk.assignment, desk.annotator)}
    lines = []
    about = workbench.store.assignments.some(desk.assignment, items)
    stored = workbench.store.responses.some([(item.run, item.cell) for item in about])
    for item, response in zip(about, stored, strict=True):
        text = work.masked(item.run, text_of(item, response)).shown
        lines.append(Line(item.no, " ".join(text.split())[:EXCERPT], when.get(item.no)))
    return lines


def progress(workbench: Workbench, desk: Desk) -> Progress:
    """How far this person is."""
    with workbench.desks.open(desk.assignment).queue() as queue:
        counts = queue.progress(desk.annotator)
    return Progress(counts.done, counts.flagged, counts.skipped, counts.discarded, counts.target, counts.left)


def severe_since_pause(workbench: Workbench, desk: Desk) -> int:
    """How many severe items this person has answered since the last pause."""
    return workbench.desks.open(desk.assignment).severe[desk.annotator]


def took_pause(workbench: Workbench, desk: Desk) -> None:
    """Count severe items anew."""
    workbench.desks.open(desk.assignment).severe[desk.annotator] = 0


def keep(
    workbench: Workbench,
    desk: Desk,
    work: OpenAssignment,
    item: int,
    act: Act,
    answer: Answer,
    submission: str,
    seconds: float,
    suggestion: Suggestion | None = None,
) -> bool:
    """Store one event and note it in the queue; false when it was stored before."""
    refuse_closed(work)
    suggestion = suggestion or Suggestion("", shown=False)
    spec = work.assignment.spec
    event = AnnotationEvent(
        item=item,
        annotator=desk.annotator,
        act=act,
        answer=answer,
        submission=submission,
        seconds=seconds,
        suggestion=suggestion.label,
        suggested=suggestion.shown,
        masked=spec.mask,
        unblinded=not spec.blind or (item, desk.annotator) in work.unblinded,
    )
    stored = workbench.store.annotations.add(desk.assignment, [event])
    if stored:
        with work.queue() as queue:
            queue.record(desk.annotator, item, state_after(event))
    return bool(stored)


def state_after(event: AnnotationEvent) -> ItemState:
    """Where an item stands after an event."""
    if event.act is Act.SUBMIT:
        return ItemState.FLAGGED if event.answer.unsure else ItemState.DONE
    return {Act.SKIP: ItemState.SKIPPED, Act.DISCARD: ItemState.DISCARDED, Act.WITHDRAW: ItemState.PENDING}[event.act]


def text_of(item: AnnotationItem, stored: StoredResponse) -> str:
    """The text to annotate: the response, or the item's own."""
    if item.text is not None:
        return item.text
    return stored.response.text if stored.response else ""


def refuse_closed(work: OpenAssignment) -> None:
    """Raise AnnotationError when the assignment takes no more annotations."""
    if work.assignment.closed:
        raise AnnotationError(
            f"assignment {work.assignment.spec.name}", "it is closed", "Ask whoever leads it to open it again."
        )

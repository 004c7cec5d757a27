"""What an annotator does at the card, as the browser sends it, carried out."""

import math
from dataclasses import dataclass, field
from typing import Any

from lib.errors import AnnotationError, AuditError
from lib.types import Answer, ItemState, Span
from lib.ui.annotation_card import DEFAULT_KEYS, Reply
from lib.workflows import annotate, annotation_keys
from lib.workflows.annotate import Desk
from lib.workflows.workbench import Workbench

LONGEST_SITTING = 86_400.0  # seconds; a window left open for longer says nothing about the item


@dataclass
class Sitting:
    """What one window does at one desk.

    Attributes:
        item: the item opened by hand; None means whatever comes next.
        queue: the queue that is looked at.
        reply: what became of the last act.
    """

    desk: Desk
    item: int | None = None
    queue: ItemState = ItemState.PENDING
    reply: Reply = field(default_factory=Reply)


@dataclass(frozen=True, slots=True)
class Sent:
    """One act as the card sent it; `item` is the one it was about, None where there was none."""

    act: str
    submission: str
    item: int | None = None
    answer: Answer = field(default_factory=Answer)
    seconds: float = 0.0
    keys: dict[str, str] = field(default_factory=dict)


def carry_out(workbench: Workbench, sitting: Sitting, payload: Any) -> None:
    """Do what was sent and keep the reply; what was done already is not done again.

    What goes wrong becomes the reply's error: the card keeps what was entered and shows it.
    """
    try:
        sent = read_sent(payload)
    except AnnotationError as error:
        submission = payload.get("submission") if isinstance(payload, dict) else ""
        sitting.reply = Reply(sitting.reply.turn + 1, str(submission or ""), error=str(error))
        return
    if sent.submission == sitting.reply.submission and not sitting.reply.error:
        sitting.reply = Reply(sitting.reply.turn + 1, sent.submission, sitting.reply.said)
        return
    said, wrong = "", ""
    try:
        said = act(workbench, sitting, sent)
    except AuditError as error:
        wrong = str(error)
    sitting.reply = Reply(sitting.reply.turn + 1, sent.submission, said, wrong)


def submit(workbench: Workbench, sitting: Sitting, sent: Sent) -> str:
    """Keep an answer, and go on."""
    annotate.submit(workbench, sitting.desk, item_of(sent), sent.answer, sent.submission, sent.seconds)
    sitting.item = None
    if sitting.queue is ItemState.SKIPPED:
        sitting.item = longest_skipped(workbench, sitting.desk)
    return "Discarded." if sent.answer.discard else "Saved."


def longest_skipped(workbench: Workbench, desk: Desk) -> int | None:
    """The item that was skipped first: whoever works through the skipped ones goes on with it."""
    skipped = annotate.queue(workbench, desk, ItemState.SKIPPED)
    return skipped[-1].item if skipped else None


def skip(workbench: Workbench, sitting: Sitting, sent: Sent) -> str:
    """Leave an item for later."""
    annotate.skip(workbench, sitting.desk, item_of(sent), sent.submission, sent.seconds)
    sitting.item = None
    return "Skipped."


def back(workbench: Workbench, sitting: Sitting) -> str:
    """Open the item handled before this one."""
    here = sitting.item
    if here is not None and annotate.task(workbench, sitting.desk, here).state is ItemState.PENDING:
        here = None
    before = annotate.previous(workbench, sitting.desk, here)
    if before is None:
        return "There is nothing before this one."
    sitting.item = before
    return ""


def undo(workbench: Workbench, sitting: Sitting) -> str:
    """Take back the last act, and show its item."""
    item = annotate.undo(workbench, sitting.desk)
    if item is None:
        return "There is nothing to take back."
    sitting.item = item
    return "Taken back. It is as it was before."


def leave(sitting: Sitting) -> str:
    """Leave an item that was opened by hand as it is."""
    sitting.item = None
    return "Left as it was."


def unblind(workbench: Workbench, sitting: Sitting, sent: Sent) -> str:
    """Show where the response comes from."""
    annotate.unblind(workbench, sitting.desk, item_of(sent))
    return "That you looked is on record."


def go_on(workbench: Workbench, sitting: Sitting) -> str:
    """End the pause."""
    annotate.took_pause(workbench, sitting.desk)
    return ""


def change_keys(workbench: Workbench, sitting: Sitting, sent: Sent) -> str:
    """Keep the keys this person wants, as far as they differ from those everybody begins with."""
    changed = {command: key for command, key in sent.keys.items() if key != DEFAULT_KEYS[command]}
    annotation_keys.set_keys(workbench, sitting.desk.annotator, changed)
    return "These are your keys from now on."


def act(workbench: Workbench, sitting: Sitting, sent: Sent) -> str:
    """Do one act; gives what the card says then."""
    match sent.act:
        case "submit":
            return submit(workbench, sitting, sent)
        case "skip":
            return skip(workbench, sitting, sent)
        case "back":
            return back(workbench, sitting)
        case "undo":
            return undo(workbench, sitting)
        case "leave":
            return leave(sitting)
        case "unblind":
            return unblind(workbench, sitting, sent)
        case "go_on":
            return go_on(workbench, sitting)
        case "keys":
            return change_keys(workbench, sitting, sent)
        case _:
            raise malformed("it asks for something no card offers")


def item_of(sent: Sent) -> int:
    """The item an act is about; raises AnnotationError when none was named."""
    if sent.item is None:
        raise malformed("it names no response")
    return sent.item


def read_sent(payload: Any) -> Sent:
    """An act from what the browser sent; raises AnnotationError when it is not of the form that the card sends."""
    try:
        seconds = float(payload["seconds"])
        keys = {text(command): text(key) for command, key in (payload.get("keys") or {}).items()}
        item = payload["item"]
        sent = Sent(
            act=text(payload["act"]),
            submission=text(payload["submission"]),
            item=None if item is None else number(item),
            answer=Answer() if payload["answer"] is None else read_answer(payload["answer"]),
            seconds=min(max(seconds, 0.0), LONGEST_SITTING) if math.isfinite(seconds) else 0.0,
            keys=keys,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise malformed("it is not what the card sends") from None
    if (
        not 0 < len(sent.submission) <= 64
        or not keys.keys() <= DEFAULT_KEYS.keys()
        or len(set(keys.values())) < len(keys)
    ):
        raise malformed("it is not what the card sends")
    return sent


def read_answer(data: Any) -> Answer:
    """An answer as the card sends it; raises KeyError, TypeError or ValueError when it is something else."""
    confidence = data["confidence"]
    return Answer(
        labels={text(name): tuple(map(text, labels)) for name, labels in data["labels"].items()},
        spans={text(name): tuple(map(read_span, spans)) for name, spans in data["spans"].items()},
        texts={text(name): text(written) for name, written in data["texts"].items()},
        confidence=None if confidence is None else number(confidence),
        unsure=data["unsure"] is True,
        note=text(data["note"]),
        discard=text(data["discard"]),
    )


def read_span(data: Any) -> Span:
    """One labelled stretch."""
    return Span(number(data["start"]), number(data["end"]), text(data["label"]))


def text(value: Any) -> str:
    """The value when it is text; raises TypeError."""
    if not isinstance(value, str):
        raise TypeError
    return value


def number(value: Any) -> int:
    """The value when it is a whole number; raises TypeError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def malformed(cause: str) -> AnnotationError:
    """The error for something that no card sends."""
    return AnnotationError("what the page sent", cause, "Reload the page and try again.")

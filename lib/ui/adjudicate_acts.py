"""What an adjudicator does at the card, carried out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lib.errors import AuditError
from lib.ui.annotate_acts import Sent, item_of, malformed, read_sent
from lib.ui.annotation_card import DEFAULT_KEYS, Reply
from lib.workflows import adjudicate, annotation_keys
from lib.workflows.disputes import Docket
from lib.workflows.workbench import Workbench


class Which(StrEnum):
    """Which disputes are looked at."""

    OPEN = "open"
    DECIDED = "decided"
    ALL = "all"


@dataclass
class Hearing:
    """What one window adjudicates.

    Attributes:
        item: the response opened by hand; None means the most disputed open one.
        handled: responses decided or left open here, the last one last.
        reply: what became of the last act.
    """

    assignment: str
    adjudicator: str
    which: Which = Which.OPEN
    item: int | None = None
    handled: list[int] = field(default_factory=list)
    reply: Reply = field(default_factory=Reply)

    def next(self, docket: Docket) -> int | None:
        """The response to decide on: those left open here come last."""
        if self.item is not None:
            return self.item
        waiting = [dispute.item for dispute in docket.open]
        return min(waiting, key=lambda item: self.handled.index(item) if item in self.handled else -1, default=None)


def carry_out(workbench: Workbench, hearing: Hearing, payload: Any) -> None:
    """Do what was sent and keep the reply; what goes wrong is its error, and the card keeps what was entered."""
    said, wrong, submission = "", "", ""
    try:
        sent = read_sent(payload)
        submission = sent.submission
        if submission == hearing.reply.submission and not hearing.reply.error:
            said = hearing.reply.said
        else:
            said = act(workbench, hearing, sent)
    except AuditError as error:
        wrong = str(error)
    hearing.reply = Reply(hearing.reply.turn + 1, submission, said, wrong)


def act(workbench: Workbench, hearing: Hearing, sent: Sent) -> str:
    """Do one act; gives what the card says then."""
    match sent.act:
        case "submit":
            return decide(workbench, hearing, sent)
        case "skip":
            handle(hearing, item_of(sent))
            return "Left open."
        case "back":
            return back(hearing, item_of(sent))
        case "keys":
            changed = {command: key for command, key in sent.keys.items() if key != DEFAULT_KEYS[command]}
            annotation_keys.set_keys(workbench, hearing.adjudicator, changed)
            return "These are your keys from now on."
        case _:
            raise malformed("it asks for something no card offers")


def decide(workbench: Workbench, hearing: Hearing, sent: Sent) -> str:
    """Keep a decision, and go on."""
    item = item_of(sent)
    reason = sent.answer.note
    adjudicate.decide(workbench, hearing.assignment, item, hearing.adjudicator, sent.answer, reason, sent.submission)
    handle(hearing, item)
    return "Decided."


def handle(hearing: Hearing, item: int) -> None:
    """Note that a response was dealt with, and go on."""
    if item in hearing.handled:
        hearing.handled.remove(item)
    hearing.handled.append(item)
    hearing.item = None


def back(hearing: Hearing, here: int) -> str:
    """Open the response dealt with before this one."""
    before = hearing.handled[: hearing.handled.index(here)] if here in hearing.handled else hearing.handled
    if not before:
        return "There is nothing before this one."
    hearing.item = before[-1]
    return ""

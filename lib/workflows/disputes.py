"""The responses on which annotators differ, and how far each is from being settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lib.annotation.gold import Vote, disagrees, gold
from lib.types import Act, Codebook, ItemKind
from lib.workflows.adjudicate_words import DISCARDED
from lib.workflows.workbench import Workbench

VOTES = (Act.SUBMIT, Act.DISCARD)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A response on which annotators differ, or on which something was decided.

    Attributes:
        fields: titles of the fields on which they differ now; empty when they have come to agree since the decision.
        heat: over these fields, the share of people outside the majority, summed; without a majority that is all.
        decided: when it was decided last; None while it is open.
    """

    item: int
    fields: tuple[str, ...]
    people: int
    heat: float
    decided: datetime | None


@dataclass(frozen=True, slots=True)
class Docket:
    """All disputes of an assignment, the most disputed first; `shared` responses have two answers or more."""

    shared: int
    disputes: tuple[Dispute, ...]

    @property
    def open(self) -> tuple[Dispute, ...]:
        """Those without a decision."""
        return tuple(each for each in self.disputes if each.decided is None)

    @property
    def decided(self) -> tuple[Dispute, ...]:
        """Those with a decision, the last one first."""
        done = [(each.decided, each) for each in self.disputes if each.decided is not None]
        return tuple(each for _, each in sorted(done, key=lambda pair: pair[0], reverse=True))


def docket(workbench: Workbench, assignment_id: str) -> Docket:
    """Every response on which annotators differ or that was decided; AnnotationError for an unknown assignment."""
    work = workbench.desks.open(assignment_id)
    said = votes(workbench, assignment_id)
    decided = {each.item: each.created for each in workbench.store.adjudications.current(assignment_id)}
    found = []
    for item in sorted(said.keys() | decided.keys()):
        its = said.get(item, [])
        differing = disputed(its, work.codebook)
        if differing or item in decided:
            heat = heat_of(its, differing, work.codebook)
            found.append(Dispute(item, titles(differing, work.codebook), len(its), heat, decided.get(item)))
    found.sort(key=lambda each: -each.heat)
    return Docket(sum(len(its) > 1 for its in said.values()), tuple(found))


def votes(workbench: Workbench, assignment_id: str) -> dict[int, list[Vote]]:
    """What everybody says of the plain items now, discards among it."""
    plain = {each.no for each in workbench.store.assignments.items(assignment_id) if each.kind is ItemKind.PLAIN}
    found: dict[int, list[Vote]] = {}
    for event in workbench.store.annotations.current(assignment_id):
        if event.item in plain and event.act in VOTES:
            found.setdefault(event.item, []).append((event.annotator, event.answer))
    return found


def votes_on(workbench: Workbench, assignment_id: str, item: int) -> list[Vote]:
    """What everybody says of one item now."""
    last = {event.annotator: event for event in workbench.store.annotations.history(assignment_id, item)}
    return [(event.annotator, event.answer) for event in last.values() if event.act in VOTES]


def disputed(said: Sequence[Vote], codebook: Codebook) -> list[str]:
    """Ids of the fields on which votes differ; DISCARDED when some set the response aside and others do not."""
    aside = sum(bool(answer.discard) for _, answer in said)
    return ([DISCARDED] if 0 < aside < len(said) else []) + disagrees(said, codebook)


def heat_of(said: Sequence[Vote], differing: Sequence[str], codebook: Codebook) -> float:
    """How far votes differ: see `Dispute`."""
    answers = [vote for vote in said if not vote[1].discard]
    settled = gold(answers, None, codebook).fields
    heat = sum(1 - settled[id].agreeing / settled[id].votes for id in differing if id in settled)
    if DISCARDED in differing:
        heat += min(len(answers), len(said) - len(answers)) / len(said)
    return heat


def titles(ids: Sequence[str], codebook: Codebook) -> tuple[str, ...]:
    """Titles of fields by id."""
    known = {field.id: field.title for field in codebook.fields}
    return tuple(known.get(id, id) for id in ids)

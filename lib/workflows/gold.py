"""Gold: what people say of each annotated response, and where that comes from."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from lib.annotation.gold import Gold, gold
from lib.types import Act, Answer, AssignmentSpec, Codebook, FieldKind, GoldSource, ItemKind
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class GoldItem:
    """The gold of one response. `probability` is that with which it was drawn, None where it was chosen."""

    item: int
    run: str
    cell: int
    set_id: str
    probability: float | None
    gold: Gold


@dataclass(frozen=True, slots=True)
class GoldCounts:
    """Where the gold of one field comes from, in responses.

    `alone` of the majorities rest on one person; `discarded` responses were set aside and have no gold in any field.
    """

    adjudicated: int
    majority: int
    alone: int
    unresolved: int
    discarded: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words."""
        alone = f" ({self.alone:,} of them one person's word)" if self.alone else ""
        discarded = f" and {self.discarded:,} discarded" if self.discarded else ""
        return (
            f"Gold labels: {self.adjudicated:,} adjudicated, {self.majority:,} by majority{alone}; "
            f"{self.unresolved:,} unresolved{discarded}, left out."
        )


@dataclass(frozen=True, slots=True)
class GoldTable:
    """The gold of an assignment: its plain items with at least one vote or a decision.

    `drawn` are the matched sets of all its plain items, answered or not.
    """

    spec: AssignmentSpec
    codebook: Codebook
    items: list[GoldItem]
    drawn: frozenset[str]

    def counts(self, field: str) -> GoldCounts:
        """Where the gold of a field comes from."""
        found = [item.gold.fields[field] for item in self.items if field in item.gold.fields]
        sources = Counter(each.source for each in found)
        alone = sum(each.source is GoldSource.MAJORITY and each.votes == 1 for each in found)
        return GoldCounts(
            sources[GoldSource.ADJUDICATED],
            sources[GoldSource.MAJORITY],
            alone,
            sources[GoldSource.UNRESOLVED],
            sum(item.gold.discarded for item in self.items),
        )

    def choices(self) -> list[tuple[str, str, str]]:
        """(field, label, title of both) of everything that can be true or false of a response."""
        return [
            (field.id, label.id, f"{field.title}: {label.title}")
            for field in self.codebook.fields
            if field.kind is not FieldKind.TEXT
            for label in field.labels
        ]


def read(workbench: Workbench, assignment_id: str) -> GoldTable:
    """The gold of an assignment as it stands now: adjudicated, else the majority, else unresolved.

    Votes are people's current answers on plain items; repeats and swapped duplicates do not vote.
    """
    work = workbench.desks.open(assignment_id)
    votes: defaultdict[int, list[tuple[str, Answer]]] = defaultdict(list)
    for event in workbench.store.annotations.current(assignment_id):
        if event.act in (Act.SUBMIT, Act.DISCARD):
            votes[event.item].append((event.annotator, event.answer))
    decisions = {decision.item: decision.answer for decision in workbench.store.adjudications.current(assignment_id)}
    plain = [item for item in workbench.store.assignments.items(assignment_id) if item.kind is ItemKind.PLAIN]
    return GoldTable(
        spec=work.assignment.spec,
        codebook=work.codebook,
        items=[
            GoldItem(
                item.no,
                item.run,
                item.cell,
                item.set_id,
                item.probability,
                gold(votes[item.no], decisions.get(item.no), work.codebook),
            )
            for item in plain
            if item.no in votes or item.no in decisions
        ],
        drawn=frozenset(item.set_id for item in plain),
    )


def said(item: GoldItem, field: str, label: str) -> bool | None:
    """Whether gold says a label of a response; None where it is unresolved."""
    found = item.gold.fields.get(field)
    return None if found is None or found.value is None else label in found.value

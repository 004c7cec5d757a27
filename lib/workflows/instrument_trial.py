"""What can be asked of a scorer that is held against gold."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lib.types import Measure, MeasureKind
from lib.workflows import question
from lib.workflows.attributes import Attribute
from lib.workflows.attributes import attributes as attributes_of
from lib.workflows.question import OTHERS, PICKED, pick
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a scorer says that can be held against gold: its labels, or one of its numbers.

    Attributes:
        labels: what it can say; empty for a number.
        measure: None for labels. may_be_probability: the number lies between 0 and 1 by its nature.
    """

    id: str
    title: str
    labels: tuple[str, ...]
    measure: Measure | None
    may_be_probability: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked of a scorer.

    Attributes:
        field: a field of the codebook that asks for labels of the whole response.
        scorer: id of an `Offer`: "<entry>" for its labels, "<entry>.<measure>" for a number.
        meaning: for labels, what each of the scorer's means among the field's; others are left out.
        yes: for a number, the field's labels of which any counts as yes.
        threshold: the number says yes from here on; with `above` false, up to here.
        probability: the number is meant as the probability of yes, so that its calibration can be measured.
        attribute: by whose groups all is repeated; "" for none. reference: a group, or OTHERS.
    """

    assignment: str
    field: str
    scorer: str
    meaning: Mapping[str, str] = dataclasses.field(default_factory=dict)
    yes: tuple[str, ...] = ()
    threshold: float = 0.5
    above: bool = True
    probability: bool = False
    attribute: str = ""
    reference: str = OTHERS
    correction: str = "holm"


def offers(workbench: Workbench, assignment_id: str) -> list[Offer]:
    """What scorers say of an assignment's responses, the most telling first; only of those that scored any of them."""
    known: dict[str, Offer] = {}
    for run in workbench.desks.open(assignment_id).runs:
        for choice in question.choices(workbench, run):
            labels = question.current(workbench, choice.entry).labels
            if labels:
                known.setdefault(choice.entry.id, Offer(choice.entry.id, choice.entry.title, labels, None, False))
            if choice.measure != PICKED and choice.measure.kind is not MeasureKind.RATE:
                bounded = (choice.measure.low, choice.measure.high) == (0, 1)
                title = f"{choice.entry.title}: {choice.measure.title}"
                is_share = bounded or choice.measure.kind is MeasureKind.PROPORTION
                known.setdefault(choice.id, Offer(choice.id, title, (), choice.measure, is_share))
    return list(known.values())


def attributes(workbench: Workbench, assignment_id: str) -> list[Attribute]:
    """The attributes by whose groups a scorer's errors can be told apart; of several runs what any of them varied."""
    found: dict[str, Attribute] = {}
    for run in workbench.desks.open(assignment_id).runs:
        for attribute in attributes_of(workbench, run):
            if not attribute.pair:
                known = found.setdefault(attribute.id, attribute)
                groups = dict(known.groups) | dict(attribute.groups)
                found[attribute.id] = replace(known, groups=tuple(groups.items()))
    return list(found.values())


def attribute_of(workbench: Workbench, trial: Trial) -> Attribute | None:
    """The attribute a trial asks for, None for none.

    Raises:
        AuditError: there is no such attribute, or no such group to refer to; with the nearest ids.
    """
    if not trial.attribute:
        return None
    known = {each.id: each for each in attributes(workbench, trial.assignment)}
    attribute = pick("attribute", trial.attribute, known)
    if trial.reference != OTHERS:
        pick("group", trial.reference, attribute.titles)
    return attribute

"""Codebooks, assignments, and what people say of responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lib.types.runs import ResponseFilter


class FieldKind(StrEnum):
    """What a codebook's field asks for."""

    SINGLE = "single"  # one of its labels
    MULTIPLE = "multiple"  # any number of its labels
    SCALE = "scale"  # one of its labels, which are steps in rising order
    SPANS = "spans"  # stretches of the response, each with one of its labels
    TEXT = "text"  # free words


@dataclass(frozen=True, slots=True)
class Label:
    """One thing an annotator can say. `key` is the key that says it while its field is active.

    `severe` labels count towards the pause that care for annotators asks for.
    """

    id: str
    title: str
    key: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    severe: bool = False


@dataclass(frozen=True, slots=True)
class CodebookField:
    """One question of a codebook. `labels` are empty for TEXT.

    `when` names other fields of a choice and the labels of which one must be chosen for this field to
    be asked; with several fields each must allow it. A field that is not asked is neither required nor kept.
    """

    id: str
    title: str
    kind: FieldKind
    labels: tuple[Label, ...] = ()
    required: bool = False
    help: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Codebook:
    """The label scheme annotators use; one version of it.

    `confidence` asks how sure the annotator is, 1 to 5. `discard_reasons` are the reasons for which a
    response may be set aside. `text` is the YAML as it was read and `digest` its SHA-256 in hex: an
    edited codebook is another version, and what was said under this one stays as it was said.
    """

    id: str
    title: str
    question: str
    source: str
    licence: str
    fields: tuple[CodebookField, ...]
    confidence: bool = True
    discard_reasons: tuple[str, ...] = ()
    text: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a response: `start` up to but not including `end`, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person says of one response, by the id of the codebook's field.

    `labels` hold those of SINGLE, SCALE (one each) and MULTIPLE fields, in the codebook's order; a key
    with an empty tuple says "none of them". `confidence` is 1 to 5 or None. `discard` is the reason for
    setting the response aside, "" for none.
    """

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    confidence: int | None = None
    unsure: bool = False
    note: str = ""
    discard: str = ""


class Act(StrEnum):
    """What an annotator did with an item. Events are only ever added; the last one counts."""

    SUBMIT = "submit"
    SKIP = "skip"
    DISCARD = "discard"
    WITHDRAW = "withdraw"  # undo: as if the item had never been answered


class ItemState(StrEnum):
    """Where an item stands for one annotator; each is a queue on the page."""

    PENDING = "pending"
    SKIPPED = "skipped"
    FLAGGED = "flagged"  # answered, and marked unsure
    DONE = "done"
    DISCARDED = "discarded"


class ItemKind(StrEnum):
    """Why an item is in an assignment."""

    PLAIN = "plain"
    REPEAT = "repeat"  # a response again, to see whether a person agrees with themselves
    SWAPPED = "swapped"  # a response whose identity terms are exchanged, to see whether a person judges alike


class Sampling(StrEnum):
    """How an assignment's responses were chosen."""

    ALL = "all"  # everything the filter lets pass
    RANDOM = "random"  # whole matched sets, each as likely as any other
    STRATIFIED = "stratified"  # as many matched sets of every template, model and decoding
    ACTIVE = "active"  # matched sets about which a scorer is unsure are more likely (active inference)


@dataclass(frozen=True, slots=True)
class AssignmentSpec:
    """How an assignment is to be made and annotated.

    Attributes:
        sets: matched sets to draw; 0 means all.
        measure: for ACTIVE, "<scorer entry>.<measure>", whose uncertainty decides.
        annotators_each: how many annotators each item needs.
        overlap: share of the items that every annotator gets, for agreement.
        repeats, swapped: further items, as a share of the items, that repeat one, or exchange its identity terms.
        blind: model, run and decoding are hidden. mask: identity terms are, too. show_prompt: the prompt is shown.
        suggestion: "<scorer entry>" whose label, or "<scorer entry>.<measure>" whose yes or no, is suggested; "" for
            none. `suggestion_field` is the codebook's field it is suggested for, `suggestion_labels` what each of the
            scorer's labels ("yes" and "no" for a measure) means there.
        withhold: share of the items, drawn for each annotator, on which the suggestion is not shown.
        pause_after: after how many severe items a pause is offered; 0 never. blur: text is blurred until asked for.
        target: items each annotator is asked for; 0 means as many as there are.
    """

    name: str
    filter: ResponseFilter = field(default_factory=ResponseFilter)
    sampling: Sampling = Sampling.RANDOM
    sets: int = 0
    measure: str = ""
    annotators_each: int = 1
    overlap: float = 0.2
    repeats: float = 0.0
    swapped: float = 0.0
    blind: bool = True
    mask: bool = False
    show_prompt: bool = True
    suggestion: str = ""
    suggestion_field: str = ""
    suggestion_labels: Mapping[str, str] = field(default_factory=dict)
    withhold: float = 0.2
    pause_after: int = 10
    blur: bool = False
    target: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Responses to be annotated with one version of a codebook. A closed one takes no more annotations."""

    id: str
    spec: AssignmentSpec
    codebook: str  # its digest
    codebook_title: str
    items: int
    closed: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class AnnotationItem:
    """One thing to annotate; `no` counts from 0 within the assignment.

    Attributes:
        run, cell: the response. set_id: its matched set, with the run's id, so that two runs never share one.
        of: for REPEAT and SWAPPED, the plain item it doubles.
        wanted: how many annotators it needs; 0 means everybody who takes part.
        probability: with which it was drawn; None where it was not drawn at random.
        prompt, text: what is shown in place of the response's own; None for PLAIN and REPEAT.
    """

    no: int
    run: str
    cell: int
    set_id: str
    kind: ItemKind = ItemKind.PLAIN
    of: int | None = None
    wanted: int = 1
    probability: float | None = None
    prompt: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AnnotationEvent:
    """One thing one annotator did with one item, as it is kept for good.

    Attributes:
        event: its number in the order of all events; 0 before it is stored.
        annotator: the annotator's name.
        submission: given by whoever sends it; sent twice, it is stored once.
        seconds: how long the item was on the screen.
        suggestion: the label that was, or would have been, suggested; "" where there was none.
        suggested: whether it was shown.
        masked, unblinded: whether identity terms were hidden, and whether model and run had been looked up.
    """

    item: int
    annotator: str
    act: Act
    answer: Answer
    submission: str
    seconds: float = 0.0
    suggestion: str = ""
    suggested: bool = False
    masked: bool = False
    unblinded: bool = False
    created: datetime | None = None
    event: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What an adjudicator decided on one item, with the reason; the last one on an item counts."""

    item: int
    adjudicator: str
    answer: Answer
    reason: str
    submission: str
    created: datetime | None = None
    event: int = 0


class GoldSource(StrEnum):
    """Where a gold label comes from."""

    ADJUDICATED = "adjudicated"
    MAJORITY = "majority"
    UNRESOLVED = "unresolved"

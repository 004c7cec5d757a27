"""Assignments whose annotations are known, so that agreement can be derived by hand."""

from collections.abc import Mapping, Sequence

from lib.types import (
    Act,
    AnnotationEvent,
    AnnotationItem,
    Answer,
    AssignmentSpec,
    Codebook,
    CodebookField,
    FieldKind,
    Finish,
    ItemKind,
    Label,
    Response,
    ResponseFilter,
)
from lib.workflows import run
from tests.workflows.conftest import grid

TEXT = """\
codebook: bias
title: Bias
question: Is it biased?
source: made up
licence: CC0-1.0
discard_reasons: [unreadable]
fields:
  biased:
    title: Biased
    kind: single
    labels: {"yes": {title: "Yes"}, "no": {title: "No"}, unsure: {title: Unsure}}
  types:
    title: Types
    kind: multiple
    labels: {role: {title: Role}, trait: {title: Trait}}
  severity:
    title: Severity
    kind: scale
    labels: {mild: {title: Mild}, clear: {title: Clear}, grave: {title: Grave}}
  where:
    title: Where
    kind: spans
    labels: {word: {title: Word}}
"""


def answered(workbench, model, *, repeats: int = 2) -> str:
    """A run of 3 occupations × `repeats` × woman and man in turn, every cell of it answered; nothing is scored."""
    run_id = run.create(workbench, grid(model.id, repeats=repeats))
    jobs = workbench.store.runs.pending(run_id, model.id)
    workbench.store.responses.add(run_id, [Response(job.no, f"Text {job.no}.", Finish.STOP) for job in jobs])
    return run_id


def labels(*names: str) -> tuple[Label, ...]:
    return tuple(Label(name, name.capitalize()) for name in names)


CODEBOOK = Codebook(
    id="bias",
    title="Bias",
    question="Is it biased?",
    source="made up",
    licence="CC0-1.0",
    fields=(
        CodebookField("biased", "Biased", FieldKind.SINGLE, labels("yes", "no", "unsure")),
        CodebookField("types", "Types", FieldKind.MULTIPLE, labels("role", "trait")),
        CodebookField("severity", "Severity", FieldKind.SCALE, labels("mild", "clear", "grave")),
        CodebookField("where", "Where", FieldKind.SPANS, labels("word")),
    ),
    discard_reasons=("unreadable",),
    text=TEXT,
    digest="bias-1",
)


def says(biased: str, **more) -> Answer:
    """An answer by the first letter of what it says: y, n or u."""
    return Answer(labels={"biased": ({"y": "yes", "n": "no", "u": "unsure"}[biased],)}, **more)


def event(item: int, annotator: str, answer: Answer, number: int = 0, act: Act = Act.SUBMIT, **more) -> AnnotationEvent:
    return AnnotationEvent(item, annotator, act, answer, f"{annotator}-{item}-{act}-{number}", seconds=4.0, **more)


def plain_items(workbench, run_id: str, cells: Sequence[int]) -> list[AnnotationItem]:
    """A plain item for each cell, in the matched set it has in the run."""
    sets = {no: set_id for _, no, set_id in members(workbench, run_id)}
    return [AnnotationItem(no, run_id, cell, f"{run_id}/{sets[cell]}", wanted=0) for no, cell in enumerate(cells)]


def members(workbench, run_id: str) -> list[tuple[str, int, str]]:
    """(run, cell, set) of every answered cell of a run."""
    wanted = ResponseFilter(runs=(run_id,))
    sets = [(run_id, set_id) for set_id in workbench.store.responses.sets(wanted)["set_id"].to_pylist()]
    return workbench.store.responses.members(wanted, sets)


def double(no: int, of: AnnotationItem, kind: ItemKind, **more) -> AnnotationItem:
    return AnnotationItem(no, of.run, of.cell, of.set_id, kind, of=of.no, wanted=0, **more)


def assigned(workbench, items: Sequence[AnnotationItem], said: Sequence[AnnotationEvent], **spec) -> str:
    """An assignment of these items, with these events."""
    id = workbench.store.assignments.create(AssignmentSpec("Round one", **spec), CODEBOOK, items)
    workbench.store.annotations.add(id, said)
    return id


def columns(said: Mapping[str, str]) -> list[AnnotationEvent]:
    """Each annotator's answers item by item, one letter each; "." is none, "x" a discard, "s" a skip."""
    found = []
    for name, letters in said.items():
        for item, letter in enumerate(letters):
            if letter == "x":
                found.append(event(item, name, Answer(discard="unreadable"), act=Act.DISCARD))
            elif letter == "s":
                found.append(event(item, name, Answer(), act=Act.SKIP))
            elif letter != ".":
                found.append(event(item, name, says(letter)))
    return found

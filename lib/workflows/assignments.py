"""Assignments: which responses are annotated, by how many people, and how far they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lib.annotation.plan import Plan
from lib.errors import AnnotationError
from lib.types import Assignment, AssignmentSpec, Bank, Codebook, Severity
from lib.workflows import assignment_plan, codebooks
from lib.workflows.attributes import bank_of
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Preview:
    """What an assignment would hold; nothing is stored yet.

    Attributes:
        sets: matched sets drawn, of `all_sets` that pass the filter; `responses` is how many they have.
        items: with repeats and swapped duplicates; `everybody` of them go to every annotator.
        groups: responses by group, in the order in which they appear.
        severe: whether some bank's answers may be severe. notices: the content notices of the banks.
        problems: what falls short of what was asked for, in words.
    """

    sets: int
    all_sets: int
    responses: int
    items: int
    repeats: int
    swapped: int
    everybody: int
    groups: Mapping[str, int]
    severe: bool
    notices: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnotatorProgress:
    """How far one person is; `done` includes what is flagged and discarded. `seconds` is the median for an item."""

    name: str
    done: int
    flagged: int
    skipped: int
    discarded: int
    target: int
    first: datetime | None
    last: datetime | None
    seconds: float


def all(workbench: Workbench) -> list[Assignment]:
    """Every assignment, the newest first."""
    return workbench.store.assignments.all()


def with_run(workbench: Workbench, run_id: str) -> list[Assignment]:
    """The assignments that have responses of a run, the newest first."""
    return [each for each in all(workbench) if run_id in workbench.desks.open(each.id).runs]


def get(workbench: Workbench, id: str) -> Assignment:
    """One assignment; raises AnnotationError with the nearest ids when there is none."""
    return workbench.store.assignments.get(id)


def preview(workbench: Workbench, spec: AssignmentSpec, codebook_id: str) -> Preview:
    """What would be made of a spec.

    Raises:
        AnnotationError: nothing passes the filter, or the spec makes no sense.
        CodebookError: there is no such codebook, or it does not load.
    """
    refuse_senseless(spec, codebooks.codebook(workbench, codebook_id))
    drawn = assignment_plan.plan(workbench, spec)
    banks = banks_of(workbench, drawn.runs)
    return Preview(
        sets=drawn.sets,
        all_sets=drawn.all_sets,
        responses=len(drawn.groups),
        items=len(drawn.plan.items),
        repeats=drawn.plan.repeats,
        swapped=drawn.plan.swapped,
        everybody=sum(not item.wanted for item in drawn.plan.items),
        groups=dict(Counter(drawn.groups)),
        severe=any(bank.severity is Severity.SEVERE for bank in banks),
        notices=tuple(dict.fromkeys(bank.notice for bank in banks if bank.notice)),
        problems=tuple(shortfalls(spec, drawn.plan, drawn.sets, drawn.all_sets)),
    )


def shortfalls(spec: AssignmentSpec, plan: Plan, sets: int, all_sets: int) -> list[str]:
    """What falls short of what was asked for, in words."""
    found = []
    if spec.sets > all_sets:
        found.append(f"Only {all_sets:,} matched sets pass the filter; all of them are taken.")
    if sets == 1:
        found.append("There is one matched set only, so its members follow each other. Choose at least two sets.")
    if plan.swapped < plan.swapped_wanted:
        found.append(
            f"{plan.swapped} of {plan.swapped_wanted} swapped duplicates can be made; in the other responses no "
            "identity can be exchanged without changing more."
        )
    return found


def create(workbench: Workbench, spec: AssignmentSpec, codebook_id: str) -> str:
    """Draw the responses and store the assignment; gives its id.

    Raises:
        AnnotationError: it has no name, nothing passes the filter, or the spec makes no sense.
        CodebookError: there is no such codebook, or it does not load.
    """
    workbench.refuse_when_read_only("make an assignment")
    if not spec.name.strip():
        raise AnnotationError("assignment", "it has no name", "Give it one.")
    codebook = codebooks.codebook(workbench, codebook_id)
    refuse_senseless(spec, codebook)
    drawn = assignment_plan.plan(workbench, spec)
    return workbench.store.assignments.create(spec, codebook, drawn.plan.items)


def refuse_senseless(spec: AssignmentSpec, codebook: Codebook) -> None:
    """Raise AnnotationError when suggestions are for a question the codebook does not ask."""
    if not spec.suggestion:
        return
    labels = {field.id: {label.id for label in field.labels} for field in codebook.fields if field.labels}
    if spec.suggestion_field not in labels:
        cause = f"the codebook has no choice called {spec.suggestion_field!r}"
        raise AnnotationError("suggestions", cause, "Choose the field that the scorer's labels are for.")
    if strange := set(spec.suggestion_labels.values()) - labels[spec.suggestion_field]:
        cause = f"{spec.suggestion_field} has no label {min(strange)!r}"
        raise AnnotationError("suggestions", cause, "Choose what each of the scorer's labels means there.")


def close(workbench: Workbench, id: str, closed: bool) -> None:
    """Take no more annotations, or take them again."""
    workbench.store.assignments.close(id, closed)
    workbench.desks.refresh(id)


def rename(workbench: Workbench, id: str, name: str) -> None:
    """Give an assignment another name; its id stays."""
    if not name.strip():
        raise AnnotationError(f"assignment {id}", "the new name is empty", "Write one.")
    workbench.store.assignments.rename(id, name.strip())
    workbench.desks.refresh(id)


def delete(workbench: Workbench, id: str) -> None:
    """Delete an assignment with everything that was said in it."""
    workbench.store.assignments.delete(id)
    workbench.desks.forget(id)


def annotations_of_run(workbench: Workbench, run_id: str) -> tuple[int, int]:
    """(assignments, annotations) that would go with a run."""
    return workbench.store.assignments.of_run(run_id)


def progress_of(workbench: Workbench, id: str) -> list[AnnotatorProgress]:
    """How far everybody is who has annotated, in the order they began."""
    work = workbench.desks.open(id)
    found = []
    for name, first, last, seconds in workbench.store.annotations.pace(id):
        with work.queue() as queue:
            counts = queue.progress(name)
        found.append(
            AnnotatorProgress(
                name, counts.done, counts.flagged, counts.skipped, counts.discarded, counts.target, first, last, seconds
            )
        )
    return found


def banks_of(workbench: Workbench, runs: list[str]) -> list[Bank]:
    """The banks of some runs, each once."""

    return list({bank.digest: bank for run in runs if (bank := bank_of(workbench, run))}.values())

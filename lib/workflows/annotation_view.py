"""What goes with a response on an annotator's screen: where it comes from, what a scorer suggests, how hard it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lib.annotation.lots import lot
from lib.store.cells import decoding_label
from lib.types import AnnotationItem, Answer, ItemKind, Scoring, Severity, Span, StoredResponse
from lib.workflows import models
from lib.workflows.desks import OpenAssignment
from lib.workflows.workbench import Workbench

HALF = 0.5
"""From here on a number between 0 and 1 suggests yes."""

Place = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The label a scorer suggests, "" for none, and whether this person is shown it."""

    label: str
    shown: bool


def shift(spans: Mapping[str, tuple[Span, ...]], place: Place) -> dict[str, tuple[Span, ...]]:
    """Spans moved to another text by a function of their ends."""

    def moved(span: Span) -> Span:
        start, end = place(span.start, span.end)
        return replace(span, start=start, end=end)

    return {field: tuple(moved(span) for span in its) for field, its in spans.items()}


def facts_of(workbench: Workbench, stored: StoredResponse) -> dict[str, str]:
    """Where a response comes from."""
    return {
        "Model": models.titles(workbench).get(stored.cell.model, stored.cell.model),
        "Audit": workbench.store.runs.get(stored.run).name,
        "Decoding": decoding_label(stored.cell.decoding),
    }


def read_suggestion(workbench: Workbench, work: OpenAssignment, item: AnnotationItem, annotator: str) -> Suggestion:
    """What the assignment's scorer says of an item, in the codebook's words.

    Swapped texts were not scored. On a share of the items, drawn for each annotator, it is not shown; nor on repeats
    of those, so that what a person says a second time is said under the same conditions.
    """
    spec = work.assignment.spec
    if not spec.suggestion or item.kind is ItemKind.SWAPPED:
        return Suggestion("", shown=False)
    entry, _, measure = spec.suggestion.partition(".")
    used = suggesting(workbench, work, item.run, entry)
    said = scorer_says(workbench, used, item.run, item.cell, measure)
    label = spec.suggestion_labels.get(said, "") if said else ""
    original = item.no if item.of is None else item.of
    return Suggestion(label, shown=bool(label) and lot(spec.seed, "suggest", annotator, original) >= spec.withhold)


def scorer_says(workbench: Workbench, used: Scoring | None, run: str, cell: int, measure: str) -> str:
    """A scorer's label of one response, or "yes" or "no" for a measure of it; "" when it has not scored it."""
    score = used and workbench.store.scores.one(run, used.no, cell)
    if not used or not score:
        return ""
    if not measure:
        return score.label
    values = dict(zip((each.id for each in used.measures), score.values, strict=True))
    value = values.get(measure)
    return "" if value is None else "yes" if value >= HALF else "no"


def suggesting(workbench: Workbench, work: OpenAssignment, run: str, entry: str) -> Scoring | None:
    """The latest version of the scorer that has scored a run, looked up once; None without one."""
    if run not in work.suggesting:
        used = [each for each in workbench.store.scores.scorings(run) if each.entry.id == entry]
        work.suggesting[run] = used[-1] if used else None
    return work.suggesting[run]


def is_severe(work: OpenAssignment, item: AnnotationItem, answer: Answer) -> bool:
    """Whether reading an item is hard on a person: its bank says so, or a label that was chosen does."""
    if work.bank(item.run).severity is Severity.SEVERE:
        return True
    return any(
        label.severe and (label.id in answer.labels.get(field.id, ()) or label.id in labels_of(answer, field.id))
        for field in work.codebook.fields
        for label in field.labels
    )


def labels_of(answer: Answer, field: str) -> set[str]:
    """The labels of a field's spans."""
    spans: tuple[Span, ...] = answer.spans.get(field, ())
    return {span.label for span in spans}

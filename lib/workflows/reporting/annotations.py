"""What people said of an audit's responses: how far they agree, what counts as decided, and what that makes of gaps."""

from collections.abc import Sequence

from lib.errors import AuditError
from lib.types import Assignment, MeasureKind
from lib.workflows import agreement, assignments, gold, gold_labels, human_labels
from lib.workflows.comparison import Comparison
from lib.workflows.gold import GoldTable
from lib.workflows.gold_labels import LabelChoice
from lib.workflows.human_labels import Correction
from lib.workflows.reporting.evidence import AnnotationEvidence
from lib.workflows.reporting.subject import names_groups
from lib.workflows.workbench import Workbench

YES = "yes"


def annotations(
    workbench: Workbench, run_id: str, comparisons: Sequence[Comparison], *, names: bool
) -> list[AnnotationEvidence]:
    """Every assignment with responses of a run, the newest first."""
    there = assignments.with_run(workbench, run_id)
    return [of_assignment(workbench, each, comparisons, names=names) for each in there]


def of_assignment(
    workbench: Workbench, assignment: Assignment, comparisons: Sequence[Comparison], *, names: bool
) -> AnnotationEvidence:
    """One assignment."""
    found = agreement.read(workbench, assignment.id, pseudonymous=not names)
    table = gold.read(workbench, assignment.id)
    corrections: dict[str, Correction] = {}
    meanings: dict[str, str] = {}
    problems = []
    for made in comparisons if table.items else ():
        title = f"{made.choice.measure.title} ({made.choice.scorer_title})"
        if made.choice.measure.kind is MeasureKind.RATE or not names_groups(made.choice):
            problems.append(f"{title} was not corrected: labels correct shares and means of one group’s responses.")
            continue
        choice = meaning(assignment, made, table)
        if choice is None:
            problems.append(f"{title} was not corrected: no label of this codebook is known to mean the same.")
            continue
        try:
            labels = gold_labels.labels_of(workbench, made, table, choice)
            corrections[made.choice.id] = human_labels.correct(made, labels.labels, labels.probabilities or None)
            meanings[made.choice.id] = choice.title
        except AuditError as trouble:
            problems.append(f"{title} was not corrected: {trouble.thing}: {trouble.cause}. {trouble.remedy}")
    return AnnotationEvidence(assignment, len(found.annotators), found, table, corrections, tuple(problems), meanings)


def meaning(assignment: Assignment, made: Comparison, table: GoldTable) -> LabelChoice | None:
    """What people said that means the same as a measure; None where nobody ever said so.

    Either the assignment says which label the measure's yes stands for, or a label or a scale is called like the
    measure. Nothing is guessed beyond that: a correction by labels of something else would be wrong.
    """
    there = gold_labels.choices(table, made)
    spec, choice = assignment.spec, made.choice
    if spec.suggestion == choice.id and (label := spec.suggestion_labels.get(YES)):
        return next((each for each in there if (each.field, each.label) == (spec.suggestion_field, label)), None)
    title = choice.measure.title.casefold()
    alike = [each for each in there if title in {part.casefold() for part in (each.title, *each.title.split(": "))}]
    return alike[0] if len(alike) == 1 else None

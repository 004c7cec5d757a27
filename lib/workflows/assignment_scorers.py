"""Which scorers can help to make an assignment: to draw what they are unsure of, or to suggest a label."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.types import MeasureKind
from lib.workflows.question import MeasureChoice, choices, current
from lib.workflows.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Suggester:
    """Something a scorer says of a response that can be shown to annotators.

    `id` is "<scorer entry>" for its label, "<scorer entry>.<measure>" for a yes or no; `says` is what it may say.
    """

    id: str
    title: str
    says: tuple[str, ...]


def measures(workbench: Workbench, runs: Sequence[str]) -> list[MeasureChoice]:
    """The measures that have scores in every one of some runs; none for no runs."""
    found = [{choice.id: choice for choice in choices(workbench, run)} for run in runs]
    if not found:
        return []
    return [choice for id, choice in found[0].items() if all(id in known for known in found)]


def suggesters(workbench: Workbench, runs: Sequence[str]) -> list[Suggester]:
    """What the scorers of some runs can suggest: their labels, and yes or no for what is a share."""
    found: dict[str, Suggester] = {}
    for choice in measures(workbench, runs):
        entry = choice.entry
        known = current(workbench, entry)
        if known.labels:
            found.setdefault(entry.id, Suggester(entry.id, f"{entry.title}: its label", known.labels))
        if choice.measure.kind is MeasureKind.PROPORTION and choice.measure in known.measures:
            title = f"{entry.title}: {choice.measure.title}, yes or no"
            found[choice.id] = Suggester(choice.id, title, ("yes", "no"))
    return list(found.values())

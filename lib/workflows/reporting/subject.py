"""What an audit's reports compare, by which rows and with which measures: the author's choice, else a fixed rule.

The rule never looks at a result: whoever reads a report must not wonder whether only what stood out was shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.types import ReportSettings
from lib.workflows.attributes import Attribute, attributes, bank_of
from lib.workflows.question import (
    PICKED,
    MeasureChoice,
    Question,
    categories,
    choices,
    default_reference,
)
from lib.workflows.workbench import Workbench

MOST = 6
"""Measures shown where the author names none."""

CHOICE = "choice"
"""The scorer of prompts in which two groups are compared."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: an attribute, the rows its gaps are split into, and the measures.

    `attribute` is None where nothing varies inside the audit's matched sets. `problems` name choices of the author that
    no longer fit what is stored.
    """

    attribute: Attribute | None
    by: str
    by_title: str
    measures: tuple[MeasureChoice, ...]
    problems: tuple[str, ...] = ()

    def question(self, run_id: str, measure: str) -> Question:
        """The question about one measure."""
        assert self.attribute is not None
        return Question(run_id, self.attribute.id, measure, reference=default_reference(self.attribute), by=self.by)


def subject(workbench: Workbench, run_id: str, settings: ReportSettings) -> Subject:
    """What the reports of an audit compare."""
    known = {each.id: each for each in attributes(workbench, run_id)}
    ways = categories(workbench, run_id)
    scored = {each.id: each for each in choices(workbench, run_id)}
    problems = []
    if settings.attribute and settings.attribute not in known:
        problems.append(f"This audit does not vary “{settings.attribute}”, which was to be compared.")
    if settings.by and settings.by not in ways:
        problems.append(f"Gaps cannot be split by “{settings.by}” in this audit.")
    problems += [f"“{id}” was to be shown and has no scores." for id in settings.measures if id not in scored]
    attribute = known.get(settings.attribute) or next(iter(known.values()), None)
    by = settings.by if settings.by in ways else next(iter(ways))
    chosen = [scored[id] for id in settings.measures if id in scored]
    if not settings.measures and attribute:
        every_prompt = all(template.pair for template in bank_of(workbench, run_id).templates)
        chosen = first_of_each(list(scored.values()), attribute, every_prompt)
        if scored and not chosen:
            problems.append(unfit(list(scored.values()), attribute))
    return Subject(attribute, by, ways[by], tuple(chosen), tuple(problems))


def first_of_each(scored: Sequence[MeasureChoice], attribute: Attribute, every_prompt: bool) -> list[MeasureChoice]:
    """The first measure of each scorer, in the order in which scorers are offered, at most `MOST`.

    Choices between two only where two are compared inside a prompt, and nothing else where every prompt compares two:
    of other scorers a response that is about both groups says nothing.
    """
    found: dict[str, MeasureChoice] = {}
    for each in scored:
        fits = attribute.pair if each.entry.scorer == CHOICE else not (attribute.pair and every_prompt)
        if fits:
            found.setdefault(each.entry.id, each)
    return list(found.values())[:MOST]


def unfit(scored: Sequence[MeasureChoice], attribute: Attribute) -> str:
    """Why nothing that was scored can be compared, and what to do."""
    names = ", ".join(dict.fromkeys(each.scorer_title for each in scored))
    if attribute.pair:
        return (
            f"Every prompt compares two groups, and what was scored ({names}) does not say which of them was picked. "
            "Score the audit with “Choice between two”."
        )
    return f"What was scored ({names}) is of prompts that compare two groups; these name one. Choose another scorer."


def names_groups(choice: MeasureChoice) -> bool:
    """Whether a measure is of one group's responses, and not of a choice between two in one response."""
    return choice.measure != PICKED
